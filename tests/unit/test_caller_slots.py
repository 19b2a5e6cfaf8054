"""Who may parse: a share for each caller, and turns that go round."""

from __future__ import annotations

import asyncio

import pytest
from tradewind_server import caller_slots as module
from tradewind_server.caller_slots import CallerSlots
from tradewind_server.errors import Reason, ResourceExhausted


class Work:
    """Jobs that hold their place until they are told to end."""

    def __init__(self, total: int) -> None:
        self.places = CallerSlots(total, "Too many wait.")
        self.running: list[str] = []
        self.ends: dict[str, asyncio.Event] = {}

    def begin(self, name: str) -> asyncio.Task[None]:
        return asyncio.create_task(self._run(name))

    async def _run(self, name: str) -> None:
        async with self.places.hold(name[0]):
            self.running.append(name)
            self.ends[name] = asyncio.Event()
            try:
                await self.ends[name].wait()
            finally:
                self.running.remove(name)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def begin(work: Work, *names: str) -> list[asyncio.Task[None]]:
    tasks = [work.begin(name) for name in names]
    await settle()
    return tasks


async def test_one_caller_holds_at_most_half() -> None:
    work = Work(4)
    await begin(work, "a1", "a2", "a3", "b1", "b2", "b3")
    assert work.running == ["a1", "a2", "b1", "b2"]


async def test_one_caller_gets_a_place_where_there_is_but_one() -> None:
    work = Work(1)
    await begin(work, "a1", "a2")
    assert work.running == ["a1"]


async def test_those_who_wait_are_served_in_turn() -> None:
    work = Work(1)
    await begin(work, "a1", "a2", "a3", "b1", "c1")
    order = []
    while work.running:
        (running,) = work.running
        order.append(running)
        work.ends[running].set()
        await settle()
    assert order == ["a1", "a2", "b1", "c1", "a3"]


async def test_who_leaves_the_queue_takes_no_place() -> None:
    work = Work(1)
    _, leaving, _ = await begin(work, "a1", "b1", "c1")
    leaving.cancel()
    work.ends["a1"].set()
    await settle()
    assert work.running == ["c1"]
    work.ends["c1"].set()
    await settle()
    await begin(work, "b2")
    assert work.running == ["b2"]


async def test_a_place_that_comes_as_its_caller_leaves_goes_on() -> None:
    work = Work(1)
    _, leaving, _ = await begin(work, "a1", "b1", "c1")
    work.ends["a1"].set()
    await asyncio.sleep(0)
    leaving.cancel()
    await settle()
    assert work.running == ["c1"] or "b1" in work.running


async def test_the_queue_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING_OF_ONE", 2)
    work = Work(2)
    *_, refused = await begin(work, "a1", "a2", "a3", "a4")
    with pytest.raises(ResourceExhausted) as caught:
        await refused
    assert caught.value.reason == Reason.TOO_MANY_CALLS and caught.value.retry_after
    await begin(work, "b1")
    assert work.running == ["a1", "b1"]
