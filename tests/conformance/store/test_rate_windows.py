"""What every adapter of the port ``RateWindows`` does: the one in the process, and the one over SQL."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, text
from tradewind_server.access.rate_limits import LocalRateWindows, Window

from .conftest import MINE, THEIRS


@pytest.fixture(params=["local", "sql"])
def windows(request: pytest.FixtureRequest, stores: Any, clock: Any) -> Any:
    return LocalRateWindows(clock.monotonic) if request.param == "local" else stores.rate_windows


async def test_a_window_begins_with_its_first_call_and_ends_on_time(windows: Any, clock: Any) -> None:
    assert await windows.hit(MINE, "a", 60) == Window(1, 60)
    clock.advance(10)
    assert await windows.hit(MINE, "a", 60) == Window(2, 50)
    clock.advance(49.5)
    assert await windows.hit(MINE, "a", 60) == Window(3, 0.5)
    clock.advance(0.5)
    assert await windows.hit(MINE, "a", 60) == Window(1, 60)


async def test_keys_and_workspaces_count_alone(windows: Any) -> None:
    for workspace, key in ((MINE, "a"), (MINE, "b"), (THEIRS, "a")):
        assert (await windows.hit(workspace, key, 60)).count == 1
    assert (await windows.hit(MINE, "a", 60)).count == 2


async def test_calls_at_once_get_counts_of_their_own(windows: Any) -> None:
    found = await asyncio.gather(*(windows.hit(MINE, "a", 60) for _ in range(20)))
    assert sorted(window.count for window in found) == list(range(1, 21))


async def test_servers_on_one_database_count_together(stores: Any, open_on: Any) -> None:
    other = open_on()
    await stores.rate_windows.hit(MINE, "a", 60)
    assert (await other.rate_windows.hit(MINE, "a", 60)).count == 2


async def test_windows_that_have_ended_are_taken_away(stores: Any, clock: Any) -> None:
    for key in ("a", "b"):
        await stores.rate_windows.hit(MINE, key, 60)
    clock.advance(61)
    await stores.rate_windows.hit(MINE, "c", 60)

    def keys(connection: Connection) -> list[str]:
        return list(connection.execute(text("SELECT key FROM rate_window")).scalars())

    assert await stores.database.read(keys) == ["c"]
