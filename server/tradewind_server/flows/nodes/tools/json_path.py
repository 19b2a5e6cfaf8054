"""The tool that takes one value out of JSON by a path that the canvas names."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.nodes.tools.builtin import CATEGORY
from tradewind_server.flows.ports import ToolSpec
from tradewind_server.lenient_json import json_values

STEP = re.compile(r"[^.\[\]]+")
LONGEST_PATH = 500
LONGEST_REPAIR = 8 * 1024
"""Characters of JSON that is nearly right: some 50 ms of the event loop."""
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"json": {"type": "string", "description": "The JSON to take the value from."}},
    "required": ["json"],
}


@dataclass(frozen=True, slots=True)
class JsonPathTool:
    """``path`` is as in ``data.items[0].name``. A value that is not there is a failure, or null where the node says so."""

    spec: ToolSpec
    path: str
    null_on_error: bool
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        data = arguments.get("json")
        if isinstance(data, str):
            data = next((value for value in json_values(data, LONGEST_REPAIR) if isinstance(value, dict | list)), None)
        value = value_at(data, self.path)
        if value is None:
            problem = f"Nothing stands at the path {self.path} of that JSON."
            return ToolResult("null") if self.null_on_error else ToolResult(problem, error=problem)
        return ToolResult(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def value_at(data: Any, path: str) -> Any:
    """The value at a path; None where there is none."""
    for step in STEP.findall(path):
        step = step.strip("\"'")
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal() and len(step) < 10 and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def build(inputs: NodeInputs, context: BuildContext) -> JsonPathTool:
    path = inputs.text("path").strip().removeprefix("$.")
    if not path or len(path) > LONGEST_PATH:
        raise inputs.wrong_input("path", "a path such as data.items[0].name")
    description = f"Takes the value at {path} out of JSON."
    return JsonPathTool(ToolSpec("json_path_extractor", description, SCHEMA), path, inputs.flag("returnNullOnError"))


NODES = (
    NodeType("jsonPathExtractor", "JSON Path Extractor", CATEGORY, (Input("path"), Input("returnNullOnError", "flag")), build),
)
