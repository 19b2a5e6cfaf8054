"""Rows of many callers, inserted together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert

from tradewind_server.store.executor.engine import refuse_nul

Rows = Sequence[Mapping[str, Any]]
"""Values by column, every column in each row."""
MOST_ROWS = 32
"""Rows of one statement. Each number of rows is a statement of its own, which SQLite's driver keeps ready."""


def insertion(table: Table, dialect: Dialect) -> Callable[[Connection, Sequence[Rows]], Sequence[None]]:
    """Inserts the rows of many callers at once."""
    return _in_one_statement(table, dialect) if dialect.name == "sqlite" else _row_by_row(table)


def _row_by_row(table: Table) -> Callable[[Connection, Sequence[Rows]], Sequence[None]]:
    statement = insert(table)

    def add(connection: Connection, wanted: Sequence[Rows]) -> Sequence[None]:
        connection.execute(statement, list(chain.from_iterable(wanted)))
        return [None] * len(wanted)

    return add


def _in_one_statement(table: Table, dialect: Dialect) -> Callable[[Connection, Sequence[Rows]], Sequence[None]]:
    """SQLite's driver lets go of the interpreter lock for each row it is given by itself, and waits to get it back."""
    converters = [(column.name, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in table.columns]
    head, keyword, places = str(insert(table).compile(dialect=dialect)).partition(" VALUES ")
    assert places == f"({', '.join('?' * len(converters))})", "one place for each column, in the order of the table"

    def values(row: Mapping[str, Any]) -> list[Any]:
        return [convert(row[name]) if convert else row[name] for name, convert in converters]

    def add(connection: Connection, wanted: Sequence[Rows]) -> Sequence[None]:
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        rows = [values(row) for row in chain.from_iterable(wanted)]
        for start in range(0, len(rows), MOST_ROWS):
            some = rows[start : start + MOST_ROWS]
            flat = list(chain.from_iterable(some))
            refuse_nul(flat)
            driver.execute(head + keyword + ",".join([places] * len(some)), flat)
        return [None] * len(wanted)

    return add
