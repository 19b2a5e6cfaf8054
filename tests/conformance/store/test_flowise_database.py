"""What reads a Flowise database, SQLite or Postgres."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from tradewind_server.errors import InvalidInput
from tradewind_server.store.flowise_database import ROWS_AT_ONCE, open_flowise

COUNT = ROWS_AT_ONCE * 2 + 1


@pytest.fixture
def address(server: Any) -> str:
    """A database with flows, as its address is given on the command line."""
    url = server.url_of(False)
    is_postgres = server.kind == "postgres"
    engine = create_engine(url)
    with engine.begin() as connection:
        kind = "uuid" if is_postgres else "varchar"
        connection.execute(text(f'CREATE TABLE chat_flow (id {kind}, "flowData" text, "createdDate" timestamp)'))
        values = [{"id": str(uuid.uuid4()), "number": str(number)} for number in range(COUNT)]
        connection.execute(text("INSERT INTO chat_flow VALUES (:id, :number, '2025-01-01 00:00:00')"), values)
    engine.dispose()
    return str(url) if is_postgres else str(url).partition("sqlite:///")[2]


def test_rows_come_in_order_with_ids_as_text(address: str) -> None:
    with open_flowise(address) as database:
        rows = list(database.rows("chat_flow"))
        assert database.count("chat_flow") == len(rows) == COUNT
        assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
        assert all(isinstance(row["id"], str) for row in rows) and set(rows[0]) == {"id", "flowData", "createdDate"}
        assert (database.count("tool"), list(database.rows("tool"))) == (0, [])


def test_nothing_can_be_written(address: str) -> None:
    with open_flowise(address) as database, pytest.raises(SQLAlchemyError):
        database._connection.execute(text("DELETE FROM chat_flow"))
    with open_flowise(address) as database:
        assert database.count("chat_flow") == COUNT


def test_another_database_is_refused(server: Any) -> None:
    url = server.url_of(True)
    with pytest.raises(InvalidInput, match="not Flowise's"), open_flowise(url.partition("sqlite:///")[2] or url):
        pass
