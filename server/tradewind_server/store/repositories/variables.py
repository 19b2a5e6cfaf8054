"""Variables in the relational store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from tradewind_server.chatflows.variables import RUNTIME, Variable
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import VariableRow


class SqlVariables(Repository):
    """The port ``StoredVariables`` over SQL. ``environment`` has the values of ``runtime`` variables, by name."""

    def __init__(self, database: Database, environment: Mapping[str, str], max_list: int = 1000) -> None:
        super().__init__(database, VariableRow)
        self._environment = environment
        self._max_list = max_list
        columns = self._table.c
        self._values = select(columns.name, columns.value, columns.type).where(columns.workspace_id == bindparam("workspace"))
        self._put = self._insert_or_update(("workspace_id", "name"), ("value", "type", "updated_date"))
        self._create = self._insert_unless_present()

    async def values(self, workspace_id: str) -> Mapping[str, str]:
        def work(connection: Connection) -> Mapping[str, str]:
            rows = connection.execute(self._values, {"workspace": workspace_id})
            values = {name: self._environment.get(name) if type_ == RUNTIME else value for name, value, type_ in rows}
            return {name: value for name, value in values.items() if value is not None}

        return await self._database.lookup(work)

    async def put(self, workspace_id: str, variables: Sequence[Variable]) -> None:
        rows = [_values(workspace_id, variable) for variable in variables]

        def work(connection: Connection) -> None:
            if rows:
                connection.execute(self._put, rows)

        await self._database.write(work)

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[Variable], int]:
        columns = self._table.c
        count = select(func.count()).select_from(self._table).where(self._mine(workspace_id))
        page = (
            select(self._table)
            .where(self._mine(workspace_id))
            .order_by(columns.updated_date.desc(), columns.id)
            .offset(offset)
            .limit(min(limit or self._max_list, self._max_list))
        )

        def work(connection: Connection) -> tuple[list[Variable], int]:
            return [_variable(row) for row in connection.execute(page)], int(connection.execute(count).scalar_one())

        return await self._database.read(work)

    async def get(self, workspace_id: str, variable_id: str) -> Variable | None:
        return await self._one(workspace_id, self._table.c.id == variable_id)

    async def by_name(self, workspace_id: str, name: str) -> Variable | None:
        return await self._one(workspace_id, self._table.c.name == name)

    async def _one(self, workspace_id: str, condition: ColumnElement[bool]) -> Variable | None:
        statement = select(self._table).where(self._mine(workspace_id), condition)

        def work(connection: Connection) -> Variable | None:
            row = connection.execute(statement).first()
            return _variable(row) if row else None

        return await self._database.read(work)

    async def create(self, workspace_id: str, variable: Variable) -> bool:
        values = _values(workspace_id, variable)
        return await self._database.write(lambda connection: connection.execute(self._create, values).rowcount > 0)

    async def replace(self, workspace_id: str, variable: Variable) -> bool:
        statement = (
            update(self._table)
            .where(self._mine(workspace_id), self._table.c.id == variable.id)
            .values(name=variable.name, value=variable.value, type=variable.type, updated_date=variable.updated_date)
        )
        try:
            return await self._database.write(lambda connection: connection.execute(statement).rowcount > 0)
        except IntegrityError:  # The name is another variable's.
            return False

    async def delete(self, workspace_id: str, variable_id: str) -> int:
        statement = delete(self._table).where(self._mine(workspace_id), self._table.c.id == variable_id)
        return await self._database.write(lambda connection: int(connection.execute(statement).rowcount))


def _values(workspace_id: str, variable: Variable) -> dict[str, Any]:
    return {
        "id": variable.id,
        "workspace_id": workspace_id,
        "name": variable.name,
        "value": variable.value,
        "type": variable.type,
        "created_date": variable.created_date,
        "updated_date": variable.updated_date,
    }


def _variable(row: Row[Any]) -> Variable:
    return Variable(row.id, row.name, row.value, row.type, row.created_date, row.updated_date)
