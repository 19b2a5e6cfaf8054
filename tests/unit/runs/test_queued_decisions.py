"""Questions and decisions that wait behind others of their session: which run they are, and what becomes of them when their
worker dies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tradewind_server import retries
from tradewind_server.chatflows.config import DoubleSend
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.runs import session_places
from tradewind_server.runs.ports import RunState, StoredRun

from fakes.agentflow import agent, reply, start
from fakes.runs import RunWorker, RunWorld

PATIENCE = 30.0
PROCEED = {"type": "proceed", "feedback": "yes"}


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_places, "LOOK_AGAIN_SECONDS", 0.001)


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)


def asking(world: RunWorld) -> str:
    """A flow that asks a person and takes one question of a session after the other."""
    wires = "startAgentflow_0 > humanInputAgentflow_0:0 > directReplyAgentflow_0"
    person = agent("humanInputAgentflow", humanInputDescriptionType="fixed", humanInputDescription="Shall I?")
    return world.draw(start(), person, reply("done"), wires=[wires], api_config={"runs": {"doubleSend": "queue"}})


async def stopped(world: RunWorld, worker: RunWorker) -> tuple[str, StoredRun]:
    """The flow, and a run of it that waits for a person."""
    flow = asking(world)
    run = await worker.start(flow, chat_id="c")
    await worker.settle()
    assert world.kept(run.id).state is RunState.WAITING
    return flow, world.kept(run.id)


async def busy(worker: RunWorker, flow: str) -> Any:
    """The session while another answer is made in it."""
    place = await worker.places.enter(flow, "c", DoubleSend.QUEUE)
    place.keep()
    return place


async def test_a_decision_in_its_turn_is_a_run_and_the_one_that_waited_has_finished() -> None:
    world = RunWorld()
    worker = world.worker("w")
    flow, waits = await stopped(world, worker)
    place = await busy(worker, flow)
    run = await worker.start(flow, None, chat_id="c", human_input=PROCEED)
    assert (run.id != waits.id, world.kept(run.id).execution_id) == (True, None)
    await place.leave()
    await worker.settle()
    row = world.kept(run.id)
    assert (row.state, row.execution_id) == (RunState.FINISHED, waits.execution_id)
    assert world.kept(waits.id).state is RunState.FINISHED and world.kept(waits.id).ended_date is not None
    assert world.execution(waits.execution_id).state == "FINISHED"


async def test_a_decision_that_is_no_run_ends_the_one_that_waited_too() -> None:
    world = RunWorld()
    worker = world.worker("w")
    flow, waits = await stopped(world, worker)
    place = await busy(worker, flow)
    answer = asyncio.create_task(worker.predict(flow, chat_id="c", human_input=PROCEED))
    await until(lambda: world.turns.count == 2)
    await place.leave()
    async with asyncio.timeout(PATIENCE):
        assert (await answer).text == "done"
    assert world.kept(waits.id).state is RunState.FINISHED


async def test_a_decision_whose_worker_dies_before_its_turn_is_decided_by_another() -> None:
    world = RunWorld()
    dead = world.worker("dead")
    flow, waits = await stopped(world, dead)
    await busy(dead, flow)
    run = await dead.start(flow, None, chat_id="c", human_input=PROCEED)
    await until(lambda: world.turns.count == 2)
    alive = world.worker("alive")
    await alive.take_over()
    await alive.settle()
    row = world.kept(run.id)
    assert (row.state, row.error_reason, row.execution_id) == (RunState.FINISHED, None, waits.execution_id)
    assert world.kept(waits.id).state is RunState.FINISHED
    assert [one.content for one in world.messages.of(flow)] == ["q", "Shall I?", "yes", "done"], "decided once"


async def test_a_decision_that_two_workers_lost_can_be_sent_again() -> None:
    world = RunWorld()
    dead = world.worker("dead")
    flow, waits = await stopped(world, dead)
    await busy(dead, flow)
    run = await dead.start(flow, None, chat_id="c", human_input=PROCEED)
    await until(lambda: world.turns.count == 2)
    world.runs.rows[run.id] = replace(world.kept(run.id), restarts=1)
    alive = world.worker("alive")
    await alive.take_over()
    assert (world.kept(run.id).state, world.kept(run.id).error_reason) == (RunState.FAILED, "RUN_INTERRUPTED")
    assert world.kept(waits.id).state is RunState.WAITING
    again = await alive.start(flow, None, chat_id="c", human_input=PROCEED)
    await alive.settle()
    assert again.id == waits.id and world.kept(waits.id).state is RunState.FINISHED


async def test_a_question_that_waited_is_taken_over_with_its_execution() -> None:
    """Not begun anew beside it: its run knows which execution it became in its turn."""
    world = RunWorld()
    worker = world.worker("w")
    flow = asking(world)
    place = await busy(worker, flow)
    run = await worker.start(flow, chat_id="c")
    await until(lambda: world.turns.count == 2)
    assert world.executions.rows == {}
    await place.leave()
    await worker.settle()
    [execution_id] = world.executions.rows
    assert (world.kept(run.id).state, world.kept(run.id).execution_id) == (RunState.WAITING, execution_id)


@pytest.mark.parametrize("is_stored", [False, True])
async def test_a_turn_is_stored_once_though_the_database_went_away_at_its_commit(
    monkeypatch: pytest.MonkeyPatch, is_stored: bool
) -> None:
    monkeypatch.setattr(retries, "PAUSE_SECONDS", 0.0)
    world = RunWorld()
    worker = world.worker("w")
    flow = asking(world)
    plain, tries = world.runs.add_turn, []

    async def add_turn(run: StoredRun, owner: str, messages: Any) -> None:
        tries.append(run.id)
        if is_stored or len(tries) > 1:
            await plain(run, owner, messages)
        if len(tries) == 1:
            raise Unavailable(Reason.DATABASE_UNAVAILABLE, "The connection broke at the commit.")

    world.runs.add_turn = add_turn  # type: ignore[method-assign]
    run = await worker.start(flow, chat_id="c")
    await worker.settle()
    assert world.kept(run.id).state is RunState.WAITING
    assert [one.content for one in world.messages.of(flow)] == ["q", "Shall I?"]
    assert len(tries) == (1 if is_stored else 2)
