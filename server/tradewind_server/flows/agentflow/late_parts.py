"""What components inside an agent flow's nodes stand for and only a look-up tells: stored tools, descriptions of interfaces."""

from __future__ import annotations

from tradewind_server.flows.agentflow.step import FlowServices
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.spec import NodeInputs, tool_key


async def read_late_part(node: Node, services: FlowServices) -> None:
    """Keep in ``context.readings`` what a held component is built from. Looked up each time it is built.

    A stored tool that is gone is forgotten: its component says so when it is called. Raises what a description's source does.
    """
    registry, context, tools = services.registry, services.context, services.tools
    if not registry.knows(node.name):
        return
    node_type = registry.type_of(node)
    if node_type.read is not None:
        await node_type.read(NodeInputs(node, node.inputs), context)
    tool_id = str(node.inputs.get(node_type.tool_input) or "").strip().lower()
    if tool_id and tools is not None and context.now is not None:
        tool = await tools.get(context.workspace_id, tool_id)
        context.readings[tool_key(tool_id)] = (context.now(), tool)
