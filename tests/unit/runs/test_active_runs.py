"""Places of runs: who goes on at once, who waits, who is sent away."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from unittest.mock import MagicMock

import pytest
from tradewind_server.errors import ResourceExhausted, Unavailable
from tradewind_server.flows.predict.events import Event
from tradewind_server.runs.active_runs import ActiveRun, ActiveRuns, RunPlaces
from tradewind_server.runs.ports import RunState, StoredRun


def active(number: int, starter: str = "") -> ActiveRun:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    run = StoredRun(str(number), "w", "f", starter or f"key {number}", RunState.QUEUED, "c", "s", True, moment)
    return ActiveRun(run, MagicMock())


async def test_the_place_of_one_that_leaves_goes_to_the_one_that_waits_longest() -> None:
    runs = ActiveRuns(RunPlaces(running=1, waiting=2))
    first, second, third = (active(number) for number in range(3))
    for one in (first, second, third):
        runs.admit(one)
    assert (first.place, second.place, third.place) == (True, None, None)
    waiting = asyncio.create_task(runs.wait(second))
    await asyncio.sleep(0)
    assert not waiting.done()
    runs.leave(first)
    await waiting
    assert (second.place, third.place) == (True, None)
    runs.leave(third)
    runs.leave(second)
    runs.leave(second)
    assert runs.get("2") is None
    again = active(4)
    runs.admit(again)
    assert again.place


async def test_a_full_queue_sends_away_and_one_caller_has_half_of_the_places() -> None:
    runs = ActiveRuns(RunPlaces(running=1, waiting=1))
    runs.admit(active(0))
    runs.admit(active(1))
    with pytest.raises(Unavailable):
        runs.admit(active(2))
    runs.admit(active(3), always=True)
    shared = ActiveRuns(RunPlaces(running=2, waiting=2))
    shared.admit(active(0, "key k"))
    shared.admit(active(1, "key k"))
    with pytest.raises(ResourceExhausted):
        shared.admit(active(2, "key k"))
    shared.admit(active(3, "key l"))


async def test_at_the_stop_runs_have_some_time_to_end() -> None:
    runs = ActiveRuns(RunPlaces())
    quick, slow = active(0), active(1)
    for one, seconds in ((quick, 0.0), (slow, 60.0)):
        runs.admit(one)
        one.answer = asyncio.create_task(asyncio.sleep(seconds))
        one.task = asyncio.create_task(asyncio.wait((one.answer,)))  # type: ignore[arg-type]
    await runs.stop(0.05)
    assert not quick.answer.cancelled()
    assert slow.answer.cancelled()
    with pytest.raises(Unavailable):
        runs.admit(active(2))


def test_readers_hear_of_one_beginning() -> None:
    one = active(0)
    start, word = Event("start", ""), Event("token", "x")
    assert one.without_second_start([start, word]) == [start, word]
    one.has_start = True
    assert one.without_second_start([start, word]) == [word]
    assert one.without_second_start([start]) == [start]
