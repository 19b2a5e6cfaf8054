"""One vector store during one upsert: which chunks are new, what is written, what goes afterwards (docs/adr/0005).

Until an upsert is accepted its chunks can be taken out again; from then on the old ones go. Each step may be repeated, so
that another process can take over wherever one was killed.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

import orjson

from tradewind_server.documents.ports import Document
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.vector_ports import VectorIndex
from tradewind_server.ingest.journal import ANY_DATE, NAMESPACE, Journal, PendingChunk, Run, point_id
from tradewind_server.ingest.ports import RecordEntry, RecordManager

RESERVATION_SIZE = 1000
RESERVED_GROWTH = 8
DELETE_BATCH = 1000
SOURCES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk that is to be embedded and written under ``point_id``."""

    point_id: str
    document: Document
    key: str = ""
    group: str = ""


@dataclass(slots=True)
class Settlement:
    """What a store's cleanup removed, by source."""

    deleted: Counter[str] = field(default_factory=Counter)


class Fill(Protocol):
    """The part of one vector store in an upsert."""

    run: Run
    count: int
    """Chunks whose writing has begun."""

    async def begin(self) -> None:
        """Remember the run before anything is written."""
        ...

    async def fresh(self, documents: Sequence[Document]) -> list[Chunk]:
        """Those that have to be written."""
        ...

    async def before_writing(self, chunks: Sequence[Chunk]) -> None:
        """Remember which points come next."""
        ...

    async def settle(self, at: datetime) -> Settlement:
        """After the acceptance: confirm what is new, remove what is old, forget the run."""
        ...

    async def undo(self) -> None:
        """Take out what was written, and forget the run."""
        ...


class Appending:
    """Without records: every chunk is new, under the run's own numbers. The run is entered with its first chunk."""

    def __init__(
        self, run: Run, index: VectorIndex, journal: Journal, now: Callable[[], datetime], *, entry_count: int | None = None
    ) -> None:
        """``entry_count`` is what the journal has reserved for a run that another process began."""
        self.run = run
        self.count = entry_count or 0
        self._index = index
        self._journal = journal
        self._now = now
        self._reservation = entry_count or 0
        self._in_journal = entry_count is not None
        self._count = 0
        self._base = run.base

    async def begin(self) -> None:
        """There is nothing to undo before the first chunk."""

    async def fresh(self, documents: Sequence[Document]) -> list[Chunk]:
        first, self._count = self._count, self._count + len(documents)
        return [Chunk(point_id(self._base, number), one) for number, one in enumerate(documents, first)]

    async def before_writing(self, chunks: Sequence[Chunk]) -> None:
        count, in_journal = self.count + len(chunks), self._in_journal
        if count > self._reservation:
            reservation = self._reservation or RESERVATION_SIZE
            while count > reservation:
                reservation *= RESERVED_GROWTH
            self._reservation, self._in_journal = reservation, True
            if in_journal:
                await self._journal.reserve(self.run, reservation)
            else:
                await self._journal.begin(self.run, reservation, self._now())
        self.count = count

    async def settle(self, at: datetime) -> Settlement:
        await self._journal.end(self.run)
        return Settlement()

    async def undo(self) -> None:
        if not self._in_journal:
            return
        if self.count < self._reservation:  # Whoever has to try again need not look for what was never written.
            await self._journal.reserve(self.run, self.count)
            self._reservation = self.count
        await delete_numbered(self._index, self._base, self.count)
        await self._journal.end(self.run)


async def delete_numbered(index: VectorIndex, base: uuid.UUID, count: int) -> None:
    """Delete the points that a run numbered from 0 on."""
    for first in range(0, count, DELETE_BATCH):
        await index.delete([point_id(base, number) for number in range(first, min(first + DELETE_BATCH, count))])


