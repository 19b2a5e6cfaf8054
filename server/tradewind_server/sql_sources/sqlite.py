"""SQLite files that are read and nothing else: below one directory, behind SQLite's own authorizer, in threads."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.flows.sql_port import SqlRows, SqlSource, SqlTable, StatementFailed
from tradewind_server.sql_sources.hidden_names import behind_views, is_restricted, readable, refuse_named
from tradewind_server.sql_sources.rows import MOST_TABLES, Reading

T = TypeVar("T")
THREADS = 4
LONGEST_TEXT = 1_000_000
"""Bytes of one value while SQLite works on it: functions such as zeroblob could ask for gigabytes."""
STEPS_BETWEEN_LOOKS = 10_000
READS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE})
CLOSED_FUNCTIONS = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
TABLE_FUNCTIONS = frozenset({"json_each", "json_tree"})
"""Functions in place of a table that read nothing but their arguments."""
INTERNAL = "sqlite_"
"""Begins the names of SQLite's own tables: the schema, and statistics that hold samples of any table."""
LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_TEXT),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)


class _Authorizer:
    """What one statement may touch, and for how long. Called by SQLite, in the thread of the statement."""

    def __init__(self, deadline: float, stop: threading.Event) -> None:
        self._deadline = deadline
        self._stop = stop
        self.visibility = Visibility()

    def may(self, action: int, first: str | None, second: str | None, database: str | None, within: str | None) -> int:
        """SQLite's authorizer: everything is denied but reading the tables that are shown.

        ``within`` names whatever a table is read through, a view or a common table of the statement's own: it opens nothing.
        """
        return sqlite3.SQLITE_OK if self._may(action, (first or "").lower(), second or "") else sqlite3.SQLITE_DENY

    def _may(self, action: int, first: str, second: str) -> bool:
        if action == sqlite3.SQLITE_FUNCTION:
            return second.lower() not in CLOSED_FUNCTIONS
        if action == sqlite3.SQLITE_READ:
            # Without a column the name may be that of a common table, which holds nothing by itself.
            return first in self.visibility.readable or (not second and first not in self.visibility.names)
        if action == sqlite3.SQLITE_PRAGMA:  # Asked by full-text tables of their own accord.
            return first == "data_version" and not second
        return action in READS

    @property
    def late(self) -> bool:
        return time.monotonic() > self._deadline

    def over(self) -> int:
        """SQLite's progress handler: anything but zero ends the statement."""
        return int(self._stop.is_set() or self.late)


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
        def work(connection: sqlite3.Connection, guard: _Authorizer) -> list[SqlTable]:
            definitions = list(guard.visibility.definitions.items())[:MOST_TABLES]
            return [SqlTable(name, text, _sample(connection, guard, name, sample_rows)) for name, text in definitions]

        return await self._run(source, work)

    async def select(self, source: SqlSource, statement: str, most_rows: int) -> SqlRows:
        def work(connection: sqlite3.Connection, guard: _Authorizer) -> SqlRows:
            refuse_named(statement, guard.visibility.behind_views)
            return _read(connection, statement, most_rows)

        return await self._run(source, work)

    async def _run(self, source: SqlSource, work: Callable[[sqlite3.Connection, _Authorizer], T]) -> T:
        """Do the work in a thread of its own connection; a caller that leaves ends the statement."""
        path = await asyncio.to_thread(self._path, source.address)
        stop = threading.Event()

        def run() -> T:
            guard = _Authorizer(time.monotonic() + self._seconds, stop)
            with _connect(path, guard) as connection:
                try:
                    guard.visibility = visibility_of(connection, source)
                    connection.set_authorizer(guard.may)
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
            stop.set()
            raise

    def _path(self, address: str) -> Path:
        """The file behind an address. What lies elsewhere, and what is not there, look the same to whoever asks."""
        if self._directory is None:
            raise _refusal(
                "This server reads no SQLite files; its operator can name a directory of files to read with "
                "TRADEWIND_SQL_DIR, or the node can name a Postgres database."
            )
        directory = self._directory.resolve()
        path = (directory / address.removeprefix("file:").replace("\0", "")).resolve()
        own = any(path.is_relative_to(one.resolve()) for one in self._own_files)
        if own or not path.is_relative_to(directory) or not path.is_file():
            raise _refusal(
                "There is no such SQLite file in the directory of TRADEWIND_SQL_DIR; check the node's database path."
            )
        return path


