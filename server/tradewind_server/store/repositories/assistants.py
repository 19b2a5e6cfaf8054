"""Assistants in the relational store."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from tradewind_server.chatflows.assistants import StoredAssistant
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import AssistantRow

WRITABLE_COLUMNS = ("details", "credential", "icon_src", "type", "updated_date")


class SqlAssistants(Repository):
    """The port ``Assistants`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, AssistantRow)
        self._max_list = max_list

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[StoredAssistant], int]:
        columns = self._table.c
        conditions = [self._mine(workspace_id)] + ([columns.type == type_] if type_ else [])
        count = select(func.count()).select_from(self._table).where(*conditions)
        page = (
            select(self._table)
            .where(*conditions)
            .order_by(columns.updated_date.desc(), columns.id)
            .offset(offset)
            .limit(min(limit or self._max_list, self._max_list))
        )

        def work(connection: Connection) -> tuple[list[StoredAssistant], int]:
            return [_assistant(row) for row in connection.execute(page)], int(connection.execute(count).scalar_one())

        return await self._database.read(work)

    async def get(self, workspace_id: str, assistant_id: str) -> StoredAssistant | None:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.id == assistant_id)

        def work(connection: Connection) -> StoredAssistant | None:
            row = connection.execute(statement).first()
            return _assistant(row) if row else None

        return await self._database.read(work)

    async def create(self, workspace_id: str, assistant: StoredAssistant) -> None:
        values = {name: getattr(assistant, name) for name in (*WRITABLE_COLUMNS, "id", "created_date")}
        statement = insert(self._table).values(**values, workspace_id=workspace_id)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def replace(self, workspace_id: str, assistant: StoredAssistant) -> bool:
        statement = (
            update(self._table)
            .where(self._mine(workspace_id), self._table.c.id == assistant.id)
            .values({name: getattr(assistant, name) for name in WRITABLE_COLUMNS})
        )
        return await self._database.write(lambda connection: connection.execute(statement).rowcount > 0)

    async def delete(self, workspace_id: str, assistant_id: str) -> int:
        statement = delete(self._table).where(self._mine(workspace_id), self._table.c.id == assistant_id)
        return await self._database.write(lambda connection: int(connection.execute(statement).rowcount))


def _assistant(row: Row[Any]) -> StoredAssistant:
    values = row._mapping
    return StoredAssistant(**{name: values[name] for name in (*WRITABLE_COLUMNS, "id", "created_date")})
