"""What components inside an agent flow's nodes stand for and only a look-up tells: stored tools, descriptions of interfaces."""

from __future__ import annotations

from tradewind_server.chatflows.tools import Tools
from tradewind_server.flows.agentflow.held_components import held_nodes
from tradewind_server.flows.drawing import Flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs, tool_key


async def read_late_parts(
    flow: Flow, registry: Registry, workspace_id: str, context: BuildContext, tools: Tools | None
) -> None:
    """Keep in ``context.readings`` what the held components of a flow are built from. Looked up for each call.

    A stored tool that is gone is forgotten: its component says so when it is called. Raises what a description's source does.
    """
    for owner in flow.nodes.values():
        for part in held_nodes(owner, registry):
            if not registry.knows(part.node.name):
                continue
            node_type = registry.type_of(part.node)
            if node_type.read is not None:
                await node_type.read(NodeInputs(part.node, part.node.inputs), context)
            tool_id = str(part.node.inputs.get(node_type.tool_input) or "").strip().lower()
            if tool_id and tools is not None and context.now is not None:
                tool = await tools.get(workspace_id, tool_id)
                context.readings[tool_key(tool_id)] = (context.now(), tool)
