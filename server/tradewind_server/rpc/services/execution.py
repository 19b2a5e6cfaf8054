"""``ExecutionService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import execution_pb2 as pb
from tradewind.v1 import execution_pb2_grpc

from tradewind_server.chatflows.admission import Admission
from tradewind_server.flows.agentflow.execution_service import DEFAULT_LIMIT, ExecutionService
from tradewind_server.flows.agentflow.executions import Execution
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.executions import execution, execution_filter
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of
from tradewind_server.rpc.services.requests import origin_of


class ExecutionServicer(execution_pb2_grpc.ExecutionServiceServicer):
    """Maps requests and responses around :class:`ExecutionService`."""

    def __init__(self, executions: ExecutionService, admission: Admission) -> None:
        self._executions = executions
        self._admission = admission

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
        row = await public_execution(self._executions, self._admission, request.id)
        return pb.GetPublicExecutionResponse(execution=execution(row))


async def public_execution(executions: ExecutionService, admission: Admission, execution_id: str) -> Execution:
    """An execution that its owner has published, for pages that may call its chatflow. Raises what both say."""
    row = await executions.get_public(execution_id)
    await admission.view(row.chatflow_id, origin_of(current_call()))
    return row


def _make(domain: Domain) -> object:
    return ExecutionServicer(domain.rule(ExecutionService), domain.admission)


SERVICES = (Service(execution_pb2_grpc.add_ExecutionServiceServicer_to_server, _make),)
