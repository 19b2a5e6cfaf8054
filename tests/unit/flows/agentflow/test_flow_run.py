"""What a run of an agent flow stores, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput

from fakes.agentflow import AgentWorld, agent, llm, reply, start

TRUTH = {"type": "string", "value1": "a", "operation": "equal", "value2": "a"}


def four_steps(world: AgentWorld) -> str:
    world.model("m", "apple")
    return world.draw(
        start(),
        llm(0),
        agent("conditionAgentflow", conditions=[TRUTH]),
        reply("fruit"),
        wires=["startAgentflow_0 > llmAgentflow_0 > conditionAgentflow_0", "conditionAgentflow_0:0 > directReplyAgentflow_0"],
    )


def log_writes(world: AgentWorld) -> list[Sequence[str]]:
    """The keys of the records of each write, in order; an end is one without any."""
    log: list[Sequence[str]] = []
    executions = world.executions
    create, add, close = executions.create, executions.add, executions.close
    inside = [False]

    async def note_create(workspace_id: str, execution: Any, records: Any) -> None:
        log.append([record.key for record in records])
        inside[0] = True
        await create(workspace_id, execution, records)
        inside[0] = False

    async def note_add(workspace_id: str, execution_id: str, epoch: int, record: Any) -> None:
        if not inside[0]:
            log.append([record.key])
        await add(workspace_id, execution_id, epoch, record)

    async def note_close(*values: Any, **more: Any) -> None:
        log.append([])
        await close(*values, **more)

    executions.create, executions.add, executions.close = note_create, note_add, note_close  # type: ignore[method-assign]
    return log


async def test_an_answer_that_nobody_hears_made_is_stored_step_by_step_with_as_few_writes_as_that_takes() -> None:
    world = AgentWorld()
    flow, log = four_steps(world), log_writes(world)
    assert (await world.ask(flow, "q")).text == "fruit"
    assert log == [["turn", "00000"], ["00001"], ["00002"], []]


async def test_of_a_stream_each_step_is_stored_before_it_is_told() -> None:
    world = AgentWorld()
    flow, log = four_steps(world), log_writes(world)
    await world.stream(flow, "q")
    assert log == [["turn"], ["00000"], ["00001"], ["00002"], ["00003"], []]


async def test_a_run_whose_first_step_fails_is_kept_as_one_that_failed() -> None:
    world = AgentWorld()
    flow = world.draw(start(startState="{"), reply("x"), wires=["startAgentflow_0 > directReplyAgentflow_0"])
    with pytest.raises(InvalidInput):
        await world.ask(flow, "q")
    [execution] = world.executions.rows.values()
    assert (execution.state, [one["status"] for one in world.trace(execution.id)]) == ("ERROR", ["ERROR"])
    assert not world.executions.records.get(execution.id)
