"""A fake rerank service: the more of the question's words a text holds, the more relevant it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web


@dataclass(frozen=True)
class RerankRequest:
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class FakeRerankService:
    """``async with`` runs it. ``failures`` are statuses that its next calls get; ``answer`` replaces what it says."""

    def __init__(self, *, rows: str = "results") -> None:
        self.rows = rows
        self.requests: list[RerankRequest] = []
        self.failures: list[int] = []
        self.answer: Any = None
        self.silent = False
        self.port = 0

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 << 20)
        app.router.add_post("/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def _serve(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.requests.append(RerankRequest(request.path, dict(request.headers), body))
        if self.silent:
            await asyncio.sleep(60)
        if self.failures:
            return web.json_response({"message": f"no, {body}"}, status=self.failures.pop(0))
        if self.answer is not None:
            return web.json_response(self.answer)
        words = set(body["query"].lower().split())
        scores = [len(words & set(text.lower().split())) / len(words) for text in body["documents"]]
        order = sorted(range(len(scores)), key=lambda index: scores[index], reverse=True)
        limit = body.get("top_n", body.get("top_k"))
        rows = [{"index": index, "relevance_score": scores[index]} for index in order[:limit]]
        return web.json_response(
            {self.rows: rows, "usage": {"total_tokens": 21}, "meta": {"billed_units": {"search_units": 1}}}
        )
