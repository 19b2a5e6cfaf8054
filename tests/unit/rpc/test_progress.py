"""Counts and results of watched work: in order, the latest counts, and an end of the work with its reader."""

from __future__ import annotations

import asyncio

import pytest
from tradewind_server.ingest.ports import Progress
from tradewind_server.rpc.progress import Counts, Feed, watch


async def test_counts_come_before_the_result_that_they_lead_to() -> None:
    async def work(feed: Feed[str]) -> None:
        for loader in ("a", "b"):
            feed.report(Progress("loaded", 1, loader))
            feed.report(Progress("split", 7, loader))
            await feed.put(f"result of {loader}")

    events = [event async for event in watch(work)]
    latest = {"loaded": 1, "split": 7}
    assert events == [Counts("a", latest), "result of a", Counts("b", latest), "result of b"]


async def test_a_slow_reader_gets_the_latest_counts() -> None:
    async def work(feed: Feed[str]) -> None:
        for number in range(1000):
            feed.report(Progress("written", number + 1, "a"))
        await feed.put("done")

    assert [event async for event in watch(work)] == [Counts("a", {"written": 1000}), "done"]


async def test_results_before_a_failure_are_told_and_then_the_failure() -> None:
    async def work(feed: Feed[str]) -> None:
        await feed.put("first")
        feed.report(Progress("loaded", 1, "b"))
        raise ValueError("broken")

    events = []
    with pytest.raises(ValueError, match="broken"):
        async for event in watch(work):
            events.append(event)
    assert events == ["first", Counts("b", {"loaded": 1})]


async def test_work_ends_with_its_reader() -> None:
    ended = asyncio.Event()

    async def work(feed: Feed[str]) -> None:
        try:
            feed.report(Progress("loaded", 1, "a"))
            await asyncio.Event().wait()
        finally:
            ended.set()

    events = watch(work)
    assert await anext(events) == Counts("a", {"loaded": 1})
    await events.aclose()
    assert ended.is_set()
