"""``SystemService``: health, version and documentation (docs/contract.md §14)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.errors import Reason, TradewindError, Unavailable
from tradewind_server.observability.metrics_text import CONTENT_TYPE, MetricsText
from tradewind_server.rest_stubs import system_pb2, system_pb2_grpc
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.docs_page import FILE_HEADERS, PAGE, PAGE_HEADERS, PAGE_TYPE, docs_file
from tradewind_server.rpc.openapi import read_openapi
from tradewind_server.rpc.readiness import ReadinessCheck
from tradewind_server.rpc.service import Domain, Service

JSON = "application/json"
CHECK_SECONDS = 2.0
PROXIES = (
    "If this is not your own address, the proxies in front of the server are not counted right: set TRADEWIND_TRUSTED_HOPS to "
    "their number."
)


class SystemServicer(system_pb2_grpc.SystemServiceServicer):
    """``checks`` are the readiness checks, by the name that ``/readyz`` shows."""

    def __init__(self, version: str, checks: Mapping[str, ReadinessCheck], metrics: MetricsText) -> None:
        self._version = version
        self._metrics = metrics
        self._checks = dict(checks)
        self._openapi: asyncio.Task[bytes] | None = None

    async def Ping(self, request: system_pb2.PageRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        return HttpBody(content_type="text/plain; charset=utf-8", data=b"pong")

    async def Liveness(self, request: system_pb2.PageRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        return _json({"status": "ok"})

    async def Readiness(self, request: system_pb2.PageRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        answers = await asyncio.gather(*(_answers(check) for check in self._checks.values()))
        missing = [name for name, well in zip(self._checks, answers, strict=True) if not well]
        if missing:
            raise Unavailable(
                Reason.SERVER_UNAVAILABLE, f"Not ready: no answer from {' and '.join(missing)}.", missing=",".join(missing)
            )
        return _json({"status": "ok", "checked": list(self._checks)})

    async def Version(self, request: system_pb2.PageRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        return _json({"version": self._version})

    async def Ip(self, request: system_pb2.PageRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        return _json({"ip": current_call().host(), "msg": PROXIES})

    async def Settings(self, request: system_pb2.PageRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        return _json({"PLATFORM_TYPE": "open source"})

    async def Metrics(self, request: system_pb2.PageRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        return HttpBody(content_type=CONTENT_TYPE, data=await self._metrics.read())

    async def OpenApi(self, request: system_pb2.PageRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        return HttpBody(content_type=JSON, data=await self._document())

    async def Docs(self, request: system_pb2.PageRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        await context.send_initial_metadata(PAGE_HEADERS)
        return HttpBody(content_type=PAGE_TYPE, data=PAGE)

    async def DocsFile(self, request: system_pb2.DocsFileRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        media, data = await asyncio.to_thread(docs_file, request.name)
        await context.send_initial_metadata(FILE_HEADERS)
        return HttpBody(content_type=media, data=data)

    async def _document(self) -> bytes:
        """The OpenAPI document, read at the first request and kept; a failed reading is repeated."""
        if self._openapi is None or (self._openapi.done() and self._openapi.exception() is not None):
            self._openapi = asyncio.create_task(asyncio.to_thread(read_openapi, self._version))
        return await asyncio.shield(self._openapi)


async def _answers(check: ReadinessCheck) -> bool:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except (TradewindError, TimeoutError, OSError):
        return False


def _json(value: object) -> HttpBody:
    return HttpBody(content_type=JSON, data=orjson.dumps(value))


def _system(domain: Domain) -> object:
    return SystemServicer(domain.version, domain.checks, domain.rule(MetricsText))


SERVICES = (Service(system_pb2_grpc.add_SystemServiceServicer_to_server, _system),)
