from __future__ import annotations

import json

import pytest
from tradewind_server.errors import InvalidInput, TradewindError

from fakes.agentflow import WORKSPACE, AgentWorld, agent, llm, reply, start, told

CONDITIONS = [
    {"type": "string", "value1": "{{ question }}", "operation": "contains", "value2": "apple"},
    {"type": "number", "value1": "{{ question }}", "operation": "larger", "value2": "10"},
]


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


async def test_two_models_in_a_row_hear_each_other(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        llm(0, model="a", llmMessages=[{"role": "system", "content": "<p>You are a writer.</p>"}], _label="Writer One"),
        llm(1, model="b", llmUserMessage="Edit this: {{ llmAgentflow_0 }}"),
        wires=["startAgentflow_0 > llmAgentflow_0 > llmAgentflow_1"],
    )
    world.model("a", "A poem.")
    world.model("b", "A better poem.")
    result = await world.ask(flow, "a poem", chat_id="c")
    assert result.text == "A better poem."
    assert world.model("a").calls[0].texts == [("system", "You are a writer."), ("user", "a poem")]
    assert world.model("b").calls[0].texts == [("user", "a poem"), ("user", "A poem."), ("user", "Edit this: A poem.")]
    assert result.trace is not None
    assert [one["nodeId"] for one in result.trace] == ["startAgentflow_0", "llmAgentflow_0", "llmAgentflow_1"]
    assert result.trace[1]["data"]["chatHistory"] == [
        {"role": "user", "content": "a poem"},
        {"role": "user", "content": "A poem.", "name": "writer_one"},
    ]
    assert world.execution(result.execution_id).state == "FINISHED"
    assert "secret-credential" not in world.execution(result.execution_id).execution_data
    rows = world.messages.of(flow)
    assert [(row.role, row.content, row.execution_id, row.memory_type) for row in rows] == [
        ("userMessage", "a poem", result.execution_id, None),
        ("apiMessage", "A better poem.", result.execution_id, None),
    ]


async def test_events_come_in_the_order_of_the_steps(world: AgentWorld) -> None:
    flow = world.draw(start(), llm(0), llm(1), wires=["startAgentflow_0 > llmAgentflow_0 > llmAgentflow_1"])
    world.model("m", "One two")
    assert told(await world.stream(flow, "q")) == [
        "INPROGRESS",
        "startAgentflow_0 INPROGRESS",
        "startAgentflow_0 FINISHED",
        "llmAgentflow_0 INPROGRESS",
        "llmAgentflow_0 FINISHED",
        "llmAgentflow_1 INPROGRESS",
        "token One",
        "token  two",
        "calledTools",
        "usageMetadata",
        "llmAgentflow_1 FINISHED",
        "FINISHED",
        "metadata",
        "end",
    ]


@pytest.mark.parametrize(("question", "text"), [("an **apple**", "fruit"), ("11", "big"), ("5", "else")])
async def test_the_first_true_condition_chooses_the_branch(world: AgentWorld, question: str, text: str) -> None:
    flow = world.draw(
        start(),
        agent("conditionAgentflow", conditions=CONDITIONS),
        reply("fruit", 0),
        reply("big", 1),
        reply("else", 2),
        wires=[
            "startAgentflow_0 > conditionAgentflow_0",
            "conditionAgentflow_0:0 > directReplyAgentflow_0",
            "conditionAgentflow_0:1 > directReplyAgentflow_1",
            "conditionAgentflow_0:2 > directReplyAgentflow_2",
        ],
    )
    assert (await world.ask(flow, question)).text == text


async def test_a_join_behind_nested_conditions_runs(world: AgentWorld) -> None:
    def condition(number: int, word: str) -> dict[str, object]:
        return agent(
            "conditionAgentflow",
            number,
            conditions=[{"type": "string", "value1": "{{ question }}", "operation": "contains", "value2": word}],
        )

    flow = world.draw(
        start(),
        condition(0, "x"),
        condition(1, "y"),
        reply("A", 0),
        reply("B", 1),
        reply("C", 2),
        reply("join", 3),
        wires=[
            "startAgentflow_0 > conditionAgentflow_0",
            "conditionAgentflow_0:0 > conditionAgentflow_1",
            "conditionAgentflow_0:1 > directReplyAgentflow_2 > directReplyAgentflow_3",
            "conditionAgentflow_1:0 > directReplyAgentflow_0 > directReplyAgentflow_3",
            "conditionAgentflow_1:1 > directReplyAgentflow_1 > directReplyAgentflow_3",
        ],
    )
    for question in ("xy", "x", "z"):
        result = await world.ask(flow, question)
        assert result.text == "join"
        assert result.trace is not None
        assert [one["nodeId"] for one in result.trace].count("directReplyAgentflow_3") == 1


