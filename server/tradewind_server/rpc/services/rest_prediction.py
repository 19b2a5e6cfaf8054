"""The REST route of predictions: JSON bodies and forms, answered as JSON or as server-sent events (docs/contract.md §4, §5)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from logging import Logger
from typing import Any

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chatflows.admission import Admission
from tradewind_server.files.forms import parse_form
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.rest_stubs import prediction_pb2, prediction_pb2_grpc
from tradewind_server.rpc import sse
from tradewind_server.rpc.bodies import PREDICTION, Bodies
from tradewind_server.rpc.call import Call, current_call
from tradewind_server.rpc.errors import with_error_event
from tradewind_server.rpc.interceptors.chain import returns_last_message
from tradewind_server.rpc.rest_shapes import prediction_json
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of, form_request
from tradewind_server.rpc.uploads import FormReader

JSON = "application/json"
FORM_FIELDS = frozenset(PREDICTION)
STREAMS = (True, "true")


class AnswerBodies:
    """Writes answers as ``HttpBody``. The content type of the first message makes the response JSON or an event stream."""

    def __init__(
        self,
        predictor: Predictor,
        log: Logger,
        heartbeat_seconds: float = sse.HEARTBEAT_SECONDS,
    ) -> None:
        self._predictor = predictor
        self._log = log
        self._heartbeat_seconds = heartbeat_seconds

    async def answer(self, prepared: PreparedPrediction, body: Mapping[str, Any], call: Call) -> HttpBody:
        """The answer to ``body``, or the last message of a stream, behind those that were written."""
        if wants_stream(prepared, body):
            call.due_within(None)
            return await self._stream(prepared, call.context)
        return HttpBody(content_type=JSON, data=orjson.dumps(prediction_json(await self._predictor.run(prepared))))

    async def _stream(self, prepared: PreparedPrediction, context: grpc.aio.ServicerContext) -> HttpBody:
        await context.send_initial_metadata(sse.HEADERS)
        content_type, last = sse.CONTENT_TYPE, HttpBody()
        async with aclosing(with_error_event(self._predictor.stream(prepared, self._heartbeat_seconds), self._log)) as stream:  # type: ignore[type-var]
            async for together in stream:
                message = HttpBody(content_type=content_type, data=sse.frames(together))
                content_type = ""  # Only the first message's counts.
                if together[-1].name == events.END:
                    last = message
                else:
                    await context.write(message.SerializeToString())
        return last


def wants_stream(prepared: PreparedPrediction, body: Mapping[str, Any]) -> bool:
    """Whether the caller asked for a stream and the chatflow can stream."""
    return prepared.streams and body.get("streaming") in STREAMS


class PredictionRestServicer(prediction_pb2_grpc.PredictionRestServiceServicer):
    def __init__(self, predictor: Predictor, admission: Admission, answers: AnswerBodies, bodies: Bodies) -> None:
        self._predictor = predictor
        self._admission = admission
        self._answers = answers
        self._bodies = bodies

    @returns_last_message
    async def PredictBody(self, request: prediction_pb2.PredictBodyRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        call = current_call()
        admitted, body = await self._bodies.admit(request, call, self._admission, PREDICTION, FORM_FIELDS)
        prepared = await self._predictor.prepare(admitted, form_request(body))
        return await self._answers.answer(prepared, body, call)


class PredictionFormRestServicer(prediction_pb2_grpc.PredictionFormRestServiceServicer):
    def __init__(
        self,
        predictor: Predictor,
        admission: Admission,
        blobs: Blobs,
        answers: AnswerBodies,
        bodies: Bodies,
        *,
        max_files: int,
        seconds: float,
    ) -> None:
        """``seconds`` bounds an answer that is not streamed, once its form is here."""
        self._predictor = predictor
        self._admission = admission
        self._blobs = blobs
        self._answers = answers
        self._bodies = bodies
        self._max_files = max_files
        self._seconds = seconds

    @returns_last_message
    async def PredictForm(
        self, request_iterator: AsyncIterator[prediction_pb2.PredictFormRequest], context: grpc.aio.ServicerContext
    ) -> HttpBody:
        call = current_call()
        reader = FormReader(request_iterator)
        chatflow_id, content_type = await reader.begin()
        admitted = await self._admission.admit(chatflow_id, caller_of(call))
        form = await parse_form(content_type, self._bodies.pieces(reader.chunks(), call), self._blobs, self._max_files)
        try:
            body = await self._bodies.form(form, FORM_FIELDS)
            request = form_request(body)
            request.files = form.files
            call.due_within(self._seconds)  # A form takes as long to arrive as it is large.
            prepared = await self._predictor.prepare(admitted, request)
            return await self._answers.answer(prepared, body, call)
        finally:
            await self._blobs.discard(form.files)


def _answers(domain: Domain) -> AnswerBodies:
    return AnswerBodies(domain.predictor, domain.log)


def _bodies(domain: Domain) -> object:
    return PredictionRestServicer(domain.predictor, domain.admission, _answers(domain), domain.bodies)


def _forms(domain: Domain) -> object:
    return PredictionFormRestServicer(
        domain.predictor,
        domain.admission,
        domain.blobs,
        _answers(domain),
        domain.bodies,
        max_files=domain.settings.max_files,
        seconds=domain.settings.request_timeout,
    )


SERVICES = (
    Service(prediction_pb2_grpc.add_PredictionRestServiceServicer_to_server, _bodies),
    Service(prediction_pb2_grpc.add_PredictionFormRestServiceServicer_to_server, _forms),
)
