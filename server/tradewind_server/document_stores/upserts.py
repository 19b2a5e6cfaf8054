"""Upserts into a store: a document in, and its chunks and vectors; loaders read anew (docs/document-stores.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import orjson

from tradewind_server.document_stores.assembly import Assembler
from tradewind_server.document_stores.chunks import StoreChunkService, conditions_of
from tradewind_server.document_stores.configs import component, invalid, json_object
from tradewind_server.document_stores.loaders import StoreLoaders, next_position, store_id_of
from tradewind_server.document_stores.ports import (
    DocumentStore,
    DocumentStores,
    StoreChange,
    StoreChunks,
    StoreComponent,
    StoreLoader,
)
from tradewind_server.document_stores.service import DocumentStoreService, existing, whole_component
from tradewind_server.document_stores.vector_settings import settings_values
from tradewind_server.document_stores.vectors import StoreVectors, VectorWork, embedding_digest
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.sources import nothing_to_upsert
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.ingest.history import describe
from tradewind_server.ingest.pipeline import ReportProgress
from tradewind_server.ingest.ports import Progress, UpsertHistory, UpsertHistoryEntry, UpsertResult

MOST_ITEMS = 1000
PARTS = {"embedding": "embedding", "vectorStore": "vector_store", "recordManager": "record_manager"}
"""Settings of the store that an upsert may bring, by public name."""


@dataclass(frozen=True, slots=True)
class StoreUpsert:
    """What an upsert into a store did."""

    store_id: str
    loader_id: str
    result: UpsertResult
    in_new_store: bool = False


@dataclass(slots=True)
class UpsertPlan:
    """The store and the loader as they will be."""

    store: DocumentStore
    loader: StoreLoader
    replaces: str = ""
    """The loader whose place it takes."""
    conditions: Mapping[str, Any] = field(default_factory=dict)
    """Chunks of other loaders that go with it."""


class StoreUpserts:
    """Each upsert leaves the store and its vectors as they were, or as they should be."""

    def __init__(
        self,
        *,
        stores: DocumentStores,
        chunks: StoreChunks,
        service: DocumentStoreService,
        loaders: StoreLoaders,
        chunk_service: StoreChunkService,
        vectors: StoreVectors,
        assembler: Assembler,
        history: UpsertHistory,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._chunks = chunks
        self._service = service
        self._loaders = loaders
        self._chunk_service = chunk_service
        self._vectors = vectors
        self._assembler = assembler
        self._history = history
        self._new_id = new_id
        self._now = now

    async def upsert(
        self,
        workspace_id: str,
        store_id: str,
        fields: Mapping[str, Any],
        files: Sequence[SourceFile] = (),
        report: ReportProgress | None = None,
    ) -> StoreUpsert:
        """Load, split, embed and write one document. The loader of ``docId`` gives the settings that are not settings, and with
        ``replaceExisting`` its place; else there is a new loader. ``createNewDocStore`` makes a store for it first.
        """
        if not switch(fields, "createNewDocStore"):
            return await self._upsert(workspace_id, store_id, fields, files, report)
        new = json_object(fields.get("docStore"), "docStore")
        store = await self._service.draft(workspace_id, {**new, "name": new.get("name") or "Document store"})
        rest = {name: value for name, value in fields.items() if name not in ("docId", "replaceExisting")}
        async with self._loaders.alone_with_new(replace(store, status="NEW")) as new_store:
            done = False
            try:
                upsert = await self._fill(new_store, rest, files, report)
                done = True
            finally:
                if not done:
                    await self._service.delete(workspace_id, store.id)
        return replace(upsert, in_new_store=True)

    async def _upsert(
        self,
        workspace_id: str,
        store_id: str,
        fields: Mapping[str, Any],
        files: Sequence[SourceFile],
        report: ReportProgress | None,
    ) -> StoreUpsert:
        async with self._loaders.alone(workspace_id, store_id) as store:
            return await self._fill(store, fields, files, report)

    async def _fill(
        self,
        store: DocumentStore,
        fields: Mapping[str, Any],
        files: Sequence[SourceFile],
        report: ReportProgress | None,
    ) -> StoreUpsert:
        """The caller holds the store's lock."""
        plan = self._plan(store, fields, files)
        await self._assembler.vector_store(plan.store)  # What cannot work is refused before anything is loaded.
        if store.status == "NEW":
            await self._announce(plan)
            result = await self._run(plan, files, report)
        else:
            is_new = store.loader(plan.loader.id) is None
            async with self._loaders.announce(store, plan.loader) if is_new else self.upserting(store):
                result = await self._run(plan, files, report)
        return StoreUpsert(store.id, plan.loader.id, result)

    async def _announce(self, plan: UpsertPlan) -> None:
        """Have a store in the making know its nodes and its loader, by which it is found what it left if it is never made."""
        values = {name: getattr(plan.store, name) for name in PARTS.values()}
        loader = replace(plan.loader, loader_config={}, files=None)
        await self._stores.change(plan.store.workspace_id, plan.store.id, StoreChange(values, loaders=[loader]))

    def _plan(self, store: DocumentStore, fields: Mapping[str, Any], files: Sequence[SourceFile]) -> UpsertPlan:
        doc_id = fields.get("docId")
        former = StoreLoaders.loader(store, str(doc_id)) if doc_id else None
        loader = self._loader(store, former, fields, files)
        replaces = former.id if former is not None and switch(fields, "replaceExisting") else ""
        if not replaces:
            loader = replace(loader, id=self._new_id(), generation=None, files=loader.files if former else None)
        loader = replace(loader, position=next_position(store))
        return UpsertPlan(
            self.with_settings(store, fields),
            loader,
            replaces,
            conditions_of(json_object(fields.get("replace"), "replace")),
        )

    def _loader(
        self, store: DocumentStore, former: StoreLoader | None, fields: Mapping[str, Any], files: Sequence[SourceFile]
    ) -> StoreLoader:
        """The loader's settings: those of ``docId``, with what is sent put over them."""
        loader, splitter = json_object(fields.get("loader"), "loader"), json_object(fields.get("splitter"), "splitter")
        values: dict[str, Any] = {}
        if loader.get("name"):
            values["loaderId"] = loader["name"]
        elif former is None and files:
            values["loaderId"] = next(one.name for one in self._assembler.registry.types() if one.reads_any_file)
        same = former is not None and values.get("loaderId", former.loader_id) == former.loader_id
        config = json_object(loader.get("config"), "loader.config")
        values["loaderConfig"] = {**(former.loader_config if former is not None and same else {}), **config}
        if splitter.get("name") or splitter.get("config"):
            values["splitterId"] = splitter.get("name") or (former.splitter_id if former else "")
            keeps = former is not None and values["splitterId"] == former.splitter_id
            split_config = json_object(splitter.get("config"), "splitter.config")
            values["splitterConfig"] = {**(former.splitter_config if former is not None and keeps else {}), **split_config}
        if fields.get("metadata") is not None:
            values["loaderConfig"]["metadata"] = orjson.dumps(json_object(fields["metadata"], "metadata")).decode()
        if fields.get("loaderName"):
            values["loaderName"] = fields["loaderName"]
        if former is None and not values.get("loaderId"):
            raise invalid("Loader not configured: name one as loader.name, send files, or name a loader of the store as docId.")
        return self._loaders.settings(store.id, values, former)

    def with_settings(self, store: DocumentStore, fields: Mapping[str, Any]) -> DocumentStore:
        """The store with the nodes that a call brings, put over its own."""
        values: dict[str, StoreComponent | None] = {}
        for name, attribute in PARTS.items():
            if fields.get(name) is None:
                continue
            former: StoreComponent | None = getattr(store, attribute)
            settings = json_object(fields[name], name)
            if not settings.get("name") and former is not None:
                settings = {**settings, "name": former.name}
            new = whole_component(component(settings, name), former, self._assembler.registry)
            if new is not None and former is not None and former.name == new.name:
                new = StoreComponent(new.name, {**former.config, **new.config})
            if new is not None:
                self._assembler.check_type(new.name)
                values[attribute] = new
        return replace(store, **values)  # type: ignore[arg-type]

    async def _run(self, plan: UpsertPlan, files: Sequence[SourceFile], report: ReportProgress | None) -> UpsertResult:
        store, result = plan.store, UpsertResult()
        await self._chunks.discard(store.workspace_id, store.id)
        loader = await self._loaders.draft(store.workspace_id, plan.loader, tuple(files), result.warn, report)
        if not loader.total_chunks:
            source = await self._assembler.loader(store.workspace_id, loader)
            raise nothing_to_upsert([source], files, result.warnings)
        change = StoreChange()
        dropped_ids: Sequence[str] = ()
        if plan.conditions:
            change, deletion = await self._chunk_service.selection(store, plan.conditions, but=loader.id)
            dropped_ids = deletion.loaders
        changed_loaders = {loader.id, *dropped_ids, *(one.id for one in change.loaders)}
        change = replace(change, loaders=[*change.loaders, loader])
        report_chunks = of_chunks(report, loader.id, ("embedded", "written"))
        await self.write(store, change, [loader], changed_loaders, result, report_chunks)
        for loader_id in dropped_ids:
            await self._loaders.forget_files(store.workspace_id, loader_id)
        names = [file.name for file in files]
        await self.remember(store, [loader], result, names)
        return result

    async def write(
        self,
        store: DocumentStore,
        change: StoreChange,
        loaders: Sequence[StoreLoader],
        changed_loaders: set[str],
        result: UpsertResult,
        report: ReportProgress | None,
    ) -> None:
        """Have the chunks of some loaders in the vector store; of all, where embeddings have changed since the last time."""
        digest = embedding_digest(store)
        if store.vectors not in (None, digest):
            change, loaders = await self._renewal(store, change, loaders)
            changed_loaders = {*changed_loaders, *(loader.id for loader in loaders)}
        values = {
            "status": "UPSERTED",
            "vectors": digest,
            "vector_store": store.vector_store,
            "embedding": store.embedding,
            "record_manager": store.record_manager,
            "updated_date": self._now(),
        }
        work = VectorWork(
            generations=[loader.generation for loader in loaders if loader.generation],
            touched_loaders=sorted(changed_loaders),
            result=result,
            report=report,
            rewrites=store.record_manager is None,
        )
        await self._vectors.carry_out(store, replace(change, values=values), work)

    async def _renewal(
        self, store: DocumentStore, change: StoreChange, loaders: Sequence[StoreLoader]
    ) -> tuple[StoreChange, Sequence[StoreLoader]]:
        """Every chunk under a new point: vectors of other embeddings are not overwritten while they may still be needed."""
        new = {loader.id: loader for loader in (*store.loaders, *change.loaders, *loaders)}
        renewals = []
        omission = frozenset(chunk.id for chunk in change.dropped_chunks)
        for loader in new.values():
            if loader.id in change.dropped_loaders or not loader.generation:
                continue
            draft = await self._loaders.drafts.with_new_points(store.workspace_id, loader, omission)
            renewals.append(replace(loader, generation=draft.generation))
        return replace(change, loaders=renewals, dropped_chunks=()), renewals

    @asynccontextmanager
    async def upserting(self, store: DocumentStore) -> AsyncIterator[None]:
        """The status while an upsert runs; a failed one leaves the store to be tried again."""
        await self._stores.change(store.workspace_id, store.id, StoreChange({"status": "UPSERTING"}))
        done = False
        try:
            yield
            done = True
        finally:
            if not done:
                await self._stores.change(store.workspace_id, store.id, StoreChange({"status": "STALE"}))

    async def insert(self, workspace_id: str, fields: Mapping[str, Any], report: ReportProgress | None = None) -> UpsertResult:
        """Save settings as :class:`VectorSettings` does, and have all chunks in the vector store, or those of ``docId``."""
        async with self._loaders.alone(workspace_id, store_id_of(fields)) as store:
            strict = fields.get("isStrictSave") is None or switch(fields, "isStrictSave")
            values = settings_values(fields, store, self._assembler.registry, is_strict=strict)
            for setting in values.values():
                if setting is not None:
                    self._assembler.check_type(setting.name)
            new = replace(store, **values)
            await self._assembler.vector_store(new)
            loaders: Sequence[StoreLoader] = store.loaders
            if fields.get("docId"):
                loaders = (StoreLoaders.loader(store, str(fields["docId"])),)
            loaders = [loader for loader in loaders if loader.total_chunks]
            if not loaders:
                raise InvalidInput(Reason.NO_DOCUMENTS, "The document store has no chunks to insert; process a loader first.")
            result = UpsertResult()
            async with self.upserting(store):
                await self._chunks.discard(workspace_id, store.id)
                report_chunks = of_chunks(report, str(fields.get("docId") or ""), ("split", "embedded", "written"))
                await self.write(new, StoreChange(), loaders, {loader.id for loader in loaders}, result, report_chunks)
                await self.remember(new, loaders, result, ())
            return result

    async def refresh(
        self, workspace_id: str, store_id: str, items: Sequence[Any], report: ReportProgress | None = None
    ) -> AsyncIterator[StoreUpsert]:
        """Read loaders anew, one after the other: those that the items name, or all. What is done stays when one fails."""
        store = await existing(self._stores, workspace_id, store_id)
        if len(items) > MOST_ITEMS or not all(isinstance(item, dict) for item in items):
            raise invalid(f"items must be a list of at most {MOST_ITEMS} objects.")
        todo: list[Mapping[str, Any]] = list(items) or [{"docId": loader.id} for loader in store.loaders]
        for item in todo:
            if item.get("docId"):
                StoreLoaders.loader(store, str(item["docId"]))
        for item in todo:
            yield await self._upsert(workspace_id, store.id, {**item, "replaceExisting": True}, (), report)

    async def remember(
        self, store: DocumentStore, loaders: Sequence[StoreLoader], result: UpsertResult, files: Sequence[str]
    ) -> None:
        """A row of the upsert history, whose chatflow id is the store's."""
        counts = {
            "numAdded": result.num_added,
            "numUpdated": result.num_updated,
            "numSkipped": result.num_skipped,
            "numDeleted": result.num_deleted,
        }
        nodes = [*(node for loader in loaders[:20] for node in self._assembler.loader_nodes(loader))]
        nodes += self._assembler.vector_nodes(store, {})
        rows = [describe(node, node.inputs, files) for node in nodes]
        entry = UpsertHistoryEntry(self._new_id(), store.id, counts, rows, self._now())
        await self._history.add(store.workspace_id, entry)


def of_chunks(report: ReportProgress | None, loader_id: str, stages: Sequence[str]) -> ReportProgress | None:
    """Reports some stages of stored chunks on their way into the vector store, in the name of their loader."""
    if report is None:
        return None

    def report_some(step: Progress) -> None:
        if step.stage in stages:
            report(replace(step, node_id=loader_id))

    return report_some


def switch(fields: Mapping[str, Any], name: str) -> bool:
    """A flag, or its text. Raises ``InvalidInput``."""
    value = fields.get(name)
    if value in (None, "", False, "false"):
        return False
    if value in (True, "true"):
        return True
    raise invalid(f"{name} must be true or false.")
