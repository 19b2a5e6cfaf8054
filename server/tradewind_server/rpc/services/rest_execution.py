"""The REST routes of executions (docs/contract.md §14)."""

from __future__ import annotations

import grpc

from tradewind_server.chatflows.admission import Admission
from tradewind_server.flows.agentflow.execution_service import DEFAULT_LIMIT, ExecutionService, execution_filter
from tradewind_server.flows.agentflow.executions import Execution
from tradewind_server.rest_stubs import execution_pb2, execution_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import fill_value
from tradewind_server.rpc.rest_shapes import iso
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.execution import public_execution
from tradewind_server.rpc.services.optional import limit_of, positive, values_of

FIELDS: BodyFields = {"isPublic": BodyKind.ANY}
IDS: BodyFields = {"executionIds": BodyKind.ANY}


def entity(row: Execution, *, in_list: bool = False) -> execution_pb2.Execution:
    """An execution; in a list with its chatflow."""
    message = execution_pb2.Execution(
        id=row.id,
        execution_data=row.execution_data,
        state=row.state,
        agentflow_id=row.chatflow_id,
        session_id=row.session_id,
        created_date=iso(row.created_date),
        updated_date=iso(row.updated_date),
        workspace_id=row.workspace_id,
    )
    fill_value(message.action, None)
    fill_value(message.is_public, row.is_public)
    fill_value(message.stopped_date, iso(row.stopped_date) if row.stopped_date else None)
    if in_list:
        chatflow = {"id": row.chatflow_id, "name": row.chatflow_name, "type": row.chatflow_type}
        fill_value(message.agentflow, chatflow if row.chatflow_name is not None else None)
    return message


class ExecutionRestServicer(execution_pb2_grpc.ExecutionRestServiceServicer):
    def __init__(self, executions: ExecutionService, admission: Admission, bodies: Bodies, *, max_list: int) -> None:
        self._executions = executions
        self._admission = admission
        self._bodies = bodies
        self._max_list = max_list

    async def ListExecutionsPage(
        self, request: execution_pb2.ListExecutionsPageRequest, context: grpc.aio.ServicerContext
    ) -> execution_pb2.ExecutionPage:
        values = {"limit": str(DEFAULT_LIMIT), **values_of(request)}
        number, limit = positive(values, "page") or 1, limit_of(values, self._max_list) or DEFAULT_LIMIT
        filters = execution_filter({name: value for name, value in values.items() if name not in ("page", "limit")})
        page = await self._executions.list(current_call().workspace_id, filters, (number - 1) * limit, limit)
        return execution_pb2.ExecutionPage(data=[entity(row, in_list=True) for row in page.executions], total=page.total)

    async def GetExecutionEntity(
        self, request: execution_pb2.GetExecutionEntityRequest, context: grpc.aio.ServicerContext
    ) -> execution_pb2.Execution:
        return entity(await self._executions.get(current_call().workspace_id, request.id))

    async def UpdateExecutionEntity(
        self, request: execution_pb2.UpdateExecutionEntityRequest, context: grpc.aio.ServicerContext
    ) -> execution_pb2.Execution:
        fields = await self._bodies.json(request.body.data, FIELDS)
        row = await self._executions.publish(current_call().workspace_id, request.id, fields.get("isPublic"))
        return entity(row)

    async def DeleteExecutionEntity(
        self, request: execution_pb2.DeleteExecutionEntityRequest, context: grpc.aio.ServicerContext
    ) -> execution_pb2.DeletedExecutions:
        count = await self._executions.delete(current_call().workspace_id, [request.id])
        return execution_pb2.DeletedExecutions(success=True, deleted_count=count)

    async def DeleteExecutionsBody(
        self, request: execution_pb2.DeleteExecutionsBodyRequest, context: grpc.aio.ServicerContext
    ) -> execution_pb2.DeletedExecutions:
        fields = await self._bodies.json(request.body.data, IDS)
        count = await self._executions.delete(current_call().workspace_id, fields.get("executionIds"))
        return execution_pb2.DeletedExecutions(success=True, deleted_count=count)

    async def GetPublicExecutionEntity(
        self, request: execution_pb2.GetPublicExecutionEntityRequest, context: grpc.aio.ServicerContext
    ) -> execution_pb2.Execution:
        return entity(await public_execution(self._executions, self._admission, request.id))


def _make(domain: Domain) -> object:
    executions = domain.rule(ExecutionService)
    return ExecutionRestServicer(executions, domain.admission, domain.bodies, max_list=domain.settings.max_list)


SERVICES = (Service(execution_pb2_grpc.add_ExecutionRestServiceServicer_to_server, _make),)
