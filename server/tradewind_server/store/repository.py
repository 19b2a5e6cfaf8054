"""What every repository shares: the database, and queries that cannot forget their workspace."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import ColumnElement, Table
from sqlmodel import SQLModel

from tradewind_server.store.database import Database


def table_of(model: type[SQLModel]) -> Table:
    """The Core table behind a model: hot paths speak Core, which costs a fraction of the ORM."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def dump(value: Any) -> str | None:
    """A JSON column's text; None stays NULL."""
    return None if value is None else orjson.dumps(value, default=str).decode()


def load(text: str | None) -> Any:
    """A JSON column's value. Text that is not JSON comes back as it is, so that one bad row spoils no list."""
    if text is None:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


class Repository:
    """Base of the repositories over one table."""

    def __init__(self, database: Database, model: type[SQLModel]) -> None:
        self._database = database
        self._table = table_of(model)

    def _mine(self, workspace_id: str) -> ColumnElement[bool]:
        """Rows of one workspace. A foreign row looks the same as a missing one."""
        condition: ColumnElement[bool] = self._table.c.workspace_id == workspace_id
        return condition
