"""Tools in the relational store."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from tradewind_server.chatflows.tools import StoredTool
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import ToolRow

WRITABLE_COLUMNS = ("name", "description", "color", "icon_src", "schema", "func", "updated_date")


class SqlTools(Repository):
    """The port ``Tools`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, ToolRow)
        self._max_list = max_list

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[StoredTool], int]:
        columns = self._table.c
        count = select(func.count()).select_from(self._table).where(self._mine(workspace_id))
        page = (
            select(self._table)
            .where(self._mine(workspace_id))
            .order_by(columns.updated_date.desc(), columns.id)
            .offset(offset)
            .limit(min(limit or self._max_list, self._max_list))
        )

        def work(connection: Connection) -> tuple[list[StoredTool], int]:
            return [_tool(row) for row in connection.execute(page)], int(connection.execute(count).scalar_one())

        return await self._database.read(work)

    async def get(self, workspace_id: str, tool_id: str) -> StoredTool | None:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.id == tool_id)

        def work(connection: Connection) -> StoredTool | None:
            row = connection.execute(statement).first()
            return _tool(row) if row else None

        return await self._database.read(work)

    async def create(self, workspace_id: str, tool: StoredTool) -> None:
        values = {name: getattr(tool, name) for name in (*WRITABLE_COLUMNS, "id", "created_date")}
        statement = insert(self._table).values(**values, workspace_id=workspace_id)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def replace(self, workspace_id: str, tool: StoredTool) -> bool:
        statement = (
            update(self._table)
            .where(self._mine(workspace_id), self._table.c.id == tool.id)
            .values({name: getattr(tool, name) for name in WRITABLE_COLUMNS})
        )
        return await self._database.write(lambda connection: connection.execute(statement).rowcount > 0)

    async def delete(self, workspace_id: str, tool_id: str) -> int:
        statement = delete(self._table).where(self._mine(workspace_id), self._table.c.id == tool_id)
        return await self._database.write(lambda connection: int(connection.execute(statement).rowcount))


def _tool(row: Row[Any]) -> StoredTool:
    values = row._mapping
    return StoredTool(**{name: values[name] for name in (*WRITABLE_COLUMNS, "id", "created_date")})
