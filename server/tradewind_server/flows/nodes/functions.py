"""Function nodes: JavaScript of the owner in the middle of a flow, at its end, or where it forks (docs/contract.md §10.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.flows.components import Answer, Runnable, Turn, ValueNode
from tradewind_server.flows.drawing import REFERENCE, texts_in
from tradewind_server.flows.javascript_port import JavaScript, Script
from tradewind_server.flows.nodes.scripts import script_globals, text_of_value, with_values
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType

CATEGORY = "Utilities"
Sources = Mapping[str, ValueNode | Runnable]


@dataclass(frozen=True, slots=True)
class Function:
    """One function of a node. ``values`` are its variables by name, in whose texts wires to ``sources`` may stand."""

    label: str
    javascript: JavaScript
    code: str = field(repr=False)
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    sources: Sources = field(default_factory=dict, repr=False)

    async def result(self, turn: Turn) -> Any:
        """What it returns; text that is JSON of an object or a list is read."""
        values = await with_values(dict(self.values), self.sources, turn)
        return _read(await self.javascript.run(Script(self.label, self.code, script_globals(turn, values))))


def _read(value: Any) -> Any:
    if not isinstance(value, str) or value.strip()[:1] not in ("{", "["):
        return value
    try:
        return foreign_json(value)
    except ValueError:
        return value


@dataclass(frozen=True, slots=True)
class FunctionNode:
    """A function whose result is a value of the flow, or its answer."""

    function: Function

    async def value(self, turn: Turn) -> Any:
        return await self.function.result(turn)

    async def run(self, turn: Turn) -> Answer:
        """The answer: text, or an object; of an object with a ``text`` that text."""
        result = await self.function.result(turn)
        if isinstance(result, dict) and isinstance(result.get("text"), str):
            return Answer(result["text"])
        return Answer("", json=result) if isinstance(result, dict | list) else Answer(text_of_value(result))


@dataclass(frozen=True, slots=True)
class Fork:
    """Two functions: where the first returns something true, the flow goes on one way with it, else the other way."""

    node_id: str
    condition: Function
    otherwise: Function

    async def goes_first_way(self, turn: Turn) -> bool:
        """Which way the flow goes. Asked once in a turn, whoever asks."""
        key = f"{self.node_id} way"
        if key not in turn.node_values:
            result = await self.condition.result(turn)
            is_first = bool(result) or isinstance(result, dict | list)  # An empty list is true in JavaScript.
            turn.node_values[key] = (is_first, result if is_first else await self.otherwise.result(turn))
        return bool(turn.node_values[key][0])

    async def value(self, turn: Turn) -> Any:
        await self.goes_first_way(turn)
        return turn.node_values[f"{self.node_id} way"][1]


def variables_of(inputs: NodeInputs, name: str) -> tuple[Mapping[str, Any], Sources]:
    """The variables of a node by name, and what they are wired to."""
    values = inputs.json(name)
    if values is None:
        return {}, {}
    if not isinstance(values, dict):
        raise inputs.wrong_input(name, "a JSON object of variable names and values")
    return {str(key).removeprefix("$"): one for key, one in values.items()}, sources_of(inputs, name, values)


def sources_of(inputs: NodeInputs, name: str, value: Any) -> Sources:
    """The components behind the wires in a JSON value. Raises ``InvalidInput`` for those that yield nothing."""
    sources: dict[str, ValueNode | Runnable] = {}
    for text in texts_in(value):
        for match in REFERENCE.finditer(text):
            component = inputs.components.get(match.group(1))
            if not isinstance(component, ValueNode | Runnable):
                raise inputs.wrong_input(name, f"wired to nodes that yield a value; {match.group(1)} yields none")
            sources[match.group(1)] = component
    return sources


def _function(inputs: NodeInputs, context: BuildContext, code: str) -> Function:
    label = f"The node {inputs.node.label} ({inputs.node.id})"
    context.javascript.check(label)
    values, sources = variables_of(inputs, "functionInputVariables")
    return Function(label, context.javascript, inputs.text(code), values, sources)


def build_custom_function(inputs: NodeInputs, context: BuildContext) -> FunctionNode:
    return FunctionNode(_function(inputs, context, "javascriptFunction"))


def build_if_else(inputs: NodeInputs, context: BuildContext) -> Fork:
    return Fork(inputs.node.id, _function(inputs, context, "ifFunction"), _function(inputs, context, "elseFunction"))


VARIABLES = Input("functionInputVariables", "json", asks=True)
NODES = (
    NodeType(
        "customFunction",
        "Custom JS Function",
        CATEGORY,
        (
            VARIABLES,
            Input("functionName", has_no_effect=True),
            Input("tools", "nodes", "Tool", has_no_effect=True, note="hands tools to its function, which gets none here."),
            Input("javascriptFunction", "code"),
        ),
        build_custom_function,
        runs_javascript=True,
    ),
    NodeType(
        "ifElseFunction",
        "IfElse Function",
        CATEGORY,
        (
            VARIABLES,
            Input("functionName", has_no_effect=True),
            Input("ifFunction", "code"),
            Input("elseFunction", "code"),
        ),
        build_if_else,
        forks=True,
        runs_javascript=True,
    ),
)
