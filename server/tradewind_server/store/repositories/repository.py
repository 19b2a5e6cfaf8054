"""What every repository shares: the database, and queries that cannot forget their workspace."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import orjson
from sqlalchemy import ColumnElement, Executable, Table
from sqlmodel import SQLModel

from tradewind_server.store.executor.database import Database

T = TypeVar("T")
CHUNK = 1000
"""Values of one IN list: far below what either database binds in one statement."""


def table_of(model: type[SQLModel]) -> Table:
    """The Core table behind a model: hot paths speak Core, which costs a fraction of the ORM."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def storable(text: str) -> str:
    """Text that both databases take: what is no character (U+0000, half a surrogate pair) becomes U+FFFD.

    For what models and documents say, which must not be lost for the sake of one character. Ids and names that callers
    choose are refused instead (:mod:`tradewind_server.store.dialects.values`).
    """
    if text.isascii():
        return text.replace("\x00", "\ufffd") if "\x00" in text else text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")


def dump(value: Any) -> str | None:
    """A JSON column's text; None stays NULL."""
    if value is None:
        return None
    try:
        return orjson.dumps(value, default=str).decode()
    except TypeError:  # A huge number, a key that is no text, half a surrogate pair: rare, and no reason to lose a turn.
        return storable(json.dumps(value, default=str, ensure_ascii=False))


def load(text: str | None) -> Any:
    """A JSON column's value. Text that is not JSON comes back as it is, so that one bad row spoils no list."""
    if text is None:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in pieces that fit one statement."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


class Repository:
    """Base of the repositories over one table."""

    def __init__(self, database: Database, model: type[SQLModel]) -> None:
        self._database = database
        self._table = table_of(model)

    def _mine(self, workspace_id: str) -> ColumnElement[bool]:
        """Rows of one workspace. A foreign row looks the same as a missing one."""
        condition: ColumnElement[bool] = self._table.c.workspace_id == workspace_id
        return condition

    def _insert_or_update(self, key: Sequence[str], updates: Sequence[str]) -> Executable:
        """Insert rows; where the key is taken, set the named columns to the new values."""
        statement = self._database.dialect.insert(self._table)
        new = {name: statement.excluded[name] for name in updates}
        upsert: Executable = statement.on_conflict_do_update(index_elements=list(key), set_=new)
        return upsert

    def _insert_unless_present(self) -> Executable:
        """Insert rows; one that clashes with a stored row is left out, and not counted."""
        statement = self._database.dialect.insert(self._table).on_conflict_do_nothing()
        statement_with_count: Executable = statement.execution_options(preserve_rowcount=True)
        return statement_with_count
