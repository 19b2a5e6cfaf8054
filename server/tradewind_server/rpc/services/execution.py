"""``ExecutionService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import execution_pb2 as pb
from tradewind.v1 import execution_pb2_grpc

from tradewind_server.flows.agentflow.execution_service import DEFAULT_LIMIT, ExecutionService
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.executions import execution, execution_filter
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of


class ExecutionServicer(execution_pb2_grpc.ExecutionServiceServicer):
    """Maps requests and responses around :class:`ExecutionService`."""

    def __init__(self, executions: ExecutionService) -> None:
        self._executions = executions

    async def ListExecutions(
        self, request: pb.ListExecutionsRequest, context: grpc.aio.ServicerContext
    ) -> pb.ListExecutionsResponse:
        offset, limit = offset_of(request.page_token), request.page_size or DEFAULT_LIMIT
        page = await self._executions.list(current_call().workspace_id, execution_filter(request), offset, limit)
        return pb.ListExecutionsResponse(
            executions=[execution(row) for row in page.executions],
            next_page_token=next_token(offset, len(page.executions), page.total),
            total_size=page.total,
        )

    async def GetExecution(self, request: pb.GetExecutionRequest, context: grpc.aio.ServicerContext) -> pb.GetExecutionResponse:
        row = await self._executions.get(current_call().workspace_id, request.id)
        return pb.GetExecutionResponse(execution=execution(row))

    async def UpdateExecution(
        self, request: pb.UpdateExecutionRequest, context: grpc.aio.ServicerContext
    ) -> pb.UpdateExecutionResponse:
        row = await self._executions.publish(current_call().workspace_id, request.id, request.public)
        return pb.UpdateExecutionResponse(execution=execution(row))

    async def DeleteExecutions(
        self, request: pb.DeleteExecutionsRequest, context: grpc.aio.ServicerContext
    ) -> pb.DeleteExecutionsResponse:
        count = await self._executions.delete(current_call().workspace_id, list(request.ids))
        return pb.DeleteExecutionsResponse(affected=count)

    async def GetPublicExecution(
        self, request: pb.GetPublicExecutionRequest, context: grpc.aio.ServicerContext
    ) -> pb.GetPublicExecutionResponse:
        return pb.GetPublicExecutionResponse(execution=execution(await self._executions.get_public(request.id)))


def _make(domain: Domain) -> object:
    return ExecutionServicer(domain.rule(ExecutionService))


SERVICES = (Service(execution_pb2_grpc.add_ExecutionServiceServicer_to_server, _make),)
