"""Doubles of what runs keep in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.runs.idempotency import IdempotencyEntry


class KeysInMemory:
    """The port ``IdempotencyKeys`` in memory."""

    def __init__(self) -> None:
        self.entries: dict[str, IdempotencyEntry] = {}
        self.is_away = False

    async def claim(self, entry: IdempotencyEntry, now: datetime) -> IdempotencyEntry | None:
        if self.is_away:
            raise Unavailable(Reason.DATABASE_UNAVAILABLE, "The database is away.")
        first = self.entries.get(entry.id)
        if first is not None and first.end_date > now:
            return first
        self.entries[entry.id] = entry
        return None

    async def settle(self, entry_id: str, owner: str, answer: str) -> None:
        entry = self.entries.get(entry_id)
        if entry is not None and entry.owner == owner:
            self.entries[entry_id] = replace(entry, answer=answer)

    async def release(self, entry_id: str, owner: str) -> None:
        entry = self.entries.get(entry_id)
        if entry is not None and entry.owner == owner and entry.answer is None:
            del self.entries[entry_id]

    async def release_all(self, owner: str) -> None:
        for entry in [one for one in self.entries.values() if one.owner == owner]:
            await self.release(entry.id, owner)

    async def delete_expired(self, now: datetime, most: int) -> int:
        old = [entry.id for entry in self.entries.values() if entry.end_date <= now][:most]
        for entry_id in old:
            del self.entries[entry_id]
        return len(old)


class WorkersInMemory:
    """The port ``RunWorkers`` in memory."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    async def beats(self) -> dict[str, int]:
        return dict(self.counts)

    async def beat(self, worker: str) -> None:
        self.counts[worker] = self.counts.get(worker, 0) + 1

    async def remove(self, worker: str) -> None:
        self.counts.pop(worker, None)
