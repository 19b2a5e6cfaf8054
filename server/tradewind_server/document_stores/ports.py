"""Document stores, their loaders and chunks, and what the rules need of a database that keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from tradewind_server.ingest.journal import Run

StoreStatus = Literal["EMPTY", "SYNC", "SYNCING", "STALE", "NEW", "UPSERTING", "UPSERTED"]
"""``EMPTY`` has no chunks, ``SYNC`` chunks and no vectors of them, ``UPSERTED`` both; ``STALE`` needs another step. A loader is
``SYNCING`` once it is saved and ``SYNC`` once it has been processed. ``NEW`` is a store that an upsert makes and that is gone
without it; callers are told ``UPSERTING``.
"""


@dataclass(frozen=True, slots=True)
class StoreComponent:
    """A node that a store uses: its type and the values of its inputs, as the canvas has them."""

    name: str
    config: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoreLoader:
    """A document loader of a store, with its splitter; no ``splitter_id`` leaves documents whole."""

    id: str
    store_id: str
    position: int
    """Loaders are listed by it; one that is loaded anew goes to the end."""
    loader_id: str
    """The node type: ``plainText``."""
    loader_name: str
    loader_config: Mapping[str, Any]
    splitter_id: str = ""
    splitter_name: str = ""
    splitter_config: Mapping[str, Any] = field(default_factory=dict)
    credential: str | None = None
    files: Sequence[Mapping[str, Any]] | None = None
    """What is known of the files in ``loader_config``: ``id``, ``name``, ``mimePrefix``, ``size``, ``status``, ``uploaded``."""
    status: StoreStatus = "SYNCING"
    total_chunks: int = 0
    total_chars: int = 0
    generation: str | None = None
    """Names the chunks that count: those of its last complete run."""


@dataclass(frozen=True, slots=True)
class DocumentStore:
    """A store with its loaders, in their order."""

    id: str
    workspace_id: str
    name: str
    description: str | None
    status: StoreStatus
    created_date: datetime
    updated_date: datetime
    vector_store: StoreComponent | None = None
    embedding: StoreComponent | None = None
    record_manager: StoreComponent | None = None
    vectors: str | None = None
    """A digest of where the vectors of its chunks are and what made them; None where there are none."""
    loaders: tuple[StoreLoader, ...] = ()

    def loader(self, loader_id: str) -> StoreLoader | None:
        return next((loader for loader in self.loaders if loader.id == loader_id), None)


@dataclass(frozen=True, slots=True)
class StoreChunk:
    """A chunk of a loader. ``number`` counts from 1 and keeps its gaps; ``point_id`` is the id of its vector."""

    id: str
    store_id: str
    loader_id: str
    generation: str
    number: int
    page_content: str
    metadata: dict[str, Any]
    point_id: str


@dataclass(frozen=True, slots=True)
class StoreChange:
    """What becomes of a store, all of it or nothing. Names are those of the fields of :class:`DocumentStore`."""

    values: Mapping[str, Any] = field(default_factory=dict)
    loaders: Sequence[StoreLoader] = ()
    """Loaders as they will be; chunks of theirs that are not of their generation go."""
    dropped_loaders: Sequence[str] = ()
    """Loaders that go, with their chunks."""
    chunks: Sequence[StoreChunk] = ()
    """Chunks with new content, metadata and point."""
    dropped_chunks: Sequence[StoreChunk] = ()


class ChunkPosition(NamedTuple):
    """Where a list of chunks goes on: behind this one."""

    generation: str
    number: int


class DocumentStores(Protocol):
    """The repository of stores and their loaders. Each method is one transaction in one workspace."""

    async def list(
        self, workspace_id: str, offset: int = 0, limit: int | None = None, status: StoreStatus | None = None
    ) -> tuple[list[DocumentStore], int]:
        """Stores with their loaders, the latest change first, and how many there are in all. Bounded by the repository."""
        ...

    async def get(self, workspace_id: str, store_id: str) -> DocumentStore | None: ...

    async def create(self, store: DocumentStore) -> None: ...

    async def change(
        self, workspace_id: str, store_id: str, change: StoreChange, accept: tuple[Run, datetime] | None = None
    ) -> bool:
        """Carry a change out; with ``accept``, mark that run of the journal as accepted in the same transaction.

        False, and nothing is done, where there is no such store.
        """
        ...

    async def delete(self, workspace_id: str, store_id: str) -> int:
        """Delete a store with its loaders, chunks and upsert history; how many stores there were."""
        ...

    async def busy(self, limit: int) -> Sequence[tuple[str, str]]:
        """Workspace and id of stores of all workspaces that are ``UPSERTING`` or ``NEW``, as far as they know."""
        ...


class StoreChunks(Protocol):
    """The repository of chunks. Each method is one transaction in one workspace."""

    async def add(self, workspace_id: str, chunks: Sequence[StoreChunk]) -> None:
        """Store chunks of a generation that does not count yet."""
        ...

    async def page(
        self, workspace_id: str, generations: Sequence[str], after: ChunkPosition | None, limit: int
    ) -> list[StoreChunk]:
        """At most ``limit`` chunks behind a position, by generation and number."""
        ...

    async def numbered_page(self, workspace_id: str, generations: Sequence[str], offset: int, limit: int) -> list[StoreChunk]:
        """At most ``limit`` chunks by number, then generation."""
        ...

    async def get(self, workspace_id: str, generation: str, chunk_id: str) -> StoreChunk | None: ...

    async def at_points(self, workspace_id: str, store_id: str, point_ids: Sequence[str]) -> list[StoreChunk]:
        """The chunks whose vectors these are, as far as they are known."""
        ...

    async def discard(self, workspace_id: str, store_id: str) -> None:
        """Remove chunks of generations that no loader of the store has."""
        ...
