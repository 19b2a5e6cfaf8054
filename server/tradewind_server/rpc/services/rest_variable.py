"""The REST routes of variables (docs/contract.md §9.7)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc

from tradewind_server.chatflows.variables import Variable, VariableService
from tradewind_server.rest_stubs import variable_pb2, variable_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import fill_value
from tradewind_server.rpc.rest_shapes import iso
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import limit_of, positive, values_of

FIELDS: BodyFields = {"name": BodyKind.TEXT, "value": BodyKind.TEXT, "type": BodyKind.TEXT}


def entity(row: Variable, workspace_id: str) -> variable_pb2.Variable:
    message = variable_pb2.Variable(
        id=row.id,
        name=row.name,
        type=row.type,
        created_date=iso(row.created_date),
        updated_date=iso(row.updated_date),
        workspace_id=workspace_id,
    )
    fill_value(message.value, row.value)
    return message


class VariableRestServicer(variable_pb2_grpc.VariableRestServiceServicer):
    def __init__(self, variables: VariableService, bodies: Bodies, *, max_list: int) -> None:
        self._variables = variables
        self._bodies = bodies
        self._max_list = max_list

    async def CreateVariableEntity(
        self, request: variable_pb2.CreateVariableEntityRequest, context: grpc.aio.ServicerContext
    ) -> variable_pb2.Variable:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, FIELDS)
        return entity(await self._variables.create(workspace, fields), workspace)

    async def ListVariablesArray(
        self, request: variable_pb2.ListVariablesArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[variable_pb2.Variable]:
        workspace = current_call().workspace_id
        rows, _ = await self._variables.list(workspace, limit=limit_of(values_of(request), self._max_list))
        for message in [entity(row, workspace) for row in rows]:
            yield message

    async def UpdateVariableEntity(
        self, request: variable_pb2.UpdateVariableEntityRequest, context: grpc.aio.ServicerContext
    ) -> variable_pb2.Variable:
        workspace = current_call().workspace_id
        changes = await self._bodies.json(request.body.data, FIELDS)
        return entity(await self._variables.update(workspace, request.id, changes), workspace)

    async def DeleteVariableEntity(
        self, request: variable_pb2.DeleteVariableEntityRequest, context: grpc.aio.ServicerContext
    ) -> variable_pb2.DeletedVariables:
        count = await self._variables.delete(current_call().workspace_id, request.id)
        return variable_pb2.DeletedVariables(affected=count)


class VariablePageRestServicer(variable_pb2_grpc.VariablePageRestServiceServicer):
    def __init__(self, variables: VariableService, *, max_list: int) -> None:
        self._variables = variables
        self._max_list = max_list

    async def ListVariablesPage(
        self, request: variable_pb2.ListVariablesPageRequest, context: grpc.aio.ServicerContext
    ) -> variable_pb2.VariablePage:
        workspace, values = current_call().workspace_id, values_of(request)
        page, limit = positive(values, "page") or 1, limit_of(values, self._max_list) or self._max_list
        rows, total = await self._variables.list(workspace, (page - 1) * limit, limit)
        return variable_pb2.VariablePage(data=[entity(row, workspace) for row in rows], total=total)


def _entities(domain: Domain) -> object:
    return VariableRestServicer(domain.rule(VariableService), domain.bodies, max_list=domain.settings.max_list)


def _pages(domain: Domain) -> object:
    return VariablePageRestServicer(domain.rule(VariableService), max_list=domain.settings.max_list)


SERVICES = (
    Service(variable_pb2_grpc.add_VariableRestServiceServicer_to_server, _entities),
    Service(variable_pb2_grpc.add_VariablePageRestServiceServicer_to_server, _pages),
)
