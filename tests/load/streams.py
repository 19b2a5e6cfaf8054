"""How much later than the endpoint's own the first token of a stream comes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from load.clients import HttpConnection, post, session
from load.report import say

from harness.stack import FakeEndpoint, RunningStack

PEERS = {1: 11, 16: 105, 64: 579}
REACH = {1: 3, 16: 15, 64: 60}
ROUNDS = 20


async def first_token(base_url: str, streams: int, request: Callable[[int, int], bytes], mark: bytes) -> float:
    """Median milliseconds from a request to the first bytes that hold ``mark``, over all streams of all rounds."""
    taken: list[float] = []

    async def one(number: int, count: int) -> None:
        connection = HttpConnection(base_url)
        await connection.open()
        began = time.perf_counter()
        first = True
        async for piece in connection.first_chunk(request(number, count)):
            if first and mark in piece:
                taken.append((time.perf_counter() - began) * 1000)
                first = False
        connection.close()

    for count in range(ROUNDS):
        await asyncio.gather(*(one(number, count) for number in range(streams)))
    taken.sort()
    return taken[len(taken) // 2]


async def run(stack: RunningStack, endpoint: FakeEndpoint, flow_id: str, streams: tuple[int, ...]) -> None:
    say("\nFirst token of a stream, milliseconds (median)\n")
    say("| streams | the endpoint's own | through the stack | later by | reach | peer |\n|---|---|---|---|---|---|")

    def direct(number: int, count: int) -> bytes:
        body = {"model": "fake", "stream": True, "messages": [{"role": "user", "content": "How is the weather?"}]}
        return post("/v1/chat/completions", body)

    def predict(number: int, count: int) -> bytes:
        override = {"sessionId": session(number, count)}
        return post(f"/api/v1/prediction/{flow_id}", {"question": "How is it?", "streaming": True, "overrideConfig": override})

    for count in streams:
        own = await first_token(endpoint.base_url, count, direct, b"Reply")
        through = await first_token(stack.rest, count, predict, b'"token"')
        later = through - own
        say(f"| {count} | {own:.1f} | {through:.1f} | {later:.1f} | {REACH.get(count, '')} | {PEERS.get(count, '')} |")
