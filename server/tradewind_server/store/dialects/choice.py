"""Which dialect a database URL means."""

from __future__ import annotations

from tradewind_server.store.dialects.dialect import StoreDialect
from tradewind_server.store.dialects.postgres import PostgresDialect
from tradewind_server.store.dialects.sqlite import SqliteDialect


def dialect_of(url: str) -> StoreDialect:
    """The dialect of a SQLAlchemy URL, as ``Settings.sql_url`` makes it."""
    return SqliteDialect() if url.startswith("sqlite") else PostgresDialect()
