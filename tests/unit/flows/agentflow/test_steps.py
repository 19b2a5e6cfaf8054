"""What each type of node does, over doubles."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.chatflows.tools import StoredTool
from tradewind_server.errors import Conflict, InvalidInput, NotFound, Reason, TradewindError
from tradewind_server.flows.ports import ChatReply, Message, ToolCall

from fakes.agentflow import AgentWorld, agent, llm, reply, start, told

TOOL_ID = "4d723d69-e854-4351-90c0-6385ce908213"
CALCULATOR = [{"agentSelectedTool": "calculator", "agentSelectedToolConfig": {}}]


def calling(*calls: tuple[str, dict[str, Any]], text: str = "") -> ChatReply:
    return ChatReply(text, "tool_calls", tool_calls=tuple(ToolCall(f"call_{i}", *one) for i, one in enumerate(calls)))


def agent_node(**inputs: Any) -> dict[str, Any]:
    return agent("agentAgentflow", agentModel="chatOpenAI", agentModelConfig={"modelName": "m"}, **inputs)


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


def one_agent(world: AgentWorld, **inputs: Any) -> str:
    return world.draw(start(), agent_node(**inputs), wires=["startAgentflow_0 > agentAgentflow_0"])


async def test_an_agent_calls_its_tool_and_answers(world: AgentWorld) -> None:
    flow = one_agent(world, agentTools=CALCULATOR)
    world.model("m", calling(("calculator", {"input": "6 * 7"})), "The answer is 42.")
    result = await world.ask(flow, "what is 6 * 7")
    assert result.text == "The answer is 42."
    assert result.used_tools == [{"tool": "calculator", "toolInput": {"input": "6 * 7"}, "toolOutput": "42"}]
    output = result.trace[1]["data"]["output"]  # type: ignore[index]
    assert output["availableTools"][0]["toolNode"] == {"label": "Calculator", "name": "calculator"}
    assert [one["role"] for one in result.trace[1]["data"]["input"]["messages"]] == ["user", "assistant", "tool"]  # type: ignore[index]


async def test_events_of_an_agent(world: AgentWorld) -> None:
    flow = one_agent(world, agentTools=CALCULATOR)
    world.model("m", calling(("calculator", {"input": "6 * 7"})), "The answer is 42.")
    lines = told(await world.stream(flow, "what is 6 * 7"))
    assert lines[3:] == [
        "agentAgentflow_0 INPROGRESS",
        "calledTools",
        "token The",
        "token  answer",
        "token  is",
        "token  42.",
        "usedTools",
        "calledTools",
        "usageMetadata",
        "agentAgentflow_0 FINISHED",
        "FINISHED",
        "metadata",
        "end",
    ]


async def test_an_unknown_tool_is_told_and_rounds_are_bounded(world: AgentWorld) -> None:
    flow = one_agent(world, agentTools=CALCULATOR, maxIterations=3)
    world.model("m", calling(("nothing", {})))
    with pytest.raises(TradewindError, match="asked 3 times") as error:
        await world.ask(flow, "q")
    assert error.value.reason is Reason.RUN_LIMIT_EXCEEDED
    assert "There is no tool called nothing" in str(world.model("m").calls[1].messages[-1].content)


async def test_a_tool_that_fails_is_told_once(world: AgentWorld) -> None:
    flow = one_agent(world, agentTools=CALCULATOR)
    world.model("m", calling(("calculator", {"input": "x"})), calling(("calculator", {"input": "y"})), "never")
    with pytest.raises(TradewindError, match="Error in Agent node: The tool calculator failed again"):
        await world.ask(flow, "q")


async def test_structured_output_sets_its_keys(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        llm(0, llmStructuredOutput=[{"key": "title", "type": "string"}, {"key": "size", "type": "number"}]),
        reply("{{ llmAgentflow_0.output.title }} {{ llmAgentflow_0.output.size }}"),
        wires=["startAgentflow_0 > llmAgentflow_0 > directReplyAgentflow_0"],
    )
    world.model("m", '{"title": "text", "size": "1"}')
    result = await world.ask(flow, "q")
    assert result.text == "text 1"
    assert result.trace[1]["data"]["output"]["content"] == '{\n  "title": "text",\n  "size": 1\n}'  # type: ignore[index]


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        ({"llmMemoryType": "windowSize", "llmMemoryWindowSize": 1}, ["assistant two", "user three"]),
        ({"llmEnableMemory": False}, ["user three"]),
        ({}, ["user one", "assistant one", "user two", "assistant two", "user three"]),
    ],
)
async def test_memory_types(world: AgentWorld, memory: dict[str, Any], expected: list[str]) -> None:
    flow = world.draw(start(), llm(0, **memory), wires=["startAgentflow_0 > llmAgentflow_0"])
    for word in ("one", "two", "three"):
        world.model("m", word)
        await world.ask(flow, word, chat_id="c")
    assert [f"{role} {text}" for role, text in world.model("m").calls[-1].texts] == expected


async def test_a_summary_does_not_lose_the_question(world: AgentWorld) -> None:
    flow = world.draw(start(), llm(0, llmMemoryType="conversationSummary"), wires=["startAgentflow_0 > llmAgentflow_0"])
    world.model("m", "In short.", "Answer.")
    await world.ask(flow, "q")
    assert world.model("m").calls[1].texts == [("assistant", "In short."), ("user", "q")]


async def test_a_flow_that_forgets(world: AgentWorld) -> None:
    flow = world.draw(start(startEphemeralMemory=True), llm(0), wires=["startAgentflow_0 > llmAgentflow_0"])
    await world.ask(flow, "one", chat_id="c")
    await world.ask(flow, "two", chat_id="c")
    assert world.model("m").calls[1].texts == [("user", "two")]


async def test_a_condition_agent_chooses(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        agent(
            "conditionAgentAgentflow",
            conditionAgentModel="chatOpenAI",
            conditionAgentModelConfig={"modelName": "m"},
            conditionAgentScenarios=[{"scenario": "about money"}, {"scenario": "about weather"}, {"scenario": "other"}],
        ),
        reply("money", 0),
        reply("weather", 1),
        reply("other", 2),
        wires=["startAgentflow_0 > conditionAgentAgentflow_0"]
        + [f"conditionAgentAgentflow_0:{i} > directReplyAgentflow_{i}" for i in range(3)],
    )
    world.model("m", '```json\n{"output": "Weather"}\n```', '{"output": "nobody said that"}', "no JSON")
    assert (await world.ask(flow, "q")).text == "weather"
    assert (await world.ask(flow, "q")).text == "other"
    with pytest.raises(TradewindError, match="Error in Condition Agent node: Failed to parse a valid scenario"):
        await world.ask(flow, "q")


async def test_a_loop_of_three_makes_three_passes(world: AgentWorld) -> None:
    flow = world.draw(
        start(startState=[{"key": "n", "value": "0"}]),
        llm(0, llmUpdateState=[{"key": "n", "value": "{{ output }}"}]),
        agent(
            "loopAgentflow",
            loopBackToNode="llmAgentflow_0-LLM",
            maxLoopCount=3,
            fallbackMessage="gave up at {{ $flow.state.n }}",
        ),
        wires=["startAgentflow_0 > llmAgentflow_0 > loopAgentflow_0"],
    )
    world.model("m", "1", "2", "3", "4")
    events = await world.stream(flow, "q")
    assert len(world.model("m").calls) == 3
    lines = told(events)
    assert lines[-5:] == ["loopAgentflow_0 FINISHED", "token gave up at 3", "FINISHED", "metadata", "end"]


async def test_an_iteration_runs_its_box_for_each_item(world: AgentWorld) -> None:
    flow = world.draw(
        start(startState=[{"key": "seen", "value": "-"}]),
        reply("outer", 9),
        agent("iterationAgentflow", iterationInput="{{ question }}"),
        llm(0, llmEnableMemory=False,
            llmMessages=[{"role": "user", "content": "{{ $iteration.name }} {{ directReplyAgentflow_9 }}"}],
            llmUpdateState=[{"key": "seen", "value": "{{ $flow.state.seen }}|{{ $iteration.name }}"}],
            _parentNode="iterationAgentflow_0"),
        reply("{{ iterationAgentflow_0 }} ## {{ $flow.state.seen }}", 1),
        wires=["startAgentflow_0 > directReplyAgentflow_9 > iterationAgentflow_0 > directReplyAgentflow_1"],
    )  # fmt: skip

    def answer(messages: list[Message]) -> str:
        text = str(messages[-1].content)
        if text.startswith("bad"):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "bad item")
        return text.upper()

    world.model("m", answer)  # type: ignore[arg-type]
    result = await world.ask(flow, json.dumps([{"name": "ann"}, {"name": "bad"}, {"name": "cy"}]))
    assert result.text == "ANN OUTER\nError in iteration 2: Error in LLM node: bad item\nCY OUTER ## -|ann|cy"
    marks = [(one["nodeId"], one["data"].get("iterationIndex"), one["status"]) for one in result.trace or ()]
    assert marks[2:6] == [
        ("llmAgentflow_0", 0, "FINISHED"),
        ("llmAgentflow_0", 1, "ERROR"),
        ("llmAgentflow_0", 2, "FINISHED"),
        ("iterationAgentflow_0", None, "FINISHED"),
    ]
    assert (await world.ask(flow, "[]")).text == " ## -"
    with pytest.raises(TradewindError, match="Invalid JSON format"):
        await world.ask(flow, "hello")


async def test_http_goes_on_whatever_the_status_and_quotes_are_safe(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        agent("httpAgentflow", method="POST", url="https://api.example.org/{{ question }}", bodyType="json",
              headers=[{"key": "X-A", "value": "1"}, {"key": "", "value": "2"}],
              body='{"text": "{{ question }}", // note\n "n": 1,}'),
        reply("{{ httpAgentflow_0.output.http.status }} {{ httpAgentflow_0 }}"),
        wires=["startAgentflow_0 > httpAgentflow_0 > directReplyAgentflow_0"],
    )  # fmt: skip
    world.outbound.say(world.outbound.reply({"no": 1}, 404))
    assert (await world.ask(flow, 'a"b')).text == '404 {"no":1}'
    call = world.outbound.calls[0]
    assert (call.method, json.loads(call.body or b"")) == ("POST", {"text": 'a"b', "n": 1})
    assert call.headers == {"X-A": "1", "Content-Type": "application/json"}


async def test_a_tool_node_calls_with_what_is_drawn(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        agent("toolAgentflow", toolAgentflowSelectedTool="calculator",
              toolInputArgs=[{"inputArgName": "input", "inputArgValue": "{{ question }} * 7"}]),
        wires=["startAgentflow_0 > toolAgentflow_0"],
    )  # fmt: skip
    assert (await world.ask(flow, "6")).text == "42"
    assert "cannot work this out" in str((await world.ask(flow, "x")).text)


async def test_a_function_is_refused_by_name_while_javascript_is_off(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        agent("customFunctionAgentflow", customFunctionJavascriptFunction="return 1"),
        wires=["startAgentflow_0 > customFunctionAgentflow_0"],
    )
    world.javascript.functions["return 1"] = lambda values: {"input": values["$input"], "n": values["$flow"]["state"]}
    assert (await world.ask(flow, "q")).text == '{\n  "input": "q",\n  "n": {}\n}'
    world.javascript.is_off = True
    with pytest.raises(TradewindError) as error:
        await world.ask(flow, "q")
    assert error.value.reason is Reason.JAVASCRIPT_OFF


async def test_a_flow_asks_another_and_not_itself(world: AgentWorld) -> None:
    child = world.draw(start(), llm(0), wires=["startAgentflow_0 > llmAgentflow_0"])
    flow = world.draw(
        start(),
        agent("executeFlowAgentflow", executeFlowSelectedFlow=child, executeFlowInput="child of {{ question }}"),
        reply("said {{ executeFlowAgentflow_0 }}"),
        wires=["startAgentflow_0 > executeFlowAgentflow_0 > directReplyAgentflow_0"],
    )
    world.model("m", "hello")
    assert (await world.ask(flow, "q", chat_id="c")).text == "said hello"
    assert [row.content for row in world.messages.of(child)] == ["child of q", "hello"]
    assert len(world.executions.rows) == 2


def asks_a_person(world: AgentWorld) -> str:
    return world.draw(
        start(),
        llm(0),
        agent("humanInputAgentflow", humanInputDescriptionType="fixed", humanInputDescription="Shall I go on?"),
        reply("done: {{ humanInputAgentflow_0 }}", 0),
        reply("no: {{ humanInputAgentflow_0 }}", 1),
        wires=[
            "startAgentflow_0 > llmAgentflow_0 > humanInputAgentflow_0",
            "humanInputAgentflow_0:0 > directReplyAgentflow_0",
            "humanInputAgentflow_0:1 > directReplyAgentflow_1",
        ],
    )


async def test_a_person_lets_a_flow_go_on(world: AgentWorld) -> None:
    flow = asks_a_person(world)
    world.model("m", "Draft.")
    first = await world.ask(flow, "a mail", chat_id="c")
    assert first.text == "Draft.\n\nShall I go on?"
    assert first.action is not None
    assert first.action["data"]["nodeId"] == "humanInputAgentflow_0"
    assert world.execution(first.execution_id).state == "STOPPED"
    assert world.messages.of(flow)[1].action == first.action
    second = await world.ask(flow, "", chat_id="c", human_input={"type": "proceed", "startNodeId": "humanInputAgentflow_0"})
    assert (second.text, second.execution_id) == ("done: proceed", first.execution_id)
    assert len(world.model("m").calls) == 1
    assert world.execution(first.execution_id).state == "FINISHED"
    assert [one["status"] for one in world.trace(first.execution_id)] == ["FINISHED"] * 4
    with pytest.raises(Conflict, match="'FINISHED' state"):
        await world.ask(flow, "", chat_id="c", human_input={"type": "proceed"})


async def test_a_person_refuses_with_words_and_one_of_two_wins(world: AgentWorld) -> None:
    flow = asks_a_person(world)
    await world.ask(flow, "a mail", chat_id="c")
    decision = {"type": "reject", "feedback": "shorter"}
    results = await asyncio.gather(
        *(world.ask(flow, None, chat_id="c", human_input=decision) for _ in range(2)), return_exceptions=True
    )
    assert [one.text for one in results if not isinstance(one, BaseException)] == ["no: shorter"]
    assert [type(one) for one in results if isinstance(one, BaseException)] == [Conflict]
    assert world.messages.of(flow)[2].content == "shorter"


async def test_wrong_decisions(world: AgentWorld) -> None:
    flow = asks_a_person(world)
    with pytest.raises(NotFound, match="No previous execution found"):
        await world.ask(flow, None, chat_id="nobody", human_input={"type": "proceed"})
    await world.ask(flow, "a mail", chat_id="c")
    with pytest.raises(InvalidInput, match="type is proceed or reject"):
        await world.ask(flow, None, chat_id="c", human_input={"type": "perhaps"})
    with pytest.raises(InvalidInput, match="Node nope_1 not found"):
        await world.ask(flow, None, chat_id="c", human_input={"type": "proceed", "startNodeId": "nope_1"})
    [records] = world.executions.records.values()
    records["00001"] = '{"node": "llmAgentflow_0", "result": {"output": 7}}'
    with pytest.raises(TradewindError) as error:
        await world.ask(flow, None, chat_id="c", human_input={"type": "proceed"})
    assert error.value.reason is Reason.CHECKPOINT_INVALID


async def test_a_tool_that_needs_a_person_waits(world: AgentWorld) -> None:
    tools = [{**CALCULATOR[0], "agentSelectedToolRequiresHumanInput": True}]
    flow = one_agent(world, agentTools=tools)
    for kind, text in (("proceed", "The answer is 42."), ("reject", "I may not.")):
        world.model("m", calling(("calculator", {"input": "6 * 7"})), text)
        first = await world.ask(flow, "what is 6 * 7", chat_id=kind)
        assert str(first.text).startswith("\nAttempting to use tool:\n```json\n")
        assert first.action is not None
        second = await world.ask(flow, None, chat_id=kind, human_input={"type": kind})
        assert second.text == text
        assert bool(second.used_tools) is (kind == "proceed")
        assert bool(world.model("m").calls[-1].options.tools) is (kind == "proceed")


async def test_two_branches_without_order_run_side_by_side(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        agent("httpAgentflow", 0, method="GET", url="https://a.example.org"),
        agent("httpAgentflow", 1, method="GET", url="https://b.example.org"),
        reply("{{ httpAgentflow_0 }} {{ httpAgentflow_1 }}"),
        wires=[
            "startAgentflow_0 > httpAgentflow_0 > directReplyAgentflow_0",
            "startAgentflow_0 > httpAgentflow_1 > directReplyAgentflow_0",
        ],
    )
    both = asyncio.Barrier(2)
    plain = world.outbound.request

    async def request(*args: Any, **more: Any) -> Any:
        await both.wait()
        return await plain(*args, **more)

    world.outbound.request = request  # type: ignore[method-assign]
    world.outbound.say("x")
    async with asyncio.timeout(60):
        result = await world.ask(flow, "q")
    assert [one["nodeId"] for one in result.trace or ()][1:] == ["httpAgentflow_0", "httpAgentflow_1", "directReplyAgentflow_0"]


async def test_an_abort_ends_a_run_and_leaves_no_messages(world: AgentWorld) -> None:
    flow = world.draw(start(), llm(0), wires=["startAgentflow_0 > llmAgentflow_0"])
    model = world.model("m", "one two three")
    model.hold = asyncio.Event()
    task = asyncio.create_task(world.stream(flow, "q", chat_id="c"))
    await model.streaming.wait()
    assert world.predictor.abort(await world.admit(flow), "c") == 1
    lines = told(await task)
    assert lines[-4:] == ["llmAgentflow_0 TERMINATED", "TERMINATED", "error", "end"]
    assert [one.state for one in world.executions.rows.values()] == ["TERMINATED"]
    assert world.messages.of(flow) == []


async def test_an_agent_calls_a_tool_of_the_workspace_as_it_is_stored_now(world: AgentWorld) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    schema = json.dumps([{"property": "speed", "type": "number", "required": True}])
    tool = StoredTool(TOOL_ID, "knots", "Converts.", "", None, schema, "convert", moment, moment)
    world.tools[TOOL_ID] = tool
    world.variables.set(unit="km/h")
    world.javascript.functions["convert"] = lambda values: f"{values['$speed'] * 2} {values['$vars']['unit']}"
    world.javascript.functions["other"] = lambda values: "slow"
    flow = one_agent(
        world, agentTools=[{"agentSelectedTool": "customTool", "agentSelectedToolConfig": {"selectedTool": TOOL_ID}}]
    )
    outputs = []
    for code in ("convert", "other"):
        world.tools[TOOL_ID] = replace(tool, func=code)
        world.model("m", calling(("knots", {"speed": "6"})), "Done.")
        outputs.append((await world.ask(flow, "how fast")).used_tools)
    assert [one[0]["toolOutput"] for one in outputs if one] == ["12 km/h", "slow"]


async def test_an_agent_gets_the_tools_of_a_toolkit(world: AgentWorld) -> None:
    description = {
        "openapi": "3.1.0",
        "servers": [{"url": "https://h.example"}],
        "paths": {"/tide": {"get": {"operationId": "tide"}}},
    }
    world.outbound.say(description, "high")
    config = {"inputType": "url", "openApiLink": "https://h.example/openapi.json"}
    flow = one_agent(world, agentTools=[{"agentSelectedTool": "openAPIToolkit", "agentSelectedToolConfig": config}])
    world.model("m", calling(("tide", {})), "High.")
    result = await world.ask(flow, "the tide")
    assert result.used_tools is not None and result.used_tools[0]["toolOutput"] == "high"
    assert [call.url for call in world.outbound.calls] == ["https://h.example/openapi.json", "https://h.example/tide"]
