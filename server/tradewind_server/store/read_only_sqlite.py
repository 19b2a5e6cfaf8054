"""SQLite files that are read and nothing else: below one directory, behind SQLite's own authorizer, in threads."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.flows.sql import SqlRows, SqlSource, SqlTable, StatementFailed
from tradewind_server.store.read_only_rows import MOST_TABLES, Reading

T = TypeVar("T")
THREADS = 4
LONGEST_TEXT = 1_000_000
"""Bytes of one value while SQLite works on it: functions such as zeroblob could ask for gigabytes."""
STEPS_BETWEEN_LOOKS = 10_000
READS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE})
CLOSED_FUNCTIONS = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
SCHEMA_TABLES = frozenset({"sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema"})
LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_TEXT),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)


class _Guard:
    """What one statement may touch, and for how long. Called by SQLite, in the thread of the statement."""

    def __init__(self, source: SqlSource, deadline: float, stopped: threading.Event) -> None:
        self._source = source
        self._deadline = deadline
        self._stopped = stopped
        self.reads_schema = False

    def may(self, action: int, first: str | None, second: str | None, database: str | None, within: str | None) -> int:
        """SQLite's authorizer: everything is denied but reading what the source shows. ``within`` names a view."""
        if action in READS:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            return sqlite3.SQLITE_DENY if (second or "").lower() in CLOSED_FUNCTIONS else sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ:
            table = (first or "").lower()
            if table in SCHEMA_TABLES:
                return sqlite3.SQLITE_OK if self.reads_schema else sqlite3.SQLITE_DENY
            shown = self._source.shows(table) or (within is not None and self._source.shows(within))
            return sqlite3.SQLITE_OK if shown else sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_DENY

    @property
    def late(self) -> bool:
        return time.monotonic() > self._deadline

    def over(self) -> int:
        """SQLite's progress handler: anything but zero ends the statement."""
        return int(self._stopped.is_set() or self.late)


class ReadOnlySqlite:
    """SQLite files below ``directory``; none where it is not set."""

    def __init__(self, directory: Path | None, own_files: Sequence[Path], seconds: float) -> None:
        self._directory = directory
        self._own_files = own_files
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="sqlite-read")

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def tables(self, source: SqlSource, sample_rows: int) -> list[SqlTable]:
        def work(connection: sqlite3.Connection, guard: _Guard) -> list[SqlTable]:
            guard.reads_schema = True
            named = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_' "
                "AND sql IS NOT NULL ORDER BY name"
            ).fetchall()
            guard.reads_schema = False
            shown = [(name, definition) for name, definition in named if source.shows(name)][:MOST_TABLES]
            return [SqlTable(name, definition, _sample(connection, name, sample_rows)) for name, definition in shown]

        return await self._run(source, work)

    async def select(self, source: SqlSource, statement: str, most_rows: int) -> SqlRows:
        return await self._run(source, lambda connection, _: _read(connection, statement, most_rows))

    async def _run(self, source: SqlSource, work: Callable[[sqlite3.Connection, _Guard], T]) -> T:
        """Do the work in a thread of its own connection; a caller that leaves ends the statement."""
        path = await asyncio.to_thread(self._path, source.address)
        stopped = threading.Event()

        def run() -> T:
            guard = _Guard(source, time.monotonic() + self._seconds, stopped)
            with _connected(path, guard) as connection:
                try:
                    return work(connection, guard)
                except (sqlite3.Warning, sqlite3.ProgrammingError) as error:  # More than one statement.
                    raise StatementFailed(str(error)) from None
                except sqlite3.DatabaseError as error:
                    if guard.late:
                        raise StatementFailed(f"it ran longer than {self._seconds:g} seconds") from None
                    raise _public(error) from error

        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, run)
        except asyncio.CancelledError:
            stopped.set()
            raise

    def _path(self, address: str) -> Path:
        """The file behind an address. What lies elsewhere, and what is not there, look the same to whoever asks."""
        if self._directory is None:
            raise _refused(
                "This server reads no SQLite files; its operator can name a directory of files to read with "
                "TRADEWIND_SQL_DIR, or the node can name a Postgres database."
            )
        directory = self._directory.resolve()
        path = (directory / address.removeprefix("file:").replace("\0", "")).resolve()
        own = any(path.is_relative_to(one.resolve()) for one in self._own_files)
        if own or not path.is_relative_to(directory) or not path.is_file():
            raise _refused(
                "There is no such SQLite file in the directory of TRADEWIND_SQL_DIR; check the node's database path."
            )
        return path


@contextmanager
def _connected(path: Path, guard: _Guard) -> Iterator[sqlite3.Connection]:
    """A connection that can only read, under the guard."""
    # A file in WAL mode on a read-only disk opens only when SQLite is told that nobody writes to it.
    alone = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    address = f"file:{quote(str(path))}?mode=ro" + ("&immutable=1" if alone else "")
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=1.0)
    except sqlite3.DatabaseError as error:
        raise _public(error) from error
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
        for limit, value in LIMITS:
            connection.setlimit(limit, value)
        connection.set_authorizer(guard.may)
        connection.set_progress_handler(guard.over, STEPS_BETWEEN_LOOKS)
        yield connection
    finally:
        connection.close()


def _read(connection: sqlite3.Connection, statement: str, most_rows: int) -> SqlRows:
    cursor = connection.execute(statement)
    if cursor.description is None:
        raise StatementFailed("it reads nothing; write one SELECT statement")
    reading = Reading([column[0] for column in cursor.description], most_rows)
    for row in cursor:
        if not reading.take(row):
            break
    return reading.rows()


def _sample(connection: sqlite3.Connection, table: str, rows: int) -> SqlRows | None:
    if not rows:
        return None
    name = table.replace('"', '""')
    return _read(connection, f'SELECT * FROM "{name}" LIMIT {int(rows)}', rows)  # noqa: S608 (quoted as an identifier)


def _public(error: sqlite3.DatabaseError) -> StatementFailed | FailedPrecondition | Unavailable:
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return _refused("The node's database path leads to a file that is not a SQLite database.")
    if "unable to open" in text or "locked" in text:
        return Unavailable(Reason.DATABASE_UNAVAILABLE, "The node's SQLite file cannot be opened right now; try again shortly.")
    if "not authorized" in text or "prohibited" in text or "readonly" in text:
        return StatementFailed(f"{text}; only SELECT statements over the tables listed are allowed")
    return StatementFailed(text)


def _refused(message: str) -> FailedPrecondition:
    return FailedPrecondition(Reason.NODE_INPUT_INVALID, message)
