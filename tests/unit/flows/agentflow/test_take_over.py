"""A process that dies at any record of a run: another goes on, and nothing that had come through is done again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.flows.agentflow.executions import StepRecord
from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.nodes.registry import Registry, builtin_types
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs, NodeType
from tradewind_server.flows.ports import ChatReply, Message, ToolCall, ToolSpec

from fakes.agentflow import AgentWorld, agent, reply, start

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}}


class Counter:
    """A tool that counts its calls, by their number."""

    spec = ToolSpec("count", "Counts.", SCHEMA)
    return_direct = False

    def __init__(self) -> None:
        self.calls: list[int] = []

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        self.calls.append(int(arguments["n"]))
        return ToolResult(f"counted {arguments['n']}")


class Killed(BaseException):
    """Stands for SIGKILL."""


def world_with(counter: Counter, *, repeatable: bool) -> AgentWorld:
    def build(inputs: NodeInputs, context: BuildContext) -> Counter:
        return counter

    return AgentWorld(Registry([*builtin_types(), NodeType("counter", "Counter", "Tools", (), build, repeatable=repeatable)]))


def answers(messages: list[Message]) -> ChatReply | str:
    """Asks for the tool twice, then answers."""
    number = sum(one.role == "tool" for one in messages)
    if number == 2:
        return "Both are counted."
    return ChatReply("", tool_calls=(ToolCall(f"call_{number}", "count", {"n": number}),))


def counting(world: AgentWorld) -> str:
    world.model("m", answers)  # type: ignore[arg-type]
    return world.draw(
        start(),
        agent("agentAgentflow", agentModel="chatOpenAI", agentModelConfig={"modelName": "m"},
              agentTools=[{"agentSelectedTool": "counter"}]),
        reply("{{ agentAgentflow_0 }} {{ question }}"),
        wires=["startAgentflow_0 > agentAgentflow_0 > directReplyAgentflow_0"],
    )  # fmt: skip


def die_at(world: AgentWorld, number: int, *, before: bool) -> None:
    """Have the process die at its record of that number, before it is safe or behind it."""
    plain = world.executions.add

    async def add(workspace_id: str, execution_id: str, record: StepRecord) -> None:
        last = world.executions.writes + 1 == number
        if not (last and before):
            await plain(workspace_id, execution_id, record)
        if last:
            world.executions.add = plain  # type: ignore[method-assign]
            raise Killed

    world.executions.add = add  # type: ignore[method-assign]


async def killed_run(world: AgentWorld, flow: str) -> None:
    prepared = await world.prepare(flow, "q", chat_id="c")
    with pytest.raises(Killed):
        await prepared.run.run(None)


async def go_on(world: AgentWorld) -> None:
    world._ticks += 100
    assert await world.take_over.look() == 1
    async with asyncio.timeout(5):
        await world.take_over.settle()


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("number", range(2, 9))
async def test_no_call_that_came_through_is_made_again(number: int, before: bool) -> None:
    counter = Counter()
    world = world_with(counter, repeatable=True)
    flow = counting(world)
    die_at(world, number, before=before)
    await killed_run(world, flow)
    [execution] = world.executions.rows.values()
    safe = [key for key in world.executions.records[execution.id] if key.endswith("/done")]
    calls = len(counter.calls)
    assert calls - len(safe) in (0, 1)
    await go_on(world)
    assert world.execution(execution.id).state == "FINISHED"
    assert [row.content for row in world.messages.of(flow)] == ["q", "Both are counted. q"]
    assert len(counter.calls) == 2 + (calls - len(safe))
    assert [one["nodeId"] for one in world.trace(execution.id)] == [
        "startAgentflow_0",
        "agentAgentflow_0",
        "directReplyAgentflow_0",
    ]


async def test_a_call_that_had_begun_waits_for_a_person() -> None:
    for kind, calls in (("proceed", [0, 0, 1]), ("reject", [0, 1])):
        counter = Counter()
        world = world_with(counter, repeatable=False)
        flow = counting(world)
        die_at(world, 5, before=True)  # turn, start, reply, begun, then: done.
        await killed_run(world, flow)
        await go_on(world)
        [execution] = world.executions.rows.values()
        assert execution.state == "STOPPED"
        result = await world.ask(flow, None, chat_id="c", human_input={"type": kind})
        assert result.text == "Both are counted. " + ""
        assert counter.calls == calls


async def test_a_run_that_somebody_has_is_left_alone() -> None:
    world = AgentWorld()
    flow = world.draw(start(), reply("x"), wires=["startAgentflow_0 > directReplyAgentflow_0"])
    result = await world.ask(flow, "q")
    row = world.execution(result.execution_id)
    assert await world.take_over.look() == 0
    assert row.lease_date is not None
    assert await world.executions.orphans(row.lease_date + timedelta(days=1), 10) == []


async def test_a_run_that_dies_each_time_ends() -> None:
    world = AgentWorld()
    flow = world.draw(start(), reply("x"), wires=["startAgentflow_0 > directReplyAgentflow_0"])
    die_at(world, 2, before=True)
    await killed_run(world, flow)
    [execution_id] = world.executions.rows
    world.executions.records[execution_id]["take-overs"] = '{"count": 3}'
    await go_on(world)
    assert world.execution(execution_id).state == "ERROR"
