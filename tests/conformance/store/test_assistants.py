"""What every adapter of the port ``Assistants`` does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tradewind_server.chatflows.assistants import StoredAssistant

from .conftest import MINE, MOMENT, THEIRS, new_id


def assistant(number: int = 0, type_: str = "CUSTOM") -> StoredAssistant:
    moment = MOMENT + timedelta(seconds=number)
    return StoredAssistant(new_id(), ' {"name": "Bü 🏙"}', new_id(), None, type_, MOMENT, moment)


async def test_the_list_begins_with_the_latest_change(stores: Any) -> None:
    rows = [assistant(number) for number in range(4)]
    for row in rows:
        await stores.assistants.create(MINE, row)
    assert await stores.assistants.list(MINE) == (rows[::-1], 4)
    assert await stores.assistants.list(MINE, None, 1, 2) == ([rows[2], rows[1]], 4)
    assert await stores.assistants.list(THEIRS) == ([], 0)


async def test_a_list_may_be_of_one_type(stores: Any) -> None:
    custom, other = assistant(), assistant(1, "OPENAI")
    for row in (custom, other):
        await stores.assistants.create(MINE, row)
    assert await stores.assistants.list(MINE, "OPENAI") == ([other], 1)
    assert await stores.assistants.list(MINE, "AZURE") == ([], 0)


async def test_lists_are_bounded(open_on: Any) -> None:
    stores = open_on(max_list=2)
    for number in range(4):
        await stores.assistants.create(MINE, assistant(number))
    rows, total = await stores.assistants.list(MINE, limit=100)
    assert (len(rows), total) == (2, 4)


async def test_an_assistant_is_found_changed_and_deleted_in_its_workspace_alone(stores: Any) -> None:
    row = assistant()
    await stores.assistants.create(MINE, row)
    assert await stores.assistants.get(THEIRS, row.id) is None
    assert not await stores.assistants.replace(THEIRS, replace(row, details="{}"))
    assert await stores.assistants.delete(THEIRS, row.id) == 0
    changed = replace(row, details="x" * 200_000, icon_src="y" * 60_000, type="AZURE", updated_date=MOMENT + timedelta(1))
    assert await stores.assistants.replace(MINE, changed)
    assert await stores.assistants.get(MINE, row.id) == changed
    assert await stores.assistants.delete(MINE, row.id) == 1
    assert await stores.assistants.delete(MINE, row.id) == 0
    assert not await stores.assistants.replace(MINE, changed)
