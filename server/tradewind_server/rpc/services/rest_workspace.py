"""The REST routes of workspaces (docs/contract.md §9.16)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc

from tradewind_server.access.workspaces import Workspace, WorkspaceService
from tradewind_server.rest_stubs import workspace_pb2, workspace_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.rest_shapes import iso
from tradewind_server.rpc.service import Domain, Service

FIELDS: BodyFields = {"name": BodyKind.TEXT}


def entity(row: Workspace) -> workspace_pb2.Workspace:
    return workspace_pb2.Workspace(id=row.id, name=row.name, created_date=iso(row.created_date))


class WorkspaceRestServicer(workspace_pb2_grpc.WorkspaceRestServiceServicer):
    def __init__(self, workspaces: WorkspaceService, bodies: Bodies) -> None:
        self._workspaces = workspaces
        self._bodies = bodies

    async def CreateWorkspaceEntity(
        self, request: workspace_pb2.CreateWorkspaceEntityRequest, context: grpc.aio.ServicerContext
    ) -> workspace_pb2.Workspace:
        fields = await self._bodies.json(request.body.data, FIELDS)
        return entity(await self._workspaces.create(fields.get("name")))

    async def ListWorkspacesArray(
        self, request: workspace_pb2.ListWorkspacesArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[workspace_pb2.Workspace]:
        rows, _ = await self._workspaces.list()
        for row in rows:
            yield entity(row)

    async def DeleteWorkspaceEntity(
        self, request: workspace_pb2.DeleteWorkspaceEntityRequest, context: grpc.aio.ServicerContext
    ) -> workspace_pb2.DeletedWorkspaces:
        return workspace_pb2.DeletedWorkspaces(affected=await self._workspaces.delete(request.id, force=request.force))


def _make(domain: Domain) -> object:
    return WorkspaceRestServicer(domain.rule(WorkspaceService), domain.bodies)


SERVICES = (Service(workspace_pb2_grpc.add_WorkspaceRestServiceServicer_to_server, _make),)