async def test_state_is_changed_by_nodes_and_kept_where_the_flow_says_so(world: AgentWorld) -> None:
    flow = world.draw(
        start(startState=[{"key": "draft", "value": "none"}, {"key": "n", "value": "1"}], startPersistState=True),
        llm(0, llmUpdateState=[{"key": "draft", "value": "{{ output }}!"}]),
        reply("was {{ $flow.state.draft }} {{ $flow.state.n }}"),
        wires=["startAgentflow_0 > llmAgentflow_0 > directReplyAgentflow_0"],
    )
    world.model("m", "first", "second")
    first = await world.ask(flow, "q", chat_id="c")
    assert first.text == "was first! 1"
    second = await world.ask(flow, "q", chat_id="c")
    assert second.trace is not None
    assert second.trace[0]["data"]["state"] == {"draft": "first!", "n": "1"}
    assert second.text == "was second! 1"


async def test_what_is_put_in_is_not_looked_at_again(world: AgentWorld) -> None:
    world.variables.set(city="Paris")
    flow = world.draw(
        start(),
        reply("{{ question }} in {{ $vars.city }}, {{ nobody }} $$ {{$flow.chatId}}"),
        wires=["startAgentflow_0 > directReplyAgentflow_0"],
    )
    result = await world.ask(flow, "{{ $vars.city }} $&", chat_id="c")
    assert result.text == "{{ $vars.city }} $& in Paris, {{ nobody }} $$ c"


async def test_a_node_that_fails_leaves_an_execution_and_no_messages(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        agent("llmAgentflow"),
        reply("never"),
        wires=["startAgentflow_0 > llmAgentflow_0 > directReplyAgentflow_0"],
    )
    with pytest.raises(TradewindError, match="Error in LLM node: Model is required"):
        await world.ask(flow, "q")
    [execution] = world.executions.rows.values()
    assert execution.state == "ERROR"
    assert world.trace(execution.id)[1]["status"] == "ERROR"
    assert world.messages.of(flow) == []
    assert told(await world.stream(flow, "q"))[-4:] == ["llmAgentflow_0 ERROR", "ERROR", "error", "end"]


async def test_a_form_is_told_in_lines_and_known_by_its_fields_later_too(world: AgentWorld) -> None:
    flow = world.draw(
        start(startInputType="formInput", formInputTypes=[{"type": "string", "label": "Name", "name": "name"}]),
        llm(0, llmMessages=[{"role": "system", "content": "Greet {{ $form.name }}"}]),
        wires=["startAgentflow_0 > llmAgentflow_0"],
    )
    first = await world.ask(flow, None, form={"name": "Ann", "n": {"a": 1}}, chat_id="c")
    assert first.question is None
    assert first.form == {"name": "Ann", "n": {"a": 1}}
    assert world.model("m").calls[0].texts == [("system", "Greet Ann"), ("user", 'name: Ann\nn: {"a":1}')]
    assert world.messages.of(flow)[0].content == 'name: Ann\nn: {"a":1}'
    await world.ask(flow, "and now", chat_id="c")
    assert world.model("m").calls[1].texts[0] == ("system", "Greet Ann")


@pytest.mark.parametrize("kind", ["webhookTrigger", "scheduleInput", "", "nonsense"])
async def test_other_starts_take_no_questions(world: AgentWorld, kind: str) -> None:
    flow = world.draw(start(startInputType=kind), reply("x"), wires=["startAgentflow_0 > directReplyAgentflow_0"])
    with pytest.raises(InvalidInput):
        await world.ask(flow, "q")
    assert world.executions.rows == {}


async def test_messages_of_the_caller_come_before_those_of_the_drawing(world: AgentWorld) -> None:
    allowed = {"overrideConfig": {"status": True, "nodes": {"LLM": [{"name": "llmMessages", "enabled": True}]}}}
    flow = world.draw(
        start(),
        llm(0, llmMessages=[{"role": "system", "content": "drawn"}]),
        wires=["startAgentflow_0 > llmAgentflow_0"],
        api_config=json.dumps(allowed),
    )
    await world.ask(flow, "q", override_config={"llmMessages": [{"role": "system", "content": "sent"}]})
    assert world.model("m").calls[0].texts == [("system", "sent"), ("system", "drawn"), ("user", "q")]


async def test_a_question_and_a_form_at_once_are_refused(world: AgentWorld) -> None:
    flow = world.draw(start(), reply("x"), wires=["startAgentflow_0 > directReplyAgentflow_0"])
    with pytest.raises(InvalidInput, match="Question and form"):
        await world.ask(flow, "q", form={"a": 1})


async def test_no_question_is_none_for_the_model(world: AgentWorld) -> None:
    messages = [{"role": "system", "content": "Say hello."}]
    flow = world.draw(start(), llm(0, llmMessages=messages), wires=["startAgentflow_0 > llmAgentflow_0"])
    result = await world.ask(flow, None)
    assert result.question is None
    assert world.model("m").calls[0].texts == [("system", "Say hello.")]


async def test_a_run_without_end_is_ended(world: AgentWorld) -> None:
    small = AgentWorld(node_runs=2)
    flow = small.draw(
        start(), reply("a", 0), reply("b", 1), wires=["startAgentflow_0 > directReplyAgentflow_0 > directReplyAgentflow_1"]
    )
    with pytest.raises(TradewindError, match="Maximum iteration limit reached"):
        await small.ask(flow, "q")
    assert [one.state for one in small.executions.rows.values()] == ["ERROR"]


def test_the_workspace_of_the_doubles_is_one() -> None:
    assert AgentWorld().chatflows.flows == {}
    assert WORKSPACE
