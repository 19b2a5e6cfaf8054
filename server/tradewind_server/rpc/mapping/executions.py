"""Maps executions of agent flows to ``tradewind.v1`` messages, and their lists to filters."""

from __future__ import annotations

from tradewind.v1 import execution_pb2 as pb

from tradewind_server.chatflows.ids import check_id
from tradewind_server.chats.dates import end_of_millisecond
from tradewind_server.flows.agentflow.executions import Execution, ExecutionFilter
from tradewind_server.flows.agentflow.flow_run import trace_of
from tradewind_server.rpc.mapping.agentflows import STATUSES, steps
from tradewind_server.rpc.mapping.chat_messages import moment
from tradewind_server.rpc.mapping.parts import timestamp

STATES = {number: name for name, number in STATUSES.items()}


def execution_filter(request: pb.ListExecutionsRequest) -> ExecutionFilter:
    """The filter of a request. Raises ``InvalidInput(INVALID_FILTER)`` for a timestamp outside the years 1 to 9999."""
    return ExecutionFilter(
        chatflow_id=check_id(request.chatflow_id) if request.HasField("chatflow_id") else None,
        chatflow_name=request.chatflow_name if request.HasField("chatflow_name") else None,
        session_id=request.session_id if request.HasField("session_id") else None,
        state=STATES.get(request.status),  # type: ignore[arg-type]
        start_date=moment(request.start_time, "startTime") if request.HasField("start_time") else None,
        end_date=end_of_millisecond(moment(request.end_time, "endTime")) if request.HasField("end_time") else None,
    )


def execution(row: Execution) -> pb.Execution:
    message = pb.Execution(
        id=row.id,
        chatflow_id=row.chatflow_id,
        chatflow_name=row.chatflow_name or "",
        session_id=row.session_id,
        status=STATUSES.get(row.state),
        steps=steps(trace_of(row)),
        public=bool(row.is_public),
        create_time=timestamp(row.created_date),
        update_time=timestamp(row.updated_date),
    )
    if row.stopped_date is not None:
        message.stop_time.CopyFrom(timestamp(row.stopped_date))
    return message
