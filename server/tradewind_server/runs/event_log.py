"""The events of a run that goes on in this process: told to readers at once, stored together a little later.

What a reader was told and the store lost can only be the last ``MOST_UNSAVED`` events of a worker that died. The first
words are stored before any reader hears them, so a run without stored words can begin again unseen.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import orjson

from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.retries import patiently
from tradewind_server.runs.ports import RunEnd, Runs, StoredEvent, StoredRun

SAVE_SECONDS = 0.1
"""Longest that an event waits to be stored."""
MOST_UNSAVED = 256
MOST_UNSAVED_BYTES = 256 * 1024
IN_MEMORY = 1024
"""Events kept for readers in memory; one who is further behind reads from the store."""
PAGE = 500
PATIENCE_SECONDS = 60.0
"""How long a database that is away is tried again before the run breaks off."""
ALWAYS_KEPT = frozenset({events.METADATA, events.ERROR, events.ABORT, events.END})
"""How a run ended is stored even where its events are too many."""


@dataclass(frozen=True, slots=True)
class EventBounds:
    """Most stored events of one run, and most bytes of them."""

    count: int = 10_000
    size: int = 16 << 20


def line_of(event: Event) -> bytes:
    """The JSON of an event, as its frame has it; of an error with its reason."""
    content = {"event": event.name, "data": event.data}
    if event.reason:
        content["reason"] = event.reason
    return orjson.dumps(content)


END_LINE = line_of(Event(events.END, events.DONE))


def event_of(line: bytes) -> Event:
    """The event behind a line."""
    content = orjson.loads(line)
    return Event(content["event"], content["data"], content.get("reason", ""))


class EventLog:
    """One run's events. One writer; any number of readers. Raises ``OwnerChange`` once another worker has the run."""

    def __init__(
        self, run: StoredRun, owner: str, runs: Runs, bounds: EventBounds, *, last_event: int = 0, size: int = 0
    ) -> None:
        """``last_event`` and ``size`` are those of the events that are stored already."""
        self._run = run
        self._owner = owner
        self._runs = runs
        self._bounds = bounds
        self._number = last_event
        self._base = last_event + 1
        self._recent: list[StoredEvent] = []
        self._pending: list[StoredEvent] = []
        self._pending_bytes = 0
        self._always_kept: set[int] = set()
        self._count, self._size = last_event, size
        self._has_words = False
        self._readers = 0
        self._saving = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None
        self._arrival = asyncio.Event()
        self._closed = False

    async def put(self, together: Sequence[Event]) -> None:
        """Take events, and tell readers. Waits where too many are not stored yet."""
        is_first_word = not self._has_words and any(event.name != events.START for event in together)
        new = self._number_of(together)
        if is_first_word:
            self._has_words = True
            if self._readers:
                await self.flush()
        if len(self._pending) >= MOST_UNSAVED or self._pending_bytes >= MOST_UNSAVED_BYTES:
            await self.flush()
        self._tell(new)
        if self._timer is None or self._timer.done():
            if self._timer is not None:
                self._timer.result()  # What could not be stored ends the run.
            self._timer = asyncio.create_task(self._flush_soon())

    async def close(self, together: Sequence[Event], end: RunEnd) -> None:
        """Store the last events and how the run ended, then tell readers: who sees ``end`` sees the run's end too."""
        new = self._number_of(together)
        async with self._saving:
            batch = self._take_pending()
            await patiently(lambda: self._runs.end(self._run, self._owner, batch, end), PATIENCE_SECONDS)
        self._closed = True
        self._tell(new)

    def abandon(self) -> None:
        """Nothing more comes from here; readers go on in the store."""
        self._closed = True
        self._tell(())

    async def follow(self, after: int, heartbeat_seconds: float | None = None) -> AsyncIterator[Sequence[StoredEvent]]:
        """Events behind a number as they come, until the log is closed. Nothing at all stands for a silence."""
        self._readers += 1
        try:
            if self._pending and after < self._number:
                await self.flush()
            while True:
                ready = await self._behind(after)
                if ready:
                    after = ready[-1].number
                    yield ready
                elif after < self._base - 1:
                    after = self._base - 1  # What lies between was above the bounds.
                elif self._closed:
                    return
                elif not await self._news(heartbeat_seconds):
                    yield ()
        finally:
            self._readers -= 1

    async def _behind(self, after: int) -> Sequence[StoredEvent]:
        if after >= self._base - 1:
            return self._recent[after + 1 - self._base :]
        return await self._runs.events(self._run.id, after, PAGE)

    async def _news(self, seconds: float | None) -> bool:
        arrival = self._arrival
        try:
            async with asyncio.timeout(seconds):
                await arrival.wait()
        except TimeoutError:
            return False
        return True

    def _number_of(self, together: Sequence[Event]) -> list[StoredEvent]:
        new = []
        for event in together:
            self._number += 1
            entry = StoredEvent(self._number, line_of(event))
            if event.name in ALWAYS_KEPT:
                self._always_kept.add(entry.number)
            self._pending_bytes += len(entry.line)
            new.append(entry)
        self._pending += new
        return new

    def _tell(self, new: Sequence[StoredEvent]) -> None:
        self._recent += new
        excess = len(self._recent) - len(self._pending) - IN_MEMORY
        if excess > IN_MEMORY:
            del self._recent[:excess]
            self._base += excess
        self._arrival.set()
        self._arrival = asyncio.Event()

    async def _flush_soon(self) -> None:
        await asyncio.sleep(SAVE_SECONDS)
        await self.flush()

    async def flush(self) -> None:
        """Store what is not stored yet."""
        async with self._saving:
            batch = self._take_pending()
            if batch:
                await patiently(lambda: self._runs.append(self._run.id, self._owner, batch), PATIENCE_SECONDS)

    def _take_pending(self) -> list[StoredEvent]:
        """The events to store now: those within the bounds, and how it ended."""
        batch = []
        for event in self._pending:
            within = self._count < self._bounds.count and self._size + len(event.line) <= self._bounds.size
            if within or event.number in self._always_kept:
                batch.append(event)
                self._count += 1
                self._size += len(event.line)
        self._pending, self._pending_bytes = [], 0
        self._always_kept.clear()
        return batch
