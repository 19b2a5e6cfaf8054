"""Changes of a store that reach its vectors: written beside the former ones, accepted with the change, then the former go."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

import orjson

from tradewind_server.document_stores.assembly import Assembler
from tradewind_server.document_stores.drafts import ChunkSource
from tradewind_server.document_stores.ports import DocumentStore, DocumentStores, StoreChange, StoreChunk, StoreChunks
from tradewind_server.document_stores.service import not_found
from tradewind_server.documents.ports import LoadContext
from tradewind_server.flows.components import Cleanup, VectorStore
from tradewind_server.flows.ports import Embedder
from tradewind_server.ingest.chunk_fill import ChunkFill, ChunkRecords
from tradewind_server.ingest.journal import Journal, Run
from tradewind_server.ingest.pipeline import ReportProgress
from tradewind_server.ingest.ports import Locks, RecordManager, UpsertResult, namespace_of
from tradewind_server.ingest.recovery import Recovery
from tradewind_server.ingest.targets import Target, Targets

NODE_ID = "document-store"
"""The node of runs of the journal."""


@dataclass(frozen=True, slots=True)
class VectorWork:
    """What a change does to the vectors of a store."""

    generations: Sequence[str] = ()
    """Chunks that are to be in the vector store."""
    chunks: Sequence[StoreChunk] = ()
    """Further ones, as they will be."""
    touched_loaders: Sequence[str] = ()
    """Loaders whose vectors go where no chunk has them any more."""
    result: UpsertResult = field(default_factory=UpsertResult)
    """Takes the counts."""
    report: ReportProgress | None = None
    rewrites: bool = False
    """Whether chunks that are there already are embedded again, as without a record manager."""

    @property
    def writes(self) -> bool:
        return bool(self.generations or self.chunks)


class StoreVectors:
    """Carries changes out. The caller holds the store's lock (:func:`store_lock`)."""

    def __init__(
        self,
        *,
        stores: DocumentStores,
        chunks: StoreChunks,
        assembler: Assembler,
        journal: Journal,
        records: RecordManager,
        chunk_records: ChunkRecords,
        recovery: Recovery,
        targets: Targets,
        locks: Locks,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._chunks = chunks
        self._assembler = assembler
        self._journal = journal
        self._records = records
        self._chunk_records = chunk_records
        self._recovery = recovery
        self._targets = targets
        self._locks = locks
        self._new_id = new_id
        self._now = now

    async def carry_out(self, store: DocumentStore, change: StoreChange, work: VectorWork) -> None:
        """The change and its vectors, both or neither; what the former vectors leave goes now or soon.

        Raises what embedding and writing raise, and then nothing has changed.
        """
        vector_store = await self._assembler.vector_store(store)
        embedder: Embedder | None = None
        if work.writes:
            embedder, index = await vector_store.open()
        else:
            index = vector_store.indexes.index(vector_store.collection)
        run = self._run(store, vector_store)
        async with AsyncExitStack() as stack:
            stack.enter_context(self._recovery.going_on([run]))
            await stack.enter_async_context(self._locks.hold(run.lock))
            at = self._now()
            await self._recovery.before(run, index)
            fill = ChunkFill(run, index, self._journal, self._records, self._chunk_records, at, rewrites=work.rewrites)
            sources = (ChunkSource(self._chunks, store.workspace_id, work.generations, work.chunks),)
            pipe = replace(vector_store, node_id=store.id, sources=sources, load_store=None, chat_files=False)
            target = Target(pipe, cast(Embedder, embedder), index, fill)
            await self._write(store, change, target, work, at)
            work.result.num_deleted += sum((await self._targets.settle(target, at)).values())
        self._count(store, target, work)

    async def holds(self, store: DocumentStore, chunks: Sequence[StoreChunk]) -> bool:
        """Whether the vector of one of these chunks is known to be there."""
        run = self._run(store, await self._assembler.vector_store(store))
        assert run.records is not None
        points = [chunk.point_id for chunk in chunks]
        return bool(await self._records.lookup(store.workspace_id, run.records, points))

    async def _write(self, store: DocumentStore, change: StoreChange, target: Target, work: VectorWork, at: datetime) -> None:
        fill = cast(ChunkFill, target.fill)
        is_accepted = False
        try:
            if work.writes:
                await self._targets.pump(target, LoadContext(store.workspace_id, store.id), work.result, report=work.report)
            else:
                await fill.begin()
            await fill.touch(work.touched_loaders)
            if not await self._stores.change(store.workspace_id, store.id, change, (fill.run, at)):
                raise not_found(store.id)
            is_accepted = True
        finally:
            if not is_accepted:
                await self._targets.undo([target])

    def _count(self, store: DocumentStore, target: Target, work: VectorWork) -> None:
        """Without a record manager in the settings only what was written counts."""
        result, total = work.result, sum(target.additions.values())
        result.num_added += total
        if store.record_manager is None:
            result.num_deleted = 0
        else:
            result.num_skipped += target.chunks - total

    def _run(self, store: DocumentStore, vector_store: VectorStore) -> Run:
        collection, records = vector_store.collection, store.record_manager
        place = f"{collection.url or ''}_{collection.name}"
        cleanup: Cleanup = "full" if records is not None and records.config.get("cleanup") == "full" else "incremental"
        return Run(
            id=self._new_id(),
            node_id=NODE_ID,
            workspace_id=store.workspace_id,
            chatflow_id=store.id,
            collection=replace(collection, api_key=None),
            records=namespace_of(store.id, f"chunks_{place}"),
            cleanup=cleanup,
            holding="chunks",
        )


def embedding_digest(store: DocumentStore) -> str:
    """Tells embeddings apart: vectors of different ones cannot be compared."""
    assert store.embedding is not None
    config: Mapping[str, object] = store.embedding.config
    return hashlib.sha256(orjson.dumps([store.embedding.name, config], option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


def store_lock(store_id: str) -> str:
    """The lock of all that changes the chunks of a store."""
    return f"document-store/{store_id}"
