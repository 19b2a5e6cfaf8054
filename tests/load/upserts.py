"""Upserts: chunks a second, beside what the engine takes from a client that does nothing else, and raw embedding speed."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable

import requests
from load.flows import retrieval
from load.report import say

from harness.stack import RunningStack

CHUNK = {"chunkSize": 1000, "chunkOverlap": 200}
PEER = "4,600–5,500"
ROUNDS = 3
EMBEDDED_TEXT = 150_000


def text_of(size: int, seed: int = 7) -> str:
    """Paragraphs of made-up words, about ``size`` characters."""
    dice = random.Random(seed)
    words = ["".join(dice.choices("abcdefghilmnoprstu", k=dice.randint(2, 9))) for _ in range(2000)]
    lines: list[str] = []
    total = 0
    while total < size:
        line = " ".join(dice.choices(words, k=dice.randint(20, 120))) + ".\n\n"
        lines.append(line)
        total += len(line)
    return "".join(lines)[:size]


async def upsert(stack: RunningStack, flow_id: str, text: str) -> tuple[int, float]:
    """Chunks added, and seconds."""

    def send() -> tuple[int, float]:
        began = time.perf_counter()
        files = [("files", ("text.txt", text.encode(), "text/plain"))]
        answer = requests.post(f"{stack.rest}/api/v1/vector/upsert/{flow_id}", files=files, timeout=600)
        answer.raise_for_status()
        return answer.json()["numAdded"], time.perf_counter() - began

    return await asyncio.to_thread(send)


HEAD = "| what | chunks/s | ceiling | of ceiling | peer |\n|---|---|---|---|---|"


async def instant(stack: RunningStack, raw_writes: Callable[[], Awaitable[float]]) -> None:
    """Embeddings that cost nothing. ``raw_writes`` measures what the engine takes, in chunks a second."""
    say(f"\nUpsert of 1 MB of text, embedded at once\n\n{HEAD}")
    flow_id = stack.create_flow(retrieval("bench-instant", **CHUNK))
    text = text_of(1_000_000)
    await upsert(stack, flow_id, text[:20_000])
    rates, ceilings = [], []
    for _ in range(ROUNDS):  # In turn, so that both see the same neighbours.
        ceilings.append(await raw_writes())
        added, seconds = await upsert(stack, flow_id, text)
        rates.append(added / seconds)
    rate, ceiling = statistics.median(rates), statistics.median(ceilings)
    say(f"| {added} chunks | {rate:.0f} | {ceiling:.0f} client to engine | {rate / ceiling:.2f} | {PEER} |")


async def embedded(stack: RunningStack, raw_embeddings: Callable[[], Awaitable[float]]) -> None:
    """The embedded model. ``raw_embeddings`` measures its own speed for such chunks, in chunks a second."""
    say(f"\nUpsert of {EMBEDDED_TEXT:,} characters with the embedded embeddings\n\n{HEAD}")
    flow_id = stack.create_flow(retrieval("bench-embedded", **CHUNK))
    text = text_of(EMBEDDED_TEXT)
    await upsert(stack, flow_id, text[:5_000])
    rates, ceilings = [], []
    for _ in range(2):
        ceilings.append(await raw_embeddings())
        added, seconds = await upsert(stack, flow_id, text)
        rates.append(added / seconds)
    rate, ceiling = max(rates), max(ceilings)
    say(f"| {added} chunks | {rate:.1f} | {ceiling:.1f} embedding alone | {rate / ceiling:.2f} | – |")
