"""Reads a Flowise database, SQLite or Postgres, inside one transaction that can write nothing."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, column, create_engine, func, inspect, select, text
from sqlalchemy import table as sql_table
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from tradewind_server.errors import InvalidInput, Reason

POSTGRES = ("postgres://", "postgresql://", "postgresql+psycopg://")
SQLITE_MARK = b"SQLite format 3\x00"
WAL_VERSION = 2
ROWS_AT_ONCE = 200
READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


class SqlFlowiseDatabase:
    """The port ``FlowiseDatabase`` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names = frozenset(inspect(connection).get_table_names())

    def has_flows(self) -> bool:
        return "chat_flow" in self._names

    def count(self, table: str) -> int:
        if table not in self._names:
            return 0
        return int(self._connection.execute(select(func.count()).select_from(sql_table(table))).scalar_one())

    def rows(self, table: str, order: str = "id") -> Iterator[dict[str, Any]]:
        if table not in self._names:
            return
        names = [one["name"] for one in inspect(self._connection).get_columns(table)]
        # Without types, as they are stored: dates of SQLite are texts, of more than one form.
        statement: Any = select(*(column(name) for name in names)).select_from(sql_table(table))
        if order in names:
            statement = statement.order_by(column(order))
        result = self._connection.execution_options(yield_per=ROWS_AT_ONCE).execute(statement)
        for row in result.mappings():
            yield {name: str(value) if isinstance(value, uuid.UUID) else value for name, value in row.items()}


@contextmanager
def open_flowise(address: str) -> Iterator[SqlFlowiseDatabase]:
    """A SQLite file by its path, or Postgres by its URL. Raises ``InvalidInput`` for what is no Flowise database."""
    engine = _engine(address)
    try:
        with engine.connect() as connection:
            if address.startswith(POSTGRES):
                connection.execute(text(READ_ONLY))
            else:
                connection.exec_driver_sql("PRAGMA query_only = ON")
                connection.exec_driver_sql("BEGIN")
            database = SqlFlowiseDatabase(connection)
            if not database.has_flows():
                raise InvalidInput(Reason.INVALID_ARGUMENT, "The database has no table chat_flow; it is not Flowise's.")
            yield database
    except SQLAlchemyError as error:
        raise InvalidInput(
            Reason.INVALID_ARGUMENT, f"The Flowise database cannot be read: {type(error).__name__}. Check its address."
        ) from error
    finally:
        engine.dispose()


def _engine(address: str) -> Engine:
    if address.startswith(POSTGRES):
        try:
            return create_engine("postgresql+psycopg://" + address.partition("://")[2])
        except ArgumentError:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The address of the Flowise database is no URL of Postgres.") from None
    path = Path(address)
    try:
        with path.open("rb") as file:
            header = file.read(20)
    except OSError as error:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"The file {address} cannot be read: {error.strerror}.") from None
    if not header.startswith(SQLITE_MARK):
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"The file {address} is no SQLite database.")
    # A journal that nobody has open would be made anew beside the file: such a file is read as it lies.
    is_idle = header[18] == WAL_VERSION and not path.with_name(path.name + "-wal").exists()
    uri = f"file:{quote(str(path.resolve()))}?mode=ro{'&immutable=1' if is_idle else ''}"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(uri, uri=True))
