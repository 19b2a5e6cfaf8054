"""What sessions said before: read at the start of every turn of a chatflow with a memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Dialect, bindparam, func, select

from tradewind_server.chats.ports import MessageRole
from tradewind_server.store.executor.engine import refuse_nul
from tradewind_server.store.repositories.message_queries import MESSAGES

History = list[tuple[MessageRole, str]]
"""Roles and contents, oldest first."""


class Wanted(NamedTuple):
    """The newest messages of one session, ``most`` of them."""

    workspace: str
    chatflow: str
    session: str
    most: int


def histories(dialect: Dialect) -> Callable[[Connection, Sequence[Wanted]], Sequence[History]]:
    """Reads many histories at once, on SQLite with one statement that answers with one row."""
    return _by_json(dialect) if dialect.name == "sqlite" else _by_rows


_COLUMNS = MESSAGES.c
_NEWEST = (
    select(_COLUMNS.role, _COLUMNS.content)
    .where(
        _COLUMNS.workspace_id == bindparam("workspace"),
        _COLUMNS.chatflow_id == bindparam("chatflow"),
        _COLUMNS.session_id == bindparam("session"),
    )
    .order_by(_COLUMNS.created_date.desc(), _COLUMNS.id.desc())
    .limit(bindparam("most"))
)


def _by_rows(connection: Connection, wanted: Sequence[Wanted]) -> Sequence[History]:
    return [[(row[0], row[1]) for row in reversed(connection.execute(_NEWEST, one._asdict()).all())] for one in wanted]


def _by_json(dialect: Dialect) -> Callable[[Connection, Sequence[Wanted]], Sequence[History]]:
    """A thread hands the interpreter lock on with each row that it fetches, so all histories come as one row of JSON texts.

    The driver is asked without SQLAlchemy's results, which cost more than SQLite's answer.
    """
    newest = _NEWEST.add_columns(_COLUMNS.created_date, _COLUMNS.id).subquery()
    message = func.json_array(newest.c.created_date, newest.c.id, newest.c.role, newest.c.content)
    one_history = select(func.json_group_array(func.json(message))).compile(dialect=dialect)
    names = one_history.positiontup or []
    fixed = one_history.params

    def read(connection: Connection, wanted: Sequence[Wanted]) -> Sequence[History]:
        statement = "SELECT " + ",".join([f"({one_history})"] * len(wanted))
        parameters: list[Any] = []
        for one in wanted:
            refuse_nul(one)
            values = {**fixed, **one._asdict()}
            parameters += [values[name] for name in names]
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        row = driver.execute(statement, parameters).fetchone()
        return [[(role, content) for _, _, role, content in sorted(orjson.loads(text))] for text in row]

    return read
