"""What an upsert needs of a store, and what it yields."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from tradewind_server.chats.ports import PageRequest, Position

LONGEST_NAMESPACE = 400
"""Characters of a namespace behind its chatflow's id; Postgres takes 2,704 bytes in a row of an index."""
MOST_WARNINGS = 20
LONGEST_WARNING = 400


@dataclass(frozen=True, slots=True)
class UpsertHistoryEntry:
    """One finished upsert (docs/contract.md §7.7); both values are free of secrets."""

    id: str
    chatflow_id: str
    result: dict[str, Any]
    flow_data: list[dict[str, Any]]
    date: datetime


class UpsertHistory(Protocol):
    """The repository of finished upserts. Each method is scoped to one workspace."""

    async def add(self, workspace_id: str, row: UpsertHistoryEntry) -> None: ...

    async def list(
        self,
        workspace_id: str,
        chatflow_id: str,
        part: PageRequest,
        *,
        start_date: datetime | None = None,
        end_date: datetime | None = None,
    ) -> tuple[list[UpsertHistoryEntry], Position | None]:
        """The rows of a part by date and id, and the last one's position where more follow. Bounded by the repository."""
        ...

    async def delete(self, workspace_id: str, ids: Sequence[str], chatflow_id: str | None = None) -> int:
        """Delete the rows of these ids, each named once, of that chatflow where one is named; 0, and nothing is deleted, where
        one of them is not there."""
        ...


class RecordEntry(NamedTuple):
    """One chunk as the record manager remembers it: ``key`` is the hash of its content, ``group_id`` its source, ``chat_id``
    the chat that alone finds it.
    """

    key: str
    group_id: str | None
    point_id: str
    chat_id: str | None = None


class StaleRecord(NamedTuple):
    """A chunk that nothing has confirmed since, and the point in the vector store that holds it."""

    key: str
    point_id: str


def namespace_of(chatflow_id: str, name: str) -> str:
    """The namespace of a record manager: it begins with the id of its chatflow and goes when the chatflow goes.

    A long name stands as its hash: an index takes no text of any length.
    """
    if len(name) > LONGEST_NAMESPACE:
        name = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{chatflow_id}/{name}"


class RecordManager(Protocol):
    """Which chunks stand in a vector store (docs/contract.md §7.5), by workspace and namespace (:func:`namespace_of`).

    Each method is one transaction, however many keys it is given.
    """

    async def lookup(self, workspace_id: str, namespace: str, keys: Sequence[str]) -> set[str]:
        """Those of the keys that are known."""
        ...

    async def put(self, workspace_id: str, namespace: str, entries: Sequence[RecordEntry], at: datetime) -> None:
        """Remember chunks, or confirm them: a known key takes the new group, point and date. All or none."""
        ...

    async def stale(
        self, workspace_id: str, namespace: str, before: datetime, groups: Sequence[str] | None, limit: int
    ) -> list[StaleRecord]:
        """At most ``limit`` chunks last confirmed before ``before``, of these groups, or of any where ``groups`` is None."""
        ...

    async def of_chats(self, workspace_id: str, namespace: str, limit: int) -> list[StaleRecord]:
        """At most ``limit`` chunks that belong to a chat, whichever."""
        ...

    async def remove(self, workspace_id: str, namespace: str, keys: Sequence[str]) -> None:
        """Forget chunks; what is not known is no error."""
        ...


class Locks(Protocol):
    """Locks by name that hold between the workers of a server, and end with the process that holds them, however it ends."""

    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait until nobody else holds it."""
        ...

    def attempt(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Do not wait: False where somebody holds it."""
        ...


@dataclass(slots=True)
class UpsertResult:
    """Counts of chunks (docs/contract.md §7.4). Without a record manager on the canvas only ``num_added`` is ever above 0."""

    num_added: int = 0
    """Chunks written."""
    num_updated: int = 0
    """How many of those took the place of older chunks of their source, which they name."""
    num_skipped: int = 0
    """Chunks left alone, because they were there already or came twice."""
    num_deleted: int = 0
    """Old chunks removed."""
    added: list[dict[str, Any]] = field(default_factory=list)
    """The chunks written, as ``{pageContent, metadata}``; the first of them where they are many."""
    added_truncated: bool = False
    warnings: list[str] = field(default_factory=list)
    """What was guessed, renamed or left out; at most :data:`MOST_WARNINGS` sentences."""

    def warn(self, sentence: str) -> None:
        """Add a warning, once, and shortened where it is long."""
        if len(sentence) > LONGEST_WARNING:
            sentence = sentence[: LONGEST_WARNING - 1] + "…"
        if sentence in self.warnings or len(self.warnings) > MOST_WARNINGS:
            return
        self.warnings.append(sentence if len(self.warnings) < MOST_WARNINGS else "There are more warnings than these.")


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a running upsert into one vector store: how many there are so far.

    ``loaded`` counts files, pages and texts begun; the others count chunks. Chunks that are skipped are split, no more.
    """

    stage: Literal["loaded", "split", "embedded", "written"]
    count: int
    node_id: str
