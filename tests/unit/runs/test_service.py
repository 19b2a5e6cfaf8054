"""Runs that wait for a person: who has them go on, and how they end."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.access.ports import Principal
from tradewind_server.chatflows.admission import Caller
from tradewind_server.errors import Conflict, NotFound, Reason, Unavailable
from tradewind_server.runs.ports import RunState

from fakes.agentflow import agent, llm, reply, start
from fakes.runs import RunWorld

ADMIN = Caller(Principal("admin", "w", permissions=frozenset({"*"})), None, "")
PROCEED = {"type": "proceed"}


def drawn(world: RunWorld) -> str:
    """Asks a person, then a model."""
    world.model("m", "Words.")
    return world.draw(
        start(),
        agent("humanInputAgentflow", humanInputDescriptionType="fixed", humanInputDescription="Go on?"),
        llm(0),
        reply("done"),
        reply("never", 1),
        wires=[
            "startAgentflow_0 > humanInputAgentflow_0:0 > llmAgentflow_0 > directReplyAgentflow_0",
            "humanInputAgentflow_0:1 > directReplyAgentflow_1",
        ],
    )


async def waiting(world: RunWorld, flow: str) -> str:
    worker = world.worker("first")
    run = await worker.start(flow, chat_id="c")
    await worker.settle()
    row = world.kept(run.id)
    assert (row.state, row.owner, row.ended_date) == (RunState.WAITING, None, None)
    assert row.execution_id == run.execution_id and world.execution(row.execution_id).state == "STOPPED"
    assert (row.result or {})["action"]["data"]["nodeId"] == "humanInputAgentflow_0"
    return run.id


async def test_a_run_waits_for_a_person_and_goes_on_with_the_decision() -> None:
    world = RunWorld()
    flow = drawn(world)
    run = await waiting(world, flow)
    head = world.told(run)
    assert head[-1] == "end"
    worker = world.worker("second")
    resumed = await worker.start(flow, None, chat_id="c", human_input=PROCEED)
    assert (resumed.id, resumed.last_event) == (run, world.kept(run).last_event)
    await worker.settle()
    row = world.kept(run)
    assert (row.state, (row.result or {})["text"]) == (RunState.FINISHED, "done")
    assert (row.result or {})["execution_id"] == row.execution_id
    tail = world.told(run, resumed.last_event)
    assert tail[0] == "INPROGRESS" and tail[-3:] == ["FINISHED", "metadata", "end"]
    assert world.told(run) == head + tail


async def test_a_decision_that_is_not_kept_itself_has_the_run_go_on_too() -> None:
    world = RunWorld()
    flow = drawn(world)
    run = await waiting(world, flow)
    result = await world.worker("second").predict(flow, chat_id="c", human_input=PROCEED)
    assert (result.text, result.run_id) == ("done", run)
    assert world.kept(run).state is RunState.FINISHED
    with pytest.raises(Conflict) as error:
        await world.worker("second").predict(flow, chat_id="c", human_input=PROCEED)
    assert error.value.reason is Reason.EXECUTION_NOT_STOPPED


async def test_an_execution_that_is_no_run_goes_on_as_it_did() -> None:
    world = RunWorld()
    flow = drawn(world)
    assert (await world.ask(flow, "q", chat_id="c")).action
    assert (await world.worker("w").predict(flow, chat_id="c", human_input=PROCEED)).text == "done"
    assert world.runs.rows == {}


async def test_what_fails_behind_a_decision_fails_the_run_and_its_caller() -> None:
    world = RunWorld()
    flow = drawn(world)
    run = await waiting(world, flow)
    world.model("m", Unavailable(Reason.MODEL_UNAVAILABLE, "The model is away."))
    with pytest.raises(Unavailable, match="The model is away"):
        await world.worker("second").predict(flow, chat_id="c", human_input=PROCEED)
    assert (world.kept(run).state, world.kept(run).error_reason) == (RunState.FAILED, "MODEL_UNAVAILABLE")


async def test_a_waiting_run_can_be_cancelled_and_its_execution_ends_with_it() -> None:
    world = RunWorld()
    flow = drawn(world)
    run = await waiting(world, flow)
    ended = await world.worker("second").service.cancel(run, ADMIN)
    assert ended.state is RunState.CANCELLED
    assert world.execution(ended.execution_id).state == "TERMINATED"
    with pytest.raises(Conflict):
        await world.worker("second").predict(flow, chat_id="c", human_input=PROCEED)


async def test_a_run_that_waits_no_more_is_not_found_again() -> None:
    world = RunWorld()
    flow = drawn(world)
    run = await waiting(world, flow)

    async def lost(row: Any) -> bool:
        return False

    world.runs.go_on = lost  # type: ignore[method-assign]
    with pytest.raises(NotFound):
        await world.worker("second").start(flow, None, chat_id="c", human_input=PROCEED)
    assert world.kept(run).state is RunState.WAITING
