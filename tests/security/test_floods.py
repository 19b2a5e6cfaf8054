"""Callers who open more than they send: everybody else is served meanwhile, and what is refused is told why."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
import os
import re
import signal
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import grpc
import pytest
import requests
from grpc_health.v1 import health_pb2, health_pb2_grpc

from harness.processes import find
from harness.stack import RunningStack, running_stack
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


async def first_refusal(calls: list[Any]) -> None:
    """Until a caller has as many calls as it may."""
    ended, _ = await asyncio.wait([asyncio.ensure_future(call.code()) for call in calls], return_when="FIRST_COMPLETED")
    assert {task.result() for task in ended} == {grpc.StatusCode.RESOURCE_EXHAUSTED}


def elsewhere(fortress: Fortress, method: str, path: str, body: object = None, **headers: str) -> int:
    """The status that a caller at another address gets."""
    parts = urlsplit(fortress.stack.rest)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60, source_address=(ELSEWHERE, 0))
    sent = {"Content-Type": "application/json", **headers}
    connection.request(method, path, json.dumps(body) if body is not None else None, sent)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def others_are_served(fortress: Fortress) -> None:
    for _ in range(2):
        assert elsewhere(fortress, "POST", f"/api/v1/prediction/{fortress.open_flow}", {"question": "Hello?"}) == 200
        assert elsewhere(fortress, "GET", "/api/v1/chatflows", **fortress.admin.headers) == 200
        assert elsewhere(fortress, "GET", "/healthz") == elsewhere(fortress, "GET", "/api/v1/ping") == 200
    for target in (fortress.stack.grpc, fortress.stack.grpc_gate):
        with grpc.insecure_channel(target) as channel:
            health = health_pb2_grpc.HealthStub(channel)
            assert health.Check(health_pb2.HealthCheckRequest(), timeout=60).status == health_pb2.HealthCheckResponse.SERVING


@pytest.mark.parametrize("door", ["grpc_gate", "grpc"])
@pytest.mark.parametrize("path", [UPLOAD, PREDICT, WATCH, REFLECTION])
@pytest.mark.parametrize(("connections", "streams"), [(1, 1000), (11, 100)])
async def test_half_open_calls_shut_nobody_out(
    fortress: Fortress, door: str, path: str, connections: int, streams: int
) -> None:
    async with half_open(getattr(fortress.stack, door), path, connections, streams) as calls:
        if connections > 1:
            await first_refusal(calls)
        await asyncio.to_thread(others_are_served, fortress)


async def test_what_is_too_much_is_told_and_counted(fortress: Fortress) -> None:
    async with half_open(fortress.stack.grpc_gate, UPLOAD, 5, 60) as calls:
        await first_refusal(calls)
        before = refused_so_far(fortress.stack)
        question = {"question": "Hello?"}
        answer = await asyncio.to_thread(fortress.call, "POST", f"/api/v1/prediction/{fortress.open_flow}", json=question)
        assert (answer.status_code, answer.json()["reason"], answer.headers["retry-after"]) == (429, "TOO_MANY_CALLS", "1")
        key = fortress.admin
        assert fortress.call("POST", f"/api/v1/prediction/{fortress.open_flow}", key, json=question).status_code == 200
        assert refused_so_far(fortress.stack) > before


def test_the_gate_turns_away_what_the_workers_have_no_place_for(tmp_path: Path) -> None:
    """A worker that does nothing stands for one that is too busy to refuse anybody."""
    env = {"TRADEWIND_MAX_CONCURRENT_CALLS": "8"}
    with running_stack(tmp_path / "data", "--no-local-models", env=env) as stack, ThreadPoolExecutor(20) as threads:
        (worker,) = find(stack.process.pid, "tradewind_server.worker")
        os.kill(worker, signal.SIGSTOP)
        try:
            waiting = [threads.submit(requests.get, f"{stack.rest}/api/v1/chatflows", timeout=60) for _ in range(15)]
            answers = [done.result() for done in itertools.islice(as_completed(waiting, timeout=60), 5)]
        finally:
            os.kill(worker, signal.SIGCONT)
        for answer in answers:
            assert (answer.status_code, answer.json()["reason"], answer.headers["retry-after"]) == (503, "OVERLOADED", "1")
        assert {one.result().status_code for one in waiting} <= {401, 429, 503}
        assert refused_so_far(stack) >= 5
        assert '"logger":"gate"' in stack.log_text()


def refused_so_far(stack: RunningStack) -> int:
    text = requests.get(stack.metrics, timeout=60).text
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
        assert requests.get(fortress.stack.metrics, headers={"Host": host}, timeout=60).status_code == status
