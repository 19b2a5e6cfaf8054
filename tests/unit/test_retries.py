"""Writes while the database is away."""

from __future__ import annotations

import pytest
from tradewind_server import retries
from tradewind_server.errors import Conflict, Reason, Unavailable
from tradewind_server.retries import patiently


class Store:
    """Is away for so many tries."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.tries = 0

    async def __call__(self) -> None:
        self.tries += 1
        if self.tries <= self.failures:
            raise Unavailable(Reason.DATABASE_UNAVAILABLE, "The database is away.")


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "PAUSE_SECONDS", 0.0)


@pytest.mark.parametrize("failures", [0, 1, 5])
async def test_a_write_is_tried_until_it_comes_through(failures: int) -> None:
    store = Store(failures)
    await patiently(store, 60)
    assert store.tries == failures + 1


async def test_a_database_that_stays_away_is_told_in_the_end() -> None:
    store = Store(10**9)
    with pytest.raises(Unavailable):
        await patiently(store, 0)


async def test_another_error_is_told_at_once() -> None:
    async def store() -> None:
        raise Conflict(Reason.RUN_INTERRUPTED, "Another has it.")

    with pytest.raises(Conflict):
        await patiently(store, 60)
