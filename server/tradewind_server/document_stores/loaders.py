"""Loaders of a store: what they would yield, their settings, their chunks (docs/document-stores.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tradewind_server.chatflows.ids import UUID
from tradewind_server.document_stores.assembly import Assembler
from tradewind_server.document_stores.configs import invalid, node_config, node_name, whole_config
from tradewind_server.document_stores.drafts import Drafts
from tradewind_server.document_stores.files import LoaderFiles
from tradewind_server.document_stores.ports import (
    DocumentStore,
    DocumentStores,
    StoreChange,
    StoreChunks,
    StoreLoader,
)
from tradewind_server.document_stores.service import existing, not_found
from tradewind_server.document_stores.vectors import StoreVectors, VectorWork, store_lock
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.errors import NotFound, Reason
from tradewind_server.files.load_context import load_context
from tradewind_server.files.ports import Blobs
from tradewind_server.ingest.pipeline import ReportProgress
from tradewind_server.ingest.ports import Locks

MOST_LOADERS = 1000
"""Loaders of one store."""
MOST_PREVIEWED = 1000
"""Chunks of one preview."""
PREVIEWED_PAGES = 3
"""Pages that a web loader reads for a preview."""
PAGE_LOADERS = frozenset({"relativeLinksMethod"})
"""Inputs that only loaders of several pages have."""
TEXTS = ("loaderId", "loaderName", "splitterId", "splitterName")
CONFIGS = ("loaderConfig", "splitterConfig")
FIELDS = (*TEXTS, *CONFIGS, "credential")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a loader yields: its first chunks, and how many there are in all."""

    chunks: list[Document]
    total_chunks: int


