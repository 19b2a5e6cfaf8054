"""Rows of tables by name, for imports and exports of a workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, literal, select, tuple_
from sqlmodel import SQLModel

from tradewind_server.store import document_store_tables, execution_tables, tables
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import chunks, storable
from tradewind_server.transfer.ports import Row, TableRows

assert tables.WorkspaceRow.__tablename__  # Importing the tables is what fills the metadata.
assert document_store_tables.DocumentStoreRow.__tablename__
assert execution_tables.ExecutionRow.__tablename__
PAGE = 200
"""Rows of one page: some hold whole drawings or documents."""
INSERTED_AT_ONCE = 500


class SqlTransfer:
    """The port ``TransferStore`` over SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pages(self, workspace_id: str, table: str, where: Mapping[str, Any]) -> AsyncIterator[Sequence[Row]]:
        rows = _table(table)
        key = list(rows.primary_key.columns)
        statement = select(rows).where(rows.c.workspace_id == workspace_id).order_by(*key).limit(PAGE)
        statement = statement.where(*(rows.c[name] == value for name, value in where.items()))
        after: Sequence[Any] | None = None
        while True:
            page = statement
            if after is not None:
                mark = tuple_(*(literal(value, column.type) for value, column in zip(after, key, strict=True)))
                page = statement.where(tuple_(*key) > mark)
            part = await self._database.read(lambda connection, page=page: _rows(connection, page))  # type: ignore[misc]
            if part:
                yield part
            if len(part) < PAGE:
                return
            after = [part[-1][column.name] for column in key]

    async def owners(self, table: str, column: str, values: Sequence[str]) -> Mapping[str, str]:
        rows = _table(table)
        statements = [
            select(rows.c[column], rows.c.workspace_id).where(rows.c[column].in_(some)) for some in chunks(list(values))
        ]

        def work(connection: Connection) -> Mapping[str, str]:
            return {value: owner for statement in statements for value, owner in connection.execute(statement)}

        return await self._database.read(work)

    async def add(self, workspace_id: str, batches: Sequence[TableRows]) -> None:
        def work(connection: Connection) -> None:
            for batch in batches:
                for start in range(0, len(batch.rows), INSERTED_AT_ONCE):
                    some = batch.rows[start : start + INSERTED_AT_ONCE]
                    connection.execute(insert(_table(batch.table)), [_storable(row, workspace_id) for row in some])

        await self._database.write(work)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _rows(connection: Connection, statement: Any) -> list[Row]:
    return [dict(row) for row in connection.execute(statement).mappings()]


def _storable(row: Row, workspace_id: str) -> Row:
    texts = {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}
    return {**texts, "workspace_id": workspace_id}
