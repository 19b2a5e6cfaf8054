"""One parser process, as the worker sees it."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import orjson

from tradewind_server.documents.jobs import ParsingJob
from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.parsing.frames import HEAD, LARGEST_FRAME, job_frame
from tradewind_server.parsing.limits import DocumentLimits
from tradewind_server.process import child_environment

T = TypeVar("T")
START_SECONDS = 60.0
PIPE_BYTES = 1 << 18
OWN_VARIABLES = {
    "MALLOC_ARENA_MAX": "2",
    "RAYON_NUM_THREADS": "1",
    "TOKIO_WORKER_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""Each thread reserves address space, which is bounded."""


class Parser:
    """A process that does one job after the other. Not for two jobs at once."""

    def __init__(self, process: asyncio.subprocess.Process, limits: DocumentLimits) -> None:
        self._process = process
        self._limits = limits
        self.jobs = 0
        self.resident_mb = 0

    @classmethod
    async def start(cls, limits: DocumentLimits, libraries: Path) -> Parser:
        """A new process, spawned, with its libraries loaded. Raises ``Unavailable`` where it does not start.

        A library is unpacked into ``libraries`` and loaded from there.
        """
        try:
            folder = private_folder(libraries)
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tradewind_server.parsing",
                json.dumps(asdict(limits)),
                env=child_environment({**OWN_VARIABLES, "TMPDIR": folder}),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=PIPE_BYTES,
                start_new_session=True,
            )
        except OSError:
            raise stop_error("document") from None
        parser = cls(process, limits)
        ready = False
        try:
            async with asyncio.timeout(START_SECONDS):
                await parser._frame()
            ready = True
        except (TimeoutError, asyncio.IncompleteReadError):
            raise stop_error("document") from None
        finally:
            if not ready:
                parser.kill()
                await parser.ending()
        return parser

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def begin(self, job: ParsingJob) -> ParserRun:
        """Hand over a job."""
        self.jobs += 1
        turn = ParserRun(self, job.label, self._limits)
        await turn.give(job_frame(job))
        return turn

    async def _frame(self) -> bytes:
        assert self._process.stdout is not None
        text, _ = HEAD.unpack(await self._process.stdout.readexactly(HEAD.size))
        if text > LARGEST_FRAME:
            self.kill()
        return await self._process.stdout.readexactly(text)

    async def _write(self, frame: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(frame)
        await self._process.stdin.drain()

    async def ending(self) -> int:
        """Its exit status, once it is gone."""
        return await self._process.wait()

    def kill(self) -> None:
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()


def private_folder(path: Path) -> str:
    """A folder of this server alone, made where it is not there: in the temporary one that all users of a machine share,
    another could put a library of his own in the place of the unpacked one.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(path.resolve())


class ParserRun:
    """One job of a parser, with the time it has left."""

    def __init__(self, parser: Parser, label: str, limits: DocumentLimits) -> None:
        self._parser = parser
        self._label = label
        self._limits = limits
        self._remaining = limits.wall_seconds

    async def give(self, frame: bytes) -> None:
        await self._within_time(self._parser._write(frame))

    async def frame(self) -> bytes:
        """The next frame. Raises the error that its end stands for, the process being gone then."""
        return await self._within_time(self._parser._frame())

    async def _within_time(self, work: Awaitable[T]) -> T:
        start = time.monotonic()
        try:
            async with asyncio.timeout(self._remaining):
                return await work
        except TimeoutError:
            self._parser.kill()
            raise too_complex(self._label, f"takes longer than {self._limits.wall_seconds:g} seconds") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise cause_of(await self._parser.ending(), self._label, self._limits) from None
        finally:
            self._remaining -= time.monotonic() - start


def values_of(frame: bytes) -> Mapping[str, Any]:
    values: Mapping[str, Any] = orjson.loads(frame)
    return values


def cause_of(status: int, label: str, limits: DocumentLimits) -> TradewindError:
    """Why a parser ended in the middle of a job."""
    if status == -signal.SIGXCPU:
        return too_complex(label, f"takes more than {limits.cpu_seconds} seconds of computing")
    if status < 0 and status not in (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT):
        return too_complex(label, f"is damaged, or needs more than {limits.memory_mb} MB of memory")
    return stop_error(label)


def too_complex(label: str, why: str) -> InvalidInput:
    return InvalidInput(
        Reason.DOCUMENT_TOO_COMPLEX, f"{label} {why} to be read; split it into smaller parts, or save it anew and send that."
    )


def stop_error(label: str) -> Unavailable:
    return Unavailable(
        Reason.SERVER_UNAVAILABLE, f"The process that was to read this was stopped ({label}); send the call again."
    )
