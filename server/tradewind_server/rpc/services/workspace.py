"""``WorkspaceService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import workspace_pb2, workspace_pb2_grpc

from tradewind_server.access.workspaces import Workspace, WorkspaceService
from tradewind_server.rpc.mapping.parts import timestamp
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of


def message_of(row: Workspace) -> workspace_pb2.Workspace:
    return workspace_pb2.Workspace(id=row.id, name=row.name, create_time=timestamp(row.created_date))


class WorkspaceServicer(workspace_pb2_grpc.WorkspaceServiceServicer):
    """Maps requests and responses around :class:`WorkspaceService`."""

    def __init__(self, workspaces: WorkspaceService, *, max_list: int) -> None:
        self._workspaces = workspaces
        self._max_list = max_list

    async def CreateWorkspace(
        self, request: workspace_pb2.CreateWorkspaceRequest, context: grpc.aio.ServicerContext
    ) -> workspace_pb2.CreateWorkspaceResponse:
        return workspace_pb2.CreateWorkspaceResponse(workspace=message_of(await self._workspaces.create(request.name)))

    async def ListWorkspaces(
        self, request: workspace_pb2.ListWorkspacesRequest, context: grpc.aio.ServicerContext
    ) -> workspace_pb2.ListWorkspacesResponse:
        offset = offset_of(request.page_token)
        size = min(request.page_size or self._max_list, self._max_list)
        rows, total = await self._workspaces.list(offset, size)
        return workspace_pb2.ListWorkspacesResponse(
            workspaces=map(message_of, rows), next_page_token=next_token(offset, len(rows), total), total_size=total
        )

    async def DeleteWorkspace(
        self, request: workspace_pb2.DeleteWorkspaceRequest, context: grpc.aio.ServicerContext
    ) -> workspace_pb2.DeleteWorkspaceResponse:
        count = await self._workspaces.delete(request.id, force=request.force)
        return workspace_pb2.DeleteWorkspaceResponse(affected=count)


def _workspaces(domain: Domain) -> object:
    return WorkspaceServicer(domain.rule(WorkspaceService), max_list=domain.settings.max_list)


SERVICES = (Service(workspace_pb2_grpc.add_WorkspaceServiceServicer_to_server, _workspaces),)
