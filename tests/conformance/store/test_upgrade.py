"""A database of the first release, with a row in every table, comes up to date; and calls go on while a later one migrates."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, MetaData, select, text
from tradewind_server.errors import FailedPrecondition
from tradewind_server.store.dialects import sqlite
from tradewind_server.store.dialects.choice import dialect_of
from tradewind_server.store.executor.engine import make_engine
from tradewind_server.store.migrate import is_current, migrate, require_current
from tradewind_server.store.stores import Stores

from harness.later_version import migrate_to_later

from .conftest import MINE, Server

EARLIER = ("0001", "0013", "0018")
"""Schemas that databases may have: of the first migration, of versions that were used, of 0.1.0. None is taken out."""
Rows = dict[str, list[Mapping[str, Any]]]


def on(url: str, work: Callable[[Any], Any]) -> Any:
    engine = make_engine(url, 1)
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


def value_of(column: Column[Any], ids: Mapping[str, str]) -> Any:
    """Something that the column takes. Texts are JSON, for the columns that hold that."""
    for key in column.foreign_keys:
        return ids[key.column.table.name]
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer):
        return 1
    if isinstance(column.type, DateTime):
        return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC if getattr(column.type, "timezone", False) else None)
    if isinstance(column.type, LargeBinary):
        return b"\x01" * 32
    return column.name[: column.type.length] if getattr(column.type, "length", None) else "{}"


def fill(connection: Any) -> None:
    """One row in each table."""
    schema = MetaData()
    schema.reflect(connection)
    ids = {"workspace": MINE}
    for table in schema.sorted_tables:
        if table.name in ("workspace", "alembic_version"):
            continue
        row = {column.name: value_of(column, ids) for column in table.columns}
        connection.execute(table.insert(), row)
        ids[table.name] = str(row.get("id", ""))


def rows(connection: Any) -> Rows:
    schema = MetaData()
    schema.reflect(connection)
    return {table.name: list(connection.execute(select(table)).mappings()) for table in schema.sorted_tables}


@pytest.mark.parametrize("revision", EARLIER)
def test_no_row_of_an_earlier_schema_is_lost(server: Server, revision: str) -> None:
    url = server.url_of(False)
    migrate(url, revision)
    on(url, fill)
    before: Rows = on(url, rows)
    assert all(before[table] for table in before)
    migrate(url)
    assert on(url, is_current) is True
    after: Rows = on(url, rows)
    for table, earlier in before.items():
        if table != "alembic_version":
            for row in earlier:
                assert any(row.items() <= dict(later).items() for later in after[table]), (table, row)


def test_an_older_schema_is_not_served(server: Server) -> None:
    url = server.url_of(False)
    with pytest.raises(FailedPrecondition, match="run `tradewind migrate` first"):
        require_current(url)
    migrate(url)
    require_current(url)


async def test_calls_go_on_while_a_later_version_migrates(
    server: Server, open_stores_on: Callable[[str], Stores], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Writers wait for the migration's transaction, which takes a busy machine longer than they wait by default.
    monkeypatch.setattr(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, "busy_timeout=300000"))
    url = server.url_of(False)
    await asyncio.to_thread(migrate, url)
    database = open_stores_on(url).database
    done = asyncio.Event()

    async def write_and_read() -> int:
        """Until the migration has ended, and once more after it. A failure ends the test."""
        count = 0
        while True:
            is_last = done.is_set()
            await database.write(lambda connection: connection.execute(text("UPDATE workspace SET name = name")))
            await database.read(lambda connection: connection.execute(text("SELECT count(*) FROM chat_message")).scalar())
            count += 1
            if is_last:
                return count

    calls = [asyncio.create_task(write_and_read()) for _ in range(4)]
    await asyncio.to_thread(migrate_to_later, url, tmp_path)
    done.set()
    assert all(count >= 1 for count in await asyncio.gather(*calls))
    for open_it in (migrate, require_current):
        with pytest.raises(FailedPrecondition, match="newer version of Tradewind; start that version, or restore"):
            open_it(url)
    assert dialect_of(url).is_unused(url) is False
