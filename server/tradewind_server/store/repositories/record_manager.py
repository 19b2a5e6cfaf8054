"""The record manager's memory in the relational store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select

from tradewind_server.ingest.ports import RecordEntry, StaleRecord
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, chunks
from tradewind_server.store.tables import UUID_LENGTH, UpsertionRecordRow


class SqlRecordManager(Repository):
    """The port ``RecordManager`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, UpsertionRecordRow)
        self._put = self._insert_or_update(
            ("workspace_id", "namespace", "key"), ("group_id", "point_id", "chat_id", "updated_date", "chatflow_id")
        )

    async def lookup(self, workspace_id: str, namespace: str, keys: Sequence[str]) -> set[str]:
        column = self._table.c.key
        scope = self._scope(workspace_id, namespace)
        statements = [select(column).where(*scope, column.in_(some)) for some in chunks(list(keys))]

        def work(connection: Connection) -> set[str]:
            return {row[0] for statement in statements for row in connection.execute(statement)}

        return await self._database.read(work)

    async def put(self, workspace_id: str, namespace: str, entries: Sequence[RecordEntry], at: datetime) -> None:
        rows = [
            {
                "workspace_id": workspace_id,
                "namespace": namespace,
                "key": key,
                "chatflow_id": namespace[:UUID_LENGTH],
                "group_id": group_digest(group_id),
                "point_id": point_id,
                "chat_id": chat_id,
                "updated_date": at,
            }
            # In one order everywhere: two servers that write the same keys then wait for each other, not in a circle.
            for key, group_id, point_id, chat_id in sorted(
                (RecordEntry(*entry) for entry in entries), key=lambda entry: entry.key
            )
        ]

        def work(connection: Connection) -> None:
            for some in chunks(rows):
                connection.execute(self._put, some)

        await self._database.write(work)

    async def stale(
        self, workspace_id: str, namespace: str, before: datetime, groups: Sequence[str] | None, limit: int
    ) -> list[StaleRecord]:
        columns = self._table.c
        older = (*self._scope(workspace_id, namespace), columns.updated_date < before)
        query = select(columns.key, columns.point_id)
        if groups is None:
            statements = [query.where(*older)]
        else:
            digests = [group_digest(group) for group in groups]
            statements = [query.where(*older, columns.group_id.in_(some)) for some in chunks(digests)]

        def work(connection: Connection) -> list[StaleRecord]:
            records: list[StaleRecord] = []
            for statement in statements:
                remaining = limit - len(records)
                if remaining <= 0:
                    break
                records += [StaleRecord(row[0], row[1]) for row in connection.execute(statement.limit(remaining))]
            return records

        return await self._database.read(work)

    async def of_chats(self, workspace_id: str, namespace: str, limit: int) -> list[StaleRecord]:
        columns = self._table.c
        of_chats = select(columns.key, columns.point_id).where(
            *self._scope(workspace_id, namespace), columns.chat_id.is_not(None)
        )

        def work(connection: Connection) -> list[StaleRecord]:
            return [StaleRecord(row[0], row[1]) for row in connection.execute(of_chats.limit(limit))]

        return await self._database.read(work)

    async def remove(self, workspace_id: str, namespace: str, keys: Sequence[str]) -> None:
        scope = self._scope(workspace_id, namespace)
        statements = [delete(self._table).where(*scope, self._table.c.key.in_(some)) for some in chunks(list(keys))]

        def work(connection: Connection) -> None:
            for statement in statements:
                connection.execute(statement)

        await self._database.write(work)

    def _scope(self, workspace_id: str, namespace: str) -> tuple[ColumnElement[bool], ...]:
        return self._mine(workspace_id), self._table.c.namespace == namespace


def group_digest(group_id: str | None) -> str | None:
    """A group as it is stored: an index takes no text of any length, and nobody asks for the text again."""
    return None if group_id is None else hashlib.sha256(group_id.encode("utf-8", "surrogatepass")).hexdigest()
