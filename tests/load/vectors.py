"""Writing and searching vectors through the server's adapter, beside the raw rate of the same engine in the same run.

Raw means Qdrant's own gRPC stub with requests built beforehand, same batches, same number of them on the way; the client
of qdrant-client is measured too. The ways take turns, and each keeps its best round: the machine is rarely quiet.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from array import array
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
import uvloop
from qdrant_client import AsyncQdrantClient, models
from qdrant_client import grpc as q

sys.path.insert(0, str(Path(__file__).parent.parent))

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.flows.vector_ports import CollectionSpec, Point
from tradewind_server.vectors.address import socket_file
from tradewind_server.vectors.collection import BATCH, CONCURRENT_BATCHES
from tradewind_server.vectors.qdrant import QdrantIndexes
from tradewind_server.vectors.requests import upserts

from harness.processes import cpu_seconds, pss_mib

CHUNKS, SIZE, TEXT = 1396, 384, 1000
WORDS = ("the", "sea", "wind", "carries", "salt", "and", "news", "from", "far", "harbours", "while", "lamps", "burn", "low")


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def chunk(rng: random.Random, number: int) -> Point:
    """A chunk as the splitter makes it, with the vector as the embedders give it."""
    words: list[str] = []
    while sum(map(len, words)) + len(words) < TEXT:
        words.append(rng.choice(WORDS))
    metadata = {"source": "blob", "blobType": "text/plain", "loc": {"lines": {"from": number, "to": number + 9}}}
    vector = array("f", (rng.gauss(0, 1) for _ in range(SIZE)))
    return Point(str(uuid.UUID(int=rng.getrandbits(128), version=4)), vector, " ".join(words)[:TEXT], metadata)


def spec(name: str) -> CollectionSpec:
    return CollectionSpec(DEFAULT_WORKSPACE, name, "bench-model")


@dataclass
class Best:
    """The best round of one way of doing something."""

    seconds: float = float("inf")
    client_cpu: float = float("inf")
    engine_cpu: float = float("inf")
    latencies: list[float] = field(default_factory=list)

    def take(self, seconds: float, client_cpu: float, engine_cpu: float, latencies: Sequence[float] = ()) -> None:
        self.client_cpu = min(self.client_cpu, client_cpu)
        self.engine_cpu = min(self.engine_cpu, engine_cpu)
        if seconds < self.seconds:
            self.seconds, self.latencies = seconds, sorted(latencies)


def batches(points: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(points), BATCH):
        yield points[start : start + BATCH]


async def some_at_once(calls: Sequence[Callable[[], Awaitable[Any]]], at_once: int) -> list[float]:
    """Make the calls, ``at_once`` on the way; their latencies."""
    left, latencies = iter(calls), []

    async def work() -> None:
        for call in left:
            began = time.perf_counter()
            await call()
            latencies.append(time.perf_counter() - began)

    await asyncio.gather(*[work() for _ in range(at_once)])
    return latencies


class Bench:
    def __init__(self, engine: int, socket: Path) -> None:
        self.engine = engine
        self.indexes = QdrantIndexes(socket=socket)
        self.channel = grpc.aio.insecure_channel(f"unix:{socket_file(socket)}", options=[("grpc.max_send_message_length", -1)])
        self.points_stub = q.PointsStub(self.channel)
        self.client = AsyncQdrantClient(host=f"unix:{socket}", prefer_grpc=True, check_compatibility=False, timeout=60)
        rng = random.Random(7)
        self.points = [chunk(rng, number) for number in range(CHUNKS)]
        self.more = [chunk(rng, number) for number in range(10_000 - CHUNKS)]
        self.vectors = [array("f", (rng.gauss(0, 1) for _ in range(SIZE))) for _ in range(50)]

    async def timed(self, best: Best, work: Awaitable[Sequence[float] | None]) -> None:
        engine, mine, began = cpu_seconds([self.engine]), time.process_time(), time.perf_counter()
        latencies = await work
        seconds = time.perf_counter() - began
        best.take(seconds, time.process_time() - mine, cpu_seconds([self.engine]) - engine, latencies or ())

    async def write(self, rounds: int) -> None:
        structs = [point for request in await upserts("any", self.points, spec("any")) for point in request.points]
        rest = [
            models.PointStruct(
                id=point.id, vector=list(point.vector), payload={"content": point.content, "metadata": dict(point.metadata)}
            )
            for point in self.points
        ]
        ways = {"raw stub": Best(), "AsyncQdrantClient": Best(), "QdrantIndex.upsert": Best()}

        async def raw(name: str) -> None:
            def call(batch: Sequence[Any]) -> Callable[[], Awaitable[Any]]:
                return lambda: self.points_stub.Upsert(q.UpsertPoints(collection_name=name, wait=True, points=batch))

            await some_at_once([call(batch) for batch in batches(structs)], CONCURRENT_BATCHES)

        async def client(name: str) -> None:
            def call(batch: Sequence[Any]) -> Callable[[], Awaitable[Any]]:
                return lambda: self.client.upsert(name, batch, wait=True)

            await some_at_once([call(batch) for batch in batches(rest)], CONCURRENT_BATCHES)

        async def adapter(name: str) -> None:
            await self.indexes.index(spec(name)).upsert(self.points)

        for number in range(rounds):
            for way, work in zip(ways, (raw, client, adapter), strict=True):
                name = f"write-{number}"
                vectors = models.VectorParams(size=SIZE, distance=models.Distance.COSINE)
                await self.client.create_collection(name, vectors_config=vectors)
                await self.timed(ways[way], work(name))
                await self.client.delete_collection(name)
        ceiling = CHUNKS / ways["raw stub"].seconds
        say(
            f"Writing {CHUNKS:,} chunks of {SIZE} dimensions and {TEXT} characters, batches of {BATCH}, ",
        )
        say(f"{CONCURRENT_BATCHES} at once, best of {rounds} rounds:\n")
        say("| way                 | chunks/s | of raw | client us/chunk | engine us/chunk |")
        say("|---|---|---|---|---|")
        for way, best in ways.items():
            rate = CHUNKS / best.seconds
            say(
                f"| {way:<19} | {rate:>8.0f} | {rate / ceiling:>6.2f} | {best.client_cpu / CHUNKS * 1e6:>15.1f} | "
                f"{best.engine_cpu / CHUNKS * 1e6:>15.1f} |"
            )

    async def search(self, rounds: int, searches: int, limit: int) -> None:
        index = self.indexes.index(spec("search"))
        await index.upsert(self.points)
        for at_once in (1, 16):
            ways = {"raw stub": Best(), "AsyncQdrantClient": Best(), "QdrantIndex.search": Best()}
            for _ in range(rounds):
                for way, calls in zip(ways, self.searches(index, searches, limit), strict=True):
                    await self.timed(ways[way], some_at_once(calls, at_once))
            say(f"\nSearching them, {limit} nearest with payloads, {at_once} at once, best of {rounds} rounds:\n")
            say("| way                 | searches/s |  p50 ms |  p99 ms | client us/search | engine us/search |")
            say("|---|---|---|---|---|---|")
            for way, best in ways.items():
                p50, p99 = (best.latencies[int(len(best.latencies) * part)] * 1e3 for part in (0.5, 0.99))
                say(
                    f"| {way:<19} | {searches / best.seconds:>10.0f} | {p50:>7.2f} | {p99:>7.2f} | "
                    f"{best.client_cpu / searches * 1e6:>16.0f} | {best.engine_cpu / searches * 1e6:>16.0f} |"
                )

    def searches(self, index: Any, number: int, limit: int) -> Iterator[list[Callable[[], Awaitable[Any]]]]:
        picked = [self.vectors[n % len(self.vectors)] for n in range(number)]
        built = [
            q.QueryPoints(
                collection_name="search",
                query=q.Query(nearest=q.VectorInput(dense=q.DenseVector(data=vector))),
                limit=limit,
                with_payload=q.WithPayloadSelector(enable=True),
            )
            for vector in self.vectors
        ]
        lists = [list(vector) for vector in self.vectors]
        yield [(lambda n=n: self.points_stub.Query(built[n % len(built)])) for n in range(number)]
        yield [
            (lambda n=n: self.client.query_points("search", query=lists[n % len(lists)], limit=limit)) for n in range(number)
        ]
        yield [(lambda vector=vector: index.search(vector, limit)) for vector in picked]

    async def memory(self) -> None:
        say(f"\nMemory of the engine, PSS: {self.pss():.0f} MiB now")
        await self.indexes.index(spec("search")).upsert(self.more)
        say(f"  {self.pss():.0f} MiB with 10,000 chunks in a collection")

    def pss(self) -> float:
        return pss_mib([self.engine])[self.engine]

    async def close(self) -> None:
        await self.indexes.aclose()
        await self.channel.close()
        await self.client.close()


async def run(engine: int, socket: Path, rounds: int, searches: int, limit: int) -> None:
    say(f"Memory of the engine, PSS: {pss_mib([engine])[engine]:.0f} MiB after its start\n")
    bench = Bench(engine, socket)
    await bench.write(rounds)
    await bench.search(rounds, searches, limit)
    await bench.memory()
    await bench.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--searches", type=int, default=1000)
    parser.add_argument("--limit", type=int, default=4)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tw-") as work:
        socket = Path(work) / "q.sock"
        command = [sys.executable, "-m", "tradewind_server.vectors.engine", "--dir", f"{work}/vectors", "--socket", str(socket)]
        engine = subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ))
        try:
            assert engine.stdout is not None
            engine.stdout.readline()
            uvloop.run(run(engine.pid, socket, arguments.rounds, arguments.searches, arguments.limit))
        finally:
            engine.terminate()
            engine.wait()


if __name__ == "__main__":
    main()
