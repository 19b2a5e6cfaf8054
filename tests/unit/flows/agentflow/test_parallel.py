"""Branches that no order of running could tell apart run side by side; what is said of them stays in the order of the queue."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.agentflow.graph import compile_graph
from tradewind_server.flows.agentflow.nodes.catalog import step_types
from tradewind_server.flows.agentflow.parallel import batch_of
from tradewind_server.flows.agentflow.step import FlowRun
from tradewind_server.flows.components import Turn
from tradewind_server.flows.drawing import parse_flow

from fakes.agentflow import AgentWorld, agent, edges, llm, start, told

SECONDS = 30
"""How long a test waits for what must happen."""
BRANCHES = ["startAgentflow_0 > llmAgentflow_0", "startAgentflow_0 > llmAgentflow_1"]


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


def deaf(number: int, /, **inputs: Any) -> dict[str, Any]:
    """A model node without memory, with a model of its own."""
    messages = [{"role": "user", "content": "{{ question }}"}]
    return llm(number, model=f"m{number}", llmEnableMemory=False, llmMessages=messages, **inputs)


async def test_models_of_two_branches_answer_at_once_and_are_heard_in_turn(world: AgentWorld) -> None:
    flow = world.draw(start(), deaf(0), deaf(1), wires=BRANCHES)
    first, second = world.model("m0", "One two"), world.model("m1", "Three four")
    first.hold = asyncio.Event()
    task = asyncio.create_task(world.stream(flow, "q"))
    async with asyncio.timeout(SECONDS):
        await second.left.wait()
        first.hold.set()
        lines = told(await task)
    assert lines[3:] == [
        "llmAgentflow_0 INPROGRESS",
        "token One",
        "token  two",
        "calledTools",
        "usageMetadata",
        "llmAgentflow_0 FINISHED",
        "llmAgentflow_1 INPROGRESS",
        "token Three",
        "token  four",
        "calledTools",
        "usageMetadata",
        "llmAgentflow_1 FINISHED",
        "FINISHED",
        "metadata",
        "end",
    ]


async def test_what_was_said_side_by_side_is_heard_later_as_if_it_came_in_a_row(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        deaf(0),
        deaf(1),
        llm(2, model="m2"),
        wires=[*BRANCHES, "llmAgentflow_0 > llmAgentflow_2", "llmAgentflow_1 > llmAgentflow_2"],
    )
    world.model("m0", "A.")
    world.model("m1", "B.")
    await world.ask(flow, "q")
    assert world.model("m2").calls[0].texts == [("user", "q"), ("user", "A."), ("user", "B.")]


async def test_a_branch_that_fails_ends_those_behind_it(world: AgentWorld) -> None:
    flow = world.draw(start(), deaf(0), deaf(1), wires=BRANCHES)
    second = world.model("m1", "Three four")
    second.hold = asyncio.Event()

    def fail(messages: object) -> str:
        raise FailedPrecondition(Reason.NODE_INPUT_INVALID, "no")

    world.model("m0", fail)
    async with asyncio.timeout(SECONDS):
        lines = told(await world.stream(flow, "q"))
    assert lines[3:] == ["llmAgentflow_0 INPROGRESS", "llmAgentflow_0 ERROR", "ERROR", "error", "end"]


async def test_an_abort_ends_all_branches(world: AgentWorld) -> None:
    flow = world.draw(start(), deaf(0), deaf(1), wires=BRANCHES)
    models = [world.model("m0", "One two"), world.model("m1", "Three four")]
    for model in models:
        model.hold = asyncio.Event()
    task = asyncio.create_task(world.stream(flow, "q", chat_id="c"))
    async with asyncio.timeout(SECONDS):
        for model in models:
            await model.streaming.wait()
        assert world.predictor.abort(await world.admit(flow), "c") == 1
        lines = told(await task)
    assert lines[-5:] == ["llmAgentflow_0 TERMINATED", "llmAgentflow_1 TERMINATED", "TERMINATED", "error", "end"]
    assert [one.state for one in world.executions.rows.values()] == ["TERMINATED"]


TOOL = {"agentSelectedTool": "calculator"}
FUNCTION = agent("customFunctionAgentflow", 9, customFunctionJavascriptFunction="return 1")


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (deaf(0), deaf(1), True),
        (FUNCTION, deaf(1), True),
        (FUNCTION, llm(1), True),
        (llm(0), deaf(1), True),
        (agent("agentAgentflow", agentTools=[TOOL], agentEnableMemory=False), deaf(1), True),
        (deaf(0), agent("httpAgentflow", url="https://h.example"), True),
        (deaf(0), llm(1), False),
        (deaf(0), deaf(1, llmUserMessage="{{ chat_history }}"), False),
        (deaf(0), deaf(1, llmUserMessage="{{ llmAgentflow_0 }}"), False),
        (deaf(0), deaf(1, llmUpdateState=[{"key": "a", "value": "b"}]), False),
        (deaf(0, llmUpdateState=[{"key": "a", "value": "b"}]), deaf(1), False),
        (agent("agentAgentflow", agentTools=[{**TOOL, "agentSelectedToolRequiresHumanInput": True}]), deaf(1), False),
        (deaf(0), agent("directReplyAgentflow", directReplyMessage="x"), False),
    ],
)
def test_nodes_that_could_tell_an_order_do_not_run_side_by_side(
    first: dict[str, Any], second: dict[str, Any], together: bool
) -> None:
    ids = [first["id"], second["id"]]
    wires = [f"startAgentflow_0 > {one}" for one in ids]
    graph = compile_graph(parse_flow(json.dumps({"nodes": [start(), first, second], "edges": edges(*wires)})))
    run = FlowRun(graph, Turn("w", "f", "c", "s", "q"), journal=None, flow_input="q")  # type: ignore[arg-type]
    assert len(batch_of(ids, run, step_types())) == (2 if together else 1)
