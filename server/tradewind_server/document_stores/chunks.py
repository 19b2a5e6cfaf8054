"""Chunks of a store: read, edited and deleted; their vectors follow (docs/document-stores.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tradewind_server.chatflows.ids import UUID
from tradewind_server.document_stores.configs import invalid, json_object
from tradewind_server.document_stores.drafts import pages
from tradewind_server.document_stores.loaders import StoreLoaders
from tradewind_server.document_stores.ports import (
    DocumentStore,
    DocumentStores,
    StoreChange,
    StoreChunk,
    StoreChunks,
    StoreLoader,
)
from tradewind_server.document_stores.service import existing, not_found
from tradewind_server.document_stores.vectors import StoreVectors, VectorWork
from tradewind_server.errors import NotFound, Reason
from tradewind_server.ingest.ports import UpsertResult

ALL = "all"
"""In place of a loader's id: every loader."""
PAGE_SIZE = 50
LONGEST_CONTENT = 1_000_000
"""Characters of an edited chunk."""
FURTHEST_PAGE = 1_000_000
MOST_CONDITIONS = 20


@dataclass(frozen=True, slots=True)
class ChunkPage:
    """Some chunks of a store or of one loader. ``loader`` is None for all; ``count`` and ``characters`` are of the whole."""

    store: DocumentStore
    loader: StoreLoader | None
    chunks: Sequence[StoreChunk]
    page: int
    count: int
    characters: int


@dataclass(frozen=True, slots=True)
class DeletedDocuments:
    """What a deletion by metadata took out."""

    chunks: int
    loaders: Sequence[str]


