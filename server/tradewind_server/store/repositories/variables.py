"""Variables in the relational store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, select

from tradewind_server.chatflows.variables import Variable
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import VariableRow


class SqlVariables(Repository):
    """The port ``Variables`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, VariableRow)
        columns = self._table.c
        self._values = select(columns.name, columns.value).where(
            columns.workspace_id == bindparam("workspace"), columns.value.is_not(None)
        )
        self._put = self._insert_or_update(("workspace_id", "name"), ("value", "type", "updated_date"))

    async def values(self, workspace_id: str) -> Mapping[str, str]:
        def work(connection: Connection) -> Mapping[str, str]:
            return {row[0]: row[1] for row in connection.execute(self._values, {"workspace": workspace_id})}

        return await self._database.lookup(work)

    async def put(self, workspace_id: str, variables: Sequence[Variable]) -> None:
        rows = [
            {
                "id": variable.id,
                "workspace_id": workspace_id,
                "name": variable.name,
                "value": variable.value,
                "type": variable.type,
                "created_date": variable.created_date,
                "updated_date": variable.updated_date,
            }
            for variable in variables
        ]

        def work(connection: Connection) -> None:
            if rows:
                connection.execute(self._put, rows)

        await self._database.write(work)
