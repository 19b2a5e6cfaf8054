"""The REST routes of runs (docs/contract.md §5.5)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing

import grpc
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chatflows.admission import Admission
from tradewind_server.chatflows.ids import check_id
from tradewind_server.chats.filters import choices, period, unless_empty
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.predict.messages import result_from_json
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.rest_stubs import run_pb2, run_pb2_grpc
from tradewind_server.rpc import sse
from tradewind_server.rpc.bodies import PREDICTION, Bodies
from tradewind_server.rpc.call import Call, current_call
from tradewind_server.rpc.json_values import fill_value
from tradewind_server.rpc.once import Once, body_of, key_of
from tradewind_server.rpc.rest_shapes import iso, prediction_json
from tradewind_server.rpc.run_answers import FORM_FIELDS, acceptance, options_of
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import NEXT_PAGE, limit_of, positive, values_of, without_token
from tradewind_server.rpc.services.requests import caller_of, form_request
from tradewind_server.runs.idempotency import FirstAnswer
from tradewind_server.runs.ports import RunFilter, RunState, StoredEvent, StoredRun
from tradewind_server.runs.service import RunService

FILTER_NAMES = {"chatflow_id": "chatflowid", "chat_id": "chatId", "start_date": "startDate", "end_date": "endDate"}


def entity(run: StoredRun) -> run_pb2.Run:
    message = run_pb2.Run(
        id=run.id,
        chatflow_id=run.chatflow_id,
        state=run.state.value,
        chat_id=run.chat_id,
        session_id=run.session_id,
        background=run.background,
        created_date=iso(run.created_date),
        last_event_id=run.last_event,
        restarts=run.restarts,
    )
    fill_value(message.started_date, iso(run.started_date) if run.started_date else None)
    fill_value(message.ended_date, iso(run.ended_date) if run.ended_date else None)
    fill_value(message.execution_id, run.execution_id)
    fill_value(message.result, prediction_json(result_from_json(run.result)) if run.result is not None else None)
    fill_value(message.error, {"reason": run.error_reason, "message": run.error_message} if run.error_reason else None)
    return message


class RunRestServicer(run_pb2_grpc.RunRestServiceServicer):
    def __init__(
        self,
        runs: RunService,
        once: Once,
        predictor: Predictor,
        admission: Admission,
        bodies: Bodies,
        *,
        max_list: int,
    ) -> None:
        self._runs = runs
        self._once = once
        self._predictor = predictor
        self._admission = admission
        self._bodies = bodies
        self._max_list = max_list

    async def StartRunBody(self, request: run_pb2.StartRunBodyRequest, context: grpc.aio.ServicerContext) -> run_pb2.Run:
        call = current_call()
        admitted, body = await self._bodies.admit(request, call, self._admission, PREDICTION, FORM_FIELDS)
        question = form_request(body)

        async def start() -> StoredRun:
            prepared = await self._predictor.prepare(admitted, question)
            return await self._runs.start(admitted, question, prepared, options_of(body))

        async def work() -> FirstAnswer:
            return {"run": (await start()).id, "stream": False}

        if (key := key_of(call)) is None:
            run = await start()
        else:  # The same call as a prediction in the background.
            content = body_of("prediction", {**body, "background": True})
            answer = await self._once.answer(key, call, admitted, content, work)
            run = await self._runs.get(answer["run"], caller_of(call))
        await context.send_initial_metadata(acceptance(run))
        return entity(run)

    async def ListRunsArray(
        self, request: run_pb2.ListRunsArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[run_pb2.Run]:
        call, values = current_call(), values_of(request)
        filters = run_filter(values, request.state)
        page, limit = positive(values, "page"), limit_of(values, self._max_list)
        if page and limit:
            without_token(request.page_token)
            rows = await self._runs.numbered_page(caller_of(call), call.workspace_id, filters, page, limit)
        else:
            rows, following = await self._runs.page(caller_of(call), call.workspace_id, filters, limit or 0, request.page_token)
            if following:
                await context.send_initial_metadata(((NEXT_PAGE, following),))
        for message in [entity(row) for row in rows]:
            yield message

    async def GetRunEntity(self, request: run_pb2.GetRunEntityRequest, context: grpc.aio.ServicerContext) -> run_pb2.Run:
        return entity(await self._runs.get(request.id, caller_of(current_call())))

    async def StreamRunFrames(
        self, request: run_pb2.StreamRunFramesRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[HttpBody]:
        call = current_call()
        after = last_event(call, request.after if request.HasField("after") else "")
        run = await self._runs.get(request.id, caller_of(call))
        await context.send_initial_metadata((*sse.HEADERS, ("x-run-id", run.id)))
        content_type, is_empty = sse.CONTENT_TYPE, True
        async with aclosing(self._runs.follow(run.id, after, sse.HEARTBEAT_SECONDS)) as stream:  # type: ignore[type-var]
            async for together in stream:
                is_empty = False
                yield HttpBody(content_type=content_type, data=numbered_frames(together))
                content_type = ""  # Only the first message's counts.
        if is_empty:
            yield HttpBody(content_type=content_type)

    async def CancelRunEntity(self, request: run_pb2.CancelRunEntityRequest, context: grpc.aio.ServicerContext) -> run_pb2.Run:
        return entity(await self._runs.cancel(request.id, caller_of(current_call())))

    async def DeleteRunEntity(
        self, request: run_pb2.DeleteRunEntityRequest, context: grpc.aio.ServicerContext
    ) -> run_pb2.DeletedRuns:
        return run_pb2.DeletedRuns(affected=await self._runs.delete(request.id, caller_of(current_call())))


def run_filter(values: dict[str, str | None], states: Sequence[str]) -> RunFilter:
    """The filter behind a caller's plain values. Raises ``InvalidInput(INVALID_FILTER)``."""
    unless_empty(values, FILTER_NAMES)
    chatflow_id = values.get("chatflow_id")
    start, end = period(values)
    names = choices(states, "state", [state.value for state in RunState])
    return RunFilter(
        chatflow_id=check_id(chatflow_id) if chatflow_id else None,
        states=[RunState(name) for name in names],
        chat_id=values.get("chat_id"),
        start_date=start,
        end_date=end,
    )


def last_event(call: Call, after: str) -> int:
    """Number of the last event that the caller has: of the header, else of the query; 0 for none.

    Raises ``InvalidInput(INVALID_FILTER)``.
    """
    header = str(call.headers.get("last-event-id", "")).strip()
    name, text = ("Last-Event-ID", header) if header else ("after", after)
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise InvalidInput(Reason.INVALID_FILTER, f"{name} must be the number of an event.")
    return int(text)


def numbered_frames(together: Sequence[StoredEvent]) -> bytes:
    """The frames of events, each behind its number; a comment for a silence."""
    if not together:
        return sse.HEARTBEAT
    return b"".join([b"id: %d\n%b" % (event.number, sse.frame_of(event.line)) for event in together])


def _runs(domain: Domain) -> object:
    return RunRestServicer(
        domain.rule(RunService),
        domain.once,
        domain.predictor,
        domain.admission,
        domain.bodies,
        max_list=domain.settings.max_list,
    )


SERVICES = (Service(run_pb2_grpc.add_RunRestServiceServicer_to_server, _runs),)
