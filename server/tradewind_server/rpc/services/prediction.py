"""``PredictionService`` over gRPC."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from logging import Logger

import grpc
from tradewind.v1 import prediction_pb2, prediction_pb2_grpc

from tradewind_server.chatflows.admission import Admission
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.messages import PredictionResult, content_of
from tradewind_server.flows.predict.predictor import Predictor, metadata_of
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.errors import with_error_event
from tradewind_server.rpc.mapping.predictions import predict_response, prediction_request, stream_response
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of, version_of
from tradewind_server.rpc.uploads import UploadReader


class PredictionServicer(prediction_pb2_grpc.PredictionServiceServicer):
    """Maps requests and responses around :class:`Predictor`."""

    def __init__(self, predictor: Predictor, admission: Admission, blobs: Blobs, *, max_files: int, log: Logger) -> None:
        self._predictor = predictor
        self._admission = admission
        self._blobs = blobs
        self._max_files = max_files
        self._log = log

    async def Predict(
        self, request: prediction_pb2.PredictRequest, context: grpc.aio.ServicerContext
    ) -> prediction_pb2.PredictResponse:
        call = current_call()
        admitted = await self._admission.admit(request.chatflow_id, caller_of(call), version=version_of(request))
        prepared = await self._predictor.prepare(admitted, prediction_request(request))
        return predict_response(await self._predictor.run(prepared))

    async def StreamPredict(
        self, request: prediction_pb2.StreamPredictRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[prediction_pb2.StreamPredictResponse]:
        call = current_call()
        admitted = await self._admission.admit(request.chatflow_id, caller_of(call), version=version_of(request))
        prepared = await self._predictor.prepare(admitted, prediction_request(request))
        async with aclosing(with_error_event(stream_of(self._predictor, prepared), self._log)) as stream:  # type: ignore[type-var]
            async for together in stream:
                for event in together:
                    yield stream_response(event)

    async def UploadPredict(
        self, request_iterator: AsyncIterator[prediction_pb2.UploadPredictRequest], context: grpc.aio.ServicerContext
    ) -> prediction_pb2.UploadPredictResponse:
        call = current_call()
        reader = UploadReader(request_iterator)
        options = await reader.options()
        request = prediction_request(options)
        admitted = await self._admission.admit(options.chatflow_id, caller_of(call), version=version_of(options))
        files = await reader.files(self._blobs, self._max_files)
        try:
            request.files = files
            prepared = await self._predictor.prepare(admitted, request)
            result = await self._predictor.run(prepared)
            return prediction_pb2.UploadPredictResponse(prediction=predict_response(result))
        finally:
            await self._blobs.discard(files)


def stream_of(predictor: Predictor, prepared: PreparedPrediction) -> AsyncIterator[Sequence[Event]]:
    """The events of a prediction. A chatflow that cannot stream sends its whole answer as one token."""
    return predictor.stream(prepared) if prepared.streams else _whole(predictor, prepared)


async def _whole(predictor: Predictor, prepared: PreparedPrediction) -> AsyncIterator[Sequence[Event]]:
    result: PredictionResult = await predictor.run(prepared)
    event_list = [Event(events.START, "")]
    for name, data in (
        (events.TOKEN, content_of(result)),
        (events.SOURCES, result.source_documents),
        (events.TOOLS, result.used_tools),
        (events.ARTIFACTS, result.artifacts),
    ):
        if data:
            event_list.append(Event(name, data))
    yield [*event_list, Event(events.METADATA, metadata_of(result)), Event(events.END, events.DONE)]


def _predictions(domain: Domain) -> object:
    return PredictionServicer(
        domain.predictor, domain.admission, domain.blobs, max_files=domain.settings.max_files, log=domain.log
    )


SERVICES = (Service(prediction_pb2_grpc.add_PredictionServiceServicer_to_server, _predictions),)