@contextmanager
def _connect(path: Path, guard: _Authorizer) -> Iterator[sqlite3.Connection]:
    """A connection that can only read, for as long as the guard lets it."""
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
        connection.set_progress_handler(guard.over, STEPS_BETWEEN_LOOKS)
        yield connection
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class Visibility:
    """What of a file a source shows, by names in small letters but for ``definitions``."""

    names: frozenset[str] = frozenset()
    """Everything that has rows in the file, shown or not."""
    readable: frozenset[str] = frozenset()
    behind_views: frozenset[str] = frozenset()
    """Those of ``readable`` that are not shown themselves, but stand below a view that is."""
    definitions: Mapping[str, str] = field(default_factory=dict)


def visibility_of(connection: sqlite3.Connection, source: SqlSource) -> Visibility:
    """Learn it from the file's own schema. Before the guard stands: no statement of a model has run on the connection."""
    for function in TABLE_FUNCTIONS:  # Makes them known to the connection, which the guard would deny.
        with suppress(sqlite3.OperationalError):  # A SQLite without JSON.
            connection.execute(f"SELECT 1 FROM {function}('[]')").close()  # noqa: S608 (a constant)
    rows = connection.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') AND sql IS NOT NULL ORDER BY name"
    ).fetchall()
    virtual = tuple(f"{name}_" for name, _, text in rows if text[:14].upper() == "CREATE VIRTUAL")
    kinds = {row[1]: row[2] for row in connection.execute("PRAGMA main.table_list")}
    shadows = {name for name, *_ in rows if name.startswith(virtual) and kinds.get(name, "shadow") == "shadow"}
    hidden_names = shadows | {name for name, *_ in rows if name.lower().startswith(INTERNAL)}
    views = {name: _below(connection, name) for name, kind, _ in rows if kind == "view"} if is_restricted(source) else {}
    definitions = [
        (name, text) for name, _, text in rows if name not in hidden_names and readable(source, name, views.get(name, ()))
    ]
    behind = behind_views(source, views)
    open_names = {name for name, _ in definitions} | behind
    own = {one for one in shadows if any(one.startswith(f"{name}_") for name in open_names)}
    return Visibility(
        frozenset(name.lower() for name, *_ in rows) | TABLE_FUNCTIONS,
        frozenset(name.lower() for name in open_names | own) | TABLE_FUNCTIONS,
        behind,
        dict(definitions),
    )


def _below(connection: sqlite3.Connection, view: str) -> frozenset[str]:
    """The tables that a view reads, through other views too; none of a view that is broken."""
    below: set[str] = set()

    def note(action: int, first: str | None, second: str | None, database: str | None, within: str | None) -> int:
        if action == sqlite3.SQLITE_READ and first:
            below.add(first)
        return sqlite3.SQLITE_OK

    connection.set_authorizer(note)
    try:
        connection.execute(f"EXPLAIN SELECT * FROM {_quote(view)}").close()  # noqa: S608 (quoted)
    except sqlite3.DatabaseError:
        return frozenset()
    finally:
        connection.set_authorizer(None)
    return frozenset(below - {view})


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _read(connection: sqlite3.Connection, statement: str, most_rows: int) -> SqlRows:
    cursor = connection.execute(statement)
    if cursor.description is None:
        raise StatementFailed("it reads nothing; write one SELECT statement")
    reading = Reading([column[0] for column in cursor.description], most_rows)
    for row in cursor:
        if not reading.add(row):
            break
    return reading.rows()


def _sample(connection: sqlite3.Connection, guard: _Authorizer, table: str, rows: int) -> SqlRows | None:
    """Some rows; none of a table that cannot be read, such as a view on what is gone."""
    if not rows:
        return None
    try:
        return _read(connection, f"SELECT * FROM {_quote(table)} LIMIT {int(rows)}", rows)  # noqa: S608 (quoted)
    except sqlite3.DatabaseError:
        if guard.late:
            raise
        return None


def _public(error: sqlite3.DatabaseError) -> StatementFailed | FailedPrecondition | Unavailable:
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return _refusal("The node's database path leads to a file that is not a SQLite database.")
    if "unable to open" in text or "locked" in text:
        return Unavailable(Reason.DATABASE_UNAVAILABLE, "The node's SQLite file cannot be opened right now; try again shortly.")
    if "not authorized" in text or "prohibited" in text or "readonly" in text:
        return StatementFailed(f"{text}; only SELECT statements over the tables listed are allowed")
    return StatementFailed(text)


def _refusal(message: str) -> FailedPrecondition:
    return FailedPrecondition(Reason.NODE_INPUT_INVALID, message)
