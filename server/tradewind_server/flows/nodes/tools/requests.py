"""Tools that call one address, which the canvas names: the model fills in parameters or a body, never the address."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.nodes.tools.builtin import CATEGORY, tool_name
from tradewind_server.flows.ports import ToolSpec
from tradewind_server.lenient_json import json_values
from tradewind_server.outbound.ports import Outbound

LONGEST_REPAIR = 8 * 1024
"""Characters of a body that is nearly JSON: some 50 ms of the event loop."""

HttpMethod = Literal["GET", "POST", "PUT", "DELETE"]
DEFAULT_OUTPUT = 2000
MOST_OUTPUT = 1_000_000
JSON_TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object"})


@dataclass(frozen=True, slots=True)
class RequestTool:
    """One address and method. ``fixed_body`` stands instead of the model's."""

    spec: ToolSpec
    outbound: Outbound
    method: HttpMethod
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    parameters: Mapping[str, Mapping[str, Any]]
    """What the canvas declares, by name: parameters of the address, or fields of the body."""
    fixed_body: Any = field(default=None, repr=False)
    most_output: int = DEFAULT_OUTPUT
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        url, params, body = self.url, None, None
        headers = dict(self.headers)
        if self.method in ("GET", "DELETE"):
            url, params = self._address(_object(arguments.get("queryParams")))
        else:
            body = json.dumps(self.fixed_body if self.fixed_body is not None else _object(arguments.get("body"))).encode()
            if not any(name.lower() == "content-type" for name in headers):
                headers["Content-Type"] = "application/json"
        reply = await self.outbound.request(self.method, url, headers=headers, params=params, body=body)
        # What a model reads is short; where its encoding had to be guessed, it sees so itself.
        text = (await asyncio.to_thread(reply.read))[0][: self.most_output]
        if reply.status >= 400:
            problem = f"The address answered with the status {reply.status}."
            return ToolResult(f"{problem}\n{text}".strip(), error=problem)
        return ToolResult(text or f"The address answered with the status {reply.status} and no text.")

    def _address(self, arguments: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
        """The address with the model's values in its path, and those that go behind it."""
        url = self.url
        params = {}
        for name, value in arguments.items():
            if value is None or (self.parameters and name not in self.parameters):
                continue
            text = value if isinstance(value, str) else json.dumps(value)
            if self.parameters.get(name, {}).get("in") != "path":
                params[name] = text
                continue
            place = re.compile(rf":{re.escape(name)}\b")
            segment = quote(text, safe="", errors="replace")
            if not segment.strip("."):  # Nothing, or dots that would lead to another path of the host.
                raise InvalidInput(Reason.INVALID_ARGUMENT, f"The parameter {name} must be a text that can stand in a path.")
            # What is put in is percent-encoded, so it holds no backslash that the replacement could mistake.
            url = place.sub(segment, url) if place.search(url) else f"{url.rstrip('/')}/{segment}"
        return url, params


def _object(value: Any) -> Mapping[str, Any]:
    """An object that a model wrote as one or as its JSON text; nothing where it is neither."""
    if isinstance(value, str):
        value = next((one for one in json_values(value, LONGEST_REPAIR) if isinstance(one, dict)), None)
    return value if isinstance(value, dict) else {}


def _headers(inputs: NodeInputs, *names: str) -> dict[str, str]:
    name = next((one for one in names if inputs.is_set(one)), names[0])
    items = inputs.json(name)
    if items is None:
        return {}
    if not isinstance(items, dict):
        raise inputs.wrong_input(name, 'a JSON object such as {"Authorization": "Bearer …"}')
    return {str(key): str(value) for key, value in items.items()}


def _declarations(inputs: NodeInputs, name: str) -> dict[str, Mapping[str, Any]]:
    value = inputs.json(name)
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise inputs.wrong_input(name, 'a JSON object of fields such as {"id": {"type": "string", "required": true}}')
    return value


def _schema(into: str, description: str, parameters: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON schema of a tool whose one argument ``into`` is an object of the declared fields, or of any."""
    inner: dict[str, Any] = {"type": "object", "description": description}
    if parameters:
        inner["properties"] = {name: _field(one) for name, one in parameters.items()}
        inner["required"] = [name for name, one in parameters.items() if one.get("required") is True]
    else:
        inner["additionalProperties"] = True
    required_names = [into] if inner.get("required") else []
    return {"type": "object", "properties": {into: inner}, "required": required_names}


def _field(declaration: Mapping[str, Any]) -> dict[str, Any]:
    kind = declaration.get("type")
    shape: dict[str, Any] = {"type": kind if kind in JSON_TYPES else "string"}
    if kind == "array":
        shape["items"] = {}
    if declaration.get("description"):
        shape["description"] = str(declaration["description"])
    return shape


def requesting(method: HttpMethod, label: str, description: str, *, body: str = "") -> NodeType:
    """The node type of a method. Its inputs carry its own name; today's canvas and the one before differ in that.

    ``body`` is the name of the input that holds a fixed body.
    """
    word = method.capitalize()
    node = f"requests{word}"
    declared_in = f"{node}BodySchema" if body else f"{node}QueryParamsSchema"

    def build(inputs: NodeInputs, context: BuildContext) -> RequestTool:
        assert context.outbound is not None, "the composition root gives a way out"
        url = (inputs.text(f"{node}Url") or inputs.text("url")).strip()
        if not url.startswith(("http://", "https://")):
            raise inputs.wrong_input(f"{node}Url", "an address that begins with https:// or http://")
        declarations = _declarations(inputs, declared_in)
        schema = (
            _schema("body", "The fields of the body.", declarations)
            if body
            else _schema("queryParams", "The parameters of the request.", declarations)
        )
        fixed_body = next((inputs.json(name) for name in (body, "body") if body and inputs.is_set(name)), None)
        if fixed_body is not None:
            schema = {"type": "object", "properties": {}}
        limit = inputs.integer(f"{node}MaxOutputLength", 1, MOST_OUTPUT)
        return RequestTool(
            ToolSpec(
                tool_name(inputs, f"{node}Name", f"requests_{method.lower()}").lower(),
                inputs.text(f"{node}Description") or inputs.text("description") or description,
                schema,
            ),
            context.outbound,
            method,
            url,
            _headers(inputs, f"{node}Headers", "headers"),
            declarations,
            fixed_body,
            DEFAULT_OUTPUT if limit is None else limit,
        )

    return NodeType(
        node,
        label,
        CATEGORY,
        (
            Input(f"{node}Url", asks=True),
            Input(f"{node}Name"),
            Input(f"{node}Description"),
            Input(f"{node}Headers", "json", asks=True),
            *((Input(body, "json", asks=True),) if body else ()),
            Input(declared_in, "json"),
            Input(f"{node}MaxOutputLength", "number"),
        ),
        build,
        repeatable=method == "GET",
    )


NODES = (
    requesting("GET", "Requests Get", "Gets data from a web address."),
    requesting("POST", "Requests Post", "Sends data to a web address.", body="requestPostBody"),
    requesting("PUT", "Requests Put", "Replaces data at a web address.", body="requestPutBody"),
    requesting("DELETE", "Requests Delete", "Deletes data at a web address."),
)
