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

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Document
from tradewind_server.flows.ports import VectorIndex
from tradewind_server.ingest.journal import ANY_DATE, Journal, Run
from tradewind_server.ingest.ports import RecordEntry, RecordManager

RESERVED = 4096
RESERVED_GROWTH = 8
DELETE_BATCH = 1000
SOURCES_AT_ONCE = 100
NAMESPACE = uuid.UUID("5f1c1f0e-7d0b-5d6b-9b1e-6a0d8f0f6c11")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk that is to be embedded and written under ``point_id``."""

    point_id: str
    document: Document
    key: str = ""
    group: str = ""


@dataclass(slots=True)
class Settled:
    """What a store's cleanup removed, by source."""

    deleted: Counter[str] = field(default_factory=Counter)


class Fill(Protocol):
    """The part of one vector store in an upsert."""

    run: Run

    async def begin(self) -> None:
        """Remember the run before anything is written."""
        ...

    async def fresh(self, documents: Sequence[Document]) -> list[Chunk]:
        """Those that have to be written."""
        ...

    async def before_writing(self, chunks: Sequence[Chunk]) -> None:
        """Remember which points come next."""
        ...

    async def settle(self, at: datetime) -> Settled:
        """After the acceptance: confirm what is new, remove what is old, forget the run."""
        ...

    async def undo(self) -> None:
        """Take out what was written, and forget the run."""
        ...


class Appending:
    """Without a record manager: every chunk is new, under the run's own numbers."""

    def __init__(self, run: Run, index: VectorIndex, journal: Journal, now: Callable[[], datetime], *, count: int = 0) -> None:
        self.run = run
        self._index = index
        self._journal = journal
        self._now = now
        self._reserved = RESERVED
        self._count = count
        self._base = uuid.uuid5(NAMESPACE, f"{run.id}/{run.node_id}")

    async def begin(self) -> None:
        await self._journal.begin(self.run, self._reserved, self._now())

    async def fresh(self, documents: Sequence[Document]) -> list[Chunk]:
        first, self._count = self._count, self._count + len(documents)
        return [Chunk(point_id(self._base, number), one) for number, one in enumerate(documents, first)]

    async def before_writing(self, chunks: Sequence[Chunk]) -> None:
        if self._count > self._reserved:
            while self._count > self._reserved:
                self._reserved *= RESERVED_GROWTH
            await self._journal.reserve(self.run, self._reserved, self._now())

    async def settle(self, at: datetime) -> Settled:
        await self._journal.end(self.run)
        return Settled()

    async def undo(self) -> None:
        for first in range(0, self._count, DELETE_BATCH):
            numbers = range(first, min(first + DELETE_BATCH, self._count))
            await self._index.delete([point_id(self._base, number) for number in numbers])
        await self._journal.end(self.run)


