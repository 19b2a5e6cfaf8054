"""The synchronous engine of either database, with what makes it durable, concurrent and bounded in time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from tradewind_server.store.executor.faults import unstorable

BUSY_TIMEOUT_MS = 10_000
STATEMENT_TIMEOUT_MS = 60_000
POSTGRES_DEFAULTS: Mapping[str, Any] = {
    "application_name": "tradewind",
    "connect_timeout": 5,
    # A server that vanished without a word is noticed within half a minute.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
SQLITE_PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "synchronous=NORMAL",  # A killed process loses nothing; a power cut may lose the last commits.
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-8192",
)


def make_engine(url: str, pool_size: int, statement_timeout_ms: int | None = None) -> Engine:
    """The engine for a SQLAlchemy URL. On Postgres no statement runs longer than the time-out.

    What was said and what is secret are parameters of statements: errors, and so logs, never show them.
    """
    sqlite = url.startswith("sqlite")
    engine = _sqlite_engine(url, pool_size) if sqlite else _postgres_engine(url, pool_size, statement_timeout_ms)
    event.listen(engine, "before_cursor_execute", _refuse_nul)
    return engine


def _sqlite_engine(url: str, pool_size: int) -> Engine:
    engine = create_engine(url, pool_size=pool_size, hide_parameters=True, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says when a transaction begins, not the driver.
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        _use_wal(cursor)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            # Taking the write lock at once: upgrading a read transaction later can fail with "database is locked".
            driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
            driver.execute("BEGIN IMMEDIATE")

    return engine


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Readers beside a writer. The one change that SQLite does not wait with while another process makes it."""
    give_up = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def _postgres_engine(url: str, pool_size: int, statement_timeout_ms: int | None) -> Engine:
    named = make_url(url).query
    defaults = {name: value for name, value in POSTGRES_DEFAULTS.items() if name not in named}
    engine = create_engine(url, pool_size=pool_size, hide_parameters=True, pool_pre_ping=True, connect_args=defaults)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        if statement_timeout_ms is not None:
            connection.execute(f"SET statement_timeout = {statement_timeout_ms}")
            connection.commit()

    return engine


def _refuse_nul(_connection: Any, _cursor: Any, _statement: str, parameters: Any, _context: Any, many: bool) -> None:
    """Postgres takes no U+0000 in a text; neither does SQLite here, so that no data is stuck on one of them."""
    for row in parameters if many else (parameters,):
        refuse_nul(row.values() if isinstance(row, Mapping) else row)


def refuse_nul(values: Iterable[Any]) -> None:
    """Raises ``InvalidInput`` where one of the values is a text with a U+0000 in it."""
    for value in values:
        if type(value) is str and "\x00" in value:
            raise unstorable()
