"""How many calls of whom run at once, and how long a call may wait for its own message."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from tradewind.v1 import chatflow_pb2
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.chatflow_pb2_grpc import ChatflowServiceStub
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind_server.rest_stubs import system_pb2
from tradewind_server.rest_stubs.system_pb2_grpc import SystemServiceStub
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.interceptors.arrival import Pace

from harness.open_bodies import left_open

FLOW = "11111111-1111-4111-8111-111111111111"
UPLOAD = "/tradewind.v1.PredictionService/UploadPredict"
PREDICT = "/tradewind.v1.PredictionService/Predict"
WATCH = "/grpc.health.v1.Health/Watch"
CHECK = "/grpc.health.v1.Health/Check"
REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
Metadata = tuple[tuple[str, str], ...]


def source(address: str) -> Metadata:
    """What the gate says about where a call comes from."""
    return (("x-forwarded-for", address),)


def opened(world: Any, path: str, count: int, metadata: Metadata, first: bytes | None = None) -> list[Any]:
    """Calls whose first message, or whose next, never comes; on the wire any method looks like this."""
    calls = []
    for _ in range(count):
        call = world.channel.stream_stream(path)(metadata=metadata)
        calls.append(call)
    return calls


async def settled(world: Any, running: int) -> None:
    """Until the server has so many calls."""
    for _ in range(30_000):
        if world.registry.get_sample_value("tradewind_rpc_running") == running:
            return
        await asyncio.sleep(0.002)
    raise AssertionError(world.registry.get_sample_value("tradewind_rpc_running"))


async def predict(world: Any, metadata: Metadata = ()) -> Any:
    stub = PredictionServiceStub(world.channel)
    return await stub.Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"), metadata=metadata, timeout=60)


async def refused(awaitable: Any) -> tuple[grpc.StatusCode, str, str]:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await awaitable
    trailers = dict([*raised.value.trailing_metadata()])
    return raised.value.code(), trailers["x-error-reason"], trailers.get("retry-after", "")


TOO_MANY = (grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_CALLS", "1")
FULL = (grpc.StatusCode.UNAVAILABLE, "OVERLOADED", "1")


@pytest.mark.parametrize("path", [UPLOAD, PREDICT])
async def test_one_address_has_its_share_and_the_others_theirs(start: Any, path: str) -> None:
    world = await start(max_concurrent_calls=12)
    calls = opened(world, path, 3, source("10.0.0.1"))
    await settled(world, 3)
    assert await refused(predict(world, source("10.0.0.1"))) == TOO_MANY
    assert (await predict(world, source("10.0.0.2"))).text == "Hello"
    assert world.registry.get_sample_value("tradewind_shed_calls_total", {"by": "worker", "reason": "TOO_MANY_CALLS"}) == 1
    calls[0].cancel()
    await settled(world, 2)
    assert (await predict(world, source("10.0.0.1"))).text == "Hello"


async def test_all_of_an_ipv6_network_is_one_address(start: Any) -> None:
    world = await start(max_concurrent_calls=12)
    for number in range(3):
        opened(world, UPLOAD, 1, source(f"2001:db8:1:2::{number}"))
    await settled(world, 3)
    assert await refused(predict(world, source("2001:db8:1:2:ffff::"))) == TOO_MANY
    assert (await predict(world, source("2001:db8:1:3::"))).text == "Hello"


@pytest.mark.parametrize("hops", [0, 1])
async def test_proxies_are_believed_as_far_as_they_are_trusted(start: Any, hops: int) -> None:
    world = await start(max_concurrent_calls=12, trusted_hops=hops)
    for number in range(3):
        opened(world, UPLOAD, 1, source(f"9.9.9.9, 10.0.0.{number}, 10.9.9.9"))
    await settled(world, 3)
    if hops:
        assert (await predict(world, source("10.0.0.7, 10.9.9.9"))).text == "Hello"
    else:
        assert await refused(predict(world, source("10.0.0.7, 10.9.9.9"))) == TOO_MANY


async def test_a_key_counts_by_itself_wherever_it_calls_from(start: Any) -> None:
    world = await start(max_concurrent_calls=12)
    world.keys.put("tw_service", "*", key_id="service")
    key = source("10.0.0.1") + world.metadata("tw_service")
    calls = opened(world, UPLOAD, 6, key)
    await settled(world, 6)
    assert await refused(predict(world, source("10.0.0.2") + world.metadata("tw_service"))) == TOO_MANY
    # Its own streams without a message have left the share of its address.
    assert (await predict(world, source("10.0.0.1"))).text == "Hello"
    assert (await predict(world, source("10.0.0.1") + world.metadata())).text == "Hello"
    for call in calls:
        call.cancel()


async def test_wrong_keys_win_nobody_a_larger_share(start: Any) -> None:
    world = await start(max_concurrent_calls=12)
    opened(world, UPLOAD, 3, source("10.0.0.1") + world.metadata("tw_wrong"))
    await settled(world, 3)
    assert await refused(predict(world, source("10.0.0.1") + world.metadata("tw_also-wrong"))) == TOO_MANY
    assert await refused(predict(world, source("10.0.0.1"))) == TOO_MANY


async def test_a_full_server_says_so_and_health_and_reflection_go_on(start: Any) -> None:
    world = await start(max_concurrent_calls=8, max_calls_per_address=2)
    for number in range(4):
        opened(world, UPLOAD, 2, source(f"10.0.0.{number}"))
    await settled(world, 8)
    assert await refused(predict(world, source("10.0.0.9"))) == FULL
    assert await refused(predict(world, source("10.0.0.9") + world.metadata())) == FULL
    assert world.registry.get_sample_value("tradewind_shed_calls_total", {"by": "worker", "reason": "OVERLOADED"}) == 2
    health = health_pb2_grpc.HealthStub(world.channel)
    assert (await health.Check(health_pb2.HealthCheckRequest())).status == health_pb2.HealthCheckResponse.SERVING
    if hasattr(health, "List"):  # Older health services have none.
        listed = await health.List(health_pb2.HealthListRequest())
        assert listed.statuses[""].status == health_pb2.HealthCheckResponse.SERVING
    assert (await SystemServiceStub(world.channel).Ping(system_pb2.PageRequest())).data == b"pong"


@pytest.mark.parametrize(("path", "most"), [(WATCH, 2), (REFLECTION, 1), (CHECK, 5)])
async def test_streams_of_health_and_reflection_are_bounded_for_one_address(start: Any, path: str, most: int) -> None:
    world = await start(max_concurrent_calls=20)
    opened(world, path, most, source("10.0.0.1"))
    await settled(world, most)
    (late,) = opened(world, path, 1, source("10.0.0.1"))
    assert await late.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    (other,) = opened(world, path, 1, source("10.0.0.2"))
    await settled(world, most + 1)
    other.cancel()
    assert (await predict(world, source("10.0.0.1"))).text == "Hello"
    health = health_pb2_grpc.HealthStub(world.channel)
    check = health.Check(health_pb2.HealthCheckRequest(), metadata=source("10.0.0.3"), timeout=60)
    assert (await check).status == health_pb2.HealthCheckResponse.SERVING


async def test_watchers_hold_places_until_they_leave(start: Any) -> None:
    world = await start(max_concurrent_calls=16)
    health = health_pb2_grpc.HealthStub(world.channel)
    watches = [health.Watch(health_pb2.HealthCheckRequest(), metadata=source("10.0.0.1")) for _ in range(2)]
    for watch in watches:
        assert (await watch.read()).status == health_pb2.HealthCheckResponse.SERVING
    late = health.Watch(health_pb2.HealthCheckRequest(), metadata=source("10.0.0.1"))
    assert await late.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    watches[0].cancel()
    await settled(world, 1)
    again = health.Watch(health_pb2.HealthCheckRequest(), metadata=source("10.0.0.1"))
    assert (await again.read()).status == health_pb2.HealthCheckResponse.SERVING
    again.cancel()


async def test_the_open_port_counts_by_the_other_end_and_believes_no_header(start: Any) -> None:
    world = await start(max_concurrent_calls=12)
    async with grpc.aio.insecure_channel(f"127.0.0.1:{world.server.tcp_port}") as channel:
        calls = [channel.stream_unary(UPLOAD)(metadata=source(f"10.0.0.{number}")) for number in range(3)]
        await settled(world, 3)
        stub = PredictionServiceStub(channel)
        call = stub.Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"), metadata=source("10.0.0.9"))
        assert await refused(call) == TOO_MANY
        for one in calls:
            one.cancel()


async def test_one_connection_carries_as_many_calls_as_it_may(start: Any) -> None:
    world = await start(max_streams_per_connection=4)
    opened(world, UPLOAD, 10, source("10.0.0.1"))
    await settled(world, 4)
    async with grpc.aio.insecure_channel(f"127.0.0.1:{world.server.tcp_port}") as channel:
        answer = await PredictionServiceStub(channel).Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"))
    assert answer.text == "Hello"


LATE = (grpc.StatusCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "")


@pytest.mark.parametrize("path", [UPLOAD, PREDICT, WATCH, CHECK, REFLECTION, "/tradewind.v1.PredictionService/StreamPredict"])
async def test_a_call_without_a_message_ends(start: Any, path: str) -> None:
    world = await start(first_message_timeout=0.05)
    (call,) = opened(world, path, 1, source("10.0.0.1"))
    assert await call.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert "sent no message within 0.05 seconds" in await call.details()
    await settled(world, 0)


async def test_a_body_that_drips_is_ended(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(0, 20).__next__  # Each message takes twenty seconds.
    monkeypatch.setattr(Pace, "from_settings", lambda _: Pace(30, 1_000_000, monotonic=clock))
    world = await start()
    parts = [
        pb.UploadPredictRequest(options=pb.PredictRequest(chatflow_id=FLOW, question="x")),
        pb.UploadPredictRequest(file={"name": "a.txt"}),
    ]
    code, reason, _ = await refused(PredictionServiceStub(world.channel).UploadPredict(left_open(parts)))
    assert (code, reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT")
    await settled(world, 0)


async def test_time_that_the_server_takes_is_not_the_callers(start: Any) -> None:
    world = await start(first_message_timeout=30, request_timeout=1000)
    plain, due = world.predictor.run, []

    async def run(prepared: Any) -> Any:
        due.append(current_call().timer.when() - asyncio.get_running_loop().time())
        return await plain(prepared)

    world.predictor.run = run
    assert (await predict(world)).text == "Hello"
    assert 30 < due[0] <= 1000


async def test_a_call_that_ends_without_its_message_is_told(start: Any) -> None:
    world = await start()
    call = world.channel.stream_unary(PREDICT)(iter(()))
    code, reason, _ = await refused(call)
    assert (code, reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT")


async def test_a_burst_of_one_key_is_not_taken_for_its_address(start: Any) -> None:
    world = await start(max_concurrent_calls=40)
    world.keys.put("tw_service", "*", key_id="service")
    stub = ChatflowServiceStub(world.channel)
    metadata = source("10.0.0.1") + world.metadata("tw_service")
    calls = [stub.GetChatflow(chatflow_pb2.GetChatflowRequest(id=FLOW), metadata=metadata) for _ in range(20)]
    assert {answer.chatflow.id for answer in await asyncio.gather(*calls)} == {FLOW}
