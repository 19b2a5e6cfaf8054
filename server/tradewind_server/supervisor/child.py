"""One process of the stack: started, watched, started again, stopped."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tradewind_server.process import PRIVATE_UMASK, child_environment
from tradewind_server.supervisor.pulse import SHOW_STACK, silence

LOG = logging.getLogger("tradewind.supervisor")

FIRST_PAUSE, PAUSE_GROWTH, LONGEST_PAUSE = 0.1, 1.5, 5.0
STEADY_SECONDS = 2.0
"""A child that ends sooner after it began to serve died young."""
MOST_FAILED_STARTS = 5
STACK_SECONDS = 0.2
"""What a silent child gets to write down where it hangs."""


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """How to run a process. ``ready`` says how it shows that it serves; an ``essential`` one that cannot start ends all.

    ``env`` is what it gets beside the plain variables of the system, or, when it ``inherits``, beside the whole environment
    of the supervisor. ``pulse`` is the socket on which its event loop answers pings; one that is silent for
    ``silence_timeout`` seconds is replaced. ``on_exit`` hears the id of each process that ended.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    inherits: bool = False
    pulse: Path | None = None
    silence_timeout: float = 30.0
    on_exit: Callable[[int], None] | None = None
    ready: Literal["json-line", "port"] = "json-line"
    port: tuple[str, int] | None = None
    essential: bool = True
    start_timeout: float = 60.0
    stop_timeout: float = 10.0


def pause_before(young: int) -> float:
    """Seconds before the next start, after that many lives in a row that did not last."""
    return 0.0 if young < 2 else min(FIRST_PAUSE * PAUSE_GROWTH ** min(young - 2, 30), LONGEST_PAUSE)


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
        self._ready_since = 0.0
        self.failure: asyncio.Future[str] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.returncode is None else None

    @property
    def started(self) -> bool:
        return self._keeper is not None

    async def start(self) -> None:
        """Start and wait until it serves. Raises :class:`ChildFailed`."""
        if self._keeper is None:
            self.failure = asyncio.get_running_loop().create_future()
            self._keeper = asyncio.create_task(self._keep())
        assert self.failure is not None
        waiting = asyncio.ensure_future(self.ready.wait())
        try:
            await asyncio.wait([waiting, self.failure], return_when=asyncio.FIRST_COMPLETED)  # type: ignore[type-var]
        finally:
            waiting.cancel()
        if self.failure.done():
            raise ChildFailed(self.failure.result())

    async def _keep(self) -> None:
        """Start, watch, start again; give up after several starts that never served.

        The next start comes at once after a life that lasted, and after the first that did not; the pause grows with each
        further child that dies young.
        """
        young, failures = 0, 0
        while not self._stopping:
            uptime = await self._run_once()
            if self._told_to_stop():
                return
            code = self._process.returncode if self._process else None
            failures = failures + 1 if uptime is None else 0
            if failures >= MOST_FAILED_STARTS:
                sentence = f"The {self.spec.name} process does not start (it ended with {code}); its output stands above."
                LOG.error(sentence)
                if self.failure and not self.failure.done():
                    self.failure.set_result(sentence)
                return
            young = 0 if uptime is not None and uptime >= STEADY_SECONDS else young + 1
            LOG.warning("The %s process ended with %s; starting it again.", self.spec.name, code)
            self.restarts += 1
            await asyncio.sleep(pause_before(young))

    def _told_to_stop(self) -> bool:
        return self._stopping

    async def _run_once(self) -> float | None:
        """One life of the process; how many seconds it served, or None when it never did."""
        json_line = self.spec.ready == "json-line"
        self._process = await asyncio.create_subprocess_exec(
            *self.spec.argv,
            env={**os.environ, **self.spec.env} if self.spec.inherits else child_environment(self.spec.env),
            umask=PRIVATE_UMASK,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE if json_line else None,
            start_new_session=True,  # Ctrl-C in the terminal reaches the supervisor alone, which stops all in order.
        )
        waiter = asyncio.create_task(self._wait_ready(self._process))
        await self._process.wait()
        uptime = time.monotonic() - self._ready_since if self.ready.is_set() else None
        self.ready.clear()
        waiter.cancel()
        with suppress(asyncio.CancelledError):
            await waiter
        if self.spec.on_exit is not None:
            self.spec.on_exit(self._process.pid)
        return uptime

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
        self._ready_since = time.monotonic()
        self.ready.set()
        async with asyncio.TaskGroup() as group:
            if process.stdout is not None:
                group.create_task(self._pass_on(process.stdout))
            if self.spec.pulse is not None:
                group.create_task(self._watch(process, self.spec.pulse))

    async def _pass_on(self, lines: asyncio.StreamReader) -> None:
        while line := await lines.readline():
            LOG.info("%s: %s", self.spec.name, line.decode(errors="replace").rstrip())

    async def _watch(self, process: asyncio.subprocess.Process, pulse: Path) -> None:
        """End the process when its event loop has been silent for too long; it is then started again like a dead one."""
        await silence(pulse, self.spec.silence_timeout)
        if self._told_to_stop():
            return  # It has its own time-out for ending.
        LOG.error("The %s process did not answer for %g s; replacing it.", self.spec.name, self.spec.silence_timeout)
        with suppress(ProcessLookupError):
            process.send_signal(SHOW_STACK)
        await asyncio.sleep(STACK_SECONDS)
        self._signal(signal.SIGKILL)

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
