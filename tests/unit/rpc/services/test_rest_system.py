from __future__ import annotations

import hashlib
import re
from importlib.resources import files
from typing import Any

import grpc
import orjson
import pytest
from tradewind_server.rest_stubs import system_pb2 as pb
from tradewind_server.rest_stubs.system_pb2_grpc import SystemServiceStub


async def test_ping_liveness_version(world: Any) -> None:
    stub = SystemServiceStub(world.channel)
    ping = await stub.Ping(pb.PageRequest())
    assert (ping.data, ping.content_type.partition(";")[0]) == (b"pong", "text/plain")
    assert orjson.loads((await stub.Liveness(pb.PageRequest())).data) == {"status": "ok"}
    assert orjson.loads((await stub.Version(pb.PageRequest())).data) == {"version": "9.9.9"}


async def test_the_caller_is_told_its_address_and_the_kind_of_installation(world: Any) -> None:
    stub = SystemServiceStub(world.channel)
    told = orjson.loads((await stub.Ip(pb.PageRequest(), metadata=(("x-forwarded-for", "6.6.6.6, 203.0.113.7"),))).data)
    assert told["ip"] == "203.0.113.7" and "TRADEWIND_TRUSTED_HOPS" in told["msg"]
    assert orjson.loads((await stub.Settings(pb.PageRequest())).data) == {"PLATFORM_TYPE": "open source"}


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


async def test_the_page_for_people_loads_nothing_from_elsewhere(world: Any) -> None:
    stub = SystemServiceStub(world.channel)
    call = stub.Docs(pb.PageRequest())
    page = (await call).data.decode()
    assert page.startswith("<!doctype html>")
    assert set(re.findall(r'(?:src|href)="([^"]*)"', page)) == {
        "data:,", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/start.js",
    }  # fmt: skip
    assert not re.search(r"<script>|<style| on[a-z]+=", page)
    policy = dict([*await call.initial_metadata()])["content-security-policy"]
    assert "default-src 'none'; script-src 'self';" in policy and "http" not in policy


@pytest.mark.parametrize(
    "name, media", [("swagger-ui-bundle.js", "javascript"), ("swagger-ui.css", "css"), ("start.js", "javascript")]
)
async def test_the_files_of_the_page(world: Any, name: str, media: str) -> None:
    call = SystemServiceStub(world.channel).DocsFile(pb.DocsFileRequest(name=name))
    assert media in (await call).content_type and (await call).data
    assert dict([*await call.initial_metadata()])["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["", "SOURCE.md", "../openapi.yaml", "..%2f..%2fsettings.py", "swagger-ui.css\x00"])
async def test_no_other_file_is_served(world: Any, name: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await SystemServiceStub(world.channel).DocsFile(pb.DocsFileRequest(name=name))
    assert raised.value.code() is grpc.StatusCode.NOT_FOUND


def test_the_vendored_files_are_those_of_the_package() -> None:
    folder = files("tradewind_server") / "assets" / "vendor" / "swagger-ui"
    listed = re.findall(r"\| `([^`]+)` \| `([0-9a-f]{64})` \|", (folder / "SOURCE.md").read_text())
    assert {name for name, _ in listed} == {one.name for one in folder.iterdir()} - {"SOURCE.md"}
    for name, digest in listed:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
