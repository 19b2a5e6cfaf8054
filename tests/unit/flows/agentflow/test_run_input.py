"""What a run is asked: the question of a decision without one, and models that nothing was said to."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import InvalidInput

from fakes.agentflow import AgentWorld, agent, llm, reply, start

PROCEED = {"type": "proceed"}


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


def asks_then_models(world: AgentWorld, *, begin: dict[str, Any] | None = None, **inputs: Any) -> str:
    """A person, a model, and a reply with the question."""
    return world.draw(
        begin or start(),
        agent("humanInputAgentflow", humanInputDescription="Shall I go on?"),
        llm(0, **inputs),
        reply("{{ question }}: {{ llmAgentflow_0 }}"),
        wires=["startAgentflow_0 > humanInputAgentflow_0", "humanInputAgentflow_0:0 > llmAgentflow_0 > directReplyAgentflow_0"],
    )


ASKED = [("user", "how much"), ("assistant", "Shall I go on?")]


@pytest.mark.parametrize("question", [None, ""])
@pytest.mark.parametrize(
    ("inputs", "messages"),
    [
        ({"llmEnableMemory": False}, [("user", "how much")]),
        ({}, ASKED),
        ({"llmUserMessage": "Answer {{ question }}"}, [*ASKED, ("user", "Answer how much")]),
    ],
)
async def test_a_decision_without_a_question_leaves_that_of_the_run(
    world: AgentWorld, question: str | None, inputs: dict[str, Any], messages: list[tuple[str, str]]
) -> None:
    flow = asks_then_models(world, **inputs)
    world.model("m", "12")
    await world.ask(flow, "how much", chat_id="c")
    result = await world.ask(flow, question, chat_id="c", human_input=PROCEED)
    assert world.model("m").calls[0].texts == messages
    assert (result.text, result.question) == ("how much: 12", question)
    assert [row.content for row in world.messages.of(flow)][2:] == [" ", "how much: 12"]


async def test_a_decision_with_a_question_brings_its_own(world: AgentWorld) -> None:
    flow = asks_then_models(world, llmEnableMemory=False)
    await world.ask(flow, "how much", chat_id="c")
    result = await world.ask(flow, "and how many", chat_id="c", human_input=PROCEED)
    assert world.model("m").calls[0].texts == [("user", "and how many")]
    assert str(result.text).startswith("and how many: ")


async def test_words_of_a_person_stand_behind_the_question_of_a_flow_that_forgets(world: AgentWorld) -> None:
    flow = asks_then_models(world, begin=start(startEphemeralMemory=True))
    await world.ask(flow, "how much", chat_id="c")
    await world.ask(flow, None, chat_id="c", human_input={**PROCEED, "feedback": "in euros"})
    assert world.model("m").calls[0].texts == [("user", "how much"), ("user", "in euros")]


async def test_a_decision_leaves_the_form_of_the_run(world: AgentWorld) -> None:
    fields = [{"type": "number", "label": "Size", "name": "size"}]
    begin = start(startInputType="formInput", formInputTypes=fields)
    flow = asks_then_models(
        world, begin=begin, llmEnableMemory=False, llmMessages=[{"role": "system", "content": "Size {{ $form.size }}"}]
    )
    await world.ask(flow, None, form={"size": 3}, chat_id="c")
    result = await world.ask(flow, None, chat_id="c", human_input=PROCEED)
    assert world.model("m").calls[0].texts == [("system", "Size 3"), ("user", "size: 3")]
    assert result.form is None


async def test_the_second_decision_of_a_run_knows_its_question_too(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        agent("humanInputAgentflow", 0, humanInputDescription="One?"),
        agent("humanInputAgentflow", 1, humanInputDescription="Two?"),
        reply("{{ question }}"),
        wires=[
            "startAgentflow_0 > humanInputAgentflow_0",
            "humanInputAgentflow_0:0 > humanInputAgentflow_1",
            "humanInputAgentflow_1:0 > directReplyAgentflow_0",
        ],
    )
    await world.ask(flow, "how much", chat_id="c")
    await world.ask(flow, None, chat_id="c", human_input=PROCEED)
    assert (await world.ask(flow, None, chat_id="c", human_input=PROCEED)).text == "how much"


async def test_a_decision_that_was_taken_over_knows_the_question(world: AgentWorld) -> None:
    flow = asks_then_models(world)
    first = await world.ask(flow, "how much", chat_id="c")
    prepared = await world.prepare(flow, None, chat_id="c", human_input=PROCEED)
    await prepared.run._keep_call(prepared.run._run)  # type: ignore[attr-defined]
    other = AgentWorld(beside=world)
    assert await other.look_for(2) == 1
    await other.take_over.settle()
    assert world.model("m").calls[0].texts == ASKED
    assert world.execution(first.execution_id).state == "FINISHED"


async def test_a_condition_agent_behind_a_person_says_the_question_once(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        agent("humanInputAgentflow", humanInputDescription="Shall I go on?"),
        agent(
            "conditionAgentAgentflow",
            conditionAgentModel="chatOpenAI",
            conditionAgentModelConfig={"modelName": "c"},
            conditionAgentScenarios=[{"scenario": "price"}, {"scenario": "other"}],
        ),
        llm(0),
        wires=[
            "startAgentflow_0 > humanInputAgentflow_0",
            "humanInputAgentflow_0:0 > conditionAgentAgentflow_0",
            "conditionAgentAgentflow_0:0 > llmAgentflow_0",
        ],
    )
    world.model("c", '{"output": "price"}')
    await world.ask(flow, "how much", chat_id="c")
    await world.ask(flow, None, chat_id="c", human_input=PROCEED)
    assert '"input":"how much"' in world.model("c").calls[0].texts[-1][1]
    assert world.model("m").calls[0].texts == ASKED


async def test_a_model_that_nothing_was_said_to_is_asked_the_question(world: AgentWorld) -> None:
    flow = world.draw(
        start(), llm(0), llm(1, model="n", llmEnableMemory=False), wires=["startAgentflow_0 > llmAgentflow_0 > llmAgentflow_1"]
    )
    await world.ask(flow, "how much")
    assert world.model("n").calls[0].texts == [("user", "how much")]


async def test_a_model_without_anything_to_hear_is_not_called(world: AgentWorld) -> None:
    flow = world.draw(start(), llm(0), wires=["startAgentflow_0 > llmAgentflow_0"])
    with pytest.raises(InvalidInput, match=r"Error in LLM node: LLM \(llmAgentflow_0\) has nothing to ask its model"):
        await world.ask(flow, None)
    assert world.model("m").calls == []


async def test_a_window_of_no_messages_keeps_the_question(world: AgentWorld) -> None:
    flow = world.draw(
        start(), llm(0, llmMemoryType="windowSize", llmMemoryWindowSize=0), wires=["startAgentflow_0 > llmAgentflow_0"]
    )
    await world.ask(flow, "how much", chat_id="c")
    await world.ask(flow, "how many", chat_id="c")
    assert world.model("m").calls[1].texts == [("user", "how many")]


async def test_a_flow_that_is_asked_nothing_is_asked_what_this_one_was(world: AgentWorld) -> None:
    child = world.draw(start(), llm(0), wires=["startAgentflow_0 > llmAgentflow_0"])
    flow = world.draw(
        start(),
        agent("executeFlowAgentflow", executeFlowSelectedFlow=child, executeFlowInput=""),
        wires=["startAgentflow_0 > executeFlowAgentflow_0"],
    )
    await world.ask(flow, "how much")
    assert world.model("m").calls[0].texts == [("user", "how much")]


async def test_a_node_that_said_nothing_is_not_heard(world: AgentWorld) -> None:
    flow = world.draw(start(), llm(0), llm(1, model="n"), wires=["startAgentflow_0 > llmAgentflow_0 > llmAgentflow_1"])
    world.model("m", "")
    await world.ask(flow, "how much")
    assert world.model("n").calls[0].texts == [("user", "how much")]


async def test_a_person_is_asked_by_a_model_that_knows_the_question(world: AgentWorld) -> None:
    node = agent(
        "humanInputAgentflow",
        humanInputDescriptionType="dynamic",
        humanInputModel="chatOpenAI",
        humanInputModelConfig={"modelName": "m"},
        humanInputModelPrompt="<p>Ask the person.</p>",
    )
    flow = world.draw(start(), node, wires=["startAgentflow_0 > humanInputAgentflow_0"])
    world.model("m", "Shall I?")
    result = await world.ask(flow, "how much")
    assert (result.text, bool(result.action)) == ("Shall I?", True)
    assert world.model("m").calls[0].texts == [("user", "how much"), ("user", "Ask the person.")]
