from __future__ import annotations

import asyncio

from tradewind_server.flows.predict.events import HEARTBEAT, MOST_WAITING, Event, WaitingEvents


async def test_what_waits_is_taken_together_and_nothing_at_the_end() -> None:
    waiting = WaitingEvents()
    await waiting.token("a")
    await waiting.token("b")
    await waiting.event("usedTools", [])
    told = [Event("start", ""), Event("token", "a"), Event("token", "b"), Event("usedTools", [])]
    assert await waiting.next_events() == told
    await waiting.token("c")
    waiting.end()
    assert await waiting.next_events() == [Event("token", "c")]
    assert await waiting.next_events() == []
    assert waiting.text == "abc"


async def test_a_reader_is_woken_by_what_comes() -> None:
    waiting = WaitingEvents()
    reader = asyncio.create_task(waiting.next_events())
    await asyncio.sleep(0)
    assert not reader.done()
    await waiting.start()
    assert await reader == [Event("start", "")]
    reader = asyncio.create_task(waiting.next_events())
    await asyncio.sleep(0)
    waiting.end()
    assert await reader == []


async def test_a_slow_reader_holds_the_flow_back() -> None:
    waiting = WaitingEvents()

    async def speak() -> None:
        for _ in range(10 * MOST_WAITING):
            await waiting.token("x")
        waiting.end()

    speaker = asyncio.create_task(speak())
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(waiting.text) <= MOST_WAITING + 1
    assert not speaker.done()
    sizes = []
    while told := await waiting.next_events():
        sizes.append(len(told))
    assert sum(sizes) == 10 * MOST_WAITING + 1
    assert max(sizes) <= MOST_WAITING
    await speaker


async def test_a_flow_that_is_held_back_can_be_cancelled_and_its_reader_hears_the_end() -> None:
    waiting = WaitingEvents()

    async def speak() -> None:
        try:
            while True:
                await waiting.token("x")
        finally:
            waiting.end()

    speaker = asyncio.create_task(speak())
    await asyncio.sleep(0)
    speaker.cancel()
    await asyncio.wait({speaker})
    assert len(await waiting.next_events()) == MOST_WAITING
    assert await waiting.next_events() == []


async def test_silences_are_told_to_whom_wants_to_know() -> None:
    waiting = WaitingEvents()
    with waiting.heartbeats(0.005):
        assert await waiting.next_events() == [HEARTBEAT]
        assert await waiting.next_events() == [HEARTBEAT]
        await waiting.start()
        assert await waiting.next_events() == [Event("start", "")]
    with waiting.heartbeats(None):
        reader = asyncio.create_task(waiting.next_events())
        await asyncio.sleep(0.02)
        assert not reader.done()
    waiting.end()
    assert await reader == []


async def test_heartbeats_do_not_pile_up_for_a_reader_that_is_away() -> None:
    waiting = WaitingEvents()
    with waiting.heartbeats(0.002):
        await asyncio.sleep(0.03)
        assert await waiting.next_events() == [HEARTBEAT]
