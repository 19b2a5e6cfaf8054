"""What every adapter of the port ``UpsertHistory`` does."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from tradewind_server.ingest.ports import UpsertHistoryEntry

from .conftest import MINE, MOMENT, THEIRS, new_id

FLOW = new_id()


def row(number: int, flow: str = FLOW) -> UpsertHistoryEntry:
    """Two rows share each moment."""
    identity = f"{number:08}-0000-4000-8000-000000000000"
    nodes = [{"name": "ü 🏙", "paramValues": [{"value": None}]}]
    return UpsertHistoryEntry(
        identity, flow, {"numAdded": number, "text": "a\x00b"}, nodes, MOMENT + timedelta(seconds=number // 2)
    )


async def test_rows_come_back_oldest_first(stores: Any) -> None:
    rows = [row(number) for number in range(6)]
    await asyncio.gather(*(stores.upsert_history.add(MINE, one) for one in reversed(rows)))
    await stores.upsert_history.add(MINE, row(10, new_id()))
    assert await stores.upsert_history.list(MINE, FLOW) == rows
    assert await stores.upsert_history.list(MINE, FLOW, descending=True) == rows[::-1]
    assert await stores.upsert_history.list(MINE, FLOW, limit=2) == rows[:2]


async def test_dates_are_inclusive(stores: Any) -> None:
    rows = [row(number) for number in range(6)]
    for one in rows:
        await stores.upsert_history.add(MINE, one)
    assert await stores.upsert_history.list(MINE, FLOW, start_date=rows[2].date) == rows[2:]
    assert await stores.upsert_history.list(MINE, FLOW, end_date=rows[2].date) == rows[:4]
    assert await stores.upsert_history.list(MINE, FLOW, start_date=rows[5].date + timedelta(microseconds=1)) == []


async def test_workspaces_do_not_mix(stores: Any) -> None:
    await stores.upsert_history.add(MINE, row(1))
    assert await stores.upsert_history.list(THEIRS, FLOW) == []


async def test_lists_are_bounded(open_on: Any) -> None:
    stores = open_on(max_list=3)
    for number in range(5):
        await stores.upsert_history.add(MINE, row(number))
    assert await stores.upsert_history.list(MINE, FLOW, limit=100) == [row(0), row(1), row(2)]
