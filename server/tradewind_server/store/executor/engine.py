"""The synchronous engine of either database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, event

from tradewind_server.store.dialects.choice import dialect_of
from tradewind_server.store.dialects.values import refuse_nul

STATEMENT_TIMEOUT_MS = 60_000


def make_engine(url: str, pool_size: int, statement_timeout_ms: int | None = None) -> Engine:
    """The engine for a SQLAlchemy URL. On Postgres no statement runs longer than the time-out.

    What was said and what is secret are parameters of statements: errors, and so logs, never show them.
    """
    engine = dialect_of(url).engine(url, pool_size, statement_timeout_ms)
    event.listen(engine, "before_cursor_execute", _refuse_nul)
    return engine


def _refuse_nul(_connection: Any, _cursor: Any, _statement: str, parameters: Any, _context: Any, many: bool) -> None:
    for row in parameters if many else (parameters,):
        refuse_nul(row.values() if isinstance(row, Mapping) else row)
