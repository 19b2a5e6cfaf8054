"""What every adapter of the port ``UpsertHistory`` does."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from tradewind_server.chats.ports import PageRequest, Position
from tradewind_server.ingest.ports import UpsertHistoryEntry

from .conftest import MINE, MOMENT, THEIRS, new_id

FLOW = new_id()
ALL = PageRequest(100)


def row(number: int, flow: str = FLOW) -> UpsertHistoryEntry:
    """Two rows share each moment."""
    identity = f"{number:08}-0000-4000-8000-000000000000"
    nodes = [{"name": "ü 🏙", "paramValues": [{"value": None}]}]
    return UpsertHistoryEntry(
        identity, flow, {"numAdded": number, "text": "a\x00b"}, nodes, MOMENT + timedelta(seconds=number // 2)
    )


async def rows_of(stores: Any, workspace: str = MINE, part: PageRequest = ALL, **dates: Any) -> list[UpsertHistoryEntry]:
    rows: list[UpsertHistoryEntry] = (await stores.upsert_history.list(workspace, FLOW, part, **dates))[0]
    return rows


async def test_rows_come_back_oldest_first(stores: Any) -> None:
    rows = [row(number) for number in range(6)]
    await asyncio.gather(*(stores.upsert_history.add(MINE, one) for one in reversed(rows)))
    await stores.upsert_history.add(MINE, row(10, new_id()))
    assert await rows_of(stores) == rows
    assert await rows_of(stores, part=PageRequest(100, True)) == rows[::-1]
    assert await rows_of(stores, part=PageRequest(2)) == rows[:2]
    assert await rows_of(stores, part=PageRequest(2, offset=4)) == rows[4:]


async def test_parts_follow_each_other_to_the_end(stores: Any) -> None:
    rows = [row(number) for number in range(5)]
    for one in rows:
        await stores.upsert_history.add(MINE, one)
    for descending in (False, True):
        seen: list[UpsertHistoryEntry] = []
        after: Position | None = None
        while not seen or after is not None:
            found, after = await stores.upsert_history.list(MINE, FLOW, PageRequest(2, descending, after))
            seen += found
        assert seen == (rows[::-1] if descending else rows)


async def test_dates_are_inclusive(stores: Any) -> None:
    rows = [row(number) for number in range(6)]
    for one in rows:
        await stores.upsert_history.add(MINE, one)
    assert await rows_of(stores, start_date=rows[2].date) == rows[2:]
    assert await rows_of(stores, end_date=rows[2].date) == rows[:4]
    assert await rows_of(stores, start_date=rows[5].date + timedelta(microseconds=1)) == []


async def test_workspaces_do_not_mix(stores: Any) -> None:
    await stores.upsert_history.add(MINE, row(1))
    assert await rows_of(stores, THEIRS) == []
    assert await stores.upsert_history.delete(THEIRS, [row(1).id]) == 0
    assert await rows_of(stores) == [row(1)]


async def test_all_named_rows_go_or_none(stores: Any) -> None:
    rows = [row(number) for number in range(3)]
    for one in rows:
        await stores.upsert_history.add(MINE, one)
    assert await stores.upsert_history.delete(MINE, [rows[0].id, new_id()]) == 0
    assert await stores.upsert_history.delete(MINE, [rows[0].id], new_id()) == 0
    assert await rows_of(stores) == rows
    assert await stores.upsert_history.delete(MINE, [rows[0].id, rows[2].id], FLOW) == 2
    assert await rows_of(stores) == [rows[1]]


async def test_lists_are_bounded(open_on: Any) -> None:
    stores = open_on(max_list=3)
    for number in range(5):
        await stores.upsert_history.add(MINE, row(number))
    assert await rows_of(stores) == [row(0), row(1), row(2)]