class StoreLoaders:
    """Previews, saves, processes and deletes loaders. Fields are those of the REST bodies, by public name."""

    def __init__(
        self,
        *,
        stores: DocumentStores,
        chunks: StoreChunks,
        assembler: Assembler,
        vectors: StoreVectors,
        blobs: Blobs,
        locks: Locks,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._chunks = chunks
        self._assembler = assembler
        self._vectors = vectors
        self._blobs = blobs
        self._locks = locks
        self._new_id = new_id
        self._now = now
        self.files = LoaderFiles(blobs, assembler.registry, new_id, now)
        self.drafts = Drafts(chunks, new_id)

    @asynccontextmanager
    async def alone(self, workspace_id: str, store_id: str) -> AsyncIterator[DocumentStore]:
        """The store, while nobody else changes it. Raises ``NotFound``."""
        store = await existing(self._stores, workspace_id, store_id)
        async with self._locks.hold(store_lock(store.id)):
            yield await existing(self._stores, workspace_id, store.id)

    @asynccontextmanager
    async def alone_with_new(self, store: DocumentStore) -> AsyncIterator[DocumentStore]:
        """A store that is made within its lock, so that nobody takes it for one that was left."""
        async with self._locks.hold(store_lock(store.id)):
            await self._stores.create(store)
            yield store

    @asynccontextmanager
    async def announce(self, store: DocumentStore, loader: StoreLoader) -> AsyncIterator[None]:
        """A loader in the making, known to its store: by it the files are found that a process leaves which dies.

        The caller holds the store's lock, and stores the loader as it will be. Where that does not come about, its files go.
        """
        bare = replace(loader, loader_config={}, files=None, generation=None, status="NEW")
        await self._change(store, StoreChange({"status": "UPSERTING"}, loaders=[bare]))
        done = False
        try:
            yield
            done = True
        finally:
            if not done:
                await forget_unmade(self._stores, store.workspace_id, store.id, self.forget_files)

    async def preview(self, workspace_id: str, fields: Mapping[str, Any]) -> Preview:
        """What a loader would yield; nothing is stored. ``previewChunkCount`` chunks of it, all for -1 and without one."""
        store_id, count = fields.get("storeId"), fields.get("previewChunkCount")
        if count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < -1):
            raise invalid("previewChunkCount must be a whole number, or -1 for all.")
        former, owner_id = None, self._new_id()
        if store_id:
            store = await existing(self._stores, workspace_id, store_id)
            owner_id = store.id
            former = store.loader(loader_id) if (loader_id := fields.get("id")) else None
        loader = self.settings(owner_id, fields, former)
        loader = replace(loader, loader_config=_few_pages(loader.loader_config))
        most = MOST_PREVIEWED if count in (None, -1) else min(count, MOST_PREVIEWED)
        uploads: list[SourceFile] = []
        result = Preview([], 0)
        total = 0
        try:
            source = await self._assembler.loader(workspace_id, loader)
            context = load_context(self._blobs, workspace_id, loader.id, (), uploads)
            async with aclosing(source.load(context)) as batches:  # type: ignore[type-var]
                async for documents in batches:
                    rows = [document for document in documents if document.content.strip()]
                    total += len(rows)
                    result.chunks.extend(rows[: most - len(result.chunks)])
        finally:
            await self._blobs.discard(uploads)
        return Preview(result.chunks, total)

    def settings(self, store_id: str, fields: Mapping[str, Any], former: StoreLoader | None) -> StoreLoader:
        """The loader that fields describe; what they leave out is as it was. Raises ``InvalidInput`` and ``NotFound``."""
        if former is None:
            former = StoreLoader(self._new_id(), store_id, 0, "", "", {})
        texts = {name: node_name(fields.get(name), name) for name in TEXTS if fields.get(name) is not None}
        loader_id = texts.get("loaderId", former.loader_id)
        if not loader_id:
            raise invalid("loaderId is missing; it names the type of the document loader.")
        self._assembler.check_type(loader_id)
        splitter_id = texts.get("splitterId", former.splitter_id)
        configs = {name: node_config(fields.get(name), name) for name in CONFIGS if fields.get(name) is not None}
        registry, same = self._assembler.registry, loader_id == former.loader_id
        loader_config = configs.get("loaderConfig")
        if loader_config is not None and same:
            loader_config = whole_config(loader_id, loader_config, former.loader_config, registry)
        node_type = registry.type_named(loader_id)
        default_name = former.loader_name if same else (node_type.label if node_type else loader_id)
        credential = node_name(fields.get("credential", former.credential), "credential")
        return replace(
            former,
            loader_id=loader_id,
            loader_name=texts.get("loaderName") or default_name or loader_id,
            loader_config=former.loader_config if loader_config is None else loader_config,
            splitter_id=splitter_id,
            splitter_name=texts.get("splitterName", former.splitter_name),
            splitter_config=configs.get("splitterConfig", former.splitter_config),
            credential=credential or None,
        )

    async def save(self, workspace_id: str, fields: Mapping[str, Any]) -> StoreLoader:
        """Store a loader's settings; the loader of ``id`` where one is named, else a new one. It is processed later."""
        async with self.alone(workspace_id, store_id_of(fields)) as store:
            former = self.loader(store, str(fields["id"])) if fields.get("id") else None
            loader = self.settings(store.id, fields, former)
            if former is not None or not self.files.brings_files(loader):
                return await self._save(store, loader if former else replace(loader, position=next_position(store)))
            loader = replace(loader, position=next_position(store))
            async with self.announce(store, loader):
                return await self._save(store, loader)

    async def _save(self, store: DocumentStore, loader: StoreLoader) -> StoreLoader:
        loader = replace(await self.files.keep(store.workspace_id, loader), status="SYNCING")
        await self._change(store, StoreChange({"status": store.status, "updated_date": self._now()}, loaders=[loader]))
        return loader

    async def process(
        self,
        workspace_id: str,
        store_id: str,
        loader_id: str,
        fields: Mapping[str, Any],
        report: ReportProgress | None = None,
    ) -> tuple[DocumentStore, StoreLoader]:
        """Load and split anew; the chunks replace the former ones, whose vectors stay until the next insert or upsert."""
        async with self.alone(workspace_id, store_id) as store:
            loader = self.settings(store.id, fields, self.loader(store, loader_id))
            await self._chunks.discard(workspace_id, store.id)
            loader = await self.draft(workspace_id, loader, report=report)
            others = [one for one in store.loaders if one.id != loader.id]
            in_sync = all(one.status == "SYNC" for one in others)
            values = {"status": "SYNC" if in_sync else "STALE", "updated_date": self._now()}
            await self._change(store, StoreChange(values, loaders=[loader]))
            return await existing(self._stores, workspace_id, store.id), loader

    async def draft(
        self,
        workspace_id: str,
        loader: StoreLoader,
        uploads: tuple[SourceFile, ...] = (),
        warn: Callable[[str], None] | None = None,
        report: ReportProgress | None = None,
    ) -> StoreLoader:
        """The loader as it will be once its new generation counts; its files are kept. ``warn`` is told what was guessed."""
        loader = await self.files.keep(workspace_id, loader, uploads)
        source = await self._assembler.loader(workspace_id, loader)
        uploads_in_settings: list[SourceFile] = []
        try:
            context = load_context(self._blobs, workspace_id, loader.id, (), uploads_in_settings)
            if warn is not None:
                context.warn = warn
            draft = await self.drafts.load(workspace_id, loader, source, context, report)
        finally:
            await self._blobs.discard(uploads_in_settings)
        return draft.made_of(loader)

    async def delete(self, workspace_id: str, store_id: str, loader_id: str) -> DocumentStore:
        """Delete a loader with its chunks, files and vectors; the store without it."""
        async with self.alone(workspace_id, store_id) as store:
            loader = self.loader(store, loader_id)
            values = {"updated_date": self._now(), **({"status": "EMPTY"} if len(store.loaders) == 1 else {})}
            change = StoreChange(values, dropped_loaders=[loader.id])
            if store.vectors is not None and store.vector_store is not None and store.embedding is not None:
                await self._vectors.carry_out(store, change, VectorWork(touched_loaders=[loader.id]))
            else:
                await self._change(store, change)
            await self._blobs.delete_owner(workspace_id, loader.id)
            return await existing(self._stores, workspace_id, store.id)

    async def forget_files(self, workspace_id: str, loader_id: str) -> None:
        """Remove the files of a loader that is gone."""
        await self._blobs.delete_owner(workspace_id, loader_id)

    @staticmethod
    def loader(store: DocumentStore, loader_id: str) -> StoreLoader:
        """The loader of an id. Raises ``NotFound(DOCUMENT_LOADER_NOT_FOUND)``."""
        loader = store.loader(loader_id.lower()) if UUID.fullmatch(loader_id) else None
        if loader is None:
            raise NotFound(Reason.DOCUMENT_LOADER_NOT_FOUND, f"Document loader {loader_id[:60]} not found")
        return loader

    async def _change(self, store: DocumentStore, change: StoreChange) -> None:
        if not await self._stores.change(store.workspace_id, store.id, change):
            raise not_found(store.id)


