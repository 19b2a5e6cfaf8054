"""``RunService`` over gRPC."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing

import grpc
from tradewind.v1 import run_pb2, run_pb2_grpc

from tradewind_server.chatflows.admission import Admission
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.predictions import prediction_request, stream_response
from tradewind_server.rpc.mapping.runs import run_filter, run_message
from tradewind_server.rpc.once import Once, key_of, message_of
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of, version_of
from tradewind_server.runs.event_log import event_of
from tradewind_server.runs.idempotency import FirstAnswer
from tradewind_server.runs.ports import StoredRun
from tradewind_server.runs.service import RunOptions, RunService


class RunServicer(run_pb2_grpc.RunServiceServicer):
    """Maps requests and responses around :class:`RunService`."""

    def __init__(self, runs: RunService, once: Once, predictor: Predictor, admission: Admission) -> None:
        self._runs = runs
        self._once = once
        self._predictor = predictor
        self._admission = admission

    async def StartRun(self, request: run_pb2.StartRunRequest, context: grpc.aio.ServicerContext) -> run_pb2.StartRunResponse:
        admitted = await self._admission.admit(
            request.prediction.chatflow_id, caller_of(current_call()), version=version_of(request.prediction)
        )
        call, question = current_call(), prediction_request(request.prediction)
        options = RunOptions(background=True, restart=request.restart)

        async def start() -> StoredRun:
            prepared = await self._predictor.prepare(admitted, question)
            return await self._runs.start(admitted, question, prepared, options)

        async def work() -> FirstAnswer:
            return {"run": (await start()).id}

        if (key := key_of(call)) is None:
            run = await start()
        else:
            answer = await self._once.answer(key, call, admitted, message_of("StartRun", request), work)
            run = await self._runs.get(answer["run"], caller_of(call))
        return run_pb2.StartRunResponse(run=run_message(run))

    async def GetRun(self, request: run_pb2.GetRunRequest, context: grpc.aio.ServicerContext) -> run_pb2.GetRunResponse:
        run = await self._runs.get(request.id, caller_of(current_call()))
        return run_pb2.GetRunResponse(run=run_message(run))

    async def ListRuns(self, request: run_pb2.ListRunsRequest, context: grpc.aio.ServicerContext) -> run_pb2.ListRunsResponse:
        call = current_call()
        rows, token = await self._runs.page(
            caller_of(call), call.workspace_id, run_filter(request), request.page_size, request.page_token
        )
        return run_pb2.ListRunsResponse(runs=[run_message(row) for row in rows], next_page_token=token)

    async def StreamRunEvents(
        self, request: run_pb2.StreamRunEventsRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[run_pb2.StreamRunEventsResponse]:
        run = await self._runs.get(request.id, caller_of(current_call()))
        async with aclosing(self._runs.follow(run.id, request.after)) as stream:  # type: ignore[type-var]
            async for together in stream:
                for event in together:
                    message = stream_response(event_of(event.line))
                    yield run_pb2.StreamRunEventsResponse(sequence=event.number, event=message)

    async def CancelRun(
        self, request: run_pb2.CancelRunRequest, context: grpc.aio.ServicerContext
    ) -> run_pb2.CancelRunResponse:
        run = await self._runs.cancel(request.id, caller_of(current_call()))
        return run_pb2.CancelRunResponse(run=run_message(run))

    async def DeleteRun(
        self, request: run_pb2.DeleteRunRequest, context: grpc.aio.ServicerContext
    ) -> run_pb2.DeleteRunResponse:
        await self._runs.delete(request.id, caller_of(current_call()))
        return run_pb2.DeleteRunResponse()


def _runs(domain: Domain) -> object:
    return RunServicer(domain.rule(RunService), domain.once, domain.predictor, domain.admission)


SERVICES = (Service(run_pb2_grpc.add_RunServiceServicer_to_server, _runs),)
