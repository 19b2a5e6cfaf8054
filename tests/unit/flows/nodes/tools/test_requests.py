"""Request tools call the address of the canvas: the model may fill in values and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Tool, ToolResult, Turn
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import NodeInputs

from fakes.flow_engine import Engine

TURN = Turn("w", "f", "c", "s", "?")
SCHEMA = json.dumps(
    {
        "id": {"type": "string", "required": True, "in": "path", "description": "Which ship."},
        "limit": {"type": "number", "in": "query"},
    }
)
BODY = json.dumps({"name": {"type": "string", "required": True}, "tags": {"type": "array"}, "odd": {"type": "date"}})


def build(engine: Engine, name: str, **inputs: Any) -> Any:
    drawn = Node(f"{name}_0", name, "My Tool", "Tools", inputs)
    context = engine.context_of(engine.chatflows.flows[engine.put()])
    tool = builtin_registry().type_of(drawn).build(NodeInputs(drawn, inputs, {}), context)
    assert isinstance(tool, Tool)
    return tool


async def called(tool: Any, **arguments: Any) -> ToolResult:
    result: ToolResult = await tool.call(arguments, TURN)
    return result


async def test_get_sends_parameters_and_the_headers_of_the_canvas(engine: Engine) -> None:
    engine.outbound.say("twelve ships")
    tool = build(
        engine,
        "requestsGet",
        requestsGetUrl="https://port.example/ships",
        requestsGetHeaders='{"Authorization": "Bearer key"}',
        requestsGetName="List Ships",
        requestsGetDescription="Lists the ships.",
    )
    assert (tool.spec.name, tool.spec.description) == ("list_ships", "Lists the ships.")
    result = await called(tool, queryParams={"flag": "es", "most": 3, "none": None})
    assert (result.text, result.error) == ("twelve ships", None)
    [call] = engine.outbound.calls
    assert (call.method, call.url) == ("GET", "https://port.example/ships")
    assert call.params == {"flag": "es", "most": "3"}
    assert call.headers == {"Authorization": "Bearer key"}
    assert call.body is None


async def test_declared_parameters_go_where_they_belong_and_others_nowhere(engine: Engine) -> None:
    tool = build(engine, "requestsGet", requestsGetUrl="https://x.example/ships/:id/log", requestsGetQueryParamsSchema=SCHEMA)
    await called(tool, queryParams={"id": "a/b c", "limit": 2, "url": "http://evil"})
    [call] = engine.outbound.calls
    assert (call.url, call.params) == ("https://x.example/ships/a%2Fb%20c/log", {"limit": "2"})
    inner = tool.spec.parameters["properties"]["queryParams"]
    assert inner["required"] == ["id"] and inner["properties"]["limit"] == {"type": "number"}
    assert tool.spec.parameters["required"] == ["queryParams"]


async def test_a_path_value_without_a_place_goes_to_the_end(engine: Engine) -> None:
    tool = build(engine, "requestsDelete", requestsDeleteUrl="https://x.example/ships/", requestsDeleteQueryParamsSchema=SCHEMA)
    await called(tool, queryParams={"id": "7"})
    assert (engine.outbound.calls[0].method, engine.outbound.calls[0].url) == ("DELETE", "https://x.example/ships/7")


@pytest.mark.parametrize("value", ["..", ".", ""])
async def test_a_path_value_cannot_lead_elsewhere(engine: Engine, value: str) -> None:
    tool = build(engine, "requestsGet", requestsGetUrl="https://x.example/ships/:id", requestsGetQueryParamsSchema=SCHEMA)
    with pytest.raises(InvalidInput):
        await called(tool, queryParams={"id": value})
    assert not engine.outbound.calls


@pytest.mark.parametrize(("name", "method"), [("requestsPost", "POST"), ("requestsPut", "PUT")])
async def test_a_body_is_sent_as_json(engine: Engine, name: str, method: str) -> None:
    tool = build(engine, name, **{f"{name}Url": "https://x.example/ships", f"{name}BodySchema": BODY})
    await called(tool, body={"name": "Ana", "tags": ["a"]})
    [call] = engine.outbound.calls
    assert (call.method, json.loads(call.body or b"")) == (method, {"name": "Ana", "tags": ["a"]})
    assert call.headers["Content-Type"] == "application/json"
    fields = tool.spec.parameters["properties"]["body"]["properties"]
    assert fields == {"name": {"type": "string"}, "tags": {"type": "array", "items": {}}, "odd": {"type": "string"}}


async def test_a_body_written_as_text_is_read(engine: Engine) -> None:
    tool = build(engine, "requestsPost", requestsPostUrl="https://x.example/")
    await called(tool, body='{"a": 1}')
    await called(tool, body="not json")
    assert [json.loads(call.body or b"") for call in engine.outbound.calls] == [{"a": 1}, {}]


async def test_a_fixed_body_stands_instead_of_the_models(engine: Engine) -> None:
    tool = build(
        engine,
        "requestsPost",
        requestsPostUrl="https://x.example/",
        requestPostBody='{"fixed": true}',
        requestsPostHeaders={"content-type": "application/vnd.x+json"},
    )
    assert tool.spec.parameters["properties"] == {}
    await called(tool, body={"a": 1})
    [call] = engine.outbound.calls
    assert call.body == b'{"fixed": true}' and call.headers == {"content-type": "application/vnd.x+json"}


async def test_the_answer_is_cut(engine: Engine) -> None:
    engine.outbound.say("x" * 5000)
    short = build(engine, "requestsGet", requestsGetUrl="https://x.example/", requestsGetMaxOutputLength="10")
    usual = build(engine, "requestsGet", requestsGetUrl="https://x.example/")
    assert len((await called(short)).text) == 10
    assert len((await called(usual)).text) == 2000


async def test_an_error_status_is_told_with_its_text(engine: Engine) -> None:
    engine.outbound.say(engine.outbound.reply("no such ship", 404), engine.outbound.reply("", 204))
    tool = build(engine, "requestsGet", requestsGetUrl="https://x.example/")
    failed = await called(tool)
    assert failed.error == "The address answered with the status 404."
    assert "no such ship" in failed.text
    empty = await called(tool)
    assert empty.error is None and "204" in empty.text


async def test_drawings_of_an_older_canvas_are_read(engine: Engine) -> None:
    tool = build(engine, "requestsGet", url="https://x.example/", description="Old.", headers='{"A": "b"}')
    await called(tool)
    assert engine.outbound.calls[0].headers == {"A": "b"}
    assert tool.spec.description == "Old."
    tool = build(engine, "requestsPost", url="https://x.example/", body='{"old": 1}')
    await called(tool)
    assert engine.outbound.calls[1].body == b'{"old": 1}'


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("requestsGet", {}),
        ("requestsGet", {"requestsGetUrl": "file:///etc/passwd"}),
        ("requestsGet", {"requestsGetUrl": "https://x", "requestsGetHeaders": "[]"}),
        ("requestsGet", {"requestsGetUrl": "https://x", "requestsGetHeaders": "{broken"}),
        ("requestsGet", {"requestsGetUrl": "https://x", "requestsGetQueryParamsSchema": '{"a": 1}'}),
        ("requestsPost", {"requestsPostUrl": "https://x", "requestsPostMaxOutputLength": "many"}),
    ],
)
def test_what_is_wrong_with_the_node_is_named(engine: Engine, name: str, inputs: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as raised:
        build(engine, name, **inputs)
    assert raised.value.reason is Reason.NODE_INPUT_INVALID


def test_keys_in_headers_are_not_shown(engine: Engine) -> None:
    tool = build(engine, "requestsGet", requestsGetUrl="https://x/?key=canary", requestsGetHeaders='{"A": "canary"}')
    assert "canary" not in repr(tool)
