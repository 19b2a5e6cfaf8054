"""A pool of sandboxes: the port ``JavaScript`` over child processes in which WebAssembly runs (docs/adr/0010)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.caller_slots import CallerSlots
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.javascript_port import Script
from tradewind_server.javascript.process import SandboxProcess, stop_failure
from tradewind_server.javascript.wishes import Sleep, Wishes
from tradewind_server.outbound.ports import Outbound

LOG = logging.getLogger("tradewind.javascript")
MOST_PROGRAMS = 1000
"""Programs of one process before a fresh one takes its place."""


@dataclass(frozen=True, slots=True)
class ScriptLimits:
    """Bounds of one program."""

    heap_mb: int = 64
    cpu_seconds: float = 5.0
    wall_seconds: float = 60.0
    """From its start to its end, requests and timers included."""


def nobody() -> str:
    return ""


class Sandboxes:
    """At most ``total`` processes, started as they are needed and kept; one is started ahead.

    ``caller`` names who asks, by key or address: one caller holds at most half of them.
    """

    def __init__(
        self,
        total: int,
        limits: ScriptLimits,
        outbound: Outbound,
        *,
        caller: Callable[[], str] = nobody,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._total = total
        self._limits = limits
        self._outbound = outbound
        self._caller = caller
        self._sleep = sleep
        self._places = CallerSlots(total, "Too many functions of chatflows wait to run; send this call again later.")
        self._idle: list[SandboxProcess] = []
        self._busy: set[SandboxProcess] = set()
        self._starting: set[asyncio.Task[SandboxProcess]] = set()
        self._ending: set[asyncio.Task[int]] = set()
        self._engine: str | None = None
        self._is_closed = False
        self.kills = 0
        """Processes that had to be killed: by the wall clock, or because their caller had left."""

    @property
    def counts(self) -> tuple[int, int]:
        """How many functions run, and how many wait."""
        return self._places.counts

    @property
    def pids(self) -> list[int]:
        return [one.pid for one in (*self._idle, *self._busy) if one.alive]

    async def start(self) -> None:
        """Have one ready."""
        self._ahead()
        await asyncio.gather(*self._starting, return_exceptions=True)

    async def aclose(self) -> None:
        self._is_closed = True
        for task in self._starting:
            task.cancel()
        for process in (*self._idle, *self._busy):
            self._end(process)
        await asyncio.gather(*self._starting, *self._ending, return_exceptions=True)

    def check(self, label: str) -> None:
        """The port's method: everything runs."""

    async def run(self, script: Script) -> Any:
        """The port's method."""
        async with self._places.hold(self._caller()):
            process = await self._process()
            self._busy.add(process)
            is_whole = False
            try:
                outcome = await self._outcome(process, script)
                is_whole = True
            finally:
                self._busy.discard(process)
                self._put_back(process, is_whole=is_whole)
        if logs := outcome.get("logs"):
            LOG.debug("%s says: %s", script.label, logs)
        return result_of(script, outcome)

    async def _outcome(self, process: SandboxProcess, script: Script) -> dict[str, Any]:
        """What became of a program. Raises, with the process in the middle of something, where it is to be killed."""
        try:
            async with asyncio.timeout(self._limits.wall_seconds):
                return await self._through(process, script)
        except TimeoutError:
            raise failure(script, f"it takes longer than {self._limits.wall_seconds:g} seconds") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise stop_failure() from None

    async def _through(self, process: SandboxProcess, script: Script) -> dict[str, Any]:
        process.programs += 1
        wishes = Wishes(self._outbound, self._sleep)
        program = {
            "code": script.code,
            "globals": dict(script.values),
            "absent": list(script.absent),
            "cpu": self._limits.cpu_seconds,
        }
        tasks: set[asyncio.Task[None]] = set()
        try:
            await process.send({"run": program})
            while True:
                message = await process.receive()
                if "done" in message:
                    outcome: dict[str, Any] = message["done"]
                    return outcome
                task = asyncio.create_task(self._grant(process, wishes, message["wish"]))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        finally:
            for task in tasks:
                task.cancel()

    @staticmethod
    async def _grant(process: SandboxProcess, wishes: Wishes, wish: dict[str, Any]) -> None:
        outcome, body = await wishes.grant(wish.get("operation"), wish.get("values"))
        if process.alive:
            await process.send({"settle": wish.get("id"), "outcome": outcome, "body": body})

    def _put_back(self, process: SandboxProcess, *, is_whole: bool) -> None:
        """A process in the middle of a program is killed: its caller has left, or its time is up."""
        if not is_whole:
            self.kills += 1
        if is_whole and process.alive and process.programs < MOST_PROGRAMS and not self._is_closed:
            self._idle.append(process)
        else:
            self._end(process)
        self._ahead()

    def _end(self, process: SandboxProcess) -> None:
        process.kill()
        task = asyncio.create_task(process.ending())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _ahead(self) -> None:
        """Start a process before it is needed, where all are at work or gone."""
        self._idle = [one for one in self._idle if one.alive]
        if not (self._is_closed or self._idle or self._starting) and len(self._busy) < self._total:
            self._begin_start()

    def _begin_start(self) -> asyncio.Task[SandboxProcess]:
        task = asyncio.create_task(SandboxProcess.start(self._limits.heap_mb, self._engine))
        self._starting.add(task)
        task.add_done_callback(self._started)
        return task

    def _started(self, task: asyncio.Task[SandboxProcess]) -> None:
        self._starting.discard(task)
        if task.cancelled():
            return
        if task.exception() is not None:
            LOG.warning("A sandbox does not start: %s", task.exception())
            return
        self._engine = task.result().engine
        if self._is_closed:
            self._end(task.result())
        else:
            self._idle.append(task.result())

    async def _process(self) -> SandboxProcess:
        """One that is idle, else the one that starts, else a new one. Whoever holds a place finds one."""
        while True:
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    return process
            starting = next(iter(self._starting)) if self._starting else self._begin_start()
            await asyncio.shield(starting)


def result_of(script: Script, outcome: dict[str, Any]) -> Any:
    """The value that a program returned. Raises ``FailedPrecondition(JAVASCRIPT_FAILED)`` where it returned none."""
    if "stopped" in outcome:
        raise failure(script, outcome["stopped"])
    if "error" in outcome:
        raise FailedPrecondition(Reason.JAVASCRIPT_FAILED, f"{script.label} failed: {outcome['error']}.")
    try:
        return foreign_json(outcome["value"]) if outcome["value"] else None
    except ValueError:
        raise failure(script, "its result cannot be read; return less, and nothing nested so deeply") from None


def failure(script: Script, why: str) -> FailedPrecondition:
    return FailedPrecondition(Reason.JAVASCRIPT_FAILED, f"{script.label} was stopped: {why}.")
