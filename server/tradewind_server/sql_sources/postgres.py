"""Postgres databases that are read and nothing else: by roles without power over the server, in read-only transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from psycopg import sql

from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.flows.sql_port import SqlRows, SqlSource, SqlTable, StatementFailed
from tradewind_server.sql_sources.hidden_names import behind_views, is_restricted, readable, refuse_named
from tradewind_server.sql_sources.rows import MOST_TABLES, Reading

CONNECT_SECONDS = 5
MOST_PARAMETERS = 50
GRACE_SECONDS = 5.0
ROWS_AT_ONCE = 20
SSL_MODES = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
PostgresConnection = psycopg.AsyncConnection[tuple[Any, ...]]
# The first query takes the transaction's snapshot; from then on Postgres refuses to make it one that writes.
WHO_ASKS = """
SELECT rolsuper OR EXISTS (
    SELECT FROM pg_roles power
    WHERE power.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
      AND pg_has_role(current_user, power.oid, 'member')
), to_regclass('chatflow') IS NOT NULL AND to_regclass('api_key') IS NOT NULL AND to_regclass('credential') IS NOT NULL
FROM pg_roles WHERE rolname = current_user
"""
COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = ANY(current_schemas(false)) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND has_table_privilege(c.oid, 'SELECT')
ORDER BY c.relname, a.attnum
LIMIT 5000
"""


BELOW_VIEWS = """
WITH RECURSIVE below(view, base) AS (
    SELECT r.ev_class, d.refobjid FROM pg_rewrite r JOIN pg_depend d ON d.objid = r.oid
    WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
  UNION
    SELECT below.view, d.refobjid FROM below JOIN pg_rewrite r ON r.ev_class = below.base JOIN pg_depend d ON d.objid = r.oid
    WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
)
SELECT DISTINCT v.relname, b.relname FROM below
JOIN pg_class v ON v.oid = below.view JOIN pg_class b ON b.oid = below.base
JOIN pg_namespace n ON n.oid = v.relnamespace
WHERE n.nspname = ANY(current_schemas(false)) AND v.relkind IN ('v', 'm') AND b.relkind IN ('r', 'p', 'v', 'm', 'f')
"""
# Every table of a statement stays locked until the transaction ends: also those in common tables, in views, in parts of the
# statement that are never run, and those that its functions read by statements of their own.
TABLES_IN_USE = """
WITH RECURSIVE parts(oid, top) AS (
    SELECT l.relation, l.relation FROM pg_locks l
    WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation'
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION
    SELECT parts.oid, i.inhparent FROM parts JOIN pg_inherits i ON i.inhrelid = parts.top
)
SELECT c.oid, c.relname, t.relname, n.nspname = ANY(current_schemas(false)) FROM parts
JOIN pg_class c ON c.oid = parts.oid JOIN pg_class t ON t.oid = parts.top JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE c.relkind NOT IN ('i', 'I', 't')
"""


