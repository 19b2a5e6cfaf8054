"""``PredictionService`` over gRPC."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import aclosing
from logging import Logger

import grpc
from google.protobuf.message import Message
from tradewind.v1 import prediction_pb2, prediction_pb2_grpc

from tradewind_server.chatflows.admission import Admission, Admitted
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.predict.event_stream import stream_of
from tradewind_server.flows.predict.messages import (
    PredictionRequest,
    PredictionResult,
    result_from_json,
    result_json,
)
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.rpc.call import Call, current_call
from tradewind_server.rpc.errors import with_error_event
from tradewind_server.rpc.mapping.predictions import predict_response, prediction_request, stream_response
from tradewind_server.rpc.once import Once, key_of, message_of
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of, version_of
from tradewind_server.rpc.uploads import UploadReader
from tradewind_server.runs.event_log import event_of
from tradewind_server.runs.idempotency import FirstAnswer
from tradewind_server.runs.ports import StoredRun
from tradewind_server.runs.service import RunOptions, RunService


class PredictionServicer(prediction_pb2_grpc.PredictionServiceServicer):
    """Maps requests and responses around :class:`Predictor`."""

    def __init__(
        self,
        predictor: Predictor,
        runs: RunService,
        once: Once,
        admission: Admission,
        blobs: Blobs,
        *,
        max_files: int,
        log: Logger,
    ) -> None:
        self._predictor = predictor
        self._runs = runs
        self._once = once
        self._admission = admission
        self._blobs = blobs
        self._max_files = max_files
        self._log = log

    async def Predict(
        self, request: prediction_pb2.PredictRequest, context: grpc.aio.ServicerContext
    ) -> prediction_pb2.PredictResponse:
        call = current_call()
        admitted = await self._admission.admit(request.chatflow_id, caller_of(call), version=version_of(request))
        if (key := key_of(call)) is not None:
            return predict_response(await self._predict_once(key, call, admitted, prediction_request(request), request))
        question = prediction_request(request)
        prepared = await self._predictor.prepare(admitted, question)
        return predict_response(await self._whole(admitted, question, prepared))

    def _whole(
        self, admitted: Admitted, question: PredictionRequest, prepared: PreparedPrediction
    ) -> Awaitable[PredictionResult]:
        if prepared.decides:
            return self._runs.predict(admitted, question, prepared)
        return self._predictor.run(prepared)

    async def _predict_once(
        self, key: str, call: Call, admitted: Admitted, question: PredictionRequest, message: Message
    ) -> PredictionResult:
        """The answer of the first call with a key."""

        async def work() -> FirstAnswer:
            prepared = await self._predictor.prepare(admitted, question)
            return {"prediction": result_json(await self._whole(admitted, question, prepared))}

        content = message_of("Predict", message)
        answer = await self._once.answer(key, call, admitted, content, work, question.files)
        return result_from_json(answer["prediction"])

    async def StreamPredict(
        self, request: prediction_pb2.StreamPredictRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[prediction_pb2.StreamPredictResponse]:
        call = current_call()
        admitted = await self._admission.admit(request.chatflow_id, caller_of(call), version=version_of(request))
        question, key = prediction_request(request), key_of(call)
        prepared: PreparedPrediction | None = None
        if key is None and not (request.keep_run or admitted.config.keeps_runs):
            prepared = await self._predictor.prepare(admitted, question)
        if prepared is None or (prepared.decides and await self._runs.is_awaited(prepared)):
            run_id, after = await self._start(key, call, admitted, question, request, prepared)
            yield prediction_pb2.StreamPredictResponse(run_started=prediction_pb2.RunStarted(run_id=run_id))
            async with aclosing(self._runs.follow(run_id, after)) as kept_events:  # type: ignore[type-var]
                async for batch in kept_events:
                    for entry in batch:
                        yield stream_response(event_of(entry.line))
            return
        async with aclosing(with_error_event(stream_of(self._predictor, prepared), self._log)) as stream:  # type: ignore[type-var]
            async for together in stream:
                for event in together:
                    yield stream_response(event)

    async def _start(
        self,
        key: str | None,
        call: Call,
        admitted: Admitted,
        question: PredictionRequest,
        message: Message,
        prepared: PreparedPrediction | None,
    ) -> tuple[str, int]:
        """The id of a run that begins or goes on, or of the first one with the key; the last event before that."""

        async def start() -> StoredRun:
            ready = prepared or await self._predictor.prepare(admitted, question)
            return await self._runs.start(admitted, question, ready, RunOptions())

        async def work() -> FirstAnswer:
            run = await start()
            return {"run": run.id, "after": run.last_event}

        if key is None:
            run = await start()
            return run.id, run.last_event
        answer = await self._once.answer(key, call, admitted, message_of("StreamPredict", message), work)
        return (await self._runs.get(answer["run"], caller_of(call))).id, answer.get("after", 0)

    async def UploadPredict(
        self, request_iterator: AsyncIterator[prediction_pb2.UploadPredictRequest], context: grpc.aio.ServicerContext
    ) -> prediction_pb2.UploadPredictResponse:
        call = current_call()
        reader = UploadReader(request_iterator)
        options = await reader.options()
        request = prediction_request(options)
        admitted = await self._admission.admit(options.chatflow_id, caller_of(call), version=version_of(options))
        files = await reader.files(self._blobs, self._max_files)
        request.files = files
        if (key := key_of(call)) is not None:
            answer = predict_response(await self._predict_once(key, call, admitted, request, options))
            return prediction_pb2.UploadPredictResponse(prediction=answer)
        try:
            prepared = await self._predictor.prepare(admitted, request)
            result = await self._whole(admitted, request, prepared)
            return prediction_pb2.UploadPredictResponse(prediction=predict_response(result))
        finally:
            await self._blobs.discard(files)


def _predictions(domain: Domain) -> object:
    return PredictionServicer(
        domain.predictor,
        domain.rule(RunService),
        domain.once,
        domain.admission,
        domain.blobs,
        max_files=domain.settings.max_files,
        log=domain.log,
    )


SERVICES = (Service(prediction_pb2_grpc.add_PredictionServiceServicer_to_server, _predictions),)
