"""Decisions of people that cannot be followed: each has its error, and nothing is half done; one that failed is tried again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tradewind_server.errors import Conflict, FailedPrecondition, NotFound, Reason, Unavailable
from tradewind_server.flows.ports import ChatReply, Message, ToolCall

from fakes.agentflow import AgentWorld, agent, llm, reply, start

CALCULATOR = {"agentSelectedTool": "calculator", "agentSelectedToolRequiresHumanInput": True}
PROCEED = {"type": "proceed"}


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


def draws(world: AgentWorld) -> str:
    """A draft, a person who looks at it, and a model behind."""
    return world.draw(
        start(),
        agent("humanInputAgentflow", humanInputDescription="Shall I go on?"),
        llm(0, model="behind"),
        wires=["startAgentflow_0 > humanInputAgentflow_0", "humanInputAgentflow_0:0 > llmAgentflow_0"],
    )


def asks_before_its_tool(world: AgentWorld, *, away: int) -> str:
    """An agent that asks before it calculates; behind the result its model is away so many times."""
    failures = iter([Unavailable(Reason.MODEL_UNAVAILABLE, "away")] * away)

    def say(messages: Sequence[Message]) -> str | ChatReply:
        if messages[-1].role != "tool":
            return ChatReply("", tool_calls=(ToolCall("c", "calculator", {"input": "6 * 7"}),))
        for failure in failures:
            raise failure
        return "It is 42."

    world.model("m", say)
    return world.draw(
        start(),
        agent("agentAgentflow", agentModel="chatOpenAI", agentModelConfig={"modelName": "m"}, agentTools=[CALCULATOR]),
        reply("{{ agentAgentflow_0 }}"),
        wires=["startAgentflow_0 > agentAgentflow_0 > directReplyAgentflow_0"],
    )


async def test_a_decision_with_which_the_node_failed_is_tried_again(world: AgentWorld) -> None:
    flow = asks_before_its_tool(world, away=2)
    first = await world.ask(flow, "how much", chat_id="c")
    for _ in range(2):
        with pytest.raises(Unavailable):
            await world.ask(flow, None, chat_id="c", human_input=PROCEED)
        assert world.execution(first.execution_id).state == "ERROR"
    last = await world.ask(flow, None, chat_id="c", human_input=PROCEED)
    assert (last.text, last.execution_id) == ("It is 42.", first.execution_id)
    assert [one["status"] for one in world.trace(first.execution_id)] == ["FINISHED"] * 3
    assert world.execution(first.execution_id).state == "FINISHED"
    assert world.executions.records == {}


async def test_another_decision_may_follow_one_that_failed(world: AgentWorld) -> None:
    flow = asks_before_its_tool(world, away=1)
    await world.ask(flow, "how much", chat_id="c")
    with pytest.raises(Unavailable):
        await world.ask(flow, None, chat_id="c", human_input=PROCEED)
    world.model("m", "I may not.")
    assert (await world.ask(flow, None, chat_id="c", human_input={"type": "reject"})).text == "I may not."


async def test_a_run_that_failed_elsewhere_does_not_go_on(world: AgentWorld) -> None:
    flow = draws(world)
    first = await world.ask(flow, "q", chat_id="c")
    world.model("behind", Unavailable(Reason.MODEL_UNAVAILABLE, "away"))
    with pytest.raises(Unavailable):
        await world.ask(flow, None, chat_id="c", human_input=PROCEED)
    before = world.execution(first.execution_id)
    assert (before.state, world.executions.records) == ("ERROR", {})
    with pytest.raises(Conflict, match="'ERROR' state") as error:
        await world.ask(flow, None, chat_id="c", human_input=PROCEED)
    assert error.value.reason is Reason.EXECUTION_NOT_STOPPED
    assert world.execution(first.execution_id) == before


async def test_a_run_of_another_chatflow_or_session_is_not_there(world: AgentWorld) -> None:
    flow, other = draws(world), draws(world)
    first = await world.ask(flow, "q", chat_id="c")
    for where, chat in ((other, "c"), (flow, "another")):
        with pytest.raises(NotFound) as error:
            await world.ask(where, None, chat_id=chat, human_input=PROCEED)
        assert error.value.reason is Reason.EXECUTION_NOT_FOUND
    assert world.execution(first.execution_id).state == "STOPPED"


POISON = {
    "00001": '{"node": "agentAgentflow_0", "result": {"output": 7}}',
    "00001/000/reply": '{"text": "x"}',
    "00001/001/reply": '{"text": "x", "calls": [{"id": "c"}]}',
    "00001/opening": '{"messages": [7]}',
    "00001/decision": '{"decisions": [7]}',
    "00007": "[]",
}


@pytest.mark.parametrize("key", POISON)
async def test_a_record_that_cannot_be_read_ends_in_its_error_and_changes_nothing(world: AgentWorld, key: str) -> None:
    flow = asks_before_its_tool(world, away=0)
    first = await world.ask(flow, "how much", chat_id="c")
    before = world.execution(first.execution_id)
    world.executions.records[str(first.execution_id)][key] = POISON[key]
    with pytest.raises(FailedPrecondition) as error:
        await world.ask(flow, None, chat_id="c", human_input=PROCEED)
    assert error.value.reason is Reason.CHECKPOINT_INVALID
    assert world.execution(first.execution_id) == before


@pytest.mark.parametrize("call", ['{"text": 7}', '{"overrideConfig": [1]}', '{"within": 7}', "[]"])
async def test_a_run_whose_call_cannot_be_read_ends_when_it_is_taken_over(world: AgentWorld, call: str) -> None:
    flow = draws(world)
    first = await world.ask(flow, "q", chat_id="c")
    execution_id = str(first.execution_id)
    row = world.execution(execution_id)
    assert await world.executions.begin_again(row.workspace_id, execution_id, "dead", world.now()) == 2
    world.executions.records[execution_id]["turn"] = call
    assert await world.look_for(2) == 1
    await world.take_over.settle()
    assert world.execution(execution_id).state == "ERROR"


@pytest.mark.parametrize("stops_again", [False, True])
async def test_a_decision_that_read_before_another_was_carried_out_meets_no_run(
    world: AgentWorld, monkeypatch: pytest.MonkeyPatch, stops_again: bool
) -> None:
    wires = ["startAgentflow_0 > humanInputAgentflow_0", "humanInputAgentflow_0:0 > llmAgentflow_0"]
    people = [agent("humanInputAgentflow", humanInputDescription="Shall I go on?")]
    if stops_again:
        people.append(agent("humanInputAgentflow", 1, humanInputDescription="And now?"))
        wires = [*wires[:1], "humanInputAgentflow_0:0 > humanInputAgentflow_1", "humanInputAgentflow_1:0 > llmAgentflow_0"]
    flow = world.draw(start(), *people, llm(0, model="behind"), wires=wires)
    world.model("behind", "Done.")
    first = await world.ask(flow, "q", chat_id="c")
    stale = world.execution(first.execution_id)
    await world.ask(flow, None, chat_id="c", human_input=PROCEED)
    after = world.execution(first.execution_id)
    assert after.state == ("STOPPED" if stops_again else "FINISHED")

    async def newest(*_: object) -> object:
        return stale

    monkeypatch.setattr(world.executions, "newest", newest)
    with pytest.raises(Conflict) as refusal:
        await world.ask(flow, None, chat_id="c", human_input={**PROCEED, "startNodeId": "humanInputAgentflow_0"})
    assert refusal.value.reason is Reason.EXECUTION_NOT_STOPPED
    assert world.execution(first.execution_id) == after
