"""Callers who open more than they send: everybody else is served meanwhile, and what is refused is told why."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import grpc
import pytest
import requests
from grpc_health.v1 import health_pb2, health_pb2_grpc

from security.conftest import Fortress

UPLOAD = "/tradewind.v1.PredictionService/UploadPredict"
PREDICT = "/tradewind.v1.PredictionService/Predict"
WATCH = "/grpc.health.v1.Health/Watch"
REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
ELSEWHERE = "127.0.0.2"
"""The address of the other callers."""
EMPTY = b""


@asynccontextmanager
async def half_open(target: str, path: str, connections: int, streams: int) -> AsyncIterator[list[Any]]:
    """So many calls at once that never send what they were opened for; a watch is asked for, and never left."""
    options = (("grpc.use_local_subchannel_pool", 1),)
    channels = [grpc.aio.insecure_channel(target, options=options) for _ in range(connections)]
    try:
        for channel in channels:
            await channel.channel_ready()
        if path == WATCH:
            yield [channel.unary_stream(path)(EMPTY) for channel in channels for _ in range(streams)]
        else:
            yield [channel.stream_stream(path)() for channel in channels for _ in range(streams)]
    finally:
        for channel in channels:
            await channel.close(None)


def elsewhere(fortress: Fortress, method: str, path: str, body: object = None, **headers: str) -> int:
    """The status that a caller at another address gets."""
    parts = urlsplit(fortress.stack.rest)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20, source_address=(ELSEWHERE, 0))
    sent = {"Content-Type": "application/json", **headers}
    connection.request(method, path, json.dumps(body) if body is not None else None, sent)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def others_are_served(fortress: Fortress) -> None:
    for _ in range(5):
        assert elsewhere(fortress, "POST", f"/api/v1/prediction/{fortress.open_flow}", {"question": "Hello?"}) == 200
        assert elsewhere(fortress, "GET", "/api/v1/chatflows", **fortress.admin.headers) == 200
        assert elsewhere(fortress, "GET", "/healthz") == elsewhere(fortress, "GET", "/api/v1/ping") == 200
    for target in (fortress.stack.grpc, fortress.stack.grpc_gate):
        with grpc.insecure_channel(target) as channel:
            health = health_pb2_grpc.HealthStub(channel)
            assert health.Check(health_pb2.HealthCheckRequest(), timeout=10).status == health_pb2.HealthCheckResponse.SERVING


@pytest.mark.parametrize("door", ["grpc_gate", "grpc"])
@pytest.mark.parametrize("path", [UPLOAD, PREDICT, WATCH, REFLECTION])
@pytest.mark.parametrize(("connections", "streams"), [(1, 1000), (11, 100)])
async def test_half_open_calls_shut_nobody_out(
    fortress: Fortress, door: str, path: str, connections: int, streams: int
) -> None:
    async with half_open(getattr(fortress.stack, door), path, connections, streams) as calls:
        if connections > 1:
            ended, _ = await asyncio.wait([asyncio.ensure_future(call.code()) for call in calls], return_when="FIRST_COMPLETED")
            assert {task.result() for task in ended} == {grpc.StatusCode.RESOURCE_EXHAUSTED}
        await asyncio.to_thread(others_are_served, fortress)


async def test_a_burst_is_answered_whole_and_counted(fortress: Fortress) -> None:
    parts = urlsplit(fortress.stack.rest)
    body = json.dumps({"question": "Hello?"})
    head = f"POST /api/v1/prediction/{fortress.open_flow} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    request = f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
    before = refused_so_far(fortress)

    async def call() -> bytes:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        return answer

    answers = await asyncio.gather(*(call() for _ in range(1500)))
    statuses = Counter(int(answer[9:12] or 0) for answer in answers)
    assert set(statuses) <= {200, 429, 503}, (statuses, fortress.stack.log_text()[-3000:])
    reasons = Counter()
    for answer in answers:
        if answer[9:12] != b"200":
            assert b"retry-after: 1" in answer.lower()
            reasons[re.search(rb'"reason":"([A-Z_]+)"', answer).group(1)] += 1  # type: ignore[union-attr]
    assert set(reasons) <= {b"TOO_MANY_CALLS", b"OVERLOADED"}
    counted = refused_so_far(fortress) - before
    # A call that the gate tried again and had no room for either is counted twice.
    assert counted >= statuses[429] + statuses[503] > 0, (counted, statuses)


def refused_so_far(fortress: Fortress) -> int:
    text = requests.get(fortress.stack.metrics, timeout=10).text
    return sum(int(float(one)) for one in re.findall(r"^tradewind_(?:gate_)?shed_calls_total\{.*\} (\S+)$", text, re.MULTILINE))


def test_wrong_keys_hold_up_no_right_one(fortress: Fortress) -> None:
    for number in range(101):
        assert fortress.call("GET", "/api/v1/chatflows", headers={"Authorization": f"Bearer tw_{number}"}).status_code in (
            401,
            429,
        )
    wrong = fortress.call("GET", "/api/v1/chatflows", headers={"Authorization": "Bearer tw_wrong"})
    assert (wrong.status_code, wrong.json()["reason"]) == (429, "RATE_LIMITED")
    assert int(wrong.headers["retry-after"]) <= 60
    for right in ({"Authorization": f"Bearer {fortress.stack.admin_key}"}, fortress.admin.headers):
        assert fortress.call("GET", "/api/v1/chatflows", headers=right).status_code == 200
    assert elsewhere(fortress, "GET", "/api/v1/chatflows", **{"x-api-key": "tw_wrong"}) == 401


@pytest.mark.parametrize(
    "type_", ["application/grpc-web", "application/grpc-web+proto", "application/grpc-web-text", "application/GRPC-Web"]
)
@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "POST"])
def test_a_type_of_grpc_web_on_a_route_of_rest_is_answered_as_rest(fortress: Fortress, type_: str, method: str) -> None:
    for path in ("/api/v1/ping", f"/api/v1/prediction/{fortress.open_flow}", "/api/v1/nothing"):
        answer = fortress.call(method, path, headers={"Content-Type": type_})
        assert answer.content
        if answer.status_code != 200:
            assert answer.status_code in (400, 401, 404, 415)
            assert answer.json()["reason"]


def test_the_metrics_are_not_for_web_pages(fortress: Fortress) -> None:
    port = urlsplit(fortress.stack.metrics).port
    for host, status in ((f"localhost:{port}", 200), ("127.0.0.1", 200), ("evil.example", 403), (f"evil.example:{port}", 403)):
        assert requests.get(fortress.stack.metrics, headers={"Host": host}, timeout=10).status_code == status
