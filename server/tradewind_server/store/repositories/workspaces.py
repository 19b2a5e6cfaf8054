"""Workspaces in the relational store. What belongs to one is read from the schema, so that no table is missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from tradewind_server.access.workspaces import Workspace
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, table_of
from tradewind_server.store.tables import (
    ApiKeyRow,
    ChatflowRow,
    ChatUploadRow,
    FilledStoreRow,
    UpsertionRecordRow,
    UpsertRunRow,
    WorkspaceRow,
)

CLOSED = "00000000-0000-4000-8000-000000000000"
"""The key of a chatflow that answers nobody: no key has this id."""
VECTOR_TABLES = (UpsertRunRow, FilledStoreRow, ChatUploadRow)
"""What says which vectors are left."""
FILE_OWNERS = frozenset({"chatflow", "document_store", "document_store_loader", "assistant"})
"""Tables whose ids files are kept under."""
NO_CONTENTS = frozenset(
    {
        "chat_upload",
        "chatflow_label",
        "chatflow_version",
        "document_store_chunk",
        "document_store_loader",
        "filled_store",
        "rate_window",
        "upsert_run",
        "upsertion_record",
    }
)
"""Tables whose rows are parts of others, remains, or notes of the server: no things of the workspace by themselves."""


class SqlWorkspaces(Repository):
    """The port ``Workspaces`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, WorkspaceRow)
        self._max_list = max_list
        self._create = self._insert_unless_present()
        self._open = self._table.c.deletion_date.is_(None)
        self._vector_tables = [table_of(model) for model in VECTOR_TABLES]
        self._journal = {*self._vector_tables, table_of(UpsertionRecordRow)}

    async def list(self, offset: int = 0, limit: int | None = None) -> tuple[list[Workspace], int]:
        count = select(func.count()).select_from(self._table).where(self._open)
        page = select(self._table).where(self._open).order_by(self._table.c.name).offset(offset)
        page = page.limit(min(limit or self._max_list, self._max_list))

        def work(connection: Connection) -> tuple[list[Workspace], int]:
            return [_workspace(row) for row in connection.execute(page)], int(connection.execute(count).scalar_one())

        return await self._database.read(work)

    async def get(self, workspace_id: str) -> Workspace | None:
        statement = select(self._table).where(self._open, self._table.c.id == workspace_id)
        row = await self._database.read(lambda connection: connection.execute(statement).first())
        return _workspace(row) if row else None

    async def by_name(self, name: str) -> Workspace | None:
        statement = select(self._table).where(self._open, self._table.c.name == name)
        row = await self._database.read(lambda connection: connection.execute(statement).first())
        return _workspace(row) if row else None

    async def create(self, workspace: Workspace) -> bool:
        values = {"id": workspace.id, "name": workspace.name, "created_date": workspace.created_date, "deletion_date": None}
        return await self._database.write(lambda connection: connection.execute(self._create, values).rowcount > 0)

    async def begin_deletion(self, workspace_id: str, when: datetime, *, only_empty: bool) -> Mapping[str, int]:
        chatflows, keys = table_of(ChatflowRow), table_of(ApiKeyRow)
        close = update(chatflows).where(chatflows.c.workspace_id == workspace_id).values(apikeyid=CLOSED, is_public=False)
        mark = update(self._table).where(self._open, self._table.c.id == workspace_id)
        # The name is free again at once; the id stands once for certain.
        mark = mark.values(deletion_date=when, name=workspace_id)

        def work(connection: Connection) -> Mapping[str, int]:
            contents = _contents(connection, workspace_id) if only_empty else {}
            if not contents:
                connection.execute(mark)
                connection.execute(close)
                connection.execute(delete(keys).where(keys.c.workspace_id == workspace_id))
            return contents

        return await self._database.write(work)

    async def in_deletion(self) -> Sequence[str]:
        statement = select(self._table.c.id).where(~self._open).order_by(self._table.c.deletion_date).limit(self._max_list)
        return await self._database.read(lambda connection: list(connection.execute(statement).scalars()))

    async def file_owners(self, workspace_id: str) -> Sequence[str]:
        statements = [
            select(table.c.id).where(table.c.workspace_id == workspace_id)
            for table in _tables_of_workspaces()
            if table.name in FILE_OWNERS
        ]
        return await self._database.read(
            lambda connection: [owner for statement in statements for owner in connection.execute(statement).scalars()]
        )

    async def remove_rows(self, workspace_id: str) -> None:
        tables = [table for table in _tables_of_workspaces() if table not in self._journal]
        await self._database.write(lambda connection: _delete_all(connection, workspace_id, tables))

    async def end_deletion(self, workspace_id: str) -> bool:
        remains = [select(table.c.id).where(table.c.workspace_id == workspace_id).limit(1) for table in self._vector_tables]
        tables = list(_tables_of_workspaces())

        def work(connection: Connection) -> bool:
            if any(connection.execute(statement).first() for statement in remains):
                return False
            _delete_all(connection, workspace_id, tables)
            connection.execute(delete(self._table).where(~self._open, self._table.c.id == workspace_id))
            return True

        try:
            return await self._database.write(work)
        except IntegrityError:  # A call that was running has stored something at this very moment.
            return False


def _tables_of_workspaces() -> Iterable[Table]:
    """The tables whose rows belong to a workspace, those that refer to others first."""
    return [table for table in reversed(SQLModel.metadata.sorted_tables) if "workspace_id" in table.c]


def _contents(connection: Connection, workspace_id: str) -> dict[str, int]:
    """How many of each kind a workspace holds, by the words of the tables."""
    contents = {}
    for table in _tables_of_workspaces():
        if table.name not in NO_CONTENTS:
            statement = select(func.count()).select_from(table).where(table.c.workspace_id == workspace_id)
            count = int(connection.execute(statement).scalar_one())
            if count:
                contents[table.name.replace("_", " ")] = count
    return contents


def _delete_all(connection: Connection, workspace_id: str, tables: Iterable[Table]) -> None:
    for table in tables:
        connection.execute(delete(table).where(table.c.workspace_id == workspace_id))


def _workspace(row: Row[Any]) -> Workspace:
    return Workspace(row.id, row.name, row.created_date)
