"""Maps node types to ``tradewind.v1`` messages."""

from __future__ import annotations

from tradewind.v1 import node_type_pb2 as pb

from tradewind_server.flows.nodes.spec import NodeType


def node_type(spec: NodeType) -> pb.NodeType:
    inputs = [
        pb.NodeTypeInput(
            name=one.name, kind=f"NODE_INPUT_KIND_{one.kind.upper()}", accepts=one.accepts, ignored=one.has_no_effect
        )
        for one in spec.inputs
    ]
    return pb.NodeType(
        name=spec.name,
        label=spec.label,
        category=spec.category,
        inputs=inputs,
        note=spec.note,
        ends_flow=spec.ends_flow,
    )
