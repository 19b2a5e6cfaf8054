"""Tools of the workspace, whose functions are JavaScript that runs in the sandbox (docs/contract.md §9.10, §10.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.chatflows.tools import StoredTool
from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.javascript_port import JavaScript, Script
from tradewind_server.flows.llm.zod import NotUnderstood, parse_zod
from tradewind_server.flows.nodes.scripts import script_globals, text_of_value
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType, tool_key
from tradewind_server.flows.nodes.tools.builtin import CATEGORY, LONGEST_NAME, NOT_IN_A_NAME
from tradewind_server.flows.nodes.tools.tool_arguments import converted_arguments
from tradewind_server.flows.ports import ToolSpec

TYPES = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date-time"},
}
"""JSON schemas of the types that the canvas offers."""
DEFAULT_NAME = "custom_tool"


@dataclass(frozen=True, slots=True)
class CustomTool:
    """A function of the workspace that a model calls."""

    spec: ToolSpec
    javascript: JavaScript
    code: str | None = field(repr=False)
    """None where there is no such tool."""
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        if self.code is None:
            message = "This tool is not in the workspace any more."
            return ToolResult(message, error=message)
        properties = self.spec.parameters.get("properties", {})
        values, problem = converted_arguments(self.spec.parameters, arguments)
        if problem:
            message = f"Received tool input did not match expected schema: {problem}."
            return ToolResult(message, error=message)
        absent = [f"${name}" for name in properties if name not in values and name != "input"]
        script = Script(f"The tool {self.spec.name}", self.code, script_globals(turn, values), absent)
        return ToolResult(text_of_value(await self.javascript.run(script)))


def build_custom_tool(inputs: NodeInputs, context: BuildContext) -> CustomTool:
    context.javascript.check(f"The node {inputs.node.label} ({inputs.node.id})")
    tool = inputs.values.get("selectedTool")
    if isinstance(tool, str):  # Inside a node of an agent flow; its engine has looked it up.
        tool = context.readings.get(tool_key(tool), (None, tool))[1]
    if not isinstance(tool, StoredTool):  # Its row is not read: whether the node would run is all that is asked.
        if not inputs.text("selectedTool").strip() and not inputs.is_set("customToolFunc"):
            raise inputs.wrong_input("selectedTool", "the id of a tool of the workspace")
        tool = None
    schema = inputs.text("customToolSchema").strip()
    return CustomTool(
        ToolSpec(
            _name(inputs.text("customToolName") or (tool.name if tool else f"{DEFAULT_NAME}_{inputs.node.id}")),
            inputs.text("customToolDesc") or (tool.description if tool else ""),
            _zod_parameters(inputs, schema) if schema else _parameters(inputs, tool.schema if tool else None),
        ),
        context.javascript,
        inputs.text("customToolFunc") or (tool.func or "" if tool else None),
        return_direct=inputs.flag("returnDirect"),
    )


def _name(text: str) -> str:
    """A name as models take it."""
    return NOT_IN_A_NAME.sub("_", text.strip()).strip("_")[:LONGEST_NAME] or DEFAULT_NAME


def _parameters(inputs: NodeInputs, schema: str | None) -> dict[str, Any]:
    """The JSON schema of the list of properties that the canvas stores."""
    try:
        items = foreign_json(schema) if schema and schema.strip() else []
    except ValueError:
        items = None
    if isinstance(items, dict):  # One that somebody wrote as a JSON schema.
        return items if items.get("type") == "object" else {"type": "object", "properties": {}}
    if not isinstance(items, list):
        raise inputs.wrong_input("selectedTool", "a tool whose schema is a list of properties")
    properties: dict[str, Any] = {}
    required_names = []
    for item in items:
        name = item.get("property") if isinstance(item, dict) else None
        if not isinstance(name, str) or not name.strip():
            continue
        name = name.strip()
        properties[name] = {
            **TYPES.get(str(item.get("type")), TYPES["string"]),
            "description": str(item.get("description") or ""),
        }
        if item.get("required") is True:
            required_names.append(name)
    return {"type": "object", "properties": properties, "required": required_names}


def _zod_parameters(inputs: NodeInputs, source: str) -> dict[str, Any]:
    try:
        return parse_zod(source).schema()
    except NotUnderstood as error:
        raise inputs.wrong_input("customToolSchema", f"a zod object that can be read; {error}") from None


NODES = (
    NodeType(
        "customTool",
        "Custom Tool",
        CATEGORY,
        (
            Input("selectedTool"),
            Input("returnDirect", "flag"),
            Input("customToolName"),
            Input("customToolDesc"),
            Input("customToolSchema", "code"),
            Input("customToolFunc", "code"),
        ),
        build_custom_tool,
        runs_javascript=True,
        tool_input="selectedTool",
    ),
)
