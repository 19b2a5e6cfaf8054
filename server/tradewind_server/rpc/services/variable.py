"""``VariableService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import variable_pb2, variable_pb2_grpc

from tradewind_server.chatflows.variables import VariableService
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.variables import changed_fields, new_fields, variable
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of


class VariableServicer(variable_pb2_grpc.VariableServiceServicer):
    """Maps requests and responses around :class:`VariableService`."""

    def __init__(self, variables: VariableService, *, max_list: int) -> None:
        self._variables = variables
        self._max_list = max_list

    async def CreateVariable(
        self, request: variable_pb2.CreateVariableRequest, context: grpc.aio.ServicerContext
    ) -> variable_pb2.CreateVariableResponse:
        workspace = current_call().workspace_id
        result = await self._variables.create(workspace, new_fields(request.variable))
        return variable_pb2.CreateVariableResponse(variable=variable(result, workspace))

    async def ListVariables(
        self, request: variable_pb2.ListVariablesRequest, context: grpc.aio.ServicerContext
    ) -> variable_pb2.ListVariablesResponse:
        workspace, offset = current_call().workspace_id, offset_of(request.page_token)
        size = min(request.page_size or self._max_list, self._max_list)
        rows, total = await self._variables.list(workspace, offset, size)
        return variable_pb2.ListVariablesResponse(
            variables=[variable(row, workspace) for row in rows],
            next_page_token=next_token(offset, len(rows), total),
            total_size=total,
        )

    async def UpdateVariable(
        self, request: variable_pb2.UpdateVariableRequest, context: grpc.aio.ServicerContext
    ) -> variable_pb2.UpdateVariableResponse:
        workspace = current_call().workspace_id
        mask = request.update_mask if request.HasField("update_mask") else None
        changes = changed_fields(request.variable, mask)
        result = await self._variables.update(workspace, request.variable.id, changes)
        return variable_pb2.UpdateVariableResponse(variable=variable(result, workspace))

    async def DeleteVariable(
        self, request: variable_pb2.DeleteVariableRequest, context: grpc.aio.ServicerContext
    ) -> variable_pb2.DeleteVariableResponse:
        count = await self._variables.delete(current_call().workspace_id, request.id)
        return variable_pb2.DeleteVariableResponse(affected=count)


def _variables(domain: Domain) -> object:
    return VariableServicer(domain.rule(VariableService), max_list=domain.settings.max_list)


SERVICES = (Service(variable_pb2_grpc.add_VariableServiceServicer_to_server, _variables),)
