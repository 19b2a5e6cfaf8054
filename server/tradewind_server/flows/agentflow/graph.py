"""The drawing of an agent flow as levels of steps: the outer one, and one for each iteration box. Compiled once a version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tradewind_server.flows.drawing import Edge, Flow, Node, invalid
from tradewind_server.flows.nodes.agentflow import HUMAN_INPUT, ITERATION, LOOP, START

HANDLE_NUMBER = re.compile(r"-output-(\d{1,4})\Z")


@dataclass(frozen=True)
class FlowLevel:
    """The nodes that stand in one box, or outside of all, with the wires among them, in the order of the drawing."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(node.id for node in self.nodes)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[int, ...]]:
        """Positions of the wires into each node."""
        return {node.id: tuple(i for i, edge in enumerate(self.edges) if edge.target == node.id) for node in self.nodes}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[int, ...]]:
        return {node.id: tuple(i for i, edge in enumerate(self.edges) if edge.source == node.id) for node in self.nodes}

    @cached_property
    def starts(self) -> tuple[str, ...]:
        return tuple(node.id for node in self.nodes if not self.incoming[node.id])

    def sources(self, node_id: str) -> list[str]:
        """Where the wires into a node come from, each node once."""
        return list(dict.fromkeys(self.edges[position].source for position in self.incoming[node_id]))

    def is_leaf(self, node_id: str) -> bool:
        return not self.outgoing[node_id]

    def reach(self, node_id: str) -> frozenset[str]:
        """A node and all that can come after it."""
        targets = {node_id}
        waiting = [node_id]
        while waiting:
            for position in self.outgoing[waiting.pop()]:
                target = self.edges[position].target
                if target not in targets:
                    targets.add(target)
                    waiting.append(target)
        return frozenset(targets)


@dataclass(frozen=True)
class AgentGraph:
    """An agent flow's levels. ``boxes`` holds those inside iteration boxes by the id of the box."""

    flow: Flow
    outer: FlowLevel
    boxes: Mapping[str, FlowLevel]

    @property
    def start(self) -> Node:
        return self.flow.nodes[self.outer.starts[0]]


def branch_of(edge: Edge) -> int | None:
    """The number of the branch that a wire out of a deciding node belongs to; None where its handle has none."""
    match = HANDLE_NUMBER.search(edge.handle)
    return int(match.group(1)) if match else None


def loop_target(node: Node) -> str:
    """The id of the node that a Loop node goes back to: what stands before the first hyphen of its input."""
    return str(node.inputs.get("loopBackToNode") or "").partition("-")[0]


def compile_graph(flow: Flow) -> AgentGraph:
    """Raises ``InvalidInput(INVALID_CHATFLOW)`` for a drawing that could not run, with the first fault."""
    graph = _levels(flow)
    for fault in faults(graph):
        raise invalid(fault)
    return graph


def _levels(flow: Flow) -> AgentGraph:
    def level(box: str | None) -> FlowLevel:
        nodes = tuple(node for node in flow.nodes.values() if node.box == box)
        ids = {node.id for node in nodes}
        return FlowLevel(nodes, tuple(edge for edge in flow.edges if edge.source in ids and edge.target in ids))

    boxes = [node.id for node in flow.nodes.values() if node.name == ITERATION.name]
    return AgentGraph(flow, level(None), {box: level(box) for box in boxes})


def faults_of(flow: Flow) -> Sequence[str]:
    """All that is wrong with a drawing as a graph, sentences."""
    return list(faults(_levels(flow)))


def faults(graph: AgentGraph) -> Iterator[str]:
    flow, outer = graph.flow, graph.outer
    starts = [flow.nodes[node_id] for node_id in outer.starts]
    if len(starts) > 1:
        names = ", ".join(f"{node.label} ({node.id})" for node in starts)
        yield f"Multiple starting nodes are not allowed: nothing leads to {names}. Wire all but the Start node."
    elif not starts or starts[0].name != START.name:
        yield "The agent flow has no Start node that the others follow from."
    boxes = {node.id for node in flow.nodes.values() if node.name == ITERATION.name}
    for node in flow.nodes.values():
        place = f"{node.label} ({node.id})"
        if node.box is not None and node.box not in boxes:
            yield f"The node {place} stands in the box {node.box}, which is not in the chatflow."
        if node.box is not None and node.name == HUMAN_INPUT.name:
            yield f"The node {place} stands in an iteration box, where nobody can be asked; move it out of the box."
        if node.name == LOOP.name:
            target = flow.nodes.get(loop_target(node))
            if target is None or target.box != node.box:
                yield f"The loop {place} goes back to {loop_target(node) or 'nothing'}, which is no node beside it."
    for edge in flow.edges:
        if flow.nodes[edge.source].box != flow.nodes[edge.target].box:
            target = flow.nodes[edge.target]
            yield f"A wire crosses the border of an iteration box to {target.label} ({target.id}), which could never run."
    for level in (outer, *graph.boxes.values()):
        yield from _circle(level)


def _circle(level: FlowLevel) -> Iterator[str]:
    """A circle of wires: each of its nodes would wait for the others for ever."""
    waiting = {node.id: len(level.incoming[node.id]) for node in level.nodes}
    ready = [node_id for node_id, count in waiting.items() if not count]
    while ready:
        node_id = ready.pop()
        del waiting[node_id]
        for position in level.outgoing[node_id]:
            target = level.edges[position].target
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    if waiting:
        node = next(one for one in level.nodes if one.id in waiting)
        yield f"The chatflow runs in a circle through {node.label} ({node.id}), which could not run; go back with a Loop node."