class RecordedFill:
    """With records: what is known is left alone, and what is new has an id that follows from its content.

    Where the canvas has no record manager (not ``drawn``), each chunk is new; the records serve to remove older ones.
    ``fills_gaps`` leaves sources alone that have chunks already.
    """

    def __init__(
        self,
        run: Run,
        index: VectorIndex,
        journal: Journal,
        records: RecordManager,
        at: datetime,
        *,
        source_key: str = "source",
        from_drawing: bool = True,
        fills_itself: bool = False,
        fills_gaps: bool = False,
    ) -> None:
        assert run.records is not None
        self.run = run
        self.source_key = source_key
        self.at = at
        """The date of this run's records; older ones of the same sources go."""
        self.count = 0
        self._from_drawing = from_drawing
        self._fills_itself = fills_itself
        self._fills_gaps = fills_gaps
        self._workspace_id = run.workspace_id
        self._namespace = run.records
        self._index = index
        self._journal = journal
        self._records = records
        self._keys: set[bytes] = set()
        self._count = 0
        self._groups: set[str] = set()
        self._full_groups: set[str] = set()
        self._base = uuid.uuid5(NAMESPACE, f"{run.workspace_id}/{run.records}") if from_drawing else run.base

    async def begin(self) -> None:
        there = await self._index.exists()
        self.run = replace(self.run, fills_empty=self._fills_itself and not there)
        await self._journal.begin(self.run, 0, self.at)
        if not there:  # Somebody dropped it: then nothing of it is known.
            while page := await self._records.stale(self._workspace_id, self._namespace, ANY_DATE, None, DELETE_BATCH):
                await self._records.remove(self._workspace_id, self._namespace, [one.key for one in page])

    async def fresh(self, documents: Sequence[Document]) -> list[Chunk]:
        chunks = await asyncio.to_thread(self._new_chunks if self._from_drawing else self._number, documents)
        groups = {chunk.group for chunk in chunks} - self._groups
        if self._fills_gaps:
            await self._look_for_filled(groups - self._full_groups)
            groups -= self._full_groups
            chunks = [chunk for chunk in chunks if chunk.group not in self._full_groups]
        await self._bring(groups)
        return await self._unknown(chunks) if self._from_drawing and chunks else chunks

    async def _unknown(self, chunks: Sequence[Chunk]) -> list[Chunk]:
        records = await self._records.lookup(self._workspace_id, self._namespace, [chunk.key for chunk in chunks])
        if not records:
            return list(chunks)
        # A record alone is not enough: somebody may have removed the chunk from the store.
        there = await self._index.existing([chunk.point_id for chunk in chunks if chunk.key in records])
        kept_records = [self._record(one.key, one.group or None, one.point_id) for one in chunks if one.point_id in there]
        await self._records.put(self._workspace_id, self._namespace, kept_records, self.at)  # The cleanup leaves them.
        return [chunk for chunk in chunks if chunk.point_id not in there]

    def _record(self, key: str, group_id: str | None, point_id: str) -> RecordEntry:
        return RecordEntry(key, group_id, point_id, self.run.chat_id)

    def _new_chunks(self, documents: Sequence[Document]) -> list[Chunk]:
        """Each chunk once, with its key and its source's."""
        chunks = []
        for document in documents:
            key = key_of(document)
            mark = bytes.fromhex(key[:32])  # Half of it tells them apart and takes a third of the memory.
            if mark not in self._keys:
                self._keys.add(mark)
                chunks.append(Chunk(str(uuid.uuid5(self._base, key)), document, key, self._group(document)))
        return chunks

    def _number(self, documents: Sequence[Document]) -> list[Chunk]:
        """Every chunk, under a number of this run."""
        first, self._count = self._count, self._count + len(documents)
        ids = (point_id(self._base, number) for number in range(first, self._count))
        return [Chunk(one, document, one, self._group(document)) for one, document in zip(ids, documents, strict=True)]

    async def _look_for_filled(self, groups: set[str]) -> None:
        for group in groups:
            if await self._records.stale(self._workspace_id, self._namespace, self.at, [group], 1):
                self._full_groups.add(group)

    def _group(self, document: Document) -> str:
        source = document.metadata.get(self.source_key)
        if source is None and self._from_drawing:
            if self.run.cleanup == "incremental":
                raise InvalidInput(
                    Reason.RECORD_SOURCE_MISSING,
                    f"A chunk has no {self.source_key} in its metadata, which the record manager's incremental cleanup goes "
                    "by; add it in the loader, name another key, or choose another cleanup.",
                )
            return ""
        # Without a manager on the canvas, all that has no source counts as one.
        name = "" if source is None else str(source)
        return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    async def _bring(self, groups: set[str]) -> None:
        """Remember which sources this run brings."""
        self._groups |= groups
        if any(groups) and self.run.cleanup != "none":
            await self._journal.add_sources(self.run, [group for group in groups if group])

    async def before_writing(self, chunks: Sequence[Chunk]) -> None:
        rows = [PendingChunk(chunk.key, chunk.group or None, chunk.point_id) for chunk in chunks]
        await self._journal.add_pending(self.run, rows)
        self.count += len(chunks)

    async def settle(self, at: datetime) -> Settlement:
        settlement = Settlement()
        while page := await self._journal.pending(self.run, DELETE_BATCH):
            rows = [self._record(*chunk) for chunk in page]
            await self._records.put(self._workspace_id, self._namespace, rows, at)
            await self._journal.drop_pending(self.run, [chunk.key for chunk in page])
        while groups := await self._journal.sources(self.run, SOURCES_AT_ONCE):
            for group in groups:
                settlement.deleted[group] += await self._remove_older(at, [group])
            await self._journal.drop_sources(self.run, groups)
        if self.run.cleanup == "full":
            settlement.deleted[""] += await self._remove_older(at, None)
        await self._journal.end(self.run)
        return settlement

    async def _remove_older(self, at: datetime, groups: Sequence[str] | None) -> int:
        """The vectors first: a record without its chunk is removed again, a chunk without its record stays for ever."""
        count = 0
        while old := await self._records.stale(self._workspace_id, self._namespace, at, groups, DELETE_BATCH):
            await self._index.delete([one.point_id for one in old])
            await self._records.remove(self._workspace_id, self._namespace, [one.key for one in old])
            count += len(old)
        return count

    async def undo(self) -> None:
        while page := await self._journal.pending(self.run, DELETE_BATCH):
            await self._index.delete([chunk.point_id for chunk in page])
            await self._journal.drop_pending(self.run, [chunk.key for chunk in page])
        if self.run.fills_empty:
            await self._index.drop()
        await self._journal.end(self.run)


def key_of(document: Document) -> str:
    """A hash over the whole chunk: its content and all its metadata, nested values too."""
    whole: Any = (document.content, document.metadata)
    try:
        text = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS, default=str)
    except orjson.JSONEncodeError:  # Numbers beyond 64 bits, halves of surrogate pairs.
        text = json.dumps(whole, sort_keys=True, default=str).encode()
    return hashlib.sha256(text).hexdigest()
