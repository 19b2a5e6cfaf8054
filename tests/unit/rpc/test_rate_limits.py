"""A chatflow's rate limit holds at every door that asks it, before any file is read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest
from tradewind.v1 import (
    common_pb2,
    prediction_pb2,
    prediction_pb2_grpc,
    vector_upsert_pb2,
    vector_upsert_pb2_grpc,
)
from tradewind_server.rest_stubs import prediction_pb2 as rest
from tradewind_server.rest_stubs import prediction_pb2_grpc as rest_grpc

from .conftest import KEYED_FLOW, OPEN_FLOW, World, a_chatflow

CONFIG = json.dumps({"rateLimit": {"status": True, "limitMax": 1, "limitDuration": 60, "limitMsg": "Slow down"}})
Metadata = tuple[tuple[str, str], ...]


def limited(world: World, flow: str = OPEN_FLOW, **columns: Any) -> None:
    world.predictor.flows[flow] = a_chatflow(flow, api_config=CONFIG, **columns)


def sent_from(address: str) -> Metadata:
    return (("x-forwarded-for", f"203.0.113.9, {address}"),)


async def predict(world: World, metadata: Metadata, flow: str = OPEN_FLOW) -> Any:
    request = prediction_pb2.PredictRequest(chatflow_id=flow, question="q")
    return await prediction_pb2_grpc.PredictionServiceStub(world.channel).Predict(request, metadata=metadata)


async def stream(world: World, metadata: Metadata) -> Any:
    request = prediction_pb2.StreamPredictRequest(chatflow_id=OPEN_FLOW, question="q")
    stub = prediction_pb2_grpc.PredictionServiceStub(world.channel)
    return [event async for event in stub.StreamPredict(request, metadata=metadata)]


async def stream_body(world: World, metadata: Metadata) -> Any:
    request = rest.PredictBodyRequest(chatflow_id=OPEN_FLOW, body={"data": b'{"question": "q"}'})
    stub = rest_grpc.PredictionRestServiceStub(world.channel)
    return [body async for body in stub.PredictBody(request, metadata=metadata)]


async def upload(world: World, metadata: Metadata) -> Any:
    is_one_too_many = world.predictor.asked and metadata == sent_from("10.0.0.1")

    async def parts() -> AsyncIterator[prediction_pb2.UploadPredictRequest]:
        yield prediction_pb2.UploadPredictRequest(options=prediction_pb2.PredictRequest(chatflow_id=OPEN_FLOW, question="q"))
        if is_one_too_many:
            await asyncio.Event().wait()  # As harness.open_bodies.
        yield prediction_pb2.UploadPredictRequest(file=common_pb2.UploadFile(name="a.txt"))
        yield prediction_pb2.UploadPredictRequest(chunk=b"text")

    stub = prediction_pb2_grpc.PredictionServiceStub(world.channel)
    return await stub.UploadPredict(parts(), metadata=metadata)


async def upsert(world: World, metadata: Metadata) -> Any:
    request = vector_upsert_pb2.UpsertRequest(chatflow_id=OPEN_FLOW)
    return await vector_upsert_pb2_grpc.VectorUpsertServiceStub(world.channel).Upsert(request, metadata=metadata)


@pytest.mark.parametrize("call", [predict, stream, stream_body, upload, upsert])
async def test_the_limit_holds_at_every_door(world: World, call: Any) -> None:
    limited(world)
    await call(world, sent_from("10.0.0.1"))
    received = len(world.blobs.received)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await call(world, sent_from("10.0.0.1"))
    assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert error.value.details() == "Slow down"
    trailers = dict([*(error.value.trailing_metadata() or ())])
    assert trailers["x-error-reason"] == "RATE_LIMITED"
    assert trailers["retry-after"] == "60"
    limits = {name: trailers[f"ratelimit-{name}"] for name in ("limit", "remaining", "reset")}
    assert limits == {"limit": "1", "remaining": "0", "reset": "60"}
    assert len(world.blobs.received) == received
    await call(world, sent_from("10.0.0.2"))


async def test_doors_of_one_flow_count_together(world: World) -> None:
    limited(world)
    await predict(world, sent_from("10.0.0.1"))
    with pytest.raises(grpc.aio.AioRpcError):
        await upsert(world, sent_from("10.0.0.1"))


async def test_only_the_address_that_the_gate_saw_counts(world: World) -> None:
    limited(world)
    await predict(world, (("x-forwarded-for", "1.1.1.1, 10.0.0.1"),))
    with pytest.raises(grpc.aio.AioRpcError):
        await predict(world, (("x-forwarded-for", "2.2.2.2, 10.0.0.1"),))


async def test_who_has_no_key_uses_up_nobodys_share(world: World) -> None:
    limited(world, KEYED_FLOW, apikeyid="flow-key")
    world.keys.put("tw_flow", "a:b", key_id="flow-key")
    for _ in range(3):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await predict(world, sent_from("10.0.0.1"), KEYED_FLOW)
        assert error.value.code() is grpc.StatusCode.UNAUTHENTICATED
    await predict(world, (*sent_from("10.0.0.1"), ("authorization", "Bearer tw_flow")), KEYED_FLOW)
