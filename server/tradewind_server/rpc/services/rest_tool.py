"""The REST routes of tools (docs/contract.md §9.10)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc

from tradewind_server.chatflows.tools import LONGEST, StoredTool, ToolService
from tradewind_server.rest_stubs import tool_pb2, tool_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import fill_value
from tradewind_server.rpc.rest_shapes import iso
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import limit_of, positive, values_of

FIELDS: BodyFields = dict.fromkeys(LONGEST, BodyKind.TEXT)


def entity(row: StoredTool, workspace_id: str) -> tool_pb2.Tool:
    message = tool_pb2.Tool(
        id=row.id,
        name=row.name,
        description=row.description,
        color=row.color,
        created_date=iso(row.created_date),
        updated_date=iso(row.updated_date),
        workspace_id=workspace_id,
    )
    for name in ("icon_src", "schema", "func"):
        fill_value(getattr(message, name), getattr(row, name))
    return message


class ToolRestServicer(tool_pb2_grpc.ToolRestServiceServicer):
    def __init__(self, tools: ToolService, bodies: Bodies, *, max_list: int) -> None:
        self._tools = tools
        self._bodies = bodies
        self._max_list = max_list

    async def CreateToolEntity(
        self, request: tool_pb2.CreateToolEntityRequest, context: grpc.aio.ServicerContext
    ) -> tool_pb2.Tool:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, FIELDS)
        return entity(await self._tools.create(workspace, fields), workspace)

    async def GetToolEntity(self, request: tool_pb2.GetToolEntityRequest, context: grpc.aio.ServicerContext) -> tool_pb2.Tool:
        workspace = current_call().workspace_id
        return entity(await self._tools.get(workspace, request.id), workspace)

    async def ListToolsArray(
        self, request: tool_pb2.ListToolsArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[tool_pb2.Tool]:
        workspace = current_call().workspace_id
        rows, _ = await self._tools.list(workspace, limit=limit_of(values_of(request), self._max_list))
        for message in [entity(row, workspace) for row in rows]:
            yield message

    async def UpdateToolEntity(
        self, request: tool_pb2.UpdateToolEntityRequest, context: grpc.aio.ServicerContext
    ) -> tool_pb2.Tool:
        workspace = current_call().workspace_id
        changes = await self._bodies.json(request.body.data, FIELDS)
        return entity(await self._tools.update(workspace, request.id, changes), workspace)

    async def DeleteToolEntity(
        self, request: tool_pb2.DeleteToolEntityRequest, context: grpc.aio.ServicerContext
    ) -> tool_pb2.DeletedTools:
        count = await self._tools.delete(current_call().workspace_id, request.id)
        return tool_pb2.DeletedTools(affected=count)


class ToolPageRestServicer(tool_pb2_grpc.ToolPageRestServiceServicer):
    def __init__(self, tools: ToolService, *, max_list: int) -> None:
        self._tools = tools
        self._max_list = max_list

    async def ListToolsPage(
        self, request: tool_pb2.ListToolsPageRequest, context: grpc.aio.ServicerContext
    ) -> tool_pb2.ToolPage:
        workspace, values = current_call().workspace_id, values_of(request)
        page, limit = positive(values, "page") or 1, limit_of(values, self._max_list) or self._max_list
        rows, total = await self._tools.list(workspace, (page - 1) * limit, limit)
        return tool_pb2.ToolPage(data=[entity(row, workspace) for row in rows], total=total)


def _entities(domain: Domain) -> object:
    return ToolRestServicer(domain.rule(ToolService), domain.bodies, max_list=domain.settings.max_list)


def _pages(domain: Domain) -> object:
    return ToolPageRestServicer(domain.rule(ToolService), max_list=domain.settings.max_list)


SERVICES = (
    Service(tool_pb2_grpc.add_ToolRestServiceServicer_to_server, _entities),
    Service(tool_pb2_grpc.add_ToolPageRestServiceServicer_to_server, _pages),
)
