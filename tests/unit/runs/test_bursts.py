"""How runs wait for a burst of starts to be over."""

from __future__ import annotations

import asyncio

from tradewind_server.runs.bursts import Bursts

PATIENCE = 30.0
NEVER = 3600.0


async def test_a_run_waits_until_nothing_starts_any_more() -> None:
    bursts = Bursts(quiet_seconds=0.01, most_seconds=NEVER)
    waiting = asyncio.create_task(bursts.wait(bursts.note()))
    await asyncio.sleep(0)
    assert not waiting.done()
    async with asyncio.timeout(PATIENCE):
        await waiting
        await bursts.wait(asyncio.get_running_loop().time())  # Nothing starts: at once.


async def test_no_run_waits_longer_than_its_longest() -> None:
    bursts = Bursts(quiet_seconds=NEVER, most_seconds=0.01)
    async with asyncio.timeout(PATIENCE):
        await bursts.wait(bursts.note())
        await bursts.wait(0.0)


async def test_each_burst_is_waited_for() -> None:
    bursts = Bursts(quiet_seconds=0.01, most_seconds=NEVER)
    async with asyncio.timeout(PATIENCE):
        await bursts.wait(bursts.note())
        second = asyncio.create_task(bursts.wait(bursts.note()))
        await asyncio.sleep(0)
        assert not second.done()
        await second
