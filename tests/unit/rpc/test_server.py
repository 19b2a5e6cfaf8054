from __future__ import annotations

import asyncio
import stat
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind_server.rpc.server import CannotListen, RpcServer

FLOW = "11111111-1111-4111-8111-111111111111"


async def test_health_answers_for_the_server_and_each_service(world: Any) -> None:
    stub = health_pb2_grpc.HealthStub(world.channel)
    for service in "", "tradewind.v1.PredictionService", "tradewind.rest.v1.SystemService":
        answer = await stub.Check(health_pb2.HealthCheckRequest(service=service))
        assert answer.status == health_pb2.HealthCheckResponse.SERVING


async def test_reflection_lists_every_service(world: Any) -> None:
    stub = reflection_pb2_grpc.ServerReflectionStub(world.channel)
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    async for answer in stub.ServerReflectionInfo(iter([request])):
        names = {one.name for one in answer.list_services_response.service}
    assert {method.service for method in world.server._methods.values()} <= names


async def test_the_socket_lies_where_only_its_owner_comes(world: Any) -> None:
    assert stat.S_IMODE(world.socket.parent.stat().st_mode) == 0o700


async def test_the_tcp_port_serves_too(world: Any) -> None:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{world.server.tcp_port}") as channel:
        answer = await PredictionServiceStub(channel).Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"))
    assert answer.text == "Hello"


async def test_draining_lets_running_calls_finish(world: Any) -> None:
    world.predictor.hold = asyncio.Event()
    health = health_pb2_grpc.HealthStub(world.channel).Watch(health_pb2.HealthCheckRequest())
    assert (await health.read()).status == health_pb2.HealthCheckResponse.SERVING
    running = asyncio.ensure_future(
        PredictionServiceStub(world.channel).Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"))
    )
    await world.predictor.started.wait()
    draining = asyncio.ensure_future(world.server.drain(10))
    assert (await health.read()).status == health_pb2.HealthCheckResponse.NOT_SERVING
    health.cancel()
    world.predictor.hold.set()
    assert (await running).text == "Hello"
    await asyncio.wait_for(draining, 60)
    assert not world.socket.exists()


async def test_a_taken_port_is_a_sentence(world: Any) -> None:
    other = RpcServer(world.settings, (), world.server._around, address=("127.0.0.1", world.server.tcp_port))
    with pytest.raises(CannotListen, match=r"127\.0\.0\.1:\d+ is taken"):
        await other.start()


async def test_a_path_too_long_for_a_socket_is_a_sentence(world: Any, tmp_path: Path) -> None:
    other = RpcServer(world.settings, (), world.server._around, socket=tmp_path / ("x" * 120) / "w.sock")
    with pytest.raises(CannotListen, match="longer than 107 bytes"):
        await other.start()


async def test_messages_larger_than_the_limit_are_refused(start: Any) -> None:
    world = await start(max_body_mb=1)
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await PredictionServiceStub(world.channel).Predict(
            pb.PredictRequest(chatflow_id=FLOW, question="x" * (3 * 1024 * 1024))
        )
    assert raised.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert world.predictor.asked == []
