"""Which node of a level runs next.

A node waits until each of its wires has brought something or can bring nothing any more, and runs once if any has brought
something. What a deciding node does not choose is dead, and so is all that follows from dead wires alone: a join behind nested
decisions runs with what it gets. A jump begins a new wave: what comes after its target waits anew.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from tradewind_server.flows.agentflow.graph import FlowLevel
from tradewind_server.flows.drawing import Edge

LIVE, DEAD = True, False


class Scheduler:
    """The queue of one run of a level, first in, first out."""

    def __init__(self, level: FlowLevel, starts: Sequence[str] | None = None) -> None:
        self._level = level
        self._wires: dict[int, bool] = {}
        """Wires that are decided: whether they brought something."""
        self._queue: deque[str] = deque(level.starts if starts is None else starts)

    def __bool__(self) -> bool:
        return bool(self._queue)

    def peek(self) -> Sequence[str]:
        """The ids of the nodes that wait, the next first."""
        return tuple(self._queue)

    def pop(self) -> str:
        return self._queue.popleft()

    def finish(self, node_id: str, follows: Callable[[Edge], bool]) -> None:
        """A node has run. ``follows`` says which of its wires bring something."""
        for position in self._level.outgoing[node_id]:
            self._decide(position, LIVE if follows(self._level.edges[position]) else DEAD)

    def jump(self, target: str) -> None:
        """Run a node again, without waiting for its wires, and then all that comes after it."""
        after = self._level.reach(target)
        for position, edge in enumerate(self._level.edges):
            if edge.source in after:
                self._wires.pop(position, None)
        if target not in self._queue:
            self._queue.append(target)

    def _decide(self, position: int, brings: bool) -> None:
        waiting = [(position, brings)]
        while waiting:
            position, brings = waiting.pop(0)
            self._wires[position] = brings
            target = self._level.edges[position].target
            wires = self._level.incoming[target]
            if any(one not in self._wires for one in wires):
                continue
            if any(self._wires[one] for one in wires):
                if target not in self._queue:
                    self._queue.append(target)
            else:
                waiting += [(one, DEAD) for one in self._level.outgoing[target]]
