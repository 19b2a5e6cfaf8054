"""Idempotency keys in use in the relational store."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from tradewind_server.runs.idempotency import IdempotencyEntry
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, storable
from tradewind_server.store.run_tables import IdempotencyKeyRow


class SqlIdempotencyKeys(Repository):
    """The port ``IdempotencyKeys`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, IdempotencyKeyRow)

    async def claim(self, entry: IdempotencyEntry, now: datetime) -> IdempotencyEntry | None:
        columns, row = self._table.c, asdict(entry)
        present = select(self._table).where(columns.id == entry.id)
        past = delete(self._table).where(columns.id == entry.id, columns.end_date <= now)

        def work(connection: Connection) -> IdempotencyEntry | None:
            connection.execute(past)
            if connection.execute(self._insert_unless_present(), row).rowcount:
                return None
            first = connection.execute(present).first()
            # Gone between the two, as READ COMMITTED may have it: a caller asks again soon.
            return entry if first is None else IdempotencyEntry(**first._mapping)

        return await self._database.write(work)

    async def settle(self, entry_id: str, owner: str, answer: str) -> None:
        columns = self._table.c
        statement = update(self._table).where(columns.id == entry_id, columns.owner == owner).values(answer=storable(answer))
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def release(self, entry_id: str, owner: str) -> None:
        columns = self._table.c
        statement = delete(self._table).where(columns.id == entry_id, columns.owner == owner, columns.answer.is_(None))
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def release_all(self, owner: str) -> None:
        statement = delete(self._table).where(self._table.c.owner == owner, self._table.c.answer.is_(None))
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def delete_expired(self, now: datetime, most: int) -> int:
        columns = self._table.c
        old = select(columns.id).where(columns.end_date <= now).limit(most)
        statement = delete(self._table).where(columns.id.in_(old))
        return await self._database.write(lambda connection: int(connection.execute(statement).rowcount))
