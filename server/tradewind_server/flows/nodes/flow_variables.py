"""Variables inside one flow: a node sets one, others read it, without a wire between them (docs/contract.md §10.5)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from tradewind_server.flows.components import Runnable, Turn, ValueNode
from tradewind_server.flows.drawing import Flow, Node
from tradewind_server.flows.nodes.functions import CATEGORY, Sources, sources_of
from tradewind_server.flows.nodes.scripts import node_value, with_values
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType

SETTERS = "setters"
"""The input of a reading node that no canvas draws: wires to the nodes that set its variable."""


@dataclass(frozen=True, slots=True)
class SetVariable:
    """Keeps what it is wired to under a name, and hands it on."""

    name: str
    content: Any = field(repr=False)
    sources: Sources = field(repr=False)
    is_shown: bool = False
    """Whether clients see it, beside the answer."""

    async def value(self, turn: Turn) -> Any:
        values = await with_values(self.content, self.sources, turn)
        value = values[0] if isinstance(values, list) and len(values) == 1 else values
        if self.is_shown:
            turn.flow_variables[self.name] = value
        return value


@dataclass(frozen=True, slots=True)
class GetVariable:
    """Reads a variable: what the last node drawn that sets it yields; nothing where none does."""

    setters: tuple[tuple[str, ValueNode | Runnable], ...]

    async def value(self, turn: Turn) -> Any:
        value = None
        for node_id, setter in self.setters:
            value = await node_value(node_id, setter, turn)
        return value


def build_set_variable(inputs: NodeInputs, context: BuildContext) -> SetVariable:
    content = inputs.values.get("input")
    return SetVariable(_name(inputs), content, sources_of(inputs, "input", content), is_shown=inputs.flag("showOutput"))


def build_get_variable(inputs: NodeInputs, context: BuildContext) -> GetVariable:
    _name(inputs)
    return GetVariable(tuple(sources_of(inputs, SETTERS, inputs.values.get(SETTERS)).items()))


def _name(inputs: NodeInputs) -> str:
    name = inputs.text("variableName").strip()
    if not name:
        raise inputs.wrong_input("variableName", "the name of a variable")
    return name


def with_setters(flow: Flow) -> Flow:
    """The drawing with a wire from each node that sets a variable to those that read it."""
    setters: dict[str, list[Node]] = {}
    for node in flow.nodes.values():
        if node.name == NODES[0].name:
            setters.setdefault(str(node.inputs.get("variableName") or "").strip(), []).append(node)
    nodes = dict(flow.nodes)
    for node in flow.nodes.values():
        if node.name == NODES[1].name:
            wires = [
                "{{" + one.id + ".data.instance}}"
                for one in setters.get(str(node.inputs.get("variableName") or "").strip(), ())
            ]
            nodes[node.id] = replace(node, inputs={**node.inputs, SETTERS: wires})
    return replace(flow, nodes=nodes) if setters else flow


NODES = (
    NodeType(
        "setVariable",
        "Set Variable",
        CATEGORY,
        (
            Input("input", "nodes", "string | number | boolean | json | array"),
            Input("variableName"),
            Input("showOutput", "flag"),
        ),
        build_set_variable,
    ),
    NodeType(
        "getVariable",
        "Get Variable",
        CATEGORY,
        (Input("variableName"), Input(SETTERS, "nodes", "SetVariable")),
        build_get_variable,
    ),
)
