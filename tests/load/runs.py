"""Runs: how many start a second, and what it costs a stream to be kept."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from load import flows
from load.clients import HttpConnection, post, session
from load.report import say

from harness.processes import cpu_seconds, tree
from harness.stack import RunningStack, start_fake_endpoint, start_stack

STARTS = 500
CONNECTIONS = 16
STREAMS = 200
HEAD = f"\nRuns, over {CONNECTIONS} connections\n\n| what | rate | CPU of the stack | answers |\n|---|---|---|---|"


async def starts(stack: RunningStack, flow_id: str, what: str, *, ends: bool = True) -> None:
    """So many starts over a few connections: how many are accepted a second, and what each costs until all have ended."""
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
    seconds = time.perf_counter() - began
    if ends:
        await asyncio.to_thread(_wait_for_ends, stack)
    cpu = cpu_seconds(tree(stack.process.pid)) - before
    rate, each = STARTS / seconds, cpu / STARTS * 1e6
    say(f"| {STARTS} starts, {what} | {rate:.0f} a second | {each:.0f} µs CPU each | {dict(outcomes)} |")


def _wait_for_ends(stack: RunningStack) -> None:
    """Until all runs have ended. Asked of the database file, so that the stack does nothing for it."""
    database = sqlite3.connect(stack.data_dir / "tradewind.db", timeout=30)
    while database.execute("SELECT count(*) FROM run WHERE state IN ('QUEUED', 'RUNNING')").fetchone()[0]:
        time.sleep(0.2)
    database.close()


def held_starts(work: Path, env: Mapping[str, str]) -> None:
    """Starts alone: the places are taken by runs whose model does not answer, so all others wait."""
    say(HEAD)
    endpoint = start_fake_endpoint("--latency", "600")
    limits = {"TRADEWIND_MAX_RUNS": "1", "TRADEWIND_MAX_WAITING_RUNS": "10000", "OPENAI_BASE_URL": endpoint.base_url}
    stack = start_stack(work / "held", env={**env, **limits})
    try:
        flow_id = stack.create_flow(flows.conversation())
        for what in ("which wait, warming", "which wait", "which wait", "which wait"):
            asyncio.run(starts(stack, flow_id, what, ends=False))
    finally:
        stack.process.kill()  # It would wait for the model.
        stack.process.wait(30)
        endpoint.stop()


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
    say(HEAD)
    for _ in range(2):  # The first warms.
        for keeps in (False, True):
            await streams(stack, flow_id, keeps=keeps)
    for _ in range(3):
        await starts(stack, flow_id, "and their answers")
