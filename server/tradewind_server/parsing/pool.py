"""A small pool of parsers: the port ``Parsing`` over child processes with limits of their own (docs/adr/0006)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tradewind_server.caller_slots import CallerSlots
from tradewind_server.documents.jobs import Batch, ParsingJob
from tradewind_server.errors import TradewindError
from tradewind_server.parsing.frames import batch_of, error_of
from tradewind_server.parsing.limits import DocumentLimits
from tradewind_server.parsing.parser import Parser, values_of
from tradewind_server.parsing.spool import Spool

LOG = logging.getLogger("tradewind.parsing")
LIBRARY_FOLDER = "unpacked"
"""The folder, beside the files of calls, for what libraries of the processes unpack."""
MOST_JOBS = 500
"""Jobs of one process before a fresh one takes its place: what libraries leak goes with it."""
MOST_RESIDENT_MB = 256
"""A process that holds more than this behind a job is not used again."""


def nobody() -> str:
    return ""


def no_count(event: str) -> None:
    """Nobody counts."""


class Parsers:
    """At most ``total`` processes, started as they are needed and kept warm; one is started ahead.

    ``caller`` names who asks, by key or address: one caller holds at most half of them. ``count`` is told of each process that
    is ``started``, ``killed``, ``crashed`` or ``renewed``.
    """

    def __init__(
        self,
        total: int,
        limits: DocumentLimits,
        folder: Path,
        *,
        caller: Callable[[], str] = nobody,
        count: Callable[[str], None] = no_count,
    ) -> None:
        self._total = total
        self._limits = limits
        self._folder = folder
        self._caller = caller
        self._count = count
        self._places = CallerSlots(total, "Too many documents wait to be read; send this one again later.")
        self._idle: list[Parser] = []
        self._busy: set[Parser] = set()
        self._starting: set[asyncio.Task[Parser]] = set()
        self._ending: set[asyncio.Task[int]] = set()
        self._threads = ThreadPoolExecutor(1, "spool")
        self._closed = False

    @property
    def counts(self) -> tuple[int, int]:
        """How many documents are read, and how many wait."""
        return self._places.counts

    @property
    def pids(self) -> list[int]:
        return [one.pid for one in (*self._idle, *self._busy) if one.alive]

    async def start(self) -> None:
        """Have one ready."""
        self._ahead()
        await asyncio.gather(*self._starting, return_exceptions=True)

    async def aclose(self) -> None:
        self._closed = True
        for task in self._starting:
            task.cancel()
        for parser in (*self._idle, *self._busy):
            self._end(parser)
        await asyncio.gather(*self._starting, *self._ending, return_exceptions=True)
        self._threads.shutdown(wait=False)

    def _end(self, parser: Parser) -> None:
        parser.kill()
        task = asyncio.create_task(parser.ending())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def batches(self, job: ParsingJob) -> AsyncIterator[Batch]:
        spool = Spool(self._folder, self._threads)
        work = asyncio.create_task(self._do(job, self._caller(), spool))
        try:
            while (frame := await spool.get()) is not None:
                yield batch_of(values_of(frame))
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
            spool.close()

    async def _do(self, job: ParsingJob, caller: str, spool: Spool) -> None:
        """All of a job; what comes of it goes into the spool, its error too."""
        try:
            async with self._places.hold(caller):
                parser = await self._parser()
                self._busy.add(parser)
                whole = False
                try:
                    whole = await self._through(parser, job, spool)
                finally:
                    self._busy.discard(parser)
                    self._put_back(parser, whole=whole)
        except TradewindError as error:
            spool.end(error)
        except asyncio.CancelledError:
            spool.end()
            raise

    async def _through(self, parser: Parser, job: ParsingJob, spool: Spool) -> bool:
        """True when the parser is ready for another job."""
        turn = await parser.begin(job)
        while True:
            frame = await turn.frame()
            if frame.startswith(b'{"documents"'):
                await spool.put(frame)
                continue
            values = values_of(frame)
            parser.resident_mb = values["resident"]
            if "error" in values:
                if values["trace"]:
                    LOG.warning("A parser could not read a document: %s", values["trace"])
                spool.end(error_of(values))
            else:
                spool.end()
            return True

    def _put_back(self, parser: Parser, *, whole: bool) -> None:
        """A parser in the middle of a job is ended: its caller has left, or a limit is reached."""
        if not whole:
            self._count("killed" if parser.alive else "crashed")
            self._end(parser)
        elif parser.jobs >= MOST_JOBS or parser.resident_mb > MOST_RESIDENT_MB:
            self._count("renewed")
            self._end(parser)
        else:
            self._idle.append(parser)
        self._ahead()

    def _ahead(self) -> None:
        """Start a process before it is needed, where all are at work or gone."""
        self._idle = [one for one in self._idle if one.alive]
        if not (self._closed or self._idle or self._starting) and len(self._busy) < self._total:
            self._begin_start()

    def _begin_start(self) -> asyncio.Task[Parser]:
        task = asyncio.create_task(Parser.start(self._limits, self._folder / LIBRARY_FOLDER))
        self._starting.add(task)
        task.add_done_callback(self._started)
        return task

    def _started(self, task: asyncio.Task[Parser]) -> None:
        self._starting.discard(task)
        if task.cancelled():
            return
        if task.exception() is not None:
            LOG.warning("A parser does not start: %s", task.exception())
            return
        self._count("started")
        if self._closed:
            self._end(task.result())
        else:
            self._idle.append(task.result())

    async def _parser(self) -> Parser:
        """One that is idle, else the one that starts, else a new one. Whoever holds a place finds one."""
        while True:
            while self._idle:
                parser = self._idle.pop()
                if parser.alive:
                    return parser
            starting = next(iter(self._starting)) if self._starting else self._begin_start()
            await asyncio.shield(starting)
