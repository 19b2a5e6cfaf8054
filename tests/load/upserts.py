"""Upserts: chunks a second, beside what the engine takes from a client that does nothing else, and raw embedding speed."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import orjson
import requests
from load.clients import HttpConnection
from load.flows import retrieval
from load.report import say

from harness.stack import RunningStack


@dataclass(frozen=True, slots=True)
class Upserted:
    """An upsert: chunks added, seconds, and the texts of the chunks."""

    count: int
    seconds: float
    texts: Sequence[str]

    @property
    def rate(self) -> float:
        return self.count / self.seconds


CHUNK = {"chunkSize": 1000, "chunkOverlap": 200}
PEER = "4,600–5,500"
ROUNDS = 5
EMBEDDED_TEXT = 150_000
Raw = Callable[[Sequence[str]], Awaitable[float]]
"""Chunks a second of these texts, measured without the server."""


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


async def upsert(stack: RunningStack, flow_id: str, text: str) -> Upserted:
    """One upsert of a text file. Its form is ready before the clock runs, and its answer read after: both are a megabyte."""
    files = [("files", ("text.txt", text.encode(), "text/plain"))]
    form = requests.Request("POST", stack.rest, files=files).prepare()
    head = f"POST /api/v1/vector/upsert/{flow_id} HTTP/1.1\r\nHost: localhost\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in form.headers.items())
    connection = HttpConnection(stack.rest)
    await connection.open()
    began = time.perf_counter()
    status, body = await connection.call(f"{head}\r\n".encode() + form.body)
    seconds = time.perf_counter() - began
    connection.close()
    assert status == 200, body[:300]
    answer = orjson.loads(body)
    return Upserted(answer["numAdded"], seconds, [one["pageContent"] for one in answer["addedDocs"]])


HEAD = "| what | chunks/s | ceiling | of ceiling | peer |\n|---|---|---|---|---|"


async def instant(stack: RunningStack, raw_writes: Raw) -> None:
    """Embeddings that cost nothing. ``raw_writes`` measures how fast the engine takes the same chunks."""
    say(f"\nUpsert of 1 MB of text, embedded at once\n\n{HEAD}")
    flow_id = stack.create_flow(retrieval("bench-instant", **CHUNK))
    text = text_of(1_000_000)
    texts = (await upsert(stack, flow_id, text)).texts
    done, ceilings = [], []
    for _ in range(ROUNDS):  # In turn, so that both see the same neighbours.
        ceilings.append(await raw_writes(texts))
        done.append(await upsert(stack, flow_id, text))
    rate, ceiling = statistics.median(one.rate for one in done), statistics.median(ceilings)
    say(f"| {done[0].count} chunks | {rate:.0f} | {ceiling:.0f} client to engine | {rate / ceiling:.2f} | {PEER} |")


async def embedded(stack: RunningStack, raw_embeddings: Raw) -> None:
    """The embedded model. ``raw_embeddings`` measures how fast it embeds the same chunks."""
    say(f"\nUpsert of {EMBEDDED_TEXT:,} characters with the embedded embeddings\n\n{HEAD}")
    flow_id = stack.create_flow(retrieval("bench-embedded", **CHUNK))
    text = text_of(EMBEDDED_TEXT)
    await upsert(stack, flow_id, text[:5_000])
    done, ceilings = [], []
    for _ in range(2):
        done.append(await upsert(stack, flow_id, text))
        ceilings.append(await raw_embeddings(done[-1].texts))
    rate, ceiling = max(one.rate for one in done), max(ceilings)
    say(f"| {done[0].count} chunks | {rate:.1f} | {ceiling:.1f} embedding alone | {rate / ceiling:.2f} | – |")
