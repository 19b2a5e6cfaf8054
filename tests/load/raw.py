"""Ceilings measured without the server: the vector engine fed by a client alone, the embedding model asked directly."""

from __future__ import annotations

import asyncio
import shlex
import time
import uuid
from collections.abc import Sequence

import aiohttp
import grpc
from qdrant_client import grpc as q
from qdrant_client.conversions.conversion import payload_to_grpc

from harness.processes import command_line, find
from harness.stack import RunningStack

SIZE, BATCH, AT_ONCE = 384, 256, 2
TEXTS_AT_ONCE = 128
COLLECTION = "bench-raw"
METADATA = {"source": "text.txt", "blobType": "text/plain", "loc": {"lines": {"from": 1, "to": 9}}}
"""What a loader and a splitter write beside each chunk."""


def socket_of(stack: RunningStack, part: str) -> str:
    """The ``--socket`` of the child whose command line holds ``part``."""
    (pid,) = find(stack.process.pid, part)
    words = shlex.split(command_line(pid))
    return words[words.index("--socket") + 1]


def points_of(texts: Sequence[str]) -> Sequence[q.PointStruct]:
    """Ready-made points as an upsert writes them."""
    vector = q.Vectors(vector=q.Vector(dense=q.DenseVector(data=[0.05] * SIZE)))
    payloads = [payload_to_grpc({"content": text, "metadata": METADATA}) for text in texts]
    return [q.PointStruct(id=q.PointId(uuid=str(uuid.uuid4())), vectors=vector, payload=payload) for payload in payloads]


async def raw_writes(stack: RunningStack, texts: Sequence[str]) -> float:
    """Chunks a second from a client that does nothing but write what it has ready, into the stack's own engine."""
    points = points_of(texts)
    batches = [points[start : start + BATCH] for start in range(0, len(points), BATCH)]
    async with grpc.aio.insecure_channel(f"unix:{socket_of(stack, 'vectors.engine')}:6334") as channel:
        collections, stub = q.CollectionsStub(channel), q.PointsStub(channel)
        params = q.VectorParams(size=SIZE, distance=q.Distance.Cosine)
        create = q.CreateCollection(collection_name=COLLECTION, vectors_config=q.VectorsConfig(params=params))
        await collections.Create(create)
        left = iter(batches)

        async def write() -> None:
            for batch in left:
                await stub.Upsert(q.UpsertPoints(collection_name=COLLECTION, wait=True, points=batch))

        began = time.perf_counter()
        await asyncio.gather(*(write() for _ in range(AT_ONCE)))
        seconds = time.perf_counter() - began
        await collections.Delete(q.DeleteCollection(collection_name=COLLECTION))
    return len(points) / seconds


async def raw_embeddings(stack: RunningStack, texts: Sequence[str]) -> float:
    """Chunks a second from the embedding child, asked over its own socket with enough on the way."""
    connector = aiohttp.UnixConnector(socket_of(stack, "embedding_server"))
    left = iter([texts[start : start + TEXTS_AT_ONCE] for start in range(0, len(texts), TEXTS_AT_ONCE)])
    async with aiohttp.ClientSession(connector=connector) as session:

        async def ask(batch: Sequence[str]) -> None:
            body = {"input": batch, "encoding_format": "base64"}
            async with session.post("http://localhost/v1/embeddings", json=body) as answer:
                await answer.read()

        async def work() -> None:
            for batch in left:
                await ask(batch)

        await ask(texts[:2])
        began = time.perf_counter()
        await asyncio.gather(work(), work())
        return len(texts) / (time.perf_counter() - began)
