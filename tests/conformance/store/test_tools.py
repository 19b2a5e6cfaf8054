"""What every adapter of the port ``Tools`` does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tradewind_server.chatflows.tools import StoredTool

from .conftest import MINE, MOMENT, THEIRS, new_id


def tool(number: int = 0) -> StoredTool:
    moment = MOMENT + timedelta(seconds=number)
    return StoredTool(new_id(), "add 🏙", "Adds ü.", "grey", None, '[ {"property":"n"} ]', "return $n", MOMENT, moment)


async def test_the_list_begins_with_the_latest_change(stores: Any) -> None:
    rows = [tool(number) for number in range(4)]
    for row in rows:
        await stores.tools.create(MINE, row)
    assert await stores.tools.list(MINE) == (rows[::-1], 4)
    assert await stores.tools.list(MINE, 1, 2) == ([rows[2], rows[1]], 4)
    assert await stores.tools.list(THEIRS) == ([], 0)


async def test_lists_are_bounded(open_on: Any) -> None:
    stores = open_on(max_list=2)
    for number in range(4):
        await stores.tools.create(MINE, tool(number))
    rows, total = await stores.tools.list(MINE, limit=100)
    assert (len(rows), total) == (2, 4)


async def test_a_tool_is_found_changed_and_deleted_in_its_workspace_alone(stores: Any) -> None:
    row = tool()
    await stores.tools.create(MINE, row)
    assert await stores.tools.get(THEIRS, row.id) is None
    assert not await stores.tools.replace(THEIRS, replace(row, name="theirs"))
    assert await stores.tools.delete(THEIRS, row.id) == 0
    changed = replace(row, name="other", icon_src="x" * 8000, schema=None, func=None, updated_date=MOMENT + timedelta(1))
    assert await stores.tools.replace(MINE, changed)
    assert await stores.tools.get(MINE, row.id) == changed
    assert await stores.tools.delete(MINE, row.id) == 1
    assert await stores.tools.delete(MINE, row.id) == 0
    assert not await stores.tools.replace(MINE, changed)
