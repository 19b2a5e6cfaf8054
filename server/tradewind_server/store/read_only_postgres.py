"""Postgres databases that are read and nothing else: by roles without power over the server, in read-only transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from psycopg import sql

from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.flows.sql import SqlRows, SqlSource, SqlTable, StatementFailed
from tradewind_server.store.read_only_rows import MOST_TABLES, Reading

CONNECT_SECONDS = 5
MOST_PARAMETERS = 50
GRACE_SECONDS = 5.0
ROWS_AT_ONCE = 20
SSL_MODES = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
Connection = psycopg.AsyncConnection[tuple[Any, ...]]
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


class ReadOnlyPostgres:
    """Postgres databases, a connection for each question."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def tables(self, source: SqlSource, sample_rows: int) -> list[SqlTable]:
        async with self._connected(source) as connection:
            columns: dict[str, list[str]] = {}
            cursor = await connection.execute(COLUMNS)
            for table, column, kind, required in await cursor.fetchall():
                if source.shows(table):
                    columns.setdefault(table, []).append(f'"{column}" {kind}' + (" NOT NULL" if required else ""))
            tables = []
            for table in list(columns)[:MOST_TABLES]:
                definition = f'CREATE TABLE "{table}" (\n  ' + ",\n  ".join(columns[table]) + "\n)"
                sample = await self._sample(connection, table, sample_rows) if sample_rows else None
                tables.append(SqlTable(table, definition, sample))
            return tables

    async def select(self, source: SqlSource, statement: str, most_rows: int) -> SqlRows:
        async with self._connected(source) as connection:
            return await self._read(connection, statement.strip().rstrip(";").encode(), most_rows)

    async def _sample(self, connection: Connection, table: str, rows: int) -> SqlRows:
        statement = sql.SQL("SELECT * FROM {} LIMIT {}").format(sql.Identifier(table), sql.Literal(rows))
        return await self._read(connection, statement, rows)

    @staticmethod
    async def _read(connection: Connection, statement: bytes | sql.Composed, most_rows: int) -> SqlRows:
        """Rows through a cursor of the server, which takes one query and nothing else, and sends a few rows at a time."""
        async with connection.cursor(name="asked") as cursor:
            await cursor.execute(statement)
            reading = Reading([column.name for column in cursor.description or ()], most_rows)
            while rows := await cursor.fetchmany(ROWS_AT_ONCE):
                if not all(reading.take(row) for row in rows):
                    break
            return reading.rows()

    @asynccontextmanager
    async def _connected(self, source: SqlSource) -> AsyncIterator[Connection]:
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
            raise StatementFailed(_said(error)) from None
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise Unavailable(
                Reason.DATABASE_UNAVAILABLE,
                "The node's Postgres database does not answer or lets nobody in; check the address, user and password.",
            ) from error
        except psycopg.Error as error:
            raise StatementFailed(_said(error)) from None


async def _check(connection: Connection) -> None:
    """Refuse what reading only does not bound: roles that reach the machine, and this server's own tables."""
    found = await (await connection.execute(WHO_ASKS)).fetchone()
    powerful, ours = found or (True, False)
    if powerful:
        raise _refused(
            "The node's database user has power over the database server: statements a model writes could reach its files. "
            "Make a user that may only read the tables in question, and name it in the node."
        )
    if ours:
        raise _refused("The node's database is one of this server's own, which flows may not read; name another.")


def connection_parameters(address: str) -> dict[str, Any]:
    """Where a URL such as ``postgresql://user:password@host:5432/database`` leads. Only what names the database and the
    encryption is taken from it: other parameters of libpq name files and programs."""
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"postgresql://{text}")
        port = parts.port or 5432
        named = parse_qs(parts.query, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        parts, port, named = urlsplit(""), 0, {}
    database = unquote(parts.path.strip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not parts.hostname or not database or not 0 < port < 65536:
        raise _refused("The node's database address must look like postgresql://user:password@host:5432/database.")
    host = unquote(parts.hostname)
    if host.startswith(("/", "@")):
        raise _refused("The node's database address must name a host, not a socket of this machine.")
    modes = named.get("sslmode", ["prefer"])
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


def _said(error: psycopg.Error) -> str:
    """The first line of what Postgres said."""
    return (error.diag.message_primary or str(error).split("\n", 1)[0])[:500]


def _refused(message: str) -> FailedPrecondition:
    return FailedPrecondition(Reason.NODE_INPUT_INVALID, message)
