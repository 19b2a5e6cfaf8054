"""SQLite: one file, one writer at a time, readers beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Executable, Select, Table, Text, create_engine, event, func
from sqlalchemy.dialects import sqlite
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_fixed

from tradewind_server.store.dialects.dialect import Change, Parameters, Rows, RowsOf, SharedWork
from tradewind_server.store.dialects.joined_statements import (
    direct_change,
    direct_rows,
    driver_of,
    joined_insertion,
    joined_query,
)
from tradewind_server.store.dialects.sqlite_dump import file_of, load_sqlite, save_sqlite

BUSY_TIMEOUT_MS = 10_000
PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "synchronous=NORMAL",  # A killed process loses nothing; a power cut may lose the last commits.
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-8192",
)
PASSING_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)

OPERATOR_WORDS = {
    sqlite3.SQLITE_NOTADB: "is not a SQLite database; name another one, or restore a backup",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore a backup into a new data directory",
    sqlite3.SQLITE_BUSY: "is locked by another process; stop that, or wait until it is done",
    sqlite3.SQLITE_READONLY: "cannot be written; give this user the right to write it and its directory",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its directory is there and that this user may write to it",
    sqlite3.SQLITE_FULL: "cannot grow, because the disk is full; make room",
}


class SqliteDialect:
    """The port ``StoreDialect`` for SQLite."""

    is_shared = False
    answers_at_once = True
    copies_to_alter = True
    dump_kind = "SQLite"

    def engine(self, url: str, pool_size: int, statement_timeout_ms: int | None) -> Engine:
        """Without the time-out: a statement here ends on its own, or waits ``BUSY_TIMEOUT_MS`` for the lock."""
        engine = create_engine(url, pool_size=pool_size, hide_parameters=True, connect_args={"check_same_thread": False})

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # SQLAlchemy says when a transaction begins, not the driver.
            cursor = connection.cursor()
            for pragma in PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")
            _use_wal(cursor)
            cursor.close()

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
                # Taking the write lock at once: upgrading a read transaction later can fail with "database is locked".
                driver_of(connection).execute("BEGIN IMMEDIATE")

        return engine

    def locks(self, url: str) -> None:
        return None

    def lock_migrations(self, connection: Connection) -> None:
        """Nothing: the transaction itself is the lock."""

    def insert(self, table: Table) -> Any:
        return sqlite.insert(table)

    def hexadecimal(self, number: ColumnElement[int], digits: int) -> ColumnElement[str]:
        text: ColumnElement[str] = func.printf(f"%0{digits}x", number, type_=Text)
        return text

    def day(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        text: ColumnElement[str] = func.substr(column, 1, 10, type_=Text)  # Dates are text in UTC, and begin with their day.
        return text

    def insertion(self, table: Table) -> SharedWork[Rows, None]:
        return joined_insertion(table, sqlite.dialect())

    def change(self, statement: Executable) -> Change:
        return direct_change(statement, sqlite.dialect())

    def locked_rows(self, table: Table, *columns: ColumnElement[Any], for_reference: bool = False) -> RowsOf:
        """Without a lock: a transaction that writes has the whole file."""
        return direct_rows(table, columns, sqlite.dialect())

    def oldest_first(self, newest: Select[Any], order: Sequence[ColumnElement[Any]]) -> SharedWork[Parameters, list[Any]]:
        return joined_query(newest, order, sqlite.dialect())

    def save(self, url: str, target: Path) -> None:
        save_sqlite(url, target)

    def is_unused(self, url: str) -> bool:
        return not file_of(url).exists()

    def load(self, url: str, source: Path) -> None:
        load_sqlite(url, source)

    def absence(self, url: str, cause: BaseException | None) -> str:
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        return f"The database file {file_of(url)} {OPERATOR_WORDS.get(code, f'cannot be used: {cause}')}."


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Readers beside a writer. The one change that SQLite does not wait with while another process makes it."""
    patient = Retrying(
        retry=retry_if_exception(_is_busy),
        wait=wait_fixed(0.01),
        stop=stop_after_delay(BUSY_TIMEOUT_MS / 1000),
        reraise=True,
    )
    patient(cursor.execute, "PRAGMA journal_mode=WAL")


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def passes(cause: BaseException | None) -> bool | None:
    """Whether the same work may succeed when it is tried again; None where the error is not SQLite's."""
    code: int | None = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF in PASSING_CODES
