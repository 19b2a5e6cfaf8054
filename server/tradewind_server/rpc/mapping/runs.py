"""Maps runs between ``tradewind.v1`` messages and domain values."""

from __future__ import annotations

from tradewind.v1 import prediction_pb2
from tradewind.v1 import run_pb2 as pb

from tradewind_server.chatflows.ids import check_id
from tradewind_server.chats.dates import end_of_millisecond
from tradewind_server.flows.predict.messages import result_from_json
from tradewind_server.rpc.mapping.chat_messages import moment
from tradewind_server.rpc.mapping.parts import timestamp
from tradewind_server.rpc.mapping.predictions import REASON_PREFIX, predict_response
from tradewind_server.runs.ports import RunFilter, RunState, StoredRun

STATES = {number: RunState(name.removeprefix("RUN_STATE_")) for name, number in pb.RunState.items() if number}
STATE_NUMBERS = {state: number for number, state in STATES.items()}


def run_filter(request: pb.ListRunsRequest) -> RunFilter:
    """Raises ``InvalidInput(INVALID_FILTER)`` for a timestamp outside the years 1 to 9999."""
    return RunFilter(
        chatflow_id=check_id(request.chatflow_id) if request.HasField("chatflow_id") else None,
        states=[STATES[number] for number in request.states],
        chat_id=request.chat_id if request.HasField("chat_id") else None,
        start_date=moment(request.start_time, "startTime") if request.HasField("start_time") else None,
        end_date=end_of_millisecond(moment(request.end_time, "endTime")) if request.HasField("end_time") else None,
    )


def run_message(run: StoredRun) -> pb.Run:
    message = pb.Run(
        id=run.id,
        chatflow_id=run.chatflow_id,
        state=STATE_NUMBERS[run.state],  # type: ignore[arg-type]
        chat_id=run.chat_id,
        session_id=run.session_id,
        background=run.background,
        create_time=timestamp(run.created_date),
        start_time=timestamp(run.started_date) if run.started_date else None,
        end_time=timestamp(run.ended_date) if run.ended_date else None,
        last_sequence=run.last_event,
        restarts=run.restarts,
        execution_id=run.execution_id,
    )
    if run.result is not None:
        message.prediction.CopyFrom(predict_response(result_from_json(run.result)))
    if run.error_reason:
        reason = REASON_PREFIX + run.error_reason
        message.error.CopyFrom(prediction_pb2.AnswerError(message=run.error_message or "", reason=reason))
    return message
