"""Runs: how many start a second, and what it costs a stream to be kept."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

from load.clients import HttpConnection, post, session
from load.report import say

from harness.processes import cpu_seconds, tree
from harness.stack import RunningStack

STARTS = 500
CONNECTIONS = 16
STREAMS = 200


async def starts(stack: RunningStack, flow_id: str) -> None:
    """So many starts over a few connections, and how long until all have ended."""
    left = iter(range(STARTS))
    outcomes: Counter[int] = Counter()

    async def one() -> None:
        connection = HttpConnection(stack.rest)
        await connection.open()
        for _ in left:
            status, _ = await connection.call(post(f"/api/v1/runs/{flow_id}", {"question": "How is the weather?"}))
            outcomes[status] += 1
        connection.close()

    before, began = cpu_seconds(tree(stack.process.pid)), time.perf_counter()
    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    seconds, cpu = time.perf_counter() - began, cpu_seconds(tree(stack.process.pid)) - before
    say(f"| {STARTS} starts | {STARTS / seconds:.0f} a second | {cpu / STARTS * 1e6:.0f} µs CPU each | {dict(outcomes)} |")


async def streams(stack: RunningStack, flow_id: str, *, keeps: bool) -> float:
    """Whole streams one after the other over a few connections; how many a second."""
    left = iter(range(STREAMS))

    async def one(number: int) -> None:
        connection = HttpConnection(stack.rest)
        await connection.open()
        for count in left:
            body = {"question": "How is it?", "streaming": True, "overrideConfig": {"sessionId": session(number, count)}}
            await connection.call(post(f"/api/v1/prediction/{flow_id}", body | ({"keepRun": True} if keeps else {})))
        connection.close()

    before, began = cpu_seconds(tree(stack.process.pid)), time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(CONNECTIONS)))
    rate = STREAMS / (time.perf_counter() - began)
    cpu = (cpu_seconds(tree(stack.process.pid)) - before) / STREAMS * 1e6
    say(f"| stream, {'kept' if keeps else 'not kept'} | {rate:.0f} a second | {cpu:.0f} µs CPU each | |")
    return rate


async def run(stack: RunningStack, flow_id: str) -> None:
    say(f"\nRuns, over {CONNECTIONS} connections\n\n| what | rate | CPU of the stack | answers |\n|---|---|---|---|")
    for _ in range(2):  # The first warms.
        for keeps in (False, True):
            await streams(stack, flow_id, keeps=keeps)
    for _ in range(3):
        await starts(stack, flow_id)
        await asyncio.sleep(5)  # They end.
