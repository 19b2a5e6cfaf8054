from __future__ import annotations

from typing import Any

import grpc
import orjson
import pytest
from tradewind.v1 import rest_system_pb2 as pb
from tradewind.v1.rest_system_pb2_grpc import SystemServiceStub


async def test_ping_liveness_version(world: Any) -> None:
    stub = SystemServiceStub(world.channel)
    ping = await stub.Ping(pb.PageRequest())
    assert (ping.data, ping.content_type.partition(";")[0]) == (b"pong", "text/plain")
    assert orjson.loads((await stub.Liveness(pb.PageRequest())).data) == {"status": "ok"}
    assert orjson.loads((await stub.Version(pb.PageRequest())).data) == {"version": "9.9.9"}


async def test_readiness_names_what_is_missing(world: Any) -> None:
    stub = SystemServiceStub(world.channel)
    assert orjson.loads((await stub.Readiness(pb.PageRequest())).data)["status"] == "ok"
    world.checks["vector store"] = False
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await stub.Readiness(pb.PageRequest())
    assert raised.value.code() is grpc.StatusCode.UNAVAILABLE
    assert raised.value.details() == "Not ready: no answer from vector store."


async def test_openapi_is_json_with_the_documented_routes(world: Any) -> None:
    body = await SystemServiceStub(world.channel).OpenApi(pb.PageRequest())
    document = orjson.loads(body.data)
    assert document["openapi"].startswith("3.")
    assert document["info"]["version"] == "9.9.9"
    assert "/api/v1/chatflows" in document["paths"]


async def test_the_page_for_people_loads_nothing_and_runs_nothing(world: Any) -> None:
    call = SystemServiceStub(world.channel).Docs(pb.PageRequest())
    page = (await call).data.decode()
    assert page.startswith("<!doctype html>")
    assert "/api/v1/chatflows" in page
    for forbidden in ("<script", "src=", "@import", "http://", "onload"):
        assert forbidden not in page
    assert "default-src 'none'" in dict([*await call.initial_metadata()])["content-security-policy"]
