"""SQLite statements of many callers made one (docs/adr/0002: else a writer takes the interpreter lock 18 times a commit).

The plain form of both is ``PostgresDialect``'s: one ``execute`` with a list of rows, and one for each history. SQLite's driver
lets go of the interpreter lock for each row that it is given or gives by itself, and waits to get it back. The driver is asked
without SQLAlchemy's results, which cost more than SQLite's answer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Dialect, Executable, Select, Table, func, insert, select

from tradewind_server.store.dialects.dialect import Change, Parameters, Rows, RowsOf, SharedWork
from tradewind_server.store.dialects.values import refuse_nul

MOST_ROWS = 32
"""Rows of one statement. Each number of rows is a statement of its own, which SQLite's driver keeps ready."""


def driver_of(connection: Connection) -> sqlite3.Connection:
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    return driver


def joined_insertion(table: Table, dialect: Dialect) -> SharedWork[Rows, None]:
    """Inserts up to ``MOST_ROWS`` rows with a statement."""
    converters = [(column.name, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in table.columns]
    head, keyword, places = str(insert(table).compile(dialect=dialect)).partition(" VALUES ")
    assert places == f"({', '.join('?' * len(converters))})", "one place for each column, in the order of the table"

    def values(row: Mapping[str, Any]) -> list[Any]:
        return [convert(row[name]) if convert else row[name] for name, convert in converters]

    def add(connection: Connection, items: Sequence[Rows]) -> Sequence[None]:
        driver = driver_of(connection)
        rows = [values(row) for row in chain.from_iterable(items)]
        for start in range(0, len(rows), MOST_ROWS):
            some = rows[start : start + MOST_ROWS]
            flat = list(chain.from_iterable(some))
            refuse_nul(flat)
            driver.execute(head + keyword + ",".join([places] * len(some)), flat)
        return [None] * len(items)

    return add


def direct_change(statement: Executable, dialect: Dialect) -> Change:
    """A statement that the driver is told itself: SQLAlchemy takes longer to pass it on than SQLite to carry it out."""
    form = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    words, constants = str(form), form.params
    places = [(name, form.binds[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in form.positiontup or ()]

    def values(row: Mapping[str, Any]) -> list[Any]:
        everything = {**constants, **row}
        return [convert(everything[name]) if convert else everything[name] for name, convert in places]

    def work(connection: Connection, rows: Sequence[Parameters]) -> None:
        driver, flat = driver_of(connection), [values(row) for row in rows]
        refuse_nul(chain.from_iterable(flat))
        if len(flat) == 1:
            driver.execute(words, flat[0])
        else:
            driver.executemany(words, flat)

    return work


def direct_rows(table: Table, columns: Sequence[ColumnElement[Any]], dialect: Dialect) -> RowsOf:
    """Rows by their ids, asked of the driver itself."""
    head = str(select(table.c.id, *columns).compile(dialect=dialect))

    def find(connection: Connection, ids: Collection[str]) -> Mapping[str, tuple[Any, ...]]:
        refuse_nul(ids)
        places = ",".join("?" * len(ids))
        cursor = driver_of(connection).execute(f"{head} WHERE id IN ({places})", list(ids))
        return {row[0]: row[1:] for row in cursor.fetchall()}

    return find


def joined_query(
    newest: Select[Any], order: Sequence[ColumnElement[Any]], dialect: Dialect
) -> SharedWork[Parameters, list[Any]]:
    """One statement that answers with one row: a JSON text of rows for each set of parameters."""
    columns = [column.name for column in newest.selected_columns]
    sorted_by = [column.label(f"order_{place}") for place, column in enumerate(order)]
    rows = newest.add_columns(*sorted_by).subquery()
    row = func.json_array(*(rows.c[column.name] for column in sorted_by), *(rows.c[name] for name in columns))
    one_query = select(func.json_group_array(func.json(row))).compile(dialect=dialect)
    names = one_query.positiontup or []
    constants = one_query.params

    def read(connection: Connection, items: Sequence[Parameters]) -> Sequence[list[Any]]:
        statement = "SELECT " + ",".join([f"({one_query})"] * len(items))
        parameters: list[Any] = []
        for item in items:
            refuse_nul(item.values())
            values = {**constants, **item}
            parameters += [values[name] for name in names]
        texts = driver_of(connection).execute(statement, parameters).fetchone()
        return [[tuple(row[len(sorted_by) :]) for row in sorted(orjson.loads(text))] for text in texts]

    return read
