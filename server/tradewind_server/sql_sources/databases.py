"""The databases that chatflows ask: the port ``ReadOnlySql``. Each kind of database has its own way of being read only."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tradewind_server.flows.sql_port import SqlRows, SqlSource, SqlTable
from tradewind_server.sql_sources.postgres import ReadOnlyPostgres
from tradewind_server.sql_sources.sqlite import ReadOnlySqlite

STATEMENT_SECONDS = 10.0


class ReadOnlyDatabases:
    """Reads SQLite files below ``directory`` and Postgres databases, but no database of this server.

    ``own_files`` are files and directories where the server keeps its data: nothing of them is read.
    """

    def __init__(self, directory: Path | None, own_files: Sequence[Path], *, seconds: float = STATEMENT_SECONDS) -> None:
        self._sqlite = ReadOnlySqlite(directory, own_files, seconds)
        self._postgres = ReadOnlyPostgres(seconds)

    def _kind(self, source: SqlSource) -> ReadOnlySqlite | ReadOnlyPostgres:
        return self._sqlite if source.dialect == "sqlite" else self._postgres

    async def tables(self, source: SqlSource, sample_rows: int = 0) -> list[SqlTable]:
        return await self._kind(source).tables(source, sample_rows)

    async def select(self, source: SqlSource, statement: str, most_rows: int) -> SqlRows:
        return await self._kind(source).select(source, statement, most_rows)

    async def aclose(self) -> None:
        await asyncio.to_thread(self._sqlite.close)
