"""The REST route of predictions: JSON bodies and forms, answered as JSON or as server-sent events (docs/contract.md §4, §5)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from logging import Logger
from typing import Any

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chatflows.admission import Admission, Admitted
from tradewind_server.files.forms import parse_form
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.messages import PredictionRequest, PredictionResult, result_from_json, result_json
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.rest_stubs import prediction_pb2, prediction_pb2_grpc
from tradewind_server.rpc import sse
from tradewind_server.rpc.bodies import PREDICTION, Bodies
from tradewind_server.rpc.call import Call, current_call
from tradewind_server.rpc.errors import with_error_event
from tradewind_server.rpc.interceptors.chain import returns_last_message
from tradewind_server.rpc.once import Once, body_of, key_of
from tradewind_server.rpc.rest_shapes import prediction_json
from tradewind_server.rpc.run_answers import acceptance, acceptance_json, options_of
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of, form_request
from tradewind_server.rpc.timing import send_timing
from tradewind_server.rpc.uploads import FormReader
from tradewind_server.runs.active_runs import Discard
from tradewind_server.runs.event_log import END_LINE
from tradewind_server.runs.idempotency import FirstAnswer
from tradewind_server.runs.ports import StoredRun
from tradewind_server.runs.service import RunService

JSON = "application/json"
FORM_FIELDS = frozenset(PREDICTION)
STREAMS = (True, "true")


class AnswerBodies:
    """Writes answers as ``HttpBody``. The content type of the first message makes the response JSON or an event stream."""

    def __init__(
        self,
        predictor: Predictor,
        runs: RunService,
        once: Once,
        log: Logger,
        heartbeat_seconds: float = sse.HEARTBEAT_SECONDS,
    ) -> None:
        self._predictor = predictor
        self._runs = runs
        self._once = once
        self._log = log
        self._heartbeat_seconds = heartbeat_seconds

    async def answer(self, prediction: PredictionCall, call: Call) -> HttpBody:
        """The answer, or the last message of a stream, behind those that were written."""
        prepared, body = prediction.prepared, prediction.body
        if body.get("background") in STREAMS:
            return await self._start(prediction, call.context)
        if wants_stream(prepared, body):
            call.due_within(None)
            keeps = prediction.admitted.config.keeps_runs or body.get("keepRun") in STREAMS
            if keeps or (prepared.decides and await self._runs.is_awaited(prepared)):
                return await self._stream_run(prediction, call.context)
            return await self._stream(prepared, call.context)
        result = await self._whole(prediction.admitted, prediction.request, prepared)
        await send_timing(call)
        return HttpBody(content_type=JSON, data=orjson.dumps(prediction_json(result)))

    def _whole(
        self, admitted: Admitted, request: PredictionRequest, prepared: PreparedPrediction
    ) -> Awaitable[PredictionResult]:
        if prepared.decides:
            return self._runs.predict(admitted, request, prepared)
        return self._predictor.run(prepared)

    async def answer_once(self, key: str, prediction: PredictionBody, call: Call) -> HttpBody:
        """The same for a call with an idempotency key: prepared and answered by the first one alone."""
        body = prediction.body
        call.due_within(None)  # Bounded by the key's own waiting, and by the models.

        async def work() -> FirstAnswer:
            prepared = await self._predictor.prepare(prediction.admitted, prediction.question)
            is_background = body.get("background") in STREAMS
            if is_background or wants_stream(prepared, body):
                options = options_of(body, background=is_background)
                run = await self._runs.start(prediction.admitted, prediction.question, prepared, options)
                return {"run": run.id, "stream": not is_background, "after": run.last_event}
            return {"prediction": result_json(await self._whole(prediction.admitted, prediction.question, prepared))}

        content = body_of("prediction", body)
        answer = await self._once.answer(key, call, prediction.admitted, content, work, prediction.question.files)
        if "prediction" in answer:
            result = result_from_json(answer["prediction"])
            await send_timing(call)
            return HttpBody(content_type=JSON, data=orjson.dumps(prediction_json(result)))
        run = await self._runs.get(answer["run"], caller_of(call))
        if answer["stream"]:
            return await self._follow(run, call.context, answer.get("after", 0))
        return await self._accept(run, call.context)

    async def _start(self, prediction: PredictionCall, context: grpc.aio.ServicerContext) -> HttpBody:
        """Start a run. The gate makes the headers an answer of its own, a 202."""
        run = await self._runs.start(
            prediction.admitted, prediction.request, prediction.prepared, options_of(prediction.body), prediction.discard
        )
        return await self._accept(run, context)

    async def _accept(self, run: StoredRun, context: grpc.aio.ServicerContext) -> HttpBody:
        await context.send_initial_metadata(acceptance(run))
        return HttpBody(content_type=JSON, data=orjson.dumps(acceptance_json(run)))

    async def _stream_run(self, prediction: PredictionCall, context: grpc.aio.ServicerContext) -> HttpBody:
        """The stream of an answer that is kept: the same frames, and it goes on where the caller leaves."""
        options = options_of(prediction.body, background=False)
        run = await self._runs.start(prediction.admitted, prediction.request, prediction.prepared, options, prediction.discard)
        return await self._follow(run, context, run.last_event)

    async def _follow(self, run: StoredRun, context: grpc.aio.ServicerContext, after: int) -> HttpBody:
        await context.send_initial_metadata((*sse.HEADERS, ("x-run-id", run.id)))
        content_type, last = sse.CONTENT_TYPE, HttpBody()
        async with aclosing(self._runs.follow(run.id, after, self._heartbeat_seconds)) as stream:  # type: ignore[type-var]
            async for together in stream:
                data = b"".join([sse.frame_of(event.line) for event in together]) or sse.HEARTBEAT
                message = HttpBody(content_type=content_type, data=data)
                content_type = ""
                if together and together[-1].line == END_LINE:
                    last = message
                else:
                    await context.write(message.SerializeToString())
        return last

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


@dataclass(slots=True)
class PredictionBody:
    """A prediction that was let in, not yet prepared."""

    admitted: Admitted
    question: PredictionRequest
    body: Mapping[str, Any]


@dataclass(slots=True)
class PredictionCall:
    """A prediction that may go ahead, and all that was prediction of it."""

    admitted: Admitted
    request: PredictionRequest
    prepared: PreparedPrediction
    body: Mapping[str, Any]
    discard: Discard | None = None
    """Removes the files of a form; a run does so at its end."""


def wants_stream(prepared: PreparedPrediction, body: Mapping[str, Any]) -> bool:
    """Whether the caller prediction for a stream and the chatflow can stream."""
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
        question = form_request(body)
        if (key := key_of(call)) is not None:
            return await self._answers.answer_once(key, PredictionBody(admitted, question, body), call)
        prepared = await self._predictor.prepare(admitted, question)
        return await self._answers.answer(PredictionCall(admitted, question, prepared, body), call)


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
        self, questioniterator: AsyncIterator[prediction_pb2.PredictFormRequest], context: grpc.aio.ServicerContext
    ) -> HttpBody:
        call = current_call()
        reader = FormReader(questioniterator)
        chatflow_id, content_type = await reader.begin()
        admitted = await self._admission.admit(chatflow_id, caller_of(call))
        prepared: PreparedPrediction | None = None
        is_ours = True
        form = await parse_form(content_type, self._bodies.pieces(reader.chunks(), call), self._blobs, self._max_files)
        try:
            body = await self._bodies.form(form, FORM_FIELDS)
            request = form_request(body)
            request.files = form.files
            if (key := key_of(call)) is not None:
                is_ours = False
                return await self._answers.answer_once(key, PredictionBody(admitted, request, body), call)
            call.due_within(self._seconds)  # A form takes as long to arrive as it is large.
            prepared = await self._predictor.prepare(admitted, request)
            prediction = PredictionCall(admitted, request, prepared, body, partial(self._blobs.discard, form.files))
            return await self._answers.answer(prediction, call)
        finally:
            # A run discards its files at its end, and so does a call with a key.
            if is_ours and (prepared is None or prepared.run_id is None):
                await self._blobs.discard(form.files)


def _answers(domain: Domain) -> AnswerBodies:
    return AnswerBodies(domain.predictor, domain.rule(RunService), domain.once, domain.log)


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
