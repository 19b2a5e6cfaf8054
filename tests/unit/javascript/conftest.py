"""One pool of sandboxes for all tests of this folder: compiling the interpreter takes seconds of computing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from tradewind_server.errors import TradewindError
from tradewind_server.flows.javascript_port import Script
from tradewind_server.javascript.pool import Sandboxes, ScriptLimits
from tradewind_server.outbound.client import HttpOutbound
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.outbound.ports import OutboundReply

pytest.importorskip("quickjs_rs", reason="the extra javascript is not installed")
LIMITS = ScriptLimits(heap_mb=32, cpu_seconds=0.4, wall_seconds=8.0)


@dataclass
class Web:
    """Stands for the internet, behind the real guard's judgement of addresses."""

    guard: HttpOutbound
    requests: list[dict[str, Any]] = field(default_factory=list)

    async def request(
        self, method: str, url: str, *, headers: Any = None, params: Any = None, body: Any = None, timeout: float = 20.0
    ) -> OutboundReply:
        self.requests.append({"method": method, "url": url, "headers": dict(headers or {}), "body": body})
        if "example.test" not in url:
            return await self.guard.request(method, url, headers=headers, body=body, timeout=1.0)
        if url.endswith("/huge"):
            return OutboundReply(200, url, "text/plain", b"x" * (8 << 20))
        if url.endswith("/bytes"):
            return OutboundReply(200, url, "application/octet-stream", bytes(range(256)))
        if url.endswith("/missing"):
            return OutboundReply(404, url, "application/json", b'{"why": "gone"}', headers={"x-reason": "gone"})
        return OutboundReply(
            200, url, "application/json", b'{"n": 41}', headers={"x-one": "1", "content-type": "application/json"}
        )


@dataclass
class Runs:
    """Runs programs."""

    pool: Sandboxes
    web: Web

    async def value(self, code: str, values: Mapping[str, Any] | None = None) -> Any:
        return await self.pool.run(Script("The function", code, values or {}))

    async def outcome(self, code: str, values: Mapping[str, Any] | None = None) -> Any:
        """The value, or the error's sentence behind a "!"."""
        try:
            return await self.value(code, values)
        except TradewindError as error:
            return f"!{error.reason}: {error.message}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def runs() -> AsyncIterator[Runs]:
    guard = HttpOutbound(Destinations.from_entries(()), most_bytes=1 << 20)
    web = Web(guard)
    pool = Sandboxes(2, LIMITS, web, sleep=asyncio.sleep)
    await pool.start()
    yield Runs(pool, web)
    await pool.aclose()
    await guard.aclose()
