"""Where a drawing ends: the node whose answer is the flow's."""

from __future__ import annotations

from collections.abc import Sequence

from tradewind_server.flows.drawing import Flow, Node, invalid
from tradewind_server.flows.nodes.registry import Registry

FUNCTION_AT_THE_END = "EndingNode"
"""The output that a function node has where it ends a flow."""


def question_ends(flow: Flow, registry: Registry) -> Sequence[Node]:
    """The nodes in which a question ends (docs/contract.md §10.2), in the order of the drawing.

    Raises ``InvalidInput(INVALID_CHATFLOW)`` where there is none.
    """
    lone = len(flow.nodes) == 1
    ends = [node for node in flow.nodes.values() if flow.outgoing(node.id) == 0 and (flow.incoming(node.id) or lone)]
    if not ends:
        raise invalid("The chatflow has no ending node: wire a chain or an agent to its model.")
    endings = [node for node in ends if registry.ends_flow(node) or is_function(node)]
    if not endings:
        raise invalid("The chatflow's ending node must be a chain, an agent or an engine.")
    return endings


def ending_node(flow: Flow, registry: Registry) -> Node:
    """The node whose answer is the flow's; the last one drawn where several end it."""
    ending = question_ends(flow, registry)[-1]
    output = ending.outputs.get("output")
    if isinstance(output, str) and output and output != ending.name and not is_function(ending):
        raise invalid(f"The output of {ending.label} ({ending.id}) must be {ending.label}, not {output}.")
    return ending


def is_function(ending: Node) -> bool:
    """Whether a function of the owner's ends the flow."""
    return ending.outputs.get("output") == FUNCTION_AT_THE_END
