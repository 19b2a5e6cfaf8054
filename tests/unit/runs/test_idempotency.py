"""Calls with an idempotency key: once, whoever sends it again, and when."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from tradewind_server.access.ports import Principal
from tradewind_server.chatflows.admission import Admitted
from tradewind_server.errors import (
    Conflict,
    InternalError,
    InvalidInput,
    NotFound,
    Reason,
    ResourceExhausted,
    TradewindError,
    Unavailable,
)
from tradewind_server.runs import idempotency
from tradewind_server.runs.access import RunAccess
from tradewind_server.runs.active_runs import ActiveRuns, RunPlaces
from tradewind_server.runs.idempotency import FirstAnswer, Idempotency

from fakes.runs import KeysInMemory, WorkersInMemory

PATIENCE = 30.0


class Caller:
    """Counts what is really done; holds it back while ``gate`` is closed."""

    def __init__(self) -> None:
        self.calls = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: BaseException | None = None

    async def work(self) -> FirstAnswer:
        self.calls += 1
        number = self.calls
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return {"text": f"answer {number}"}


class World:
    """Workers over the same stored keys. A new :meth:`worker` is what a restart makes."""

    def __init__(self) -> None:
        self.keys, self.workers, self.moment = KeysInMemory(), WorkersInMemory(), datetime(2025, 1, 1, tzinfo=UTC)
        self.active: list[ActiveRuns] = []

    def worker(self, name: str = "w") -> Callable[..., Awaitable[FirstAnswer]]:
        self.active.append(ActiveRuns(RunPlaces()))
        rule = Idempotency(
            keys=self.keys,
            workers=self.workers,
            active=self.active[-1],
            access=RunAccess(None, None, b"secret"),  # type: ignore[arg-type]
            owner=name,
            now=lambda: self.moment,
            log=logging.getLogger("test"),
        )

        async def once(
            work: Callable[[], Awaitable[FirstAnswer]],
            *,
            key: str = "k",
            body: bytes = b"body",
            seconds: float = PATIENCE,
            admitted: Any = None,
        ) -> FirstAnswer:
            return await rule.once(key, admitted or let_in(), body, work, seconds)

        return once


def let_in(flow: str = "f", address: str = "10.0.0.1", key_id: str = "", workspace: str = "w") -> Admitted:
    principal = Principal("key", workspace, key_id) if key_id else Principal("anonymous", workspace)
    return Admitted(SimpleNamespace(id=flow, workspace_id=workspace), None, principal, None, address)  # type: ignore[arg-type]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "LOOK_AGAIN_SECONDS", 0.001)


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)


async def test_a_second_call_gets_the_first_answer_also_after_a_restart(world: World) -> None:
    caller, once = Caller(), world.worker()
    first = await once(caller.work)
    assert await once(caller.work) == first == {"text": "answer 1"}
    assert await world.worker("after the restart")(caller.work) == first
    assert caller.calls == 1
    assert [active.others for active in world.active] == [0, 0]


async def test_a_second_call_waits_for_the_first_over_any_worker(world: World) -> None:
    caller, once, other = Caller(), world.worker(), world.worker("v")
    caller.gate.clear()
    calls = [asyncio.ensure_future(call(caller.work)) for call in (once, once, other)]
    await until(lambda: caller.calls)
    caller.gate.set()
    assert await asyncio.gather(*calls) == [{"text": "answer 1"}] * 3


async def test_a_second_call_waits_no_longer_than_it_may(world: World) -> None:
    caller, once = Caller(), world.worker()
    caller.gate.clear()
    first = asyncio.ensure_future(once(caller.work))
    await until(lambda: caller.calls)
    with pytest.raises(Conflict) as error:
        await once(caller.work, seconds=0.0)
    assert error.value.reason is Reason.IDEMPOTENCY_IN_PROGRESS
    caller.gate.set()
    await first


async def test_the_first_call_goes_on_when_its_caller_leaves(world: World) -> None:
    caller, once = Caller(), world.worker()
    caller.gate.clear()
    first = asyncio.ensure_future(once(caller.work))
    await until(lambda: caller.calls)
    first.cancel()
    second = asyncio.ensure_future(once(caller.work))
    caller.gate.set()
    assert await second == {"text": "answer 1"}


async def test_another_body_with_the_same_key_is_refused_also_while_the_first_runs(world: World) -> None:
    caller, once = Caller(), world.worker()
    caller.gate.clear()
    first = asyncio.ensure_future(once(caller.work))
    await until(lambda: caller.calls)
    for _ in range(2):
        with pytest.raises(InvalidInput) as error:
            await once(caller.work, body=b"other")
        assert error.value.reason is Reason.IDEMPOTENCY_KEY_REUSED
        caller.gate.set()
        await first


async def test_a_key_counts_for_one_chatflow_and_one_caller(world: World) -> None:
    caller, once = Caller(), world.worker()
    callers = [let_in(), let_in("g"), let_in(address="10.0.0.2"), let_in(key_id="a"), let_in(key_id="b"), let_in(workspace="v")]
    for _ in range(2):
        for admitted in callers:
            await once(caller.work, admitted=admitted)
    assert caller.calls == len(callers)


@pytest.mark.parametrize("key", ["", "x" * 256, "ñ", "a\tb", "a\x7f"])
async def test_what_is_no_key_is_refused(world: World, key: str) -> None:
    with pytest.raises(InvalidInput):
        await world.worker()(Caller().work, key=key)
    assert await world.worker()(Caller().work, key="x " * 127 + "x")


async def test_a_key_counts_for_a_day(world: World) -> None:
    caller, once = Caller(), world.worker()
    await once(caller.work)
    world.moment += timedelta(hours=24) - timedelta(seconds=1)
    await once(caller.work)
    assert caller.calls == 1
    world.moment += timedelta(seconds=1)
    assert await once(caller.work, body=b"other") == {"text": "answer 2"}


@pytest.mark.parametrize("kind", [InvalidInput, NotFound, Conflict])
async def test_refusals_are_kept(world: World, kind: type[TradewindError]) -> None:
    caller, once = Caller(), world.worker()
    caller.error = kind(Reason.INVALID_ARGUMENT, "That will not do.", field="question")
    for call in (once, once, world.worker("after the restart")):
        with pytest.raises(kind) as error:
            await call(caller.work)
        assert (error.value.message, error.value.metadata) == ("That will not do.", {"field": "question"})
    assert caller.calls == 1


@pytest.mark.parametrize(
    "failure",
    [
        Unavailable(Reason.MODEL_UNAVAILABLE, "away"),
        ResourceExhausted(Reason.RATE_LIMITED, "too many"),
        InternalError(Reason.INTERNAL, "ours"),
        Conflict(Reason.SESSION_BUSY, "busy"),
        RuntimeError("a fault"),
    ],
)
async def test_what_may_go_better_is_not_kept(world: World, failure: BaseException) -> None:
    caller, once = Caller(), world.worker()
    caller.error = failure
    with pytest.raises(type(failure)):
        await once(caller.work)
    caller.error = None
    assert await once(caller.work) == {"text": "answer 2"}
    assert await once(caller.work, seconds=0.0) == {"text": "answer 2"}


async def test_one_that_waited_for_a_first_that_failed_does_it_itself(world: World) -> None:
    caller, once = Caller(), world.worker()
    caller.gate.clear()
    caller.error = Unavailable(Reason.MODEL_UNAVAILABLE, "away")
    first = asyncio.ensure_future(once(caller.work))
    await until(lambda: caller.calls)
    later = Caller()
    second = asyncio.ensure_future(once(later.work))
    caller.gate.set()
    with pytest.raises(Unavailable):
        await first
    assert await second == {"text": "answer 1"}


async def test_what_a_worker_left_that_died_is_done_by_the_next_one(world: World) -> None:
    dead, once, caller = Caller(), world.worker(), Caller()
    dead.gate.clear()
    lost = asyncio.ensure_future(once(dead.work))
    await until(lambda: dead.calls)
    assert world.workers.counts == {"w": 1}  # It is missed if it dies.
    other = asyncio.ensure_future(world.worker("v")(caller.work))
    await world.keys.release_all("w")
    assert await other == {"text": "answer 1"}
    dead.gate.set()
    assert await lost == {"text": "answer 1"}
    assert caller.calls == 1


async def test_nothing_is_done_while_the_database_is_away(world: World) -> None:
    caller, once = Caller(), world.worker()
    world.keys.is_away = True
    with pytest.raises(Unavailable):
        await once(caller.work)
    assert caller.calls == 0
