"""Where a drawing forks: which ending a question takes is decided by the fork nodes before it (docs/contract.md §10.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.flows.components import Answer, Runnable, Turn
from tradewind_server.flows.drawing import Edge, Flow, Node, invalid
from tradewind_server.flows.nodes.functions import Fork
from tradewind_server.flows.nodes.registry import Registry

FIRST_WAY, OTHER_WAY = "-output-returnTrue", "-output-returnFalse"
"""What handles of the outputs of a fork hold."""


@dataclass(frozen=True, slots=True)
class EndingBranch:
    """An ending, and the way that each fork before it must go: true for the first."""

    target: Node
    ways: tuple[tuple[str, bool], ...]


def branches_of(flow: Flow, endings: Sequence[Node], registry: Registry) -> tuple[EndingBranch, ...]:
    """The endings as branches; empty where none stands behind a fork."""
    branches = tuple(EndingBranch(ending, _ways(flow, ending, registry)) for ending in endings)
    return branches if any(branch.ways for branch in branches) else ()


def _ways(flow: Flow, ending: Node, registry: Registry) -> tuple[tuple[str, bool], ...]:
    """The forks before a node, the nearest first, with the way that leads there."""
    into: dict[str, list[Edge]] = {}
    for edge in flow.edges:
        into.setdefault(edge.target, []).append(edge)
    ways: dict[str, bool] = {}
    done = {ending.id}
    path = [ending.id]
    while path:
        for edge in into.get(path.pop(0), ()):
            if registry.forks(flow.nodes[edge.source]) and edge.source not in ways:
                ways[edge.source] = OTHER_WAY not in edge.handle
            if edge.source not in done:
                done.add(edge.source)
                path.append(edge.source)
    return tuple(ways.items())


@dataclass(frozen=True, slots=True)
class BranchRunnable:
    """The endings of a drawing that forks: the last one drawn whose way is taken answers."""

    branches: tuple[tuple[tuple[tuple[Fork, bool], ...], Runnable], ...]

    async def run(self, turn: Turn) -> Answer:
        for ways, runnable in reversed(self.branches):
            for fork, is_first in reversed(ways):
                if await fork.goes_first_way(turn) is not is_first:
                    break
            else:
                return await runnable.run(turn)
        raise invalid("The chatflow has no ending on the way that its IfElse Function takes; wire a chain or an agent there.")


def branch_runnable(branches: Sequence[EndingBranch], components: Mapping[str, Any]) -> BranchRunnable:
    return BranchRunnable(
        tuple(
            (tuple((components[node_id], is_first) for node_id, is_first in branch.ways), components[branch.target.id])
            for branch in branches
        )
    )
