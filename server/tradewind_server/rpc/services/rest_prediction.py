"""The REST doors of predictions: server-sent events, and forms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from logging import Logger

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody
from tradewind.v1 import rest_prediction_pb2, rest_prediction_pb2_grpc

from tradewind_server.files.forms import parse_form, split_fields
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.prediction import PreparedPrediction
from tradewind_server.flows.run import Predictor
from tradewind_server.rpc import sse
from tradewind_server.rpc.admission import Admission
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.errors import ended
from tradewind_server.rpc.mapping import prediction_json
from tradewind_server.rpc.services.requests import form_request, prediction_request
from tradewind_server.rpc.uploads import FormReader

JSON = "application/json"
FORM_FIELDS = frozenset(
    {"question", "chatId", "history", "uploads", "streaming", "leadEmail", "form", "humanInput", "action", "overrideConfig"}
)


class AnswerBodies:
    """Writes answers as bodies: the first message decides between JSON and a stream."""

    def __init__(self, predictor: Predictor, log: Logger, heartbeat_seconds: float = sse.HEARTBEAT_SECONDS) -> None:
        self._predictor = predictor
        self._log = log
        self._heartbeat_seconds = heartbeat_seconds

    async def whole(self, prepared: PreparedPrediction) -> HttpBody:
        result = await self._predictor.run(prepared)
        return HttpBody(content_type=JSON, data=orjson.dumps(prediction_json(result)))

    async def streamed(self, prepared: PreparedPrediction, context: grpc.aio.ServicerContext) -> AsyncIterator[HttpBody]:
        await context.send_initial_metadata(sse.HEADERS)
        content_type = sse.CONTENT_TYPE
        async with aclosing(ended(self._predictor.stream(prepared, self._heartbeat_seconds), self._log)) as stream:  # type: ignore[type-var]
            async for together in stream:
                yield HttpBody(content_type=content_type, data=sse.frames(together))
                content_type = ""  # Only the first message's counts.


class PredictionStreamRestServicer(rest_prediction_pb2_grpc.PredictionStreamRestServiceServicer):
    def __init__(self, predictor: Predictor, admission: Admission, bodies: AnswerBodies) -> None:
        self._predictor = predictor
        self._admission = admission
        self._bodies = bodies

    async def StreamPredictBody(
        self, request: rest_prediction_pb2.StreamPredictBodyRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[HttpBody]:
        call = current_call()
        await self._admission.admit(call, request.chatflow_id)
        prepared = await self._predictor.prepare(prediction_request(request, call), call.principal)
        if not prepared.streams:
            yield await self._bodies.whole(prepared)
            return
        async with aclosing(self._bodies.streamed(prepared, context)) as messages:  # type: ignore[type-var]
            async for message in messages:
                yield message


class PredictionFormRestServicer(rest_prediction_pb2_grpc.PredictionFormRestServiceServicer):
    def __init__(
        self, predictor: Predictor, admission: Admission, blobs: Blobs, bodies: AnswerBodies, *, max_files: int
    ) -> None:
        self._predictor = predictor
        self._admission = admission
        self._blobs = blobs
        self._bodies = bodies
        self._max_files = max_files

    async def PredictForm(
        self, request_iterator: AsyncIterator[rest_prediction_pb2.PredictFormRequest], context: grpc.aio.ServicerContext
    ) -> AsyncIterator[HttpBody]:
        call = current_call()
        reader = FormReader(request_iterator)
        chatflow_id, content_type = await reader.begin()
        await self._admission.admit(call, chatflow_id)
        form = await parse_form(content_type, reader.chunks(), self._blobs, self._max_files)
        try:
            body = split_fields(form, FORM_FIELDS)
            request = form_request(chatflow_id, body, call)
            request.files = form.files
            prepared = await self._predictor.prepare(request, call.principal)
            if not (prepared.streams and body.get("streaming") is True):
                yield await self._bodies.whole(prepared)
                return
            async with aclosing(self._bodies.streamed(prepared, context)) as messages:  # type: ignore[type-var]
                async for message in messages:
                    yield message
        finally:
            await self._blobs.discard(form.files)
