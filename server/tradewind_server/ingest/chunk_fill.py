"""The chunks of a document store during one change of it: which are new, what is written, what goes afterwards.

Chunks come with the ids of their points. Until the change is accepted new points can be taken out again; from then on those go
that no chunk of the store has any more. Each step may be repeated, so that another process can take over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tradewind_server.documents.ports import Document
from tradewind_server.flows.vector_ports import VectorIndex
from tradewind_server.ingest.fills import DELETE_BATCH, SOURCES_AT_ONCE, Chunk, Settlement
from tradewind_server.ingest.journal import ANY_DATE, Journal, PendingChunk, Run
from tradewind_server.ingest.ports import RecordEntry, RecordManager, StaleRecord

LOADER_KEY = "docId"
"""The metadata key that names a chunk's loader, as Flowise calls it."""


class ChunkRecords(Protocol):
    """Which records of a document store's namespace nothing needs any more."""

    async def superfluous(
        self, workspace_id: str, store_id: str, namespace: str, loader_ids: Sequence[str] | None, limit: int
    ) -> list[StaleRecord]:
        """At most ``limit`` records, of these loaders or of any, whose point no chunk of the store has."""
        ...


class ChunkFill:
    """``rewrites`` writes chunks anew that are there already, under the points that they have."""

    def __init__(
        self,
        run: Run,
        index: VectorIndex,
        journal: Journal,
        records: RecordManager,
        chunk_records: ChunkRecords,
        at: datetime,
        *,
        rewrites: bool = False,
    ) -> None:
        assert run.records is not None
        self.run = run
        self.count = 0
        self._at = at
        self._rewrites = rewrites
        self._namespace = run.records
        self._index = index
        self._journal = journal
        self._records = records
        self._chunk_records = chunk_records
        self._points_there: set[str] = set()

    async def begin(self) -> None:
        await self._journal.begin(self.run, 0, self._at)
        if not await self._index.exists():  # Somebody dropped it: then nothing of it is known.
            while page := await self._stale():
                await self._records.remove(self.run.workspace_id, self._namespace, [one.key for one in page])

    async def _stale(self) -> list[StaleRecord]:
        return await self._records.stale(self.run.workspace_id, self._namespace, ANY_DATE, None, DELETE_BATCH)

    async def touch(self, loader_ids: Sequence[str]) -> None:
        """Remember whose former points are to go once the change is accepted."""
        if loader_ids:
            await self._journal.add_sources(self.run, loader_ids)

    async def fresh(self, documents: Sequence[Document]) -> list[Chunk]:
        chunks = [Chunk(one.id or "", one, one.id or "", str(one.metadata[LOADER_KEY])) for one in documents]
        ids = [chunk.point_id for chunk in chunks]
        records = await self._records.lookup(self.run.workspace_id, self._namespace, ids)
        there = await self._index.existing([one for one in ids if one in records]) if records else set()
        if not self._rewrites:
            return [chunk for chunk in chunks if chunk.point_id not in there]
        self._points_there |= there
        return chunks

    async def before_writing(self, chunks: Sequence[Chunk]) -> None:
        rows = [PendingChunk(one.key, one.group, one.point_id) for one in chunks if one.point_id not in self._points_there]
        self._points_there.difference_update(one.point_id for one in chunks)
        if rows:
            await self._journal.add_pending(self.run, rows)
        self.count += len(chunks)

    async def settle(self, at: datetime) -> Settlement:
        settlement = Settlement()
        while page := await self._journal.pending(self.run, DELETE_BATCH):
            entries = [RecordEntry(*chunk) for chunk in page]
            await self._records.put(self.run.workspace_id, self._namespace, entries, at)
            await self._journal.drop_pending(self.run, [chunk.key for chunk in page])
        while groups := await self._journal.sources(self.run, SOURCES_AT_ONCE):
            for group in groups:
                settlement.deleted[group] += await self._sweep([group])
            await self._journal.drop_sources(self.run, groups)
        if self.run.cleanup == "full":
            settlement.deleted[""] += await self._sweep(None)
        await self._journal.end(self.run)
        return settlement

    async def _sweep(self, loader_ids: Sequence[str] | None) -> int:
        """The vectors first: a record without its vector is removed again, a vector without its record stays for ever."""
        count, run = 0, self.run
        while old := await self._chunk_records.superfluous(
            run.workspace_id, run.chatflow_id, self._namespace, loader_ids, DELETE_BATCH
        ):
            await self._index.delete([one.point_id for one in old])
            await self._records.remove(run.workspace_id, self._namespace, [one.key for one in old])
            count += len(old)
        return count

    async def undo(self) -> None:
        while page := await self._journal.pending(self.run, DELETE_BATCH):
            await self._index.delete([chunk.point_id for chunk in page])
            await self._journal.drop_pending(self.run, [chunk.key for chunk in page])
        await self._journal.end(self.run)
