"""A toolkit made from an OpenAPI description: which operations become tools, and what their calls send."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason, TradewindError
from tradewind_server.flows.ports import ChatReply, ToolCall

from fakes.flow_engine import Engine, node, wire

DESCRIPTION = """
openapi: 3.0.3
info: {title: Harbour, version: '1'}
servers: [{url: 'https://{place}.example.com/v1/', variables: {place: {default: harbour}}}]
components:
  schemas:
    Boat: &boat
      type: object
      required: [name]
      properties: {name: {type: string, description: Its name}, length: {type: number}
      , twin: {$ref: '#/components/schemas/Boat'}}
  parameters:
    Berth: {name: berth, in: path, required: true, schema: {type: string}, description: Which berth}
paths:
  /berths/{berth}/boats:
    parameters: [{$ref: '#/components/parameters/Berth'}]
    get:
      operationId: listBoats
      summary: Lists the boats
      parameters: [{name: limit, in: query, schema: {type: integer}}, {name: X-Trace, in: header, schema: {type: string}}]
    post:
      summary: Moors a boat
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Boat'}}}}
  /tide: {get: {operationId: tide, description: Tells the tide}}
"""
FILE = f"data:application/x-yaml;base64,{base64.b64encode(DESCRIPTION.encode()).decode()},filename:harbour.yaml"


def agent(**inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", modelName="m"),
        node("openAPIToolkit", **{"yamlFile": FILE, **inputs}),
        node("calculator"),
        node("toolAgent", model=wire("chatOpenAI"), tools=[wire("openAPIToolkit"), wire("calculator")], memory=""),
    )


def asks(name: str, **arguments: Any) -> ChatReply:
    return ChatReply("", "tool_calls", tool_calls=(ToolCall("call_1", name, arguments),))


async def test_each_operation_is_a_tool(engine: Engine) -> None:
    model = engine.model("m", "Hello.")
    await engine.ask(engine.put(*agent()), "Hi")
    specs = {spec.name: spec for spec in model.calls[0].options.tools}
    assert list(specs) == ["listBoats", "post_berths_berth_boats", "tide", "calculator"]
    assert specs["listBoats"].description == "Lists the boats"
    groups = specs["listBoats"].parameters["properties"]
    assert groups["PathParameters"]["properties"] == {"berth": {"type": "string", "description": "Which berth"}}
    assert specs["listBoats"].parameters["required"] == ["PathParameters"]
    body = specs["post_berths_berth_boats"].parameters["properties"]["RequestBody"]
    assert body["required"] == ["name"] and body["properties"]["name"]["description"] == "Its name"
    assert "RequestBody" in specs["post_berths_berth_boats"].parameters["required"]


async def test_values_go_where_they_belong(engine: Engine) -> None:
    engine.outbound.say([{"name": "Ana"}])
    arguments = {
        "PathParameters": {"berth": "a/../b?"},
        "QueryParameters": {"limit": 5},
        "HeaderParameters": {"X-Trace": "1"},
    }
    engine.model("m", asks("listBoats", **arguments), "One.")
    headers = json.dumps({"Authorization": "Bearer k"})
    result = await engine.ask(engine.put(*agent(headers=headers)), "Which?")
    [call] = engine.outbound.calls
    assert (call.method, call.url) == ("GET", "https://harbour.example.com/v1/berths/a%2F..%2Fb%3F/boats")
    assert call.params == {"limit": "5"}
    assert call.headers == {"Authorization": "Bearer k", "X-Trace": "1"}
    assert result.used_tools is not None and result.used_tools[0]["toolOutput"] == '[{"name": "Ana"}]'


async def test_a_body_is_sent_as_json_without_nulls(engine: Engine) -> None:
    body = {"name": "Ana", "length": None}
    engine.model("m", asks("post_berths_berth_boats", PathParameters={"berth": "1"}, RequestBody=body), "Moored.")
    await engine.ask(engine.put(*agent(removeNulls=True)), "Moor")
    [call] = engine.outbound.calls
    assert call.body is not None and json.loads(call.body) == {"name": "Ana"}
    assert call.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("chosen", ['["tide"]', ["get /tide"], '["get_/tide"]', ["GET:/tide"]])
async def test_only_what_is_chosen_becomes_a_tool(engine: Engine, chosen: Any) -> None:
    model = engine.model("m", "Hello.")
    await engine.ask(engine.put(*agent(selectedEndpoints=chosen)), "Hi")
    assert [spec.name for spec in model.calls[0].options.tools] == ["tide", "calculator"]


async def test_a_description_is_fetched_and_kept_for_a_while(engine: Engine) -> None:
    engine.outbound.say(
        json.loads(json.dumps({"openapi": "3.1.0", "servers": [{"url": "/api"}], "paths": {"/x": {"get": {}}}}))
    )
    engine.model("m", "Hello.")
    flow = engine.put(*agent(inputType="url", openApiLink="https://pages.example.com/openapi.json"))
    for _ in range(2):
        await engine.ask(flow, "Hi")
    assert [call.url for call in engine.outbound.calls] == ["https://pages.example.com/openapi.json"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("swagger: '2.0'\npaths: {}", "OpenAPI 3"),
        ("just text", "it has no paths"),
        ("{a: [", "neither YAML nor JSON"),
        ("!!python/object/apply:os.system ['true']", "neither YAML nor JSON"),
    ],
)
async def test_what_is_no_description_is_said(engine: Engine, text: str, told: str) -> None:
    file = f"data:text/yaml;base64,{base64.b64encode(text.encode()).decode()}"
    with pytest.raises(InvalidInput, match=told) as caught:
        await engine.ask(engine.put(*agent(yamlFile=file)), "Hi")
    assert caught.value.reason is Reason.FILE_UNREADABLE and "openAPIToolkit_0" in caught.value.message


async def test_a_description_that_repeats_itself_without_end_is_refused(engine: Engine) -> None:
    schemas: dict[str, Any] = {"L12": {"type": "string"}}
    for level in range(12):
        inner = {"$ref": f"#/components/schemas/L{level + 1}"}
        schemas[f"L{level}"] = {"type": "object", "properties": {f"p{n}": inner for n in range(9)}}
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/L0"}}}}
    description = {"openapi": "3.0.0", "components": {"schemas": schemas}, "paths": {"/x": {"post": {"requestBody": body}}}}
    text = json.dumps({**description, "servers": [{"url": "https://h.example"}]})
    file = f"data:text/yaml;base64,{base64.b64encode(text.encode()).decode()}"
    with pytest.raises(TradewindError) as caught:
        await engine.ask(engine.put(*agent(yamlFile=file)), "Hi")
    assert caught.value.reason is Reason.DOCUMENT_TOO_COMPLEX
