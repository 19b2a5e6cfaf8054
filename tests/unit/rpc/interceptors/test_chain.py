"""What stands around each call, seen from outside."""

from __future__ import annotations

import asyncio
import contextvars
import logging
from typing import Any, ClassVar

import grpc
import orjson
import pytest
from tradewind.v1 import chatflow_pb2
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.chatflow_pb2_grpc import ChatflowServiceStub
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind_server.errors import Reason, ResourceExhausted
from tradewind_server.observability.spans import SPAN, Span, Trace
from tradewind_server.rest_stubs import system_pb2
from tradewind_server.rest_stubs.system_pb2_grpc import SystemServiceStub
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.interceptors.arrival import Pace
from tradewind_server.rpc.interceptors.chain import Chain, steps_of
from tradewind_server.rpc.interceptors.tracing import Tracing
from tradewind_server.rpc.methods import UndeclaredAccess
from tradewind_server.rpc.server import Around, interceptors

from harness.open_bodies import left_open

FLOW = "11111111-1111-4111-8111-111111111111"
METHODS = load_contract().methods()
PREDICT = "/tradewind.v1.PredictionService/Predict"


def predict(world: Any, **call: Any) -> Any:
    return PredictionServiceStub(world.channel).Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"), **call)


async def calls_are_over(world: Any, count: int = 1) -> None:
    """Until the server has written the lines of `count` calls: an answer reaches its caller before its line is written."""
    async with asyncio.timeout(60):
        while len(world.lines) < count:  # noqa: ASYNC110 (lines give no sign)
            await asyncio.sleep(0.001)


def test_the_order_is_the_one_we_mean(world: Any) -> None:
    around = Around(None, world.server._around.metrics, Tracing(None), None, "json", logging.getLogger())  # type: ignore[arg-type]
    names = [type(one).__name__ for one in interceptors(world.settings, around)]
    assert names == [
        "RequestId",
        "Tracing",
        "AccessLog",
        "CallMetrics",
        "Errors",
        "CallLimits",
        "Auth",
        "CallerLimits",
        "Queries",
    ]


def test_nothing_is_done_for_concerns_that_are_off(world: Any) -> None:
    method = METHODS[PREDICT]
    around = Around(None, world.server._around.metrics, Tracing(None), None, "json", logging.getLogger())  # type: ignore[arg-type]
    steps = steps_of(interceptors(world.settings, around), method)
    assert (len(steps.outer), len(steps.inner), len(steps.admits), len(steps.leaves)) == (2, 1, 2, 2)


async def test_the_gates_request_id_is_kept_and_anyone_elses_is_not(world: Any) -> None:
    sent = (("x-request-id", "id-of-the-gate"),)
    call = predict(world, metadata=sent)
    await call
    assert dict([*await call.trailing_metadata()])["x-request-id"] == "id-of-the-gate"
    async with grpc.aio.insecure_channel(f"127.0.0.1:{world.server.tcp_port}") as channel:
        call = PredictionServiceStub(channel).Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"), metadata=sent)
        await call
        made = dict([*await call.trailing_metadata()])["x-request-id"]
    assert made != "id-of-the-gate"
    assert len(made) == 32


async def test_each_call_is_one_line_without_contents_or_secrets(world: Any) -> None:
    await predict(world, metadata=world.metadata("tw_some-wrong-key"))
    with pytest.raises(grpc.aio.AioRpcError):
        await ChatflowServiceStub(world.channel).GetChatflow(chatflow_pb2.GetChatflowRequest(id=FLOW))
    await calls_are_over(world, 2)
    first, second = (orjson.loads(line) for line in world.lines)
    assert (first["message"], first["code"], first["caller"]) == (PREDICT, "OK", "anonymous")
    assert (second["code"], second["reason"]) == ("UNAUTHENTICATED", "UNAUTHENTICATED")
    assert first["ms"] > 0
    assert first["requestId"] != second["requestId"]
    assert b"tw_" not in b"".join(world.lines)


async def test_calls_are_counted_by_method_and_code(world: Any) -> None:
    await predict(world)
    world.predictor.error = ResourceExhausted(Reason.RATE_LIMITED, "Slow down.", 2.2)
    with pytest.raises(grpc.aio.AioRpcError):
        await predict(world)
    value = world.registry.get_sample_value
    labels = {"method": "PredictionService/Predict", "code": "OK"}
    await world.server.drain(60)  # A refusal reaches its caller before the call is over on the server.
    assert value("tradewind_rpc_calls_total", labels) == 1
    assert value("tradewind_rpc_calls_total", {**labels, "code": "RESOURCE_EXHAUSTED"}) == 1
    assert value("tradewind_rpc_seconds_count", {"method": "PredictionService/Predict"}) == 2
    assert value("tradewind_rpc_running") == 0


async def test_a_limit_says_when_to_come_back(world: Any) -> None:
    world.predictor.error = ResourceExhausted(Reason.RATE_LIMITED, "Slow down.", 2.2)
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await predict(world)
    trailers = dict([*raised.value.trailing_metadata()])
    assert raised.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert (trailers["retry-after"], trailers["x-error-reason"]) == ("3", "RATE_LIMITED")
    assert "grpc-status-details-bin" in trailers


