"""A toolkit whose tools are the operations of an HTTP interface, made from its OpenAPI description (docs/agents.md)."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from tradewind_server.access.ports import Credentials
from tradewind_server.bounded_json import foreign_json
from tradewind_server.documents.jobs import openapi_job, value_of
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Tool, ToolResult, Turn
from tradewind_server.flows.nodes.spec import READING, BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.nodes.tools.builtin import CATEGORY, LONGEST_NAME, NOT_IN_A_NAME
from tradewind_server.flows.nodes.tools.tool_arguments import converted_arguments
from tradewind_server.flows.ports import ToolSpec
from tradewind_server.outbound.ports import Outbound

MOST_DESCRIPTION = 2 << 20
"""Bytes of a description."""
FRESH_SECONDS = 300.0
"""How long a description that was fetched is used again."""
MOST_OUTPUT = 20_000
"""Characters of an answer that a model reads."""
GROUPS = {"path": "PathParameters", "query": "QueryParameters", "header": "HeaderParameters", "body": "RequestBody"}
"""The names under which a model gives the values of each place, as the canvas has them."""
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
SECURE_FIELDS = ("openAPIToken", "apiKey")


@dataclass(frozen=True, slots=True)
class OperationTool:
    """One operation: one method at one path, with values in their places."""

    spec: ToolSpec
    operation: Mapping[str, Any] = field(repr=False)
    server: str
    headers: Mapping[str, str] = field(repr=False)
    outbound: Outbound
    credentials: Credentials
    workspace_id: str
    credential_id: str | None
    removes_nulls: bool = False
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        values, problem = converted_arguments(self.spec.parameters, arguments)
        if problem:
            return _failure(f"The input of {self.spec.name} does not fit: {problem}.")
        groups = {place: values.get(name) or {} for place, name in GROUPS.items()}
        if self.removes_nulls:
            groups = {place: _without_nulls(one) for place, one in groups.items()}
        headers = {**await self._own_headers(), **{name: _plain(one) for name, one in groups["header"].items()}}
        body = self._body(groups["body"], headers) if GROUPS["body"] in values else None
        params = {name: _plain(one) for name, one in groups["query"].items() if one is not None}
        url = self.server.rstrip("/") + self._path(groups["path"])
        reply = await self.outbound.request(self.operation["method"], url, headers=headers, params=params, body=body)
        text = (await asyncio.to_thread(reply.read))[0][:MOST_OUTPUT]
        if reply.status >= 400:
            return _failure(f"{self.operation['method']} {self.operation['route']} answered {reply.status}.\n{text}".strip())
        return ToolResult(text or f"It answered {reply.status} and no text.")

    def _path(self, values: Mapping[str, Any]) -> str:
        def put(match: re.Match[str]) -> str:
            segment = quote(_plain(values.get(match.group(1), "")), safe="", errors="replace")
            if not segment.strip("."):  # Nothing, or dots that would lead to another path.
                raise InvalidInput(Reason.INVALID_ARGUMENT, f"The parameter {match.group(1)} must be a text for a path.")
            return segment

        return PLACEHOLDER.sub(put, str(self.operation["route"]))

    def _body(self, value: Any, headers: dict[str, str]) -> bytes:
        kind = str(self.operation["content_type"])
        if not any(name.lower() == "content-type" for name in headers):
            headers["Content-Type"] = kind
        if kind.startswith("application/x-www-form-urlencoded") and isinstance(value, dict):
            return urlencode({name: _plain(one) for name, one in value.items()}, errors="replace").encode()
        return json.dumps(value).encode()

    async def _own_headers(self) -> dict[str, str]:
        headers = dict(self.headers)
        if self.credential_id and not any(name.lower() == "authorization" for name in headers):
            credential = await self.credentials.reveal(self.workspace_id, self.credential_id)
            token = next((credential[1][name] for name in SECURE_FIELDS if credential[1].get(name)), "") if credential else ""
            if token:
                headers["Authorization"] = f"Bearer {token}"
        return headers


@dataclass(frozen=True, slots=True)
class OpenApiToolkit:
    """The operations that were chosen, each a tool."""

    tools: tuple[Tool, ...]


async def read_description(inputs: NodeInputs, context: BuildContext) -> Mapping[str, Any]:
    """The description behind a node, from its file or its address; one that was fetched serves for some minutes."""
    label = f"The description of the node {inputs.node.label} ({inputs.node.id})"
    address = inputs.text("openApiLink").strip()
    file, key = _file(inputs), _source(inputs)
    assert context.outbound is not None and context.now is not None, "the composition root gives both"
    entry = context.readings.get(key)
    now = context.now()
    if entry is not None and (file or (now - entry[0]).total_seconds() < FRESH_SECONDS):
        reading: Mapping[str, Any] = entry[1]
        return reading
    if file:
        data = await asyncio.to_thread(_decode, file)
    elif address:
        reply = await context.outbound.request("GET", address, headers={"Accept": "application/json, application/yaml, */*"})
        if reply.status >= 400:
            raise InvalidInput(Reason.NODE_INPUT_INVALID, f"{label} is not there: its address answered {reply.status}.")
        data = reply.body
    else:
        raise _no_source(inputs)
    if not data or len(data) > MOST_DESCRIPTION:
        raise InvalidInput(Reason.FILE_UNREADABLE, f"{label} is empty, damaged or larger than {MOST_DESCRIPTION >> 20} MiB.")
    reading = await value_of(context.parsing, openapi_job(data, label))
    context.readings[key] = (now, reading)
    return reading


def _no_source(inputs: NodeInputs) -> InvalidInput:
    return inputs.wrong_input("openApiFile", "a file, or openApiLink an address, with an OpenAPI description")


def _file(inputs: NodeInputs) -> str:
    value = inputs.values.get("openApiFile") or inputs.values.get("yamlFile")
    if inputs.text("inputType", "file") == "url" and inputs.is_set("openApiLink"):
        return ""
    return value if isinstance(value, str) and value.startswith("data:") else ""


def _source(inputs: NodeInputs) -> str:
    return _file(inputs) or inputs.text("openApiLink").strip()


def _decode(value: str) -> bytes:
    body = value.partition(",")[2].partition(",filename:")[0]
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return b""


def build_toolkit(inputs: NodeInputs, context: BuildContext) -> OpenApiToolkit:
    headers = inputs.json("headers")
    if not isinstance(headers, dict | None):
        raise inputs.wrong_input("headers", 'a JSON object such as {"Authorization": "Bearer …"}')
    reading = inputs.values.get(READING) or context.readings.get(_source(inputs), (None, None))[1]
    if not isinstance(reading, Mapping):  # Its description is not read yet: whether the node would run is all that is asked.
        if not _source(inputs):
            raise _no_source(inputs)
        return OpenApiToolkit(())
    assert context.outbound is not None and context.credentials is not None, "the composition root gives both"
    server = _server(inputs, reading)
    choice = _choice(inputs)
    operations = [one for one in reading["operations"] if not choice or choice & _spellings(one)]
    if not operations:
        raise inputs.wrong_input("selectedEndpoints", "operations that the description has")
    tools: dict[str, Tool] = {}
    for operation in operations:
        name = _name(operation)
        while name.lower() in tools:
            name = f"{name[: LONGEST_NAME - 2]}_2" if not name.endswith("_2") else f"{name[: LONGEST_NAME - 3]}_{len(tools)}"
        tools[name.lower()] = OperationTool(
            ToolSpec(name, operation["description"], _parameters(operation)),
            operation,
            server,
            {str(key): str(value) for key, value in (headers or {}).items()},
            context.outbound,
            context.credentials,
            context.workspace_id,
            inputs.node.credential,
            removes_nulls=inputs.flag("removeNulls"),
            return_direct=inputs.flag("returnDirect"),
        )
    return OpenApiToolkit(tuple(tools.values()))


def _server(inputs: NodeInputs, reading: Mapping[str, Any]) -> str:
    servers = reading["servers"]
    server = inputs.text("selectedServer").strip() or (servers[0] if servers else "")
    server = urljoin(inputs.text("openApiLink").strip(), server) if not server.startswith(("http://", "https://")) else server
    if not server.startswith(("http://", "https://")):
        raise inputs.wrong_input("selectedServer", "an address that begins with https:// or http://")
    return server


def _choice(inputs: NodeInputs) -> set[str]:
    value = inputs.values.get("selectedEndpoints")
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            value = foreign_json(value)
        except ValueError:
            raise inputs.wrong_input("selectedEndpoints", "a list of operations") from None
    items = value if isinstance(value, list) else [value]
    return {_spelling(str(one)) for one in items if one not in (None, "")}


def _spellings(operation: Mapping[str, Any]) -> set[str]:
    """The names that canvases have for an operation."""
    method, path = operation["method"], operation["route"]
    return {_spelling(one) for one in (operation["id"], f"{method} {path}", f"{method}{path}", path) if one}


def _spelling(text: str) -> str:
    return re.sub(r"[\s:_-]+", "", text).lower()


def _name(operation: Mapping[str, Any]) -> str:
    text = operation["id"] or operation["method"].lower() + operation["route"]
    return NOT_IN_A_NAME.sub("_", text).strip("_")[:LONGEST_NAME] or "operation"


def _parameters(operation: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON schema of a tool: one object for each place that takes values."""
    properties: dict[str, Any] = {}
    required_names = []
    for place, name in GROUPS.items():
        schema = operation.get(place)
        if schema is None:
            continue
        properties[name] = {key: value for key, value in schema.items() if key != "x-required"} or {"type": "object"}
        if schema.get("x-required") or (place != "body" and schema.get("required")):
            required_names.append(name)
    return {"type": "object", "properties": properties, "required": required_names}


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(one) for name, one in value.items() if one is not None}
    return [_without_nulls(one) for one in value] if isinstance(value, list) else value


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_plain(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value)


def _failure(message: str) -> ToolResult:
    return ToolResult(message, error=message)


NODES = (
    NodeType(
        "openAPIToolkit",
        "OpenAPI Toolkit",
        CATEGORY,
        (
            Input("inputType"),
            Input("openApiFile", "file"),
            Input("yamlFile", "file"),
            Input("openApiLink"),
            Input("selectedServer"),
            Input("selectedEndpoints", "json"),
            Input("returnDirect", "flag"),
            Input("headers", "json", asks=True),
            Input("removeNulls", "flag"),
            Input("customCode", "code", has_no_effect=True),
        ),
        build_toolkit,
        read=read_description,
    ),
)
