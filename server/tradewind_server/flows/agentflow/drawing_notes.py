"""What of an agent flow's drawing runs otherwise than it looks: wires that nothing follows, names that nothing has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tradewind_server.errors import TradewindError
from tradewind_server.flows.agentflow.graph import branch_of
from tradewind_server.flows.agentflow.step import OUTPUT_TOKENS, objects_in
from tradewind_server.flows.drawing import Flow, Node, texts_in
from tradewind_server.flows.nodes.agentflow import CONDITION, CONDITION_AGENT, HUMAN_INPUT, START
from tradewind_server.flows.nodes.spec import NodeInputs

STATE_TOKEN = re.compile(r"\{\{[^{}\n]{0,100}?\$flow\.state\.([\w-]{1,200})")
NODE_TOKEN = re.compile(r"\{\{[^\S\n]{0,20}([A-Za-z]{1,60}Agentflow)\\?_(\d{1,6})(?![\w-])")
BRANCHES: Mapping[str, tuple[str, int]] = {
    CONDITION.name: ("conditions", 1),
    CONDITION_AGENT.name: ("conditionAgentScenarios", 0),
}
"""Inputs that make the branches of a node, one each, and how many it has beside them."""


def drawing_notes(flow: Flow) -> Iterator[str]:
    """A sentence for each."""
    yield from _wires(flow)
    yield from _state(flow)
    for node in flow.nodes.values():
        names = {f"{name}_{number}" for name, number in NODE_TOKEN.findall(_texts(node))}
        for name in sorted(names - flow.nodes.keys()):
            yield f"{node.label} ({node.id}) names {name}, which is not in the drawing: the token stays as it is written."


def _wires(flow: Flow) -> Iterator[str]:
    for edge in flow.edges:
        source, target = flow.nodes[edge.source], flow.nodes[edge.target]
        count, branch = _branches(source), branch_of(edge)
        if count is not None and (branch is None or branch >= count):
            yield (
                f"The wire from {source.label} ({source.id}) to {target.label} ({target.id}) leaves by no branch of the "
                "node: nothing follows it; draw it again."
            )


def _branches(node: Node) -> int | None:
    """How many branches a deciding node has; None for another node."""
    if node.name == HUMAN_INPUT.name:
        return 2
    if node.name not in BRANCHES:
        return None
    name, more = BRANCHES[node.name]
    return len(_objects(node, name)) + more


def _state(flow: Flow) -> Iterator[str]:
    starts = [node for node in flow.nodes.values() if node.name == START.name]
    keys = {key for node in starts for key in _keys(node, "startState")}
    changes = [
        (node, key)
        for node in flow.nodes.values()
        for name in node.inputs
        if name.endswith(OUTPUT_TOKENS)
        for key in _keys(node, name)
    ]
    for node, key in changes:
        if key not in keys:
            yield f"{node.label} ({node.id}) sets {key} in the state, which the Start node does not name: it is added."
    state_keys = keys | {key for _, key in changes}
    for node in flow.nodes.values():
        for key in sorted(set(STATE_TOKEN.findall(_texts(node))) - state_keys):
            yield f"{node.label} ({node.id}) reads $flow.state.{key}, which nothing sets: the token stays as it is written."


def _texts(node: Node) -> str:
    return "\n".join(texts_in(dict(node.inputs)))


def _keys(node: Node, name: str) -> list[str]:
    try:
        value = NodeInputs(node, node.inputs).json(name)
    except TradewindError:
        return []
    if isinstance(value, dict) and "key" not in value:
        return [str(key) for key in value]
    return [str(one["key"]) for one in _objects(node, name) if one.get("key")]


def _objects(node: Node, name: str) -> list[dict[str, Any]]:
    try:
        return objects_in(NodeInputs(node, node.inputs), name)
    except TradewindError:
        return []  # The node says so itself when it runs.
