"""Which upserts are under way, so that what a killed server left half done is finished or undone (docs/adr/0005).

Entries are rows of the record manager's store, below a chatflow id that no chatflow has. An entry is written before the first
chunk of its upsert, marked when all chunks are in, and removed when the old ones are out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson

from tradewind_server.flows.components import Cleanup
from tradewind_server.flows.ports import CollectionSpec
from tradewind_server.ingest.ports import RecordEntry, RecordManager, namespace_of

NO_CHATFLOW = "00000000-0000-0000-0000-000000000000"
RUNS = namespace_of(NO_CHATFLOW, "runs")
ANY_DATE = datetime(9999, 1, 1, tzinfo=UTC)
MOST_RUNS = 10_000


@dataclass(frozen=True, slots=True)
class Run:
    """One upsert into one vector store."""

    id: str
    node_id: str
    workspace_id: str
    chatflow_id: str
    collection: CollectionSpec
    """Without its key: that is a secret. Whoever has the node has the key."""
    records: str | None = None
    """The namespace of its records; None where none are kept."""
    cleanup: Cleanup = "none"
    fills_empty: bool = False
    """The collection came into being with this upsert, and is to be gone without it."""

    @property
    def lock(self) -> str:
        """Held as long as the upsert runs; those with records exclude each other."""
        if self.records is not None:
            return f"records/{self.workspace_id}/{self.records}"
        return f"run/{self.id}/{self.node_id}"

    @property
    def pending(self) -> str:
        """The namespace of chunks that are written but not accepted yet."""
        return namespace_of(self.chatflow_id, f"~pending/{self.id}/{self.node_id}")

    @property
    def sources(self) -> str:
        """The namespace of the sources that it brought."""
        return namespace_of(self.chatflow_id, f"~sources/{self.id}/{self.node_id}")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run as the journal has it."""

    run: Run
    reserved: int
    """Numbers of points that it may have written, without records."""
    accepted: datetime | None
    """When all its chunks were in; None while they were not."""
    rows: tuple[str, ...]


class Journal:
    """The entries of one workspace at a time."""

    def __init__(self, records: RecordManager) -> None:
        self._records = records

    async def begin(self, run: Run, reserved: int, at: datetime) -> None:
        about = asdict(replace(run, collection=replace(run.collection, api_key=None)))
        await self._put([(run, {"begun": about, "reserved": reserved})], at)

    async def reserve(self, run: Run, reserved: int, at: datetime) -> None:
        await self._put([(run, {"reserved": reserved})], at)

    async def accept(self, runs: Sequence[Run], at: datetime) -> None:
        """From here on the new chunks stay; all runs or none."""
        await self._put([(run, {"accepted": at.isoformat()}) for run in runs], at)

    async def end(self, run: Run) -> None:
        for entry in await self.unfinished(run.workspace_id, run.id):
            if entry.run.node_id == run.node_id:
                await self._records.remove(run.workspace_id, RUNS, entry.rows)

    async def unfinished(self, workspace_id: str, run_id: str | None = None) -> list[Unfinished]:
        """Runs that have begun and not ended, all or those of one upsert; which of them still go on, their locks tell."""
        rows: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = {}
        groups = [run_id] if run_id else None
        for key, _ in await self._records.stale(workspace_id, RUNS, ANY_DATE, groups, MOST_RUNS):
            values = orjson.loads(key)
            rows.setdefault((values["run"], values["node"]), []).append((key, values))
        return [entry for one in rows.values() if (entry := _entry(one)) is not None]

    async def _put(self, entries: Sequence[tuple[Run, dict[str, Any]]], at: datetime) -> None:
        workspace_id = entries[0][0].workspace_id
        rows = [
            RecordEntry(orjson.dumps({"run": run.id, "node": run.node_id, **values}).decode(), run.id, run.id)
            for run, values in entries
        ]
        await self._records.put(workspace_id, RUNS, rows, at)


def _entry(rows: Sequence[tuple[str, dict[str, Any]]]) -> Unfinished | None:
    """None for what is left of an entry whose removal another worker has begun."""
    begun = next((values["begun"] for _, values in rows if "begun" in values), None)
    if begun is None:
        return None
    accepted = next((values["accepted"] for _, values in rows if "accepted" in values), None)
    run = Run(**{**begun, "collection": CollectionSpec(**begun["collection"])})
    return Unfinished(
        run=run,
        reserved=max(values.get("reserved", 0) for _, values in rows),
        accepted=datetime.fromisoformat(accepted) if accepted else None,
        rows=tuple(key for key, _ in rows),
    )
