"""Load, split, embed, write: each stage works while the others do, and none runs far ahead of the next.

What is in memory is a few batches of chunks, whatever the length of the text (docs/adr/0005).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from tradewind_server.documents.ports import CHAT_KEY, Document, LoadContext
from tradewind_server.flows.components import VectorStore
from tradewind_server.flows.ports import Embedder
from tradewind_server.flows.vector_ports import Point, VectorIndex
from tradewind_server.ingest.fills import Chunk, Fill
from tradewind_server.ingest.ports import Progress

BATCHES_WAITING = 1
"""Splitting that runs further ahead only takes the interpreter lock from what is behind it."""
EMBEDDINGS_AHEAD = 1
"""Batches whose embedding has begun while the one before is awaited; with it and the one that waits to begin, three."""
WRITES_AT_ONCE = 2
ReportProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A batch on its way to the store."""

    chunks: Sequence[Chunk]
    points: Sequence[Point]


class Pipeline:
    """One upsert into one vector store. ``split`` is told every batch and ``writing`` what is new of it, both in order."""

    def __init__(
        self,
        store: VectorStore,
        fill: Fill,
        embedder: Embedder,
        index: VectorIndex,
        *,
        chat_id: str | None,
        report: ReportProgress | None,
        count_split: Callable[[Sequence[Document]], None],
        writing: Callable[[Sequence[Chunk]], None],
    ) -> None:
        self._store = store
        self._fill = fill
        self._embedder = embedder
        self._index = index
        self._chat_id = chat_id if store.chat_files else None
        self._report = report
        self._count_split = count_split
        self._writing = writing
        self._counts = {"loaded": 0, "split": 0, "embedded": 0, "written": 0}

    async def run(self, context: LoadContext) -> None:
        """Everything from the first document to the last point; raises the first error of any stage."""
        context.on_load = lambda count: self._count("loaded", count)
        batches: asyncio.Queue[list[Document] | None] = asyncio.Queue(BATCHES_WAITING)
        embedded: asyncio.Queue[asyncio.Task[Embedded] | None] = asyncio.Queue(EMBEDDINGS_AHEAD)
        try:
            async with asyncio.TaskGroup() as stages:
                stages.create_task(self._load(context, batches))
                stages.create_task(self._embed(batches, embedded, stages))
                stages.create_task(self._write(embedded, stages))
        except BaseExceptionGroup as group:
            raise first_of(group) from None

    async def _load(self, context: LoadContext, batches: asyncio.Queue[list[Document] | None]) -> None:
        for source in self._store.sources:
            async with aclosing(source.load(context)) as batch_stream:  # type: ignore[type-var]
                async for documents in batch_stream:
                    documents_with_ids = self._tag(documents)
                    self._count_split(documents_with_ids)
                    self._count("split", len(documents_with_ids))
                    await batches.put(documents_with_ids)
        await batches.put(None)

    def _tag(self, documents: list[Document]) -> list[Document]:
        if self._chat_id is None:
            return documents
        return [Document(one.content, {**one.metadata, CHAT_KEY: self._chat_id}, one.id) for one in documents]

    async def _embed(
        self,
        batches: asyncio.Queue[list[Document] | None],
        embedded: asyncio.Queue[asyncio.Task[Embedded] | None],
        stages: asyncio.TaskGroup,
    ) -> None:
        while (documents := await batches.get()) is not None:
            if chunks := await self._fill.fresh(documents):
                await embedded.put(stages.create_task(self._vectors(chunks)))
        await embedded.put(None)

    async def _vectors(self, chunks: Sequence[Chunk]) -> Embedded:
        vectors = await self._embedder.embed_documents([chunk.document.content for chunk in chunks])
        self._count("embedded", len(chunks))
        points = [
            Point(chunk.point_id, vector, chunk.document.content, chunk.document.metadata)
            for chunk, vector in zip(chunks, vectors, strict=True)
        ]
        return Embedded(chunks, points)

    async def _write(self, embedded: asyncio.Queue[asyncio.Task[Embedded] | None], stages: asyncio.TaskGroup) -> None:
        gate = asyncio.Semaphore(WRITES_AT_ONCE)
        while (task := await embedded.get()) is not None:
            batch = await task
            await self._fill.before_writing(batch.chunks)
            self._writing(batch.chunks)
            await gate.acquire()
            stages.create_task(self._store_points(batch, gate))

    async def _store_points(self, batch: Embedded, gate: asyncio.Semaphore) -> None:
        try:
            await self._index.upsert(batch.points)
        finally:
            gate.release()
        self._count("written", len(batch.points))

    def _count(self, stage: str, more: int) -> None:
        self._counts[stage] += more
        if self._report is not None:
            self._report(Progress(stage, self._counts[stage], self._store.node_id))  # type: ignore[arg-type]


def first_of(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error that broke the stages; those that it brought about come after it."""
    first = group.exceptions[0]
    return first_of(first) if isinstance(first, BaseExceptionGroup) else first