async def forget_unmade(
    stores: DocumentStores, workspace_id: str, store_id: str, forget_files: Callable[[str, str], Awaitable[object]]
) -> None:
    """End what was being made in a store: loaders that were only announced go with their files; it is to be tried again."""
    store = await stores.get(workspace_id, store_id)
    if store is None:
        return
    unmade = [loader.id for loader in store.loaders if loader.status == "NEW"]
    for loader_id in unmade:
        await forget_files(workspace_id, loader_id)
    await stores.change(workspace_id, store_id, StoreChange({"status": "STALE"}, dropped_loaders=unmade))


def store_id_of(fields: Mapping[str, Any]) -> str:
    """Raises ``InvalidInput`` where a body names no store."""
    store_id = fields.get("storeId")
    if not isinstance(store_id, str) or not store_id:
        raise invalid("storeId is missing; it names the document store.")
    return store_id


def next_position(store: DocumentStore) -> int:
    """Behind all loaders. Raises ``InvalidInput`` where there are ``MOST_LOADERS``."""
    if len(store.loaders) >= MOST_LOADERS:
        raise invalid(f"A document store has at most {MOST_LOADERS} loaders; delete one first.")
    return max((loader.position for loader in store.loaders), default=0) + 1


def _few_pages(config: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings of a loader that reads few web pages."""
    return {**config, "limit": PREVIEWED_PAGES} if PAGE_LOADERS & config.keys() else config