def point_id(base: uuid.UUID, number: int) -> str:
    """A point's id from the run's own and the chunk's number: different, and found again."""
    digits = f"{(base.int + number * 0x9E3779B97F4A7C15) % (1 << 128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class Recording:
    """With a record manager: what is known is left alone, and what is new has an id that follows from its content."""

    def __init__(
        self,
        run: Run,
        index: VectorIndex,
        journal: Journal,
        records: RecordManager,
        at: datetime,
        *,
        source_key: str = "source",
        drawn: bool = True,
        fills_itself: bool = False,
    ) -> None:
        assert run.records is not None
        self.run = run
        self.source_key = source_key
        self.at = at
        """The date of this run's records; older ones of the same sources go."""
        self._drawn = drawn
        self._fills_itself = fills_itself
        self._workspace_id = run.workspace_id
        self._namespace = run.records
        self._index = index
        self._journal = journal
        self._records = records
        self._seen: set[bytes] = set()
        self._groups: set[str] = set()
        self._base = uuid.uuid5(NAMESPACE, f"{run.workspace_id}/{run.records}")

    async def begin(self) -> None:
        there = await self._index.exists()
        self.run = replace(self.run, fills_empty=self._fills_itself and not there)
        await self._journal.begin(self.run, 0, self.at)
        if not there:  # Somebody dropped it: then nothing of it is known.
            while page := await self._records.stale(self._workspace_id, self._namespace, ANY_DATE, None, DELETE_BATCH):
                await self._records.remove(self._workspace_id, self._namespace, [one.key for one in page])

    async def fresh(self, documents: Sequence[Document]) -> list[Chunk]:
        chunks = await asyncio.to_thread(self._chunks, documents)
        if not chunks:
            return []
        await self._bring({chunk.group for chunk in chunks} - self._groups)
        known = await self._records.lookup(self._workspace_id, self._namespace, [chunk.key for chunk in chunks])
        if not known:
            return chunks
        # A record alone is not enough: somebody may have removed the chunk from the store.
        there = await self._index.existing([chunk.point_id for chunk in chunks if chunk.key in known])
        kept = [RecordEntry(one.key, one.group or None, one.point_id) for one in chunks if one.point_id in there]
        await self._records.put(self._workspace_id, self._namespace, kept, self.at)  # The cleanup leaves them.
        return [chunk for chunk in chunks if chunk.point_id not in there]

    def _chunks(self, documents: Sequence[Document]) -> list[Chunk]:
        """Each chunk once, with its key and its source's."""
        chunks = []
        for document in documents:
            key = key_of(document)
            mark = bytes.fromhex(key[:32])  # Half of it tells them apart and takes a third of the memory.
            if mark not in self._seen:
                self._seen.add(mark)
                chunks.append(Chunk(str(uuid.uuid5(self._base, key)), document, key, self._group(document)))
        return chunks

    def _group(self, document: Document) -> str:
        source = document.metadata.get(self.source_key)
        if source is None and self._drawn:
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
            rows = [RecordEntry(group, None, self.run.id) for group in groups if group]
            await self._records.put(self._workspace_id, self.run.sources, rows, self.at)

    async def before_writing(self, chunks: Sequence[Chunk]) -> None:
        rows = [RecordEntry(f"{chunk.group}:{chunk.key}", None, chunk.point_id) for chunk in chunks]
        await self._records.put(self._workspace_id, self.run.pending, rows, self.at)

    async def settle(self, at: datetime) -> Settled:
        settled = Settled()
        while page := await self._page(self.run.pending, DELETE_BATCH):
            rows = []
            for key, identity in page:
                group, _, rest = key.partition(":")
                rows.append(RecordEntry(rest, group or None, identity))
            await self._records.put(self._workspace_id, self._namespace, rows, at)
            await self._records.remove(self._workspace_id, self.run.pending, [key for key, _ in page])
        while page := await self._page(self.run.sources, SOURCES_AT_ONCE):
            for group, _ in page:
                settled.deleted[group] += await self._remove_older(at, [group])
            await self._records.remove(self._workspace_id, self.run.sources, [group for group, _ in page])
        if self.run.cleanup == "full":
            settled.deleted[""] += await self._remove_older(at, None)
        await self._journal.end(self.run)
        return settled

    async def _remove_older(self, at: datetime, groups: Sequence[str] | None) -> int:
        """The vectors first: a record without its chunk is removed again, a chunk without its record stays for ever."""
        count = 0
        while old := await self._records.stale(self._workspace_id, self._namespace, at, groups, DELETE_BATCH):
            await self._index.delete([one.point_id for one in old])
            await self._records.remove(self._workspace_id, self._namespace, [one.key for one in old])
            count += len(old)
        return count

    async def undo(self) -> None:
        while page := await self._page(self.run.pending, DELETE_BATCH):
            await self._index.delete([identity for _, identity in page])
            await self._records.remove(self._workspace_id, self.run.pending, [key for key, _ in page])
        while page := await self._page(self.run.sources, DELETE_BATCH):
            await self._records.remove(self._workspace_id, self.run.sources, [key for key, _ in page])
        if self.run.fills_empty:
            await self._index.drop()
        await self._journal.end(self.run)

    async def _page(self, namespace: str, limit: int) -> Sequence[tuple[str, str]]:
        return await self._records.stale(self._workspace_id, namespace, ANY_DATE, None, limit)


def key_of(document: Document) -> str:
    """A hash over the whole chunk: its content and all its metadata, nested values too."""
    whole: Any = (document.content, document.metadata)
    try:
        text = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS, default=str)
    except orjson.JSONEncodeError:  # Numbers beyond 64 bits, halves of surrogate pairs.
        text = json.dumps(whole, sort_keys=True, default=str).encode()
    return hashlib.sha256(text).hexdigest()
