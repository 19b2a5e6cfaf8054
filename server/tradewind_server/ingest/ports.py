"""What an upsert needs of a store, and what it yields."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class UpsertHistoryRow:
    """One finished upsert (contract §4.7); both values are free of secrets."""

    id: str
    chatflow_id: str
    result: dict[str, Any]
    flow_data: list[dict[str, Any]]
    date: datetime


class UpsertHistory(Protocol):
    async def add(self, workspace_id: str, row: UpsertHistoryRow) -> None: ...

    async def list(
        self,
        workspace_id: str,
        chatflow_id: str,
        *,
        descending: bool = False,
        start_date: datetime | None = None,
        end_date: datetime | None = None,
        limit: int | None = None,
    ) -> list[UpsertHistoryRow]: ...


@dataclass(slots=True)
class UpsertResult:
    """Counts of chunks (contract §4.5). ``added`` holds the chunks themselves as ``{pageContent, metadata}``."""

    num_added: int = 0
    num_updated: int = 0
    num_skipped: int = 0
    num_deleted: int = 0
    added: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a running upsert: chunks counted so far in ``stage``."""

    stage: Literal["loaded", "split", "embedded", "written"]
    count: int
    node_id: str
