"""The log of a run that goes on: what readers hear, and what is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from tradewind_server.flows.predict.events import Event
from tradewind_server.runs import event_log
from tradewind_server.runs.event_log import EventBounds, EventLog, event_of, line_of
from tradewind_server.runs.ports import OwnerChange, RunEnd, RunState, StoredEvent

START, WORD = Event("start", ""), Event("token", "wind ")
LAST = [Event("metadata", {}), Event("end", "[DONE]")]
END = RunEnd(RunState.FINISHED, datetime(2025, 1, 1, tzinfo=UTC))


class FakeRuns:
    """The parts of the store that a log needs."""

    def __init__(self) -> None:
        self.stored: list[StoredEvent] = []
        self.end_of: RunEnd | None = None
        self.batches = 0
        self.is_lost = False

    async def append(self, run_id: str, owner: str, events: Sequence[StoredEvent]) -> None:
        if self.is_lost:
            raise OwnerChange
        self.batches += 1
        self.stored += events

    async def end(self, run: Any, owner: str, events: Sequence[StoredEvent], end: RunEnd) -> None:
        await self.append(run.id, owner, events)
        self.end_of = end

    async def events(self, run_id: str, after: int, most: int) -> Sequence[StoredEvent]:
        return [event for event in self.stored if event.number > after][:most]


def log_of(runs: FakeRuns, **bounds: int) -> EventLog:
    return EventLog(SimpleNamespace(id="r"), "w", runs, EventBounds(**bounds))  # type: ignore[arg-type]


async def read(log: EventLog, after: int = 0) -> list[int]:
    return [event.number async for together in log.follow(after) for event in together]


async def test_readers_hear_what_is_stored_from_any_number_on() -> None:
    runs = FakeRuns()
    log = log_of(runs)
    reader = asyncio.create_task(read(log))
    await log.put([START])
    await log.put([WORD, WORD])
    late = asyncio.create_task(read(log, 2))
    await asyncio.sleep(0)
    await log.close(LAST, END)
    assert await reader == [1, 2, 3, 4, 5]
    assert await late == [3, 4, 5]
    assert await read(log, 4) == [5]
    assert [event.number for event in runs.stored] == [1, 2, 3, 4, 5]
    assert runs.end_of == END


async def test_the_first_words_are_stored_before_a_reader_hears_them() -> None:
    runs = FakeRuns()
    log = log_of(runs)
    seen: list[tuple[int, int]] = []

    async def watch() -> None:
        async for together in log.follow(0):
            seen.extend((event.number, len(runs.stored)) for event in together)

    reader = asyncio.create_task(watch())
    await asyncio.sleep(0)
    await log.put([START])
    await log.put([WORD])
    await log.close(LAST, END)
    await reader
    assert all(stored >= 2 for number, stored in seen if number >= 2)


async def test_events_are_stored_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "SAVE_SECONDS", 0.01)
    runs = FakeRuns()
    log = log_of(runs)
    for _ in range(100):
        await log.put([WORD])
    assert runs.batches == 0
    async with asyncio.timeout(60):
        while not runs.batches:  # noqa: ASYNC110 (the log stores by a clock of its own)
            await asyncio.sleep(0.001)
    assert (runs.batches, len(runs.stored)) == (1, 100)
    for _ in range(event_log.MOST_UNSAVED):
        await log.put([WORD])
    assert runs.batches == 2  # Nobody waits for the clock once so many are not stored.


async def test_what_is_above_the_bounds_is_told_and_not_stored_but_for_the_end() -> None:
    runs = FakeRuns()
    log = log_of(runs, count=3)
    reader = asyncio.create_task(read(log))
    for _ in range(5):
        await log.put([WORD])
    await log.close(LAST, END)
    assert await reader == [1, 2, 3, 4, 5, 6, 7]
    assert [event.number for event in runs.stored] == [1, 2, 3, 6, 7]
    small = FakeRuns()
    log = log_of(small, size=len(line_of(WORD)))
    await log.put([WORD, WORD])
    await log.close(LAST, END)
    assert [event.number for event in small.stored] == [1, 3, 4]


async def test_a_reader_far_behind_reads_from_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "IN_MEMORY", 4)
    runs = FakeRuns()
    log = log_of(runs)
    for _ in range(40):
        await log.put([WORD])
        await log.flush()
    await log.close(LAST, END)
    assert await read(log) == list(range(1, 43))
    assert len(log._recent) < 20


async def test_a_silence_is_told() -> None:
    log = log_of(FakeRuns())
    stream = log.follow(0, 0.01)
    assert await anext(stream) == ()
    await log.put([START])
    assert [event.number for event in await anext(stream)] == [1]


async def test_a_run_that_was_taken_over_is_no_longer_written() -> None:
    runs = FakeRuns()
    runs.is_lost = True
    log = log_of(runs)
    await log.put([WORD])
    with pytest.raises(OwnerChange):
        await log.flush()
    with pytest.raises(OwnerChange):
        await log.close(LAST, END)
    log.abandon()


def test_lines_are_frames_and_keep_the_reason_of_an_error() -> None:
    assert line_of(WORD) == b'{"event":"token","data":"wind "}'
    error = Event("error", "Away.", "MODEL_UNAVAILABLE")
    assert event_of(line_of(error)) == error
