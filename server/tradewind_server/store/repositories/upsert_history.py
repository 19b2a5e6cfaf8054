"""Upsert history in the relational store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from tradewind_server.chats.ports import PageRequest, Position
from tradewind_server.ingest import ports
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.lists import part_of, within
from tradewind_server.store.repositories.repository import Repository, dump, load
from tradewind_server.store.tables import UpsertHistoryRow


class SqlUpsertHistory(Repository):
    """The port ``UpsertHistory`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, UpsertHistoryRow)
        self._max_list = max_list
        self._order = (self._table.c.date, self._table.c.id)

    async def add(self, workspace_id: str, row: ports.UpsertHistoryEntry) -> None:
        values = {
            "id": row.id,
            "workspace_id": workspace_id,
            "chatflow_id": row.chatflow_id,
            "result": dump(row.result),
            "flow_data": dump(row.flow_data),
            "date": row.date,
        }
        await self._database.write(lambda connection: connection.execute(insert(self._table), values) and None)

    async def list(
        self,
        workspace_id: str,
        chatflow_id: str,
        part: PageRequest,
        *,
        start_date: datetime | None = None,
        end_date: datetime | None = None,
    ) -> tuple[list[ports.UpsertHistoryEntry], Position | None]:
        columns = self._table.c
        conditions = (self._mine(workspace_id), columns.chatflow_id == chatflow_id, *within(columns.date, start_date, end_date))
        statement = select(self._table).where(*conditions)
        limit = min(part.limit, self._max_list)
        statement = part_of(statement, replace(part, limit=limit), self._order)

        def work(connection: Connection) -> tuple[list[ports.UpsertHistoryEntry], Position | None]:
            entries = [
                ports.UpsertHistoryEntry(row.id, row.chatflow_id, load(row.result), load(row.flow_data), row.date)
                for row in connection.execute(statement)
            ]
            rows = entries[:limit]
            return rows, Position(rows[-1].date, rows[-1].id) if len(entries) > limit else None

        return await self._database.read(work)

    async def delete(self, workspace_id: str, ids: Sequence[str], chatflow_id: str | None = None) -> int:
        columns = self._table.c
        conditions = [self._mine(workspace_id), columns.id.in_(ids)]
        if chatflow_id is not None:
            conditions.append(columns.chatflow_id == chatflow_id)
        count = select(func.count()).select_from(self._table).where(*conditions)
        statement = delete(self._table).where(*conditions)

        def work(connection: Connection) -> int:
            if connection.execute(count).scalar_one() != len(ids):
                return 0
            return int(connection.execute(statement).rowcount)

        return await self._database.write(work)
