"""Which upserts are under way, so that what a killed server left half done is finished or undone (docs/adr/0005).

An entry is written before the first chunk of its upsert, marked when all chunks are in, and removed when the old ones are out.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from tradewind_server.flows.components import Cleanup, Holding
from tradewind_server.flows.vector_ports import CollectionSpec

NAMESPACE = uuid.UUID("5f1c1f0e-7d0b-5d6b-9b1e-6a0d8f0f6c11")
ANY_DATE = datetime(9999, 1, 1, tzinfo=UTC)
MOST_RUNS = 10_000


@dataclass(frozen=True, slots=True)
class Run:
    """One upsert into one vector store."""

    id: str
    """Of the upsert: runs into several stores share it."""
    node_id: str
    workspace_id: str
    chatflow_id: str
    collection: CollectionSpec
    """Without its key: that is a secret, and stands in the drawing."""
    records: str | None = None
    """The namespace of its records; None where none are kept."""
    cleanup: Cleanup = "none"
    fills_empty: bool = False
    """The collection came into being with this upsert, and is to be gone without it."""
    holding: Holding = "named"
    chat_id: str | None = None
    """The chat that its chunks are tied to."""

    @property
    def base(self) -> uuid.UUID:
        """What tells it from any other run; points without records get their ids from it."""
        return uuid.uuid5(NAMESPACE, f"{self.id}/{self.node_id}")

    @property
    def lock(self) -> str:
        """Held as long as the upsert runs; those with records exclude each other."""
        if self.records is not None:
            return records_lock(self.workspace_id, self.records)
        return f"run/{self.id}/{self.node_id}"


def records_lock(workspace_id: str, namespace: str) -> str:
    """The lock of all that changes the chunks of a record manager's namespace."""
    return f"records/{workspace_id}/{namespace}"


def point_id(base: uuid.UUID, number: int) -> str:
    """A point's id from its run's base and the chunk's number: different, and found again."""
    digits = f"{(base.int + number * 0x9E3779B97F4A7C15) % (1 << 128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run as the journal has it."""

    run: Run
    reserved: int
    """Numbers of points that it may have written, without records."""
    accepted_date: datetime | None
    """When all its chunks were in; None while they were not."""


class PendingChunk(NamedTuple):
    """A chunk that is or will be written, and whose record is to be kept once its upsert is accepted."""

    key: str
    group_id: str | None
    point_id: str


class Journal(Protocol):
    """Runs that have begun and not ended, with their pending chunks and sources. Each method is one transaction."""

    async def begin(self, run: Run, reservation: int, at: datetime) -> None:
        """Enter a run, and that its chatflow fills this store."""
        ...

    async def reserve(self, run: Run, reservation: int) -> None:
        """Set how many numbers of points the run may have written."""
        ...

    async def accept(self, runs: Sequence[tuple[Run, int]], at: datetime) -> None:
        """From here on the new chunks stay; all runs or none. With each comes how many points it wrote: of chunks of a
        chat that have no records it is remembered, so that they can go with their chatflow.
        """
        ...

    async def end(self, run: Run) -> None:
        """Forget the run, with what is left of its chunks and sources. What is not known is no error."""
        ...

    async def open_runs(self, upsert_id: str | None = None) -> list[OpenRun]:
        """Runs of all workspaces, or those of one upsert, at most ``MOST_RUNS``; which still go on, their locks tell."""
        ...

    async def add_pending(self, run: Run, chunks: Sequence[PendingChunk]) -> None: ...

    async def pending(self, run: Run, limit: int) -> list[PendingChunk]: ...

    async def drop_pending(self, run: Run, keys: Sequence[str]) -> None: ...

    async def add_sources(self, run: Run, groups: Sequence[str]) -> None:
        """Remember which sources a run brings; one that is known is no error."""
        ...

    async def sources(self, run: Run, limit: int) -> list[str]: ...

    async def drop_sources(self, run: Run, groups: Sequence[str]) -> None: ...
