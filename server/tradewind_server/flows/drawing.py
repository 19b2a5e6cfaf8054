"""Flowise's ``flowData`` as typed nodes and edges (docs/contract.md §10.1). Errors name the node and the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.vector_names import name_fault

REFERENCE = re.compile(r"\{\{\s*+([A-Za-z0-9_\-]++)\.data\.instance(?:\.[^{}]*+)?\s*+\}\}")
AGENT_FLOWS = "Agent Flows"
"""The category of the nodes of agent flows."""
SHORT_WIRE = re.compile(r"\{\{\s*+([A-Za-z0-9_\-]++)\s*+\}\}")
"""How drawings of assistants write a wire: an input that is this and nothing else."""
DRAWING_ONLY = frozenset({"stickyNote", "stickyNoteAgentflow"})
MOST_NODES = 1000


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the drawing. ``inputs`` are the values typed or wired on the canvas."""

    id: str
    name: str
    label: str
    category: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any] = field(default_factory=dict)
    credential: str | None = None
    input_params: tuple[Mapping[str, Any], ...] = ()
    box: str | None = None
    """The id of the iteration box that the node stands in; None outside of all."""

    def references(self) -> Iterator[tuple[str, str]]:
        """Input name and node id of everything wired into this node."""
        for name, value in self.inputs.items():
            for text in texts_in(value):
                for match in REFERENCE.finditer(text):
                    yield name, match.group(1)


@dataclass(frozen=True, slots=True)
class Edge:
    """One wire. ``handle`` names the output of the source that it leaves; "" where the drawing does not say."""

    source: str
    target: str
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A parsed drawing; sticky notes are left out.

    A saved drawing may name nodes that it no longer has. It is parsed all the same: an input that refers to one is refused
    when its node is built, and ``loose`` are the missing ends of wires, which are left out.
    """

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    loose: tuple[str, ...] = ()

    def incoming(self, node_id: str) -> int:
        return sum(edge.target == node_id for edge in self.edges)

    def outgoing(self, node_id: str) -> int:
        return sum(edge.source == node_id for edge in self.edges)


def texts_in(value: Any) -> Iterator[str]:
    """Every text inside a JSON value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def invalid(message: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_CHATFLOW, message)


def parse_flow(flow_data: str) -> Flow:
    """The typed flow behind the JSON text of a chatflow. Raises ``InvalidInput(INVALID_CHATFLOW)``."""
    try:
        data = foreign_json(flow_data)
    except ValueError:
        raise invalid("The chatflow's flowData is not JSON; save it again from the canvas.") from None
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise invalid("The chatflow's flowData has no list of nodes; save it again from the canvas.")
    if len(data["nodes"]) > MOST_NODES:
        raise invalid(f"The chatflow has more than {MOST_NODES} nodes; split it.")
    nodes: dict[str, Node] = {}
    for position, raw in enumerate(data["nodes"]):
        node = _node(position, raw)
        if node.name in DRAWING_ONLY:
            continue
        if node.id in nodes:
            raise invalid(f"The chatflow has two nodes with the id {node.id}.")
        nodes[node.id] = node
    nodes = {node.id: _with_whole_wires(node, nodes) for node in nodes.values()}
    edges, loose = _edges(data.get("edges") or [], nodes)
    return Flow(nodes, edges, loose)


def missing_node(node: Node, name: str, target: str) -> InvalidInput:
    """The error of an input that refers to a node which is not in the drawing."""
    return invalid(
        f"The input {name} of the node {node.label} ({node.id}) refers to {target}, which is not in the chatflow; wire it "
        "again."
    )


def _node(position: int, raw: Any) -> Node:
    data = raw.get("data") if isinstance(raw, dict) else None
    if not isinstance(data, dict):
        raise invalid(f"The node at position {position} of the chatflow has no data.")
    name, node_id = data.get("name"), raw.get("id") or data.get("id")
    if not isinstance(name, str) or not isinstance(node_id, str) or not name or not node_id:
        raise invalid(f"The node at position {position} of the chatflow has no name or no id.")
    if fault := name_fault(node_id, as_file=False):  # Collections and records are named after nodes.
        raise invalid(f"The id of the node at position {position} of the chatflow cannot be used: {fault}.")
    inputs = data.get("inputs") or {}
    if not isinstance(inputs, dict):
        raise invalid(f"The inputs of the node {node_id} are not an object.")
    credential = data.get("credential") or inputs.get("FLOWISE_CREDENTIAL_ID")
    outputs = data.get("outputs")
    parameters = data.get("inputParams")
    box = raw.get("parentNode") or raw.get("parentId")
    return Node(
        id=node_id,
        name=name,
        label=str(data.get("label") or name),
        category=str(data.get("category") or ""),
        inputs=inputs,
        outputs=outputs if isinstance(outputs, dict) else {},
        credential=credential if isinstance(credential, str) and credential else None,
        input_params=tuple(one for one in parameters if isinstance(one, dict)) if isinstance(parameters, list) else (),
        box=box if isinstance(box, str) else None,
    )


def _with_whole_wires(node: Node, nodes: Mapping[str, Node]) -> Node:
    """The node with the short form of wires, ``{{id}}``, written as the canvas writes them. Only ids of nodes are wires.

    Nodes of agent flows have no wires: there it stands for what the node said.
    """
    if node.category == AGENT_FLOWS:
        return node
    inputs = {name: _whole_wire(value, nodes) for name, value in node.inputs.items()}
    return replace(node, inputs=inputs) if inputs != node.inputs else node


def _whole_wire(value: Any, nodes: Mapping[str, Node]) -> Any:
    if isinstance(value, list):
        return [_whole_wire(one, nodes) if isinstance(one, str) else one for one in value]
    match = SHORT_WIRE.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{{{{{match.group(1)}.data.instance}}}}" if match and match.group(1) in nodes else value


def _edges(raw: Any, nodes: Mapping[str, Node]) -> tuple[tuple[Edge, ...], tuple[str, ...]]:
    """The wires between nodes of the drawing, and the ids that others lead to."""
    edges: list[Edge] = []
    loose: dict[str, None] = {}
    for entry in raw if isinstance(raw, list) else ():
        source, target = (entry.get("source"), entry.get("target")) if isinstance(entry, dict) else (None, None)
        if not isinstance(source, str) or not isinstance(target, str):
            continue
        missing = [end for end in (source, target) if end not in nodes and not end.startswith("stickyNote")]
        loose.update(dict.fromkeys(missing))
        if source in nodes and target in nodes:
            handle = entry.get("sourceHandle")
            edges.append(Edge(source, target, handle if isinstance(handle, str) else ""))
    return tuple(edges), tuple(loose)


def nodes_of_category(flow: Flow, *categories: str) -> Iterable[Node]:
    return (node for node in flow.nodes.values() if node.category in categories)
