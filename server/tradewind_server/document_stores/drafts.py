"""Chunks of a new generation of a loader: written beside those that count, until a change makes them count."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from tradewind_server.document_stores.configs import invalid
from tradewind_server.document_stores.ports import ChunkPosition, StoreChunk, StoreChunks, StoreLoader
from tradewind_server.documents.ports import Document, DocumentSource, LoadContext
from tradewind_server.ingest.chunk_fill import LOADER_KEY
from tradewind_server.ingest.fills import key_of
from tradewind_server.ingest.pipeline import ReportProgress
from tradewind_server.ingest.ports import Progress

PAGE = 200
"""Chunks that are in memory at once."""
MOST_CHUNKS = 500_000
"""Chunks of one loader."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A generation that does not count yet."""

    generation: str
    total_chunks: int
    total_chars: int

    def made_of(self, loader: StoreLoader) -> StoreLoader:
        """The loader as it will be."""
        return replace(
            loader,
            status="SYNC",
            generation=self.generation,
            total_chunks=self.total_chunks,
            total_chars=self.total_chars,
        )


class Tally:
    """Counts what a loader has loaded and split, and reports it."""

    def __init__(self, loader_id: str, report: ReportProgress | None) -> None:
        self._loader_id = loader_id
        self._report = report
        self._counts = {"loaded": 0, "split": 0}

    def add(self, stage: Literal["loaded", "split"], more: int) -> None:
        self._counts[stage] += more
        if self._report is not None:
            self._report(Progress(stage, self._counts[stage], self._loader_id))


class Drafts:
    """Writes generations."""

    def __init__(self, chunks: StoreChunks, new_id: Callable[[], str]) -> None:
        self._chunks = chunks
        self._new_id = new_id

    async def load(
        self,
        workspace_id: str,
        loader: StoreLoader,
        source: DocumentSource,
        context: LoadContext,
        report: ReportProgress | None = None,
    ) -> Draft:
        """What the source yields. A chunk that the loader had before keeps its id, and with it its vector."""
        former = await self._former(workspace_id, loader)
        tally = Tally(loader.id, report)
        context.on_load = partial(tally.add, "loaded")
        generation, number, chars = self._new_id(), 0, 0
        async with aclosing(source.load(context)) as batches:  # type: ignore[type-var]
            async for documents in batches:
                rows = []
                for document in documents:
                    if not document.content.strip():
                        continue
                    number, chars = number + 1, chars + len(document.content)
                    rows.append(self._chunk(loader, generation, number, document, former))
                if number > MOST_CHUNKS:
                    raise invalid(f"A loader may yield at most {MOST_CHUNKS:,} chunks; split what it reads.")
                for start in range(0, len(rows), PAGE):
                    await self._chunks.add(workspace_id, rows[start : start + PAGE])
                tally.add("split", len(rows))
        return Draft(generation, number, chars)

    def _chunk(
        self,
        loader: StoreLoader,
        generation: str,
        number: int,
        document: Document,
        former: dict[bytes, deque[tuple[str, str]]],
    ) -> StoreChunk:
        same_chunks = former.get(_digest(document.content, document.metadata))
        chunk_id, point_id = same_chunks.popleft() if same_chunks else (self._new_id(), self._new_id())
        return StoreChunk(
            chunk_id, loader.store_id, loader.id, generation, number, document.content, document.metadata, point_id
        )

    async def _former(self, workspace_id: str, loader: StoreLoader) -> dict[bytes, deque[tuple[str, str]]]:
        """Ids of the chunks that count now, by what they hold."""
        result: dict[bytes, deque[tuple[str, str]]] = defaultdict(deque)
        async for page in pages(self._chunks, workspace_id, [loader.generation] if loader.generation else []):
            for chunk in page:
                result[_digest(chunk.page_content, chunk.metadata)].append((chunk.id, chunk.point_id))
            await asyncio.sleep(0)
        return result

    async def with_new_points(self, workspace_id: str, loader: StoreLoader, omission: frozenset[str] = frozenset()) -> Draft:
        """The chunks that count, as they are, but for the ids of their points: their present vectors are to go.

        Chunks whose ids are in ``omission`` are left out.
        """
        generation = self._new_id()
        async for page in pages(self._chunks, workspace_id, [loader.generation] if loader.generation else []):
            rows = [
                replace(chunk, generation=generation, point_id=self._new_id()) for chunk in page if chunk.id not in omission
            ]
            await self._chunks.add(workspace_id, rows)
        return Draft(generation, loader.total_chunks, loader.total_chars)


async def pages(chunks: StoreChunks, workspace_id: str, generations: Sequence[str]) -> AsyncIterator[list[StoreChunk]]:
    """All chunks of some generations, a page at a time."""
    after: ChunkPosition | None = None
    while generations:
        page = await chunks.page(workspace_id, generations, after, PAGE)
        if not page:
            return
        yield page
        after = ChunkPosition(page[-1].generation, page[-1].number)


def _digest(content: str, metadata: dict[str, object]) -> bytes:
    return bytes.fromhex(key_of(Document(content, dict(metadata)))[:32])


@dataclass(frozen=True, slots=True)
class ChunkSource:
    """Stored chunks as a document loader of the pipeline: with the id of their point, and their loader in the metadata."""

    chunks: StoreChunks
    workspace_id: str
    generations: Sequence[str]
    extra: Sequence[StoreChunk] = ()
    """Chunks that are not stored like that yet."""
    node_id: str = "chunks"

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        if self.extra:
            yield [document_of(chunk) for chunk in self.extra]
        async for page in pages(self.chunks, self.workspace_id, self.generations):
            context.on_load(len(page))
            yield [document_of(chunk) for chunk in page]


def document_of(chunk: StoreChunk) -> Document:
    return Document(chunk.page_content, {**chunk.metadata, LOADER_KEY: chunk.loader_id}, chunk.point_id)
