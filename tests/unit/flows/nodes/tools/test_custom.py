"""Tools of the workspace in agents: their schema, what their functions get, what becomes of their results."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.chatflows.tools import StoredTool
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.ports import ChatReply, ToolCall

from fakes.flow_engine import Engine, node, wire

TOOL_ID = "4d723d69-e854-4351-90c0-6385ce908213"
SCHEMA = [
    {"id": 0, "property": "city", "type": "string", "description": "Where.", "required": True},
    {"id": 1, "property": "days", "type": "number", "description": "How many.", "required": False},
    {"id": 2, "property": "wind", "type": "boolean", "description": "With wind?", "required": False},
]


def stored(code: str = "weather", schema: Any = SCHEMA, name: str = "get weather") -> StoredTool:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return StoredTool(TOOL_ID, name, "Tells the weather.", "", None, json.dumps(schema), code, moment, moment)


def agent(**inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", modelName="m"),
        node("customTool", **{"selectedTool": TOOL_ID, **inputs}),
        node("toolAgent", model=wire("chatOpenAI"), tools=[wire("customTool")], memory=""),
    )


def asks(**arguments: Any) -> ChatReply:
    return ChatReply("", "tool_calls", tool_calls=(ToolCall("call_1", "get_weather", arguments),))


async def test_the_function_gets_its_arguments_and_what_stands_around_it(engine: Engine) -> None:
    engine.tools[TOOL_ID] = stored()
    engine.variables.set(unit="knots")
    engine.javascript.functions["weather"] = lambda values: {"wind": 12}
    model = engine.model("m", asks(city="Cádiz", days="3", wind="yes"), "Windy.")
    flow = engine.put(*agent())
    result = await engine.ask(flow, "And tomorrow?", chat_id="c-1")
    assert result.used_tools == [
        {"tool": "get_weather", "toolInput": {"city": "Cádiz", "days": "3", "wind": "yes"}, "toolOutput": '{"wind":12}'}
    ]
    [spec] = model.calls[0].options.tools
    assert (spec.name, spec.description) == ("get_weather", "Tells the weather.")
    assert spec.parameters["required"] == ["city"]
    assert spec.parameters["properties"]["days"] == {"type": "number", "description": "How many."}
    [script] = engine.javascript.scripts
    assert script.values["$city"] == "Cádiz" and script.values["$days"] == 3 and script.values["$wind"] is True
    assert script.values["$input"] == "And tomorrow?" and script.values["$vars"] == {"unit": "knots"}
    assert script.values["$flow"] == {
        "chatflowId": flow,
        "sessionId": "c-1",
        "chatId": "c-1",
        "input": "And tomorrow?",
        "state": {},
    }


async def test_what_is_left_out_is_there_without_a_value(engine: Engine) -> None:
    engine.tools[TOOL_ID] = stored()
    engine.javascript.functions["weather"] = lambda values: "dry"
    engine.model("m", asks(city="Cádiz"), "Dry.")
    await engine.ask(engine.put(*agent()), "?")
    [script] = engine.javascript.scripts
    assert sorted(script.absent) == ["$days", "$wind"] and "$days" not in script.values


@pytest.mark.parametrize(
    ("arguments", "told"),
    [({}, "needs city"), ({"city": "a", "days": "many"}, "did not match expected schema: days must be a number")],
)
async def test_what_does_not_fit_is_told_to_the_model(engine: Engine, arguments: dict[str, Any], told: str) -> None:
    engine.tools[TOOL_ID] = stored()
    model = engine.model("m", asks(**arguments), "Sorry.")
    await engine.ask(engine.put(*agent()), "?")
    assert told in str(model.calls[1].messages[-1].content)
    assert engine.javascript.scripts == []


async def test_a_tool_that_is_changed_is_changed_at_once(engine: Engine) -> None:
    engine.javascript.functions.update({"weather": lambda values: "old", "new": lambda values: "new"})
    flow = engine.put(*agent())
    results = []
    for code in ("weather", "new"):
        engine.tools[TOOL_ID] = stored(code)
        engine.model("m", asks(city="a"), "Done.")
        results.append((await engine.ask(flow, "?")).used_tools)
    assert [one[0]["toolOutput"] for one in results if one] == ["old", "new"]


async def test_a_result_may_be_the_answer(engine: Engine) -> None:
    engine.tools[TOOL_ID] = stored()
    engine.javascript.functions["weather"] = lambda values: "Windy."
    engine.model("m", asks(city="a"))
    assert (await engine.ask(engine.put(*agent(returnDirect=True)), "?")).text == "Windy."


async def test_the_canvas_may_write_over_the_tool(engine: Engine) -> None:
    engine.tools[TOOL_ID] = stored()
    engine.javascript.functions["own"] = lambda values: values["$amount"]
    zod = "z.object({ amount: z.number().describe('How much') })"
    inputs = {"customToolName": "pay", "customToolDesc": "Pays.", "customToolSchema": zod, "customToolFunc": "own"}
    call = ChatReply("", "tool_calls", tool_calls=(ToolCall("1", "pay", {"amount": "5"}),))
    model = engine.model("m", call, "Paid.")
    result = await engine.ask(engine.put(*agent(**inputs)), "?")
    assert result.used_tools is not None and result.used_tools[0]["toolOutput"] == "5"
    assert model.calls[0].options.tools[0].parameters["required"] == ["amount"]


async def test_a_tool_that_is_not_there_is_named_with_its_node(engine: Engine) -> None:
    with pytest.raises(FailedPrecondition) as caught:
        await engine.ask(engine.put(*agent()), "?")
    assert caught.value.reason is Reason.TOOL_NOT_FOUND and "customTool_0" in caught.value.message


async def test_without_javascript_the_node_is_refused_by_name(engine: Engine) -> None:
    engine.tools[TOOL_ID] = stored()
    engine.javascript.is_off = True
    with pytest.raises(InvalidInput) as caught:
        await engine.ask(engine.put(*agent()), "?")
    assert caught.value.reason is Reason.JAVASCRIPT_OFF and "Custom Tool (customTool_0)" in caught.value.message


async def test_a_caller_who_brings_the_function_sees_only_open_variables(engine: Engine) -> None:
    engine.tools[TOOL_ID] = stored()
    engine.variables.set(secret="s", open="o")
    engine.javascript.functions["mine"] = lambda values: values["$vars"]
    engine.model("m", asks(city="a"), "Done.")
    opened = {
        "overrideConfig": {
            "status": True,
            "nodes": {"Custom Tool": [{"name": "customToolFunc", "enabled": True}]},
            "variables": [{"name": "open", "enabled": True}],
        }
    }
    flow = engine.put(*agent(customToolFunc=""), api_config=opened)
    result = await engine.ask(flow, "?", override_config={"customToolFunc": "mine"})
    assert result.used_tools is not None and json.loads(result.used_tools[0]["toolOutput"]) == {"open": "o"}
