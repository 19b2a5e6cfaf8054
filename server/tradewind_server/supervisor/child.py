"""One process of the stack: started, watched, started again, stopped."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

LOG = logging.getLogger("tradewind.supervisor")

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
STEADY_SECONDS = 30.0
MOST_FAILED_STARTS = 5
KILL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """How to run a process. ``ready`` says how it shows that it serves; an ``essential`` one that cannot start ends all."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    ready: Literal["json-line", "port"] = "json-line"
    port: tuple[str, int] | None = None
    essential: bool = True
    start_timeout: float = 60.0
    stop_timeout: float = 10.0


class ChildFailed(Exception):
    """A child could not be started; the message is a sentence for people."""


class Child:
    """Keeps one process running until it is stopped."""

    def __init__(self, spec: ChildSpec) -> None:
        self.spec = spec
        self.ready = asyncio.Event()
        self.facts: dict[str, Any] = {}
        self.restarts = 0
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._stopping = False
        self.failed: asyncio.Future[str] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.returncode is None else None

    @property
    def started(self) -> bool:
        return self._keeper is not None

    async def start(self) -> None:
        """Start and wait until it serves. Raises :class:`ChildFailed`."""
        if self._keeper is None:
            self.failed = asyncio.get_running_loop().create_future()
            self._keeper = asyncio.create_task(self._keep())
        assert self.failed is not None
        waiting = asyncio.ensure_future(self.ready.wait())
        try:
            await asyncio.wait([waiting, self.failed], return_when=asyncio.FIRST_COMPLETED)  # type: ignore[type-var]
        finally:
            waiting.cancel()
        if self.failed.done():
            raise ChildFailed(self.failed.result())

    async def _keep(self) -> None:
        """Start, watch, start again with growing pauses; give up after several starts that never served."""
        pause, failures = FIRST_PAUSE, 0
        while not self._stopping:
            began = time.monotonic()
            served = await self._run_once()
            if self._told_to_stop():
                return
            code = self._process.returncode if self._process else None
            failures = 0 if served else failures + 1
            if failures >= MOST_FAILED_STARTS:
                sentence = f"The {self.spec.name} process does not start (it ended with {code}); its output stands above."
                LOG.error(sentence)
                if self.failed and not self.failed.done():
                    self.failed.set_result(sentence)
                return
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY_SECONDS else min(pause * 2, LONGEST_PAUSE)
            LOG.warning("The %s process ended with %s; starting it again.", self.spec.name, code)
            self.restarts += 1
            await asyncio.sleep(pause)

    def _told_to_stop(self) -> bool:
        return self._stopping

    async def _run_once(self) -> bool:
        """One life of the process; whether it ever served."""
        json_line = self.spec.ready == "json-line"
        self._process = await asyncio.create_subprocess_exec(
            *self.spec.argv,
            env={**os.environ, **self.spec.env},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE if json_line else None,
            start_new_session=True,  # Ctrl-C in the terminal reaches the supervisor alone, which stops all in order.
        )
        waiter = asyncio.create_task(self._wait_ready(self._process))
        await self._process.wait()
        served = self.ready.is_set()
        self.ready.clear()
        waiter.cancel()
        with suppress(asyncio.CancelledError):
            await waiter
        return served

    async def _wait_ready(self, process: asyncio.subprocess.Process) -> None:
        try:
            async with asyncio.timeout(self.spec.start_timeout):
                if self.spec.ready == "port":
                    await self._wait_port()
                else:
                    await self._wait_line(process)
        except TimeoutError:
            LOG.error("The %s process was not ready within %g s.", self.spec.name, self.spec.start_timeout)
            with suppress(ProcessLookupError):
                process.kill()
            return
        self.ready.set()
        if process.stdout is not None:
            while line := await process.stdout.readline():
                LOG.info("%s: %s", self.spec.name, line.decode(errors="replace").rstrip())

    async def _wait_port(self) -> None:
        assert self.spec.port is not None
        while True:
            try:
                _, writer = await asyncio.open_connection(*self.spec.port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            return

    async def _wait_line(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            with suppress(ValueError):
                facts = json.loads(line)
                if isinstance(facts, dict) and facts.get("ready"):
                    self.facts = facts
                    return
        await asyncio.sleep(self.spec.start_timeout)  # Ended: its exit is noticed elsewhere.

    async def stop(self, timeout: float | None = None) -> None:
        """Ask it to end, then make it. Safe to call twice, and for a child that never started."""
        self._stopping = True
        process = self._process
        if process is not None and process.returncode is None:
            self._signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(self.spec.stop_timeout if timeout is None else timeout):
                    await process.wait()
            except TimeoutError:
                LOG.warning("The %s process did not end in time; killing it.", self.spec.name)
                self._signal(signal.SIGKILL)
                await process.wait()
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper

    def kill(self) -> None:
        """End it at once."""
        self._stopping = True
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
