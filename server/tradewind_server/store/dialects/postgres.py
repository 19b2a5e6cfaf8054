"""Postgres: a server that several machines share, that may be away, and that bounds its statements."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Executable,
    Select,
    Table,
    Text,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
)

from tradewind_server.store.advisory_locks import AdvisoryLocks
from tradewind_server.store.dialects.dialect import Change, Parameters, Rows, RowsOf, SharedWork

CONNECTION_DEFAULTS: Mapping[str, Any] = {
    "application_name": "tradewind",
    "connect_timeout": 5,
    # A server that vanished without a word is noticed within half a minute.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
MIGRATION_LOCK = 7_219_344_101
PASSING_CLASSES = ("08", "40", "53", "57")
"""SQLSTATE classes that pass: no connection, a deadlock resolved against us, no resources, an operator's intervention."""
PASSING_STATES = ("25006", "55P03")
"""A primary that has become a standby; a lock that could not be had in time."""
TIMED_OUT = "57014"
TOO_LONG_CLASS = "54"
REFUSAL = re.compile(r"authentication failed|pg_hba|role \"[^\"]*\" does not exist|no password supplied")
"""What Postgres says of a user; without a code, since there is no connection."""
IN_ERROR = 3
"""``psycopg.pq.TransactionStatus.INERROR``, without loading the driver where there is no Postgres."""


class PostgresDialect:
    """The port ``StoreDialect`` for Postgres."""

    is_shared = True
    answers_at_once = False
    copies_to_alter = False
    dump_kind = "Postgres"

    def engine(self, url: str, pool_size: int, statement_timeout_ms: int | None) -> Engine:
        parameters = make_url(url).query
        defaults = {name: value for name, value in CONNECTION_DEFAULTS.items() if name not in parameters}
        engine = create_engine(url, pool_size=pool_size, hide_parameters=True, pool_pre_ping=True, connect_args=defaults)

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            if statement_timeout_ms is not None:
                connection.execute(f"SET statement_timeout = {statement_timeout_ms}")
                connection.commit()

        return engine

    def locks(self, url: str) -> AdvisoryLocks:
        return AdvisoryLocks(url)

    def lock_migrations(self, connection: Connection) -> None:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})

    def insert(self, table: Table) -> Any:
        from sqlalchemy.dialects import postgresql  # Megabytes that SQLite does not need.

        return postgresql.insert(table)

    def hexadecimal(self, number: ColumnElement[int], digits: int) -> ColumnElement[str]:
        text: ColumnElement[str] = func.lpad(func.to_hex(number), digits, "0", type_=Text)
        return text

    def day(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        text: ColumnElement[str] = func.to_char(func.timezone("UTC", column), "YYYY-MM-DD", type_=Text)
        return text

    def insertion(self, table: Table) -> SharedWork[Rows, None]:
        statement = insert(table)

        def add(connection: Connection, items: Sequence[Rows]) -> Sequence[None]:
            connection.execute(statement, list(chain.from_iterable(items)))
            return [None] * len(items)

        return add

    def change(self, statement: Executable) -> Change:
        def work(connection: Connection, rows: Sequence[Parameters]) -> None:
            connection.execute(statement, rows[0] if len(rows) == 1 else list(rows))

        return work

    def locked_rows(self, table: Table, *columns: ColumnElement[Any], for_reference: bool = False) -> RowsOf:
        key = table.c.id
        statement = (  # In one order, so that two who lock several wait for each other on one side only.
            select(key, *columns)
            .where(key.in_(bindparam("ids", expanding=True)))
            .order_by(key)
            .with_for_update(read=for_reference, key_share=True)
        )

        def find(connection: Connection, ids: Collection[str]) -> Mapping[str, tuple[Any, ...]]:
            return {row[0]: tuple(row[1:]) for row in connection.execute(statement, {"ids": list(ids)})}

        return find

    def oldest_first(self, newest: Select[Any], order: Sequence[ColumnElement[Any]]) -> SharedWork[Parameters, list[Any]]:
        def read(connection: Connection, items: Sequence[Parameters]) -> Sequence[list[Any]]:
            return [[tuple(row) for row in reversed(connection.execute(newest, item).all())] for item in items]

        return read

    def save(self, url: str, target: Path) -> None:
        from tradewind_server.store.dialects.postgres_dump import save_postgres  # With the driver, which SQLite does not need.

        save_postgres(url, target)

    def is_unused(self, url: str) -> bool:
        engine = self.engine(url, 1, None)
        try:
            with engine.connect() as connection:
                return not inspect(connection).get_table_names()
        finally:
            engine.dispose()

    def load(self, url: str, source: Path) -> None:
        from tradewind_server.store.dialects.postgres_dump import load_postgres

        load_postgres(url, source)

    def absence(self, url: str, cause: BaseException | None) -> str:
        place, words = f"The Postgres server at {make_url(url).host or 'the default socket'}", str(cause)
        if re.search(r'database "[^"]*" does not exist', words):
            return f"{place} has no database of the name in TRADEWIND_DATABASE_URL; create it."
        if REFUSAL.search(words):
            return f"{place} refuses the user or the password of TRADEWIND_DATABASE_URL; correct them."
        return f"{place} does not answer; start it, or correct TRADEWIND_DATABASE_URL."


def passes(cause: BaseException | None) -> bool | None:
    """Whether the same work may succeed when it is tried again; None where the error is not one that Postgres reported."""
    state: str | None = getattr(cause, "sqlstate", None)
    return None if state is None else state.startswith(PASSING_CLASSES) or state in PASSING_STATES


def timed_out(cause: BaseException | None) -> bool:
    return bool(getattr(cause, "sqlstate", None) == TIMED_OUT)


def too_long(cause: BaseException | None) -> bool:
    state: str = getattr(cause, "sqlstate", None) or ""
    return state.startswith(TOO_LONG_CLASS)


def is_aborted(connection: Connection) -> bool:
    """Whether some work swallowed an error of Postgres: its commit would then roll back, without a word, for everyone."""
    info = getattr(connection.connection.driver_connection, "info", None)
    return info is not None and info.transaction_status == IN_ERROR
