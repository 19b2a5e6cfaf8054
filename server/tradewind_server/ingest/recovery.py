"""Upserts that did not end: finished where all their chunks were in, undone where not (docs/adr/0005).

A process may have died in the middle, or the store may have been away when it was to be put back.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from cachetools import LRUCache

from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.errors import DeadlineExceeded, TradewindError, Unavailable
from tradewind_server.flows.nodes.retrieval.vector_stores import typed_keys
from tradewind_server.flows.vector_ports import CollectionSpec, VectorIndex, VectorIndexes
from tradewind_server.ingest.chunk_fill import ChunkFill, ChunkRecords
from tradewind_server.ingest.fills import Appending, Fill, RecordedFill
from tradewind_server.ingest.journal import Journal, OpenRun, Run
from tradewind_server.ingest.ports import Locks, RecordManager

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 4.0
"""Seconds between two tries while a store or the database is away."""
IDLE_PAUSE = 20.0
"""Seconds between two looks for what other processes left, and between two tries of what cannot be done for now."""
MOST_KNOWN = 1000
"""Opened stores of runs that this process left, kept for the keys that only their callers knew."""
LOG = logging.getLogger(__name__)
StoreKeys = Callable[[str, str], Awaitable[Mapping[str, str]]]
"""Finds the keys that a document store names for Qdrant servers, by workspace and id."""
Outcome = Literal["clear", "held", "away"]
"""Nothing is left; something waits for others or for an operator; something waits for a store or a database."""


def is_away(error: Exception) -> bool:
    """Whether it is worth another try soon."""
    return isinstance(error, Unavailable | DeadlineExceeded | OSError)


def worse(one: Outcome, other: Outcome) -> Outcome:
    return max(one, other, key=("clear", "held", "away").index)


@dataclass(slots=True)
class Leftovers:
    """What a look at the journal came to."""

    count: int = 0
    outcome: Outcome = "clear"


class Recovery:
    """Takes over what the journal still has and nobody holds the lock of."""

    def __init__(
        self,
        *,
        journal: Journal,
        records: RecordManager,
        locks: Locks,
        indexes: VectorIndexes,
        chatflows: Chatflows,
        now: Callable[[], datetime],
        chunk_records: ChunkRecords | None = None,
        store_keys: StoreKeys | None = None,
    ) -> None:
        """The last two are of document stores, where there are some."""
        self._chunk_records = chunk_records
        self._store_keys = store_keys
        self._journal = journal
        self._records = records
        self._locks = locks
        self._indexes = indexes
        self._chatflows = chatflows
        self._now = now
        self._going_on: set[str] = set()
        self._index_cache: LRUCache[str, VectorIndex] = LRUCache(MOST_KNOWN)
        self._wake = asyncio.Event()

    @contextlib.contextmanager
    def going_on(self, runs: Sequence[Run]) -> Iterator[None]:
        """Runs of this process: nobody asks for their locks, which are let go before the block ends."""
        names = {str(run.base) for run in runs}
        self._going_on |= names
        try:
            yield
        finally:
            self._going_on -= names
            if names & self._index_cache.keys():
                self.wake()

    def register(self, run: Run, index: VectorIndex) -> None:
        """A run of this process could not be ended: it is tried again in the background."""
        self._index_cache[str(run.base)] = index

    def wake(self) -> None:
        self._wake.set()

    async def keep_clear(self, also: Callable[[], Awaitable[Outcome]]) -> None:
        """Take over whatever is left, again and again, until cancelled; ``also`` is asked each time too."""
        pause = FIRST_PAUSE
        while True:
            self._wake.clear()
            outcome = await self._look(also)
            if outcome == "away":
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            pause = FIRST_PAUSE
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), IDLE_PAUSE)

    async def _look(self, also: Callable[[], Awaitable[Outcome]]) -> Outcome:
        try:
            leftovers = await self.take_over()
            if leftovers.count:
                LOG.info("upserts that had been left half done were ended: %d", leftovers.count)
            return worse(leftovers.outcome, await also())
        except (TradewindError, OSError) as error:
            return "away" if is_away(error) else "held"

    async def take_over(self) -> Leftovers:
        """End what was left, of all workspaces. What cannot be reached now is left for the next time."""
        result = Leftovers()
        away: set[str | None] = set()
        for open_run in await self._journal.open_runs():
            url = open_run.run.collection.url
            if str(open_run.run.base) in self._going_on or url in away:
                continue
            try:
                async with self._locks.attempt(open_run.run.lock) as mine:
                    result.count += await self._still_there(open_run) if mine else 0
                if not mine:
                    result.outcome = worse(result.outcome, "held")
            except (TradewindError, OSError) as error:
                if is_away(error):
                    away.add(url)
                result.outcome = worse(result.outcome, "away" if is_away(error) else "held")
        return result

    async def _still_there(self, open_run: OpenRun) -> int:
        """Its owner may have ended it between the look at the journal and the lock."""
        now = await self._journal.open_runs(open_run.run.id)
        matches = [one for one in now if one.run.node_id == open_run.run.node_id]
        for one in matches:
            await self._finish(one, await self._index(one.run))
        return len(matches)

    async def _index(self, run: Run) -> VectorIndex:
        index = self._index_cache.get(str(run.base))
        return index or self._indexes.index(await self.with_key(run.chatflow_id, run.collection))

    async def with_key(self, chatflow_id: str, collection: CollectionSpec) -> CollectionSpec:
        """The collection with the key that stands in its chatflow's drawing, if there is one."""
        if not collection.url:
            return replace(collection, api_key=None)
        chatflow = await self._chatflows.get_by_id(chatflow_id)
        keys: Mapping[str, str] = typed_keys(chatflow) if chatflow else {}
        if chatflow is None and self._store_keys is not None:
            keys = await self._store_keys(collection.workspace_id, chatflow_id)
        return replace(collection, api_key=keys.get(collection.url or ""))

    async def before(self, run: Run, index: VectorIndex) -> None:
        """What earlier runs left in the records that this run is about to use; the caller holds their lock."""
        if run.records is None:
            return
        for open_run in await self._journal.open_runs():
            same = open_run.run.workspace_id == run.workspace_id and open_run.run.records == run.records
            if same and open_run.run.id != run.id:
                await self._finish(open_run, index)

    async def _finish(self, open_run: OpenRun, index: VectorIndex) -> None:
        run = open_run.run
        fill: Fill
        if run.holding == "chunks" and self._chunk_records is not None:
            at = open_run.accepted_date or self._now()
            fill = ChunkFill(run, index, self._journal, self._records, self._chunk_records, at)
        elif run.records is None:
            fill = Appending(run, index, self._journal, self._now, entry_count=open_run.reserved)
        else:
            fill = RecordedFill(run, index, self._journal, self._records, open_run.accepted_date or self._now())
        if open_run.accepted_date is not None:
            await fill.settle(open_run.accepted_date)
        else:
            await fill.undo()
        self._index_cache.pop(str(run.base), None)
