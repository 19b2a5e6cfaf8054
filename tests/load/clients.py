"""Load from one process: as many connections as asked, each sending its next request when it has its answer."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import grpc
import orjson
from tradewind.v1 import prediction_pb2, prediction_pb2_grpc
from tradewind_server.rest_stubs import system_pb2, system_pb2_grpc


@dataclass
class Measured:
    """One run. ``latencies`` are in seconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds; not a number where nothing was answered."""
        if not self.latencies:
            return math.nan
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class HttpConnection:
    """A kept HTTP/1.1 connection that reads whole answers. Does nothing a load generator need not do."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)

    def close(self) -> None:
        self._writer.close()

    async def call(self, request: bytes) -> tuple[int, bytes]:
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        lower = head.lower()
        if b"transfer-encoding: chunked" in lower:
            body = b"".join([chunk async for chunk in self._chunks()])
        else:
            length = int(lower.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
            body = await self._reader.readexactly(length)
        return status, body

    async def first_chunk(self, request: bytes) -> AsyncIterator[bytes]:
        """The body in the pieces it arrives in."""
        self._writer.write(request)
        await self._reader.readuntil(b"\r\n\r\n")
        async for chunk in self._chunks():
            yield chunk

    async def _chunks(self) -> AsyncIterator[bytes]:
        while size := int(await self._reader.readline(), 16):
            yield (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readline()


def post(path: str, body: dict[str, object], host: str = "localhost", key: str | None = None, verb: str = "POST") -> bytes:
    data = orjson.dumps(body)
    key_line = f"Authorization: Bearer {key}\r\n" if key else ""
    head = f"{verb} {path} HTTP/1.1\r\nHost: {host}\r\n{key_line}Content-Type: application/json\r\n"
    return f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data


def get(path: str, host: str = "localhost", key: str | None = None) -> bytes:
    key_line = f"Authorization: Bearer {key}\r\n" if key else ""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{key_line}\r\n".encode()


async def rest_load(base_url: str, connections: int, seconds: float, request: Callable[[int, int], bytes]) -> Measured:
    """``request(connection, number)`` makes each request."""
    measured = Measured()
    end = time.perf_counter() + seconds

    async def run(number: int) -> None:
        connection = HttpConnection(base_url)
        await connection.open()
        count = 0
        while time.perf_counter() < end:
            began = time.perf_counter()
            status, body = await connection.call(request(number, count))
            if status == 200:
                measured.latencies.append(time.perf_counter() - began)
            else:
                measured.failures.append(f"{status} {body[:200]!r}")
            count += 1
        connection.close()

    began = time.perf_counter()
    await asyncio.gather(*(run(number) for number in range(connections)))
    measured.seconds = time.perf_counter() - began
    return measured


async def grpc_load(target: str, connections: int, seconds: float, flow_id: str | None) -> Measured:
    """Predictions over one channel with that many calls at once; pings where there is no flow."""
    measured = Measured()
    end = time.perf_counter() + seconds
    async with grpc.aio.insecure_channel(target) as channel:
        predict = prediction_pb2_grpc.PredictionServiceStub(channel).Predict
        ping = system_pb2_grpc.SystemServiceStub(channel).Ping

        async def run(number: int) -> None:
            count = 0
            while time.perf_counter() < end:
                began = time.perf_counter()
                try:
                    if flow_id is None:
                        await ping(system_pb2.PageRequest())
                    else:
                        request = prediction_pb2.PredictRequest(chatflow_id=flow_id, question="How is the weather?")
                        request.override_config["sessionId"] = session(number, count)
                        await predict(request)
                    measured.latencies.append(time.perf_counter() - began)
                except grpc.aio.AioRpcError as error:
                    measured.failures.append(str(error.details()))
                count += 1

        began = time.perf_counter()
        await asyncio.gather(*(run(number) for number in range(connections)))
        measured.seconds = time.perf_counter() - began
    return measured


TURNS = 4
RUN_MARK = f"{time.time_ns():x}"


def session(connection: int, number: int) -> str:
    """Sessions of four turns each: the fourth question carries three turns of history."""
    return f"{RUN_MARK}-{connection}-{number // TURNS}"
