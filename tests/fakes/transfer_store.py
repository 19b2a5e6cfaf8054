"""The port ``TransferStore`` in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from tradewind_server.transfer.ports import Row, TableRows


class TransferStoreInMemory:
    """Rows by table, each with its workspace. ``faults`` names a table that refuses rows."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {}
        self.refused_table = ""

    async def pages(self, workspace_id: str, table: str, where: Mapping[str, Any]) -> AsyncIterator[Sequence[Row]]:
        wanted = {"workspace_id": workspace_id, **where}
        rows = [row for row in self.tables.get(table, ()) if all(row[name] == value for name, value in wanted.items())]
        for row in rows:
            yield [row]

    async def owners(self, table: str, column: str, values: Sequence[str]) -> Mapping[str, str]:
        return {row[column]: row["workspace_id"] for row in self.tables.get(table, ()) if row[column] in values}

    async def add(self, workspace_id: str, batches: Sequence[TableRows]) -> None:
        if self.refused_table in {batch.table for batch in batches}:
            raise RuntimeError("the database is gone")
        for batch in batches:
            self.tables.setdefault(batch.table, []).extend({**row, "workspace_id": workspace_id} for row in batch.rows)
