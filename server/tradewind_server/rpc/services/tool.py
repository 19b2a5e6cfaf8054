"""``ToolService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import tool_pb2, tool_pb2_grpc

from tradewind_server.chatflows.tools import ToolService
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.tools import changed_fields, new_fields, tool
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of


class ToolServicer(tool_pb2_grpc.ToolServiceServicer):
    """Maps requests and responses around :class:`ToolService`."""

    def __init__(self, tools: ToolService, *, max_list: int) -> None:
        self._tools = tools
        self._max_list = max_list

    async def CreateTool(
        self, request: tool_pb2.CreateToolRequest, context: grpc.aio.ServicerContext
    ) -> tool_pb2.CreateToolResponse:
        workspace = current_call().workspace_id
        result = await self._tools.create(workspace, new_fields(request.tool))
        return tool_pb2.CreateToolResponse(tool=tool(result, workspace))

    async def GetTool(self, request: tool_pb2.GetToolRequest, context: grpc.aio.ServicerContext) -> tool_pb2.GetToolResponse:
        workspace = current_call().workspace_id
        result = await self._tools.get(workspace, request.id)
        return tool_pb2.GetToolResponse(tool=tool(result, workspace))

    async def ListTools(
        self, request: tool_pb2.ListToolsRequest, context: grpc.aio.ServicerContext
    ) -> tool_pb2.ListToolsResponse:
        workspace, offset = current_call().workspace_id, offset_of(request.page_token)
        size = min(request.page_size or self._max_list, self._max_list)
        rows, total = await self._tools.list(workspace, offset, size)
        return tool_pb2.ListToolsResponse(
            tools=[tool(row, workspace) for row in rows],
            next_page_token=next_token(offset, len(rows), total),
            total_size=total,
        )

    async def UpdateTool(
        self, request: tool_pb2.UpdateToolRequest, context: grpc.aio.ServicerContext
    ) -> tool_pb2.UpdateToolResponse:
        workspace = current_call().workspace_id
        mask = request.update_mask if request.HasField("update_mask") else None
        changes = changed_fields(request.tool, mask)
        result = await self._tools.update(workspace, request.tool.id, changes)
        return tool_pb2.UpdateToolResponse(tool=tool(result, workspace))

    async def DeleteTool(
        self, request: tool_pb2.DeleteToolRequest, context: grpc.aio.ServicerContext
    ) -> tool_pb2.DeleteToolResponse:
        count = await self._tools.delete(current_call().workspace_id, request.id)
        return tool_pb2.DeleteToolResponse(affected=count)


def _tools(domain: Domain) -> object:
    return ToolServicer(domain.rule(ToolService), max_list=domain.settings.max_list)


SERVICES = (Service(tool_pb2_grpc.add_ToolServiceServicer_to_server, _tools),)
