"""Upsert history in the relational store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from tradewind_server.ingest import ports
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, dump, load
from tradewind_server.store.tables import UpsertHistoryRow


class SqlUpsertHistory(Repository):
    """The port ``UpsertHistory`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, UpsertHistoryRow)
        self._max_list = max_list

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
        *,
        descending: bool = False,
        start_date: datetime | None = None,
        end_date: datetime | None = None,
        limit: int | None = None,
    ) -> list[ports.UpsertHistoryEntry]:
        columns = self._table.c
        statement = select(self._table).where(self._mine(workspace_id), columns.chatflow_id == chatflow_id)
        if start_date is not None:
            statement = statement.where(columns.date >= start_date)
        if end_date is not None:
            statement = statement.where(columns.date <= end_date)
        order = (columns.date, columns.id)
        statement = statement.order_by(*(column.desc() if descending else column for column in order))
        statement = statement.limit(min(limit or self._max_list, self._max_list))

        def work(connection: Connection) -> list[ports.UpsertHistoryEntry]:
            return [
                ports.UpsertHistoryEntry(row.id, row.chatflow_id, load(row.result), load(row.flow_data), row.date)
                for row in connection.execute(statement)
            ]

        return await self._database.read(work)
