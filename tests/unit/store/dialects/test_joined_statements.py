from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, text, update
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.errors import InvalidInput
from tradewind_server.store.dialects.joined_statements import MOST_ROWS
from tradewind_server.store.executor.database import Database
from tradewind_server.store.migrate import migrate
from tradewind_server.store.repositories.repository import table_of
from tradewind_server.store.tables import LeadRow

TABLE = table_of(LeadRow)
MOMENT = datetime(2026, 3, 1, 12, 30, 0, 5, tzinfo=UTC)


def lead(number: int, **other: Any) -> dict[str, Any]:
    empty = dict.fromkeys(TABLE.columns.keys())
    known = {
        "id": f"id-{number:04}",
        "workspace_id": DEFAULT_WORKSPACE,
        "chatflow_id": "f",
        "chat_id": "c",
        "created_date": MOMENT,
    }
    return {**empty, **known, **other}


@pytest.fixture
async def database(tmp_path: Path) -> Any:
    url = f"sqlite:///{tmp_path}/t.db"
    migrate(url)
    database = Database(url, readers=1)
    yield database
    await database.close()


async def stored(database: Database) -> list[tuple[Any, ...]]:
    def work(connection: Connection) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.execute(text("SELECT id, name, created_date FROM lead ORDER BY id"))]

    return await database.read(work)


@pytest.mark.parametrize("count", [1, MOST_ROWS, 2 * MOST_ROWS + 5])
async def test_rows_of_many_callers_are_stored_as_they_are(database: Database, count: int) -> None:
    add = database.dialect.insertion(TABLE)
    wanted = [[lead(number, name=f"n{number}")] for number in range(count)]
    outcomes = await database.write(lambda connection: add(connection, wanted))
    assert list(outcomes) == [None] * count
    assert await stored(database) == [
        (f"id-{number:04}", f"n{number}", "2026-03-01 12:30:00.000005") for number in range(count)
    ]


async def test_a_text_that_no_database_takes_is_refused(database: Database) -> None:
    add = database.dialect.insertion(TABLE)
    with pytest.raises(InvalidInput):
        await database.write(lambda connection: add(connection, [[lead(1)], [lead(2, name="nul \x00")]]))
    assert await stored(database) == []


async def test_a_statement_is_carried_out_for_each_set_of_values(database: Database) -> None:
    add = database.dialect.insertion(TABLE)
    change = database.dialect.change(
        update(TABLE).where(TABLE.c.id == bindparam("lead")).values(name=bindparam("new"), created_date=bindparam("moment"))
    )
    await database.write(lambda connection: add(connection, [[lead(1)], [lead(2)], [lead(3)]]))
    one: list[dict[str, Any]] = [{"lead": "id-0001", "new": "a", "moment": MOMENT}]
    two: list[dict[str, Any]] = [
        {"lead": "id-0002", "new": None, "moment": MOMENT},
        {"lead": "id-0003", "new": "c", "moment": MOMENT},
    ]
    await database.write(lambda connection: change(connection, one))
    await database.write(lambda connection: change(connection, two))
    assert [row[:2] for row in await stored(database)] == [("id-0001", "a"), ("id-0002", None), ("id-0003", "c")]
    with pytest.raises(InvalidInput):
        nul = [{"lead": "id-0001", "new": "\x00", "moment": MOMENT}]
        await database.write(lambda connection: change(connection, nul))


async def test_rows_are_found_by_their_ids(database: Database) -> None:
    add = database.dialect.insertion(TABLE)
    find = database.dialect.locked_rows(TABLE, TABLE.c.name, TABLE.c.chat_id)
    await database.write(lambda connection: add(connection, [[lead(1, name="a")], [lead(2)], [lead(3)]]))
    found = await database.write(lambda connection: find(connection, {"id-0001", "id-0002", "id-0009"}))
    assert found == {"id-0001": ("a", "c"), "id-0002": (None, "c")}