async def test_an_unforeseen_fault_shows_its_request_id_alone(world: Any, caplog: pytest.LogCaptureFixture) -> None:
    world.predictor.error = ZeroDivisionError("/home/secret/place")
    with caplog.at_level(logging.ERROR), pytest.raises(grpc.aio.AioRpcError) as raised:
        await predict(world, metadata=(("x-request-id", "r-1"),))
    assert raised.value.code() is grpc.StatusCode.INTERNAL
    assert raised.value.details() == "Something went wrong on the server; its log says more under r-1."
    assert "ZeroDivisionError" in caplog.text


async def test_work_that_takes_too_long_is_stopped(start: Any) -> None:
    world = await start(request_timeout=0.5)
    world.predictor.hold = asyncio.Event()
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await predict(world)
    assert raised.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert dict([*raised.value.trailing_metadata()])["x-error-reason"] == "DEADLINE_EXCEEDED"
    assert world.predictor.cancelled.is_set()


async def test_the_callers_own_deadline_is_not_our_fault(world: Any) -> None:
    world.predictor.hold = asyncio.Event()
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await predict(world, timeout=1.0)  # Enough to reach the server.
    assert raised.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    await asyncio.wait_for(world.predictor.cancelled.wait(), 60)
    await calls_are_over(world)  # Its line is the last thing that a call leaves.
    assert orjson.loads(world.lines[0])["code"] in ("DEADLINE_EXCEEDED", "CANCELLED")
    assert world.registry.get_sample_value("tradewind_rpc_running") == 0


async def test_too_many_calls_are_refused_and_the_pages_still_answer(start: Any) -> None:
    world = await start(max_concurrent_calls=1)
    world.predictor.hold = asyncio.Event()
    running = asyncio.ensure_future(predict(world))
    await world.predictor.started.wait()
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await predict(world)
    assert raised.value.code() is grpc.StatusCode.UNAVAILABLE
    assert dict([*raised.value.trailing_metadata()])["x-error-reason"] == "OVERLOADED"
    assert (await SystemServiceStub(world.channel).Ping(system_pb2.PageRequest())).data == b"pong"
    world.predictor.hold.set()
    assert (await running).text == "Hello"
    assert (await predict(world)).text == "Hello"


class Writer:
    """A tracer that keeps the spans of calls."""

    with_contents = False

    def __init__(self) -> None:
        self.spans: list[Span] = []

    def begin_call(self, name: str, headers: Any, facts: dict[str, Any]) -> Span | None:
        if headers.get("traceparent") == "unsampled":
            return None
        self.spans.append(Span(Trace(), None, name, "call", facts))
        return self.spans[-1]


def test_a_span_has_the_methods_name_and_the_outcome() -> None:
    class Call:
        code, failure_reason, span, request_id = grpc.StatusCode.NOT_FOUND, "CHATFLOW_NOT_FOUND", None, "r-1"
        headers: ClassVar[dict[str, str]] = {}

    writer: Any = Writer()
    hooks = Tracing(writer).hooks(METHODS[PREDICT])
    call: Any = Call()
    assert hooks.enter is not None and hooks.leave is not None
    context = contextvars.copy_context()
    context.run(hooks.enter, call)
    assert context[SPAN] is call.span
    hooks.leave(call)
    [span] = writer.spans
    assert span.name == PREDICT.lstrip("/")
    assert span.facts == {
        "rpc_system": "grpc",
        "rpc_service": "tradewind.v1.PredictionService",
        "rpc_method": "Predict",
        "request_id": "r-1",
        "rpc_code": 5,
        "error": "CHATFLOW_NOT_FOUND",
    }
    assert span.stop >= span.start
    call.headers, call.span = {"traceparent": "unsampled"}, None
    context.run(hooks.enter, call)
    hooks.leave(call)
    assert len(writer.spans) == 1


def test_a_service_outside_the_contract_cannot_be_registered() -> None:
    chain = Chain((), METHODS, pace=Pace(1, 1), seconds=lambda method: 1)
    with pytest.raises(UndeclaredAccess, match=r"elsewhere\.Service/Open"):
        chain.wrap("elsewhere.Service", {"Open": None})


def test_upserts_alone_may_run_for_long() -> None:
    assert {path.rpartition("/")[2] for path, method in METHODS.items() if method.long_running} >= {"Upsert", "UpsertForm"}
    assert not METHODS["/tradewind.v1.PredictionService/Predict"].long_running


@pytest.mark.parametrize("path", [PREDICT, "/tradewind.v1.PredictionService/UploadPredict"])
async def test_bytes_that_are_no_message_are_refused_like_any_other(world: Any, path: str) -> None:
    broken = b"\x0a\x02\xed\xa0"  # A text that is not UTF-8.
    upload = path.endswith("UploadPredict")
    maker = world.channel.stream_unary if upload else world.channel.unary_unary
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await maker(path)(left_open([b"\x0a\x04" + broken]) if upload else broken)
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert raised.value.details() == "The request cannot be read: a text in it is not UTF-8, or it is nested too deeply."
    assert dict([*raised.value.trailing_metadata()])["x-error-reason"] == "INVALID_ARGUMENT"