class ReadOnlyPostgres:
    """Postgres databases, a connection for each question."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def tables(self, source: SqlSource, sample_rows: int) -> list[SqlTable]:
        async with self._connect(source) as connection:
            columns: dict[str, list[str]] = {}
            views = await _views(connection) if is_restricted(source) else {}
            cursor = await connection.execute(COLUMNS)
            for table, column, kind, not_null in await cursor.fetchall():
                if readable(source, table, views.get(table, ())):
                    columns.setdefault(table, []).append(f'"{column}" {kind}' + (" NOT NULL" if not_null else ""))
            tables = []
            for table in list(columns)[:MOST_TABLES]:
                definition = f'CREATE TABLE "{table}" (\n  ' + ",\n  ".join(columns[table]) + "\n)"
                sample = await self._sample(connection, table, sample_rows) if sample_rows else None
                tables.append(SqlTable(table, definition, sample))
            return tables

    async def select(self, source: SqlSource, statement: str, most_rows: int) -> SqlRows:
        async with self._connect(source) as connection:
            text = statement.strip().rstrip(";")
            guard = None
            if is_restricted(source):
                guard = await _TableGuard.open(connection, source)
                refuse_named(text, guard.behind_views)
            return await self._read(connection, text.encode(), most_rows, guard)

    async def _sample(self, connection: PostgresConnection, table: str, rows: int) -> SqlRows:
        statement = sql.SQL("SELECT * FROM {} LIMIT {}").format(sql.Identifier(table), sql.Literal(rows))
        return await self._read(connection, statement, rows)

    @staticmethod
    async def _read(
        connection: PostgresConnection, statement: bytes | sql.Composed, most_rows: int, guard: _TableGuard | None = None
    ) -> SqlRows:
        """Rows through a cursor of the server, which takes one query and nothing else, and sends a few rows at a time.

        The guard looks before the first row is made, and again before any is handed out.
        """
        try:
            async with connection.cursor(name="asked") as cursor:
                await cursor.execute(statement)
                if guard is not None:
                    await guard.check(connection)
                reading = Reading([column.name for column in cursor.description or ()], most_rows)
                while rows := await cursor.fetchmany(ROWS_AT_ONCE):
                    if not all(reading.add(row) for row in rows):
                        break
                if guard is not None:
                    await guard.check(connection)
                return reading.rows()
        except psycopg.Error as error:
            # What Postgres says of a value repeats the value, and a function may have read it anywhere.
            if guard is None or not (isinstance(error, psycopg.DataError) or error.diag.context):
                raise
            raise StatementFailed(f"it failed on a value or in a function ({error.sqlstate})") from None

    @asynccontextmanager
    async def _connect(self, source: SqlSource) -> AsyncIterator[PostgresConnection]:
        """A connection in a read-only transaction. What goes wrong inside is told as the port says it."""
        parameters = connection_parameters(source.address)
        settings = (
            f"-c default_transaction_read_only=on -c statement_timeout={int(self._seconds * 1000)} -c lock_timeout=2000 "
            "-c idle_in_transaction_session_timeout=60000"
        )
        try:
            async with asyncio.timeout(self._seconds + CONNECT_SECONDS + GRACE_SECONDS):
                connection = await psycopg.AsyncConnection.connect(
                    **parameters, connect_timeout=CONNECT_SECONDS, options=settings, application_name="tradewind"
                )
                try:
                    await connection.set_read_only(True)
                    await _check(connection)
                    yield connection
                finally:
                    await connection.close()
        except TimeoutError:
            raise StatementFailed(f"it ran longer than {self._seconds:g} seconds") from None
        except psycopg.errors.QueryCanceled:
            raise StatementFailed(f"it ran longer than {self._seconds:g} seconds") from None
        except psycopg.errors.InsufficientPrivilege as error:
            raise StatementFailed(_sentence(error)) from None
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise Unavailable(
                Reason.DATABASE_UNAVAILABLE,
                "The node's Postgres database does not answer or lets nobody in; check the address, user and password.",
            ) from error
        except psycopg.Error as error:
            raise StatementFailed(_sentence(error)) from None


class _TableGuard:
    """Holds the tables that a statement touches against those that its source shows."""

    def __init__(self, source: SqlSource, views: Mapping[str, frozenset[str]], own: frozenset[int]) -> None:
        self._source = source
        self._views = views
        self._own = own
        self.behind_views = behind_views(source, views)
        """Tables that are not shown themselves, but stand below a view that is."""

    @classmethod
    async def open(cls, connection: PostgresConnection, source: SqlSource) -> _TableGuard:
        views = await _views(connection)
        # What is locked by now is what this server's own questions read.
        locks = await (await connection.execute(TABLES_IN_USE)).fetchall()
        return cls(source, views, frozenset(row[0] for row in locks))

    async def check(self, connection: PostgresConnection) -> None:
        """Raises ``StatementFailed`` naming a table that is not shown. A part of a partitioned table is shown with it."""
        readable_ids: set[int] = set()
        refusals: dict[int, str] = {}
        system_ids: set[int] = set()
        for oid, name, whole, is_listed in await (await connection.execute(TABLES_IN_USE)).fetchall():
            if oid in self._own:
                continue
            refusals[oid] = name
            if whole.lower() in self._source.ignore:
                system_ids.add(oid)
            if is_listed and (whole in self.behind_views or readable(self._source, whole, self._views.get(whole, ()))):
                readable_ids.add(oid)
        for oid, name in refusals.items():
            if oid not in readable_ids or oid in system_ids:
                raise StatementFailed(f"it reads {name}, which is not one of the tables listed")


async def _views(connection: PostgresConnection) -> Mapping[str, frozenset[str]]:
    """The tables below each view, by name."""
    below: dict[str, set[str]] = {}
    for view, base in await (await connection.execute(BELOW_VIEWS)).fetchall():
        below.setdefault(view, set()).add(base)
    return {view: frozenset(bases) for view, bases in below.items()}


async def _check(connection: PostgresConnection) -> None:
    """Refuse what reading only does not bound: roles that reach the machine, and this server's own tables."""
    row = await (await connection.execute(WHO_ASKS)).fetchone()
    powerful, ours = row or (True, False)
    if powerful:
        raise _refusal(
            "The node's database user has power over the database server: statements a model writes could reach its files. "
            "Make a user that may only read the tables in question, and name it in the node."
        )
    if ours:
        raise _refusal("The node's database is one of this server's own, which flows may not read; name another.")


def connection_parameters(address: str) -> dict[str, Any]:
    """Where a URL such as ``postgresql://user:password@host:5432/database`` leads. Only what names the database and the
    encryption is taken from it: other parameters of libpq name files and programs."""
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"postgresql://{text}")
        port = parts.port or 5432
        query = parse_qs(parts.query, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        parts, port, query = urlsplit(""), 0, {}
    database = unquote(parts.path.strip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not parts.hostname or not database or not 0 < port < 65536:
        raise _refusal("The node's database address must look like postgresql://user:password@host:5432/database.")
    host = unquote(parts.hostname)
    if host.startswith(("/", "@")):
        raise _refusal("The node's database address must name a host, not a socket of this machine.")
    modes = query.get("sslmode", ["prefer"])
    return {
        "host": host,
        "port": port,
        "dbname": database,
        "user": unquote(parts.username or "") or None,
        # No password is looked for elsewhere: those of this server's account are not for a database that a flow names.
        "password": unquote(parts.password or ""),
        "passfile": "/nonexistent",
        "sslmode": modes[0] if modes[0] in SSL_MODES else "prefer",
        "gssencmode": "disable",
    }


def _sentence(error: psycopg.Error) -> str:
    """The first line of what Postgres said."""
    return (error.diag.message_primary or str(error).split("\n", 1)[0])[:500]


def _refusal(message: str) -> FailedPrecondition:
    return FailedPrecondition(Reason.NODE_INPUT_INVALID, message)
