"""Upserts that ended with their process: finished where all their chunks were in, undone where not (docs/adr/0005)."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import datetime

from tradewind_server.errors import TradewindError
from tradewind_server.flows.ports import CollectionSpec, VectorIndex, VectorIndexes
from tradewind_server.ingest.fills import Appending, Fill, Recording
from tradewind_server.ingest.journal import Journal, Run, Unfinished
from tradewind_server.ingest.ports import Locks, RecordManager

Place = tuple[str | None, str]
"""The address of a vector store (None: our own) and a collection there."""


def place_of(collection: CollectionSpec) -> Place:
    return collection.url, collection.name


class Recovery:
    """Takes over what the journal still has and nobody holds the lock of."""

    def __init__(
        self, journal: Journal, records: RecordManager, locks: Locks, indexes: VectorIndexes, now: Callable[[], datetime]
    ) -> None:
        self._journal = journal
        self._records = records
        self._locks = locks
        self._indexes = indexes
        self._now = now

    async def take_over(self, workspace_id: str, places: Container[Place] | None = None) -> int:
        """What was left in these places, or everywhere; how many runs. What cannot be reached now is left for the next time.

        An upsert names its own places: it must not wait for a server that only another chatflow uses.
        """
        count = 0
        away: set[str | None] = set()
        for left in await self._journal.unfinished(workspace_id):
            place = place_of(left.run.collection)
            if place[0] in away or (places is not None and place not in places):
                continue
            async with self._locks.attempt(left.run.lock) as mine:
                try:
                    count += await self._still_there(left) if mine else 0
                except TradewindError:
                    away.add(place[0])
        return count

    async def _still_there(self, left: Unfinished) -> int:
        """Its owner may have ended it between the look at the journal and the lock."""
        now = await self._journal.unfinished(left.run.workspace_id, left.run.id)
        found = [one for one in now if one.run.node_id == left.run.node_id]
        for one in found:
            await self._finish(one, self._indexes.index(one.run.collection))
        return len(found)

    async def before(self, run: Run, index: VectorIndex) -> None:
        """What earlier runs left in the records that this run is about to use; the caller holds their lock."""
        if run.records is None:
            return
        for left in await self._journal.unfinished(run.workspace_id):
            if left.run.records == run.records and left.run.id != run.id:
                await self._finish(left, index)

    async def _finish(self, left: Unfinished, index: VectorIndex) -> None:
        run = left.run
        fill: Fill
        if run.records is None:
            fill = Appending(run, index, self._journal, self._now, count=left.reserved)
        else:
            fill = Recording(run, index, self._journal, self._records, left.accepted or self._now())
        if left.accepted is not None:
            await fill.settle(left.accepted)
        else:
            await fill.undo()
