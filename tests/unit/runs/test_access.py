"""Who may read a run: its id opens nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from tradewind_server.access.ports import ANONYMOUS, Principal
from tradewind_server.chatflows.admission import Caller
from tradewind_server.errors import InvalidInput, NotFound, PermissionDenied, Reason, Unauthenticated
from tradewind_server.runs.access import RunAccess, viewer_of
from tradewind_server.runs.ports import RunState, StoredRun

RUN = "11111111-1111-4111-8111-111111111111"
KEY = Principal("key", "w", "k", frozenset({"*"}))
ADMIN = Principal("admin", "w", permissions=frozenset({"*"}))
HERE, THERE = (Caller(ANONYMOUS, None, address) for address in ("192.0.2.1", "192.0.2.2"))


class FakeAdmission:
    """Lets a call in, or refuses it with ``error``; the chatflow may have a key."""

    def __init__(self, apikeyid: str | None = None, error: Exception | None = None) -> None:
        self.apikeyid, self.error = apikeyid, error

    async def admit(self, chatflow_id: str, caller: Caller, *, counts: bool) -> Any:
        assert not counts
        if self.error is not None:
            raise self.error
        return SimpleNamespace(chatflow=SimpleNamespace(apikeyid=self.apikeyid))


class FakeRuns:
    def __init__(self, run: StoredRun) -> None:
        self.run = run

    async def get(self, run_id: str) -> StoredRun | None:
        return self.run if run_id == RUN else None


def access_of(starter: Caller, admission: FakeAdmission) -> RunAccess:
    run = StoredRun(RUN, "w", "f", "", RunState.RUNNING, "c", "s", True, datetime(2025, 1, 1, tzinfo=UTC))
    runs = FakeRuns(run)
    access = RunAccess(runs, admission, b"a secret")  # type: ignore[arg-type]
    runs.run = replace(run, starter=access.name_of(starter))
    return access


async def refused(access: RunAccess, caller: Caller, run_id: str = RUN) -> bool:
    try:
        await access.get(run_id, caller)
    except NotFound as error:
        assert (error.reason, error.message) == (Reason.RUN_NOT_FOUND, f"Run {run_id} not found")
        return True
    return False


async def test_without_a_key_the_one_who_started_it_may() -> None:
    access = access_of(HERE, FakeAdmission())
    assert not await refused(access, HERE)
    assert await refused(access, THERE)
    assert await refused(access, Caller(KEY, None, "192.0.2.1"))
    assert not await refused(access, Caller(ADMIN, None, "192.0.2.9"))
    with_key = access_of(Caller(KEY, None, "192.0.2.1"), FakeAdmission())
    assert not await refused(with_key, Caller(KEY, None, "192.0.2.7"))
    assert await refused(with_key, Caller(replace(KEY, key_id="l"), None, "192.0.2.1"))
    assert await refused(with_key, HERE)


async def test_the_key_of_the_chatflow_is_enough() -> None:
    access = access_of(Caller(ADMIN, None, ""), FakeAdmission("k"))
    assert not await refused(access, Caller(KEY, None, "192.0.2.1"))


@pytest.mark.parametrize("kind", [Unauthenticated, PermissionDenied, NotFound])
async def test_who_may_not_ask_the_chatflow_sees_no_run(kind: type[Any]) -> None:
    access = access_of(HERE, FakeAdmission("k", kind(Reason.UNAUTHENTICATED, "no")))
    assert await refused(access, HERE)


async def test_ids_are_uuids_and_unknown_ones_look_like_foreign_ones() -> None:
    access = access_of(HERE, FakeAdmission())
    assert await refused(access, HERE, "22222222-2222-4222-8222-222222222222")
    with pytest.raises(InvalidInput):
        await access.get("22", HERE)


def test_addresses_are_not_stored_and_lists_are_those_of_a_key() -> None:
    access = access_of(HERE, FakeAdmission())
    assert "192.0.2" not in access.name_of(HERE)
    assert viewer_of(Caller(KEY, None, ""), "w").key_id == "k"
    assert viewer_of(Caller(ADMIN, None, ""), "w").key_id is None