class StoreChunkService:
    """Edits and deletions change the vectors of chunks that have some: both, or nothing."""

    def __init__(
        self,
        *,
        stores: DocumentStores,
        chunks: StoreChunks,
        loaders: StoreLoaders,
        vectors: StoreVectors,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._chunks = chunks
        self._loaders = loaders
        self._vectors = vectors
        self._new_id = new_id
        self._now = now

    async def page(self, workspace_id: str, store_id: str, loader_id: str, page: int, size: int = PAGE_SIZE) -> ChunkPage:
        """A page of chunks by number, from page 1; of all loaders where ``loader_id`` is ``all``."""
        if not 1 <= page <= FURTHEST_PAGE:
            raise invalid(f"The number of a page must be from 1 to {FURTHEST_PAGE}.")
        return replace(await self.part(workspace_id, store_id, loader_id, (page - 1) * size, size), page=page)

    async def part(self, workspace_id: str, store_id: str, loader_id: str, offset: int, size: int) -> ChunkPage:
        """At most ``size`` chunks by number, behind the first ``offset``."""
        store = await existing(self._stores, workspace_id, store_id)
        loader = None if loader_id == ALL else StoreLoaders.loader(store, loader_id)
        return await self._part(store, loader, offset, size)

    async def _page(self, store: DocumentStore, loader: StoreLoader | None) -> ChunkPage:
        return await self._part(store, loader, 0, PAGE_SIZE)

    async def _part(self, store: DocumentStore, loader: StoreLoader | None, offset: int, size: int) -> ChunkPage:
        loaders = store.loaders if loader is None else (loader,)
        generations = [one.generation for one in loaders if one.generation]
        rows = await self._chunks.numbered_page(store.workspace_id, generations, offset, size)
        count, characters = sum(one.total_chunks for one in loaders), sum(one.total_chars for one in loaders)
        return ChunkPage(store, loader, rows, 1, count, characters)

    async def edit(
        self, workspace_id: str, store_id: str, loader_id: str, chunk_id: str, fields: Mapping[str, Any]
    ) -> ChunkPage:
        """Change a chunk's ``pageContent`` and ``metadata``; the first page of its loader."""
        content, metadata = fields.get("pageContent"), fields.get("metadata")
        if content is not None and (
            not isinstance(content, str) or not 0 < len(content.strip()) <= len(content) <= LONGEST_CONTENT
        ):
            raise invalid(f"pageContent must be a text of 1 to {LONGEST_CONTENT} characters.")
        async with self._loaders.alone(workspace_id, store_id) as store:
            loader, chunk = await self._chunk(store, loader_id, chunk_id)
            new = replace(
                chunk,
                page_content=chunk.page_content if content is None else content,
                metadata=chunk.metadata if metadata is None else json_object(metadata, "metadata"),
            )
            if (new.page_content, new.metadata) != (chunk.page_content, chunk.metadata):
                new = replace(new, point_id=self._new_id())
                chars = loader.total_chars + len(new.page_content) - len(chunk.page_content)
                loader = replace(loader, total_chars=chars)
                await self._change(store, StoreChange(chunks=[new]), loader, VectorWork(chunks=[new]), [chunk])
            return await self._page(await existing(self._stores, workspace_id, store.id), loader)

    async def delete(self, workspace_id: str, store_id: str, loader_id: str, chunk_id: str) -> ChunkPage:
        """Delete a chunk; the first page of its loader. Others keep their numbers."""
        async with self._loaders.alone(workspace_id, store_id) as store:
            loader, chunk = await self._chunk(store, loader_id, chunk_id)
            loader = without([chunk], loader)
            await self._change(store, StoreChange(dropped_chunks=[chunk]), loader, VectorWork(), [chunk])
            return await self._page(await existing(self._stores, workspace_id, store.id), loader)

    async def _chunk(self, store: DocumentStore, loader_id: str, chunk_id: str) -> tuple[StoreLoader, StoreChunk]:
        loader = StoreLoaders.loader(store, loader_id)
        chunk = None
        if loader.generation and UUID.fullmatch(chunk_id):
            chunk = await self._chunks.get(store.workspace_id, loader.generation, chunk_id.lower())
        if chunk is None:
            raise NotFound(Reason.DOCUMENT_CHUNK_NOT_FOUND, f"Document chunk {chunk_id[:60]} not found")
        return loader, chunk

    async def _change(
        self,
        store: DocumentStore,
        change: StoreChange,
        loader: StoreLoader,
        work: VectorWork,
        former: Sequence[StoreChunk],
    ) -> None:
        change = replace(change, values={"updated_date": self._now()}, loaders=[loader])
        if store.vectors is None or store.vector_store is None or store.embedding is None:
            await self._plain(store, change)
            return
        if not await self._vectors.holds(store, former):  # Processed, and not inserted yet: there is no vector to change.
            work = VectorWork()
        await self._vectors.carry_out(store, change, replace(work, touched_loaders=[loader.id]))

    async def _plain(self, store: DocumentStore, change: StoreChange) -> None:
        if not await self._stores.change(store.workspace_id, store.id, change):
            raise not_found(store.id)

    async def delete_documents(self, workspace_id: str, store_id: str, conditions: Mapping[str, Any]) -> DeletedDocuments:
        """Delete the chunks whose metadata has all these values, and loaders that are left without a chunk."""
        async with self._loaders.alone(workspace_id, store_id) as store:
            change, result = await self.selection(store, check_conditions(conditions))
            changed_loaders = sorted({chunk.loader_id for chunk in change.dropped_chunks} | set(change.dropped_loaders))
            if not changed_loaders:
                return result
            change = replace(change, values={"updated_date": self._now()})
            if store.vectors is None or store.vector_store is None or store.embedding is None:
                await self._plain(store, change)
            else:
                work = VectorWork(touched_loaders=changed_loaders, result=UpsertResult())
                await self._vectors.carry_out(store, change, work)
            for loader_id in change.dropped_loaders:
                await self._loaders.forget_files(workspace_id, loader_id)
            return result

    async def selection(
        self, store: DocumentStore, conditions: Mapping[str, Any], but: str = ""
    ) -> tuple[StoreChange, DeletedDocuments]:
        """The change that takes these chunks out; ``but`` is a loader that is left alone."""
        dropped_chunks: list[StoreChunk] = []
        dropped_loaders: list[str] = []
        loaders: list[StoreLoader] = []
        count = 0
        for loader in store.loaders:
            if not loader.generation or loader.id == but:
                continue
            matches = [
                chunk
                async for page in pages(self._chunks, store.workspace_id, [loader.generation])
                for chunk in page
                if all(chunk.metadata.get(name) == value for name, value in conditions.items())
            ]
            count += len(matches)
            if matches and len(matches) == loader.total_chunks:
                dropped_loaders.append(loader.id)
            elif matches:
                dropped_chunks += matches
                loaders.append(without(matches, loader))
        change = StoreChange(loaders=loaders, dropped_loaders=dropped_loaders, dropped_chunks=dropped_chunks)
        return change, DeletedDocuments(count, dropped_loaders)


def check_conditions(conditions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Raises ``InvalidInput`` for none: nobody means to delete everything by leaving something out."""
    if not conditions:
        raise invalid("Name what to delete: a source, or values of metadata.")
    if len(conditions) > MOST_CONDITIONS:
        raise invalid(f"metadata may name at most {MOST_CONDITIONS} values.")
    return conditions


def conditions_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """``source`` and ``metadata`` of a body as conditions. Raises ``InvalidInput``."""
    conditions = json_object(fields.get("metadata"), "metadata")
    source = fields.get("source")
    if source is not None:
        if not isinstance(source, str) or not source:
            raise invalid("source must be a text.")
        conditions["source"] = source
    return conditions


def without(chunks: Sequence[StoreChunk], loader: StoreLoader) -> StoreLoader:
    """The loader with as many chunks and characters less."""
    chars = sum(len(chunk.page_content) for chunk in chunks)
    return replace(
        loader, total_chunks=max(loader.total_chunks - len(chunks), 0), total_chars=max(loader.total_chars - chars, 0)
    )
