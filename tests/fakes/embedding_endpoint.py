"""A fake endpoint for embeddings in Google's and in Cohere's dialect. A model called ``status-N`` is refused with N."""

from __future__ import annotations

import asyncio
from typing import Any, Literal, Self

from aiohttp import web

from fakes.openai_endpoint import embedding

SIZE = 16
KEY_HEADERS = {"google": "x-goog-api-key", "cohere": "authorization"}


class FakeEmbeddings:
    """The endpoint; ``asked_for`` keeps the texts of each request and what they were said to be."""

    def __init__(self, dialect: Literal["google", "cohere"], key: str) -> None:
        self.dialect = dialect
        self.key = key
        self.asked_for: list[tuple[list[str], str]] = []
        self.asked = asyncio.Event()
        self.left = asyncio.Event()
        self.port = 0
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1beta"

    async def _serve(self, request: web.Request) -> web.Response:
        body = await request.json()
        if request.headers.get(KEY_HEADERS[self.dialect], "").removeprefix("Bearer ") != self.key:
            return web.json_response({"message": "invalid api token"}, status=401)
        if self.dialect == "google":
            assert request.path.endswith(":batchEmbedContents")
            model = request.path.rpartition("/")[2].partition(":")[0]
            texts = [one["content"]["parts"][0]["text"] for one in body["requests"]]
            kind = body["requests"][0]["taskType"]
            assert all(one["model"] == f"models/{model}" for one in body["requests"])
        else:
            assert request.path == "/v1beta/embed"
            model, texts, kind = body["model"], body["texts"], body["input_type"]
        self.asked_for.append((texts, kind))
        self.asked.set()
        if model == "hang":
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.left.set()
                raise
        if model.startswith("status-"):
            return web.json_response({"error": {"message": "no"}}, status=int(model.removeprefix("status-")))
        return web.json_response(self._answer(texts))

    def _answer(self, texts: list[str]) -> Any:
        vectors = [embedding(text, SIZE).tolist() for text in texts]
        if self.dialect == "google":
            return {"embeddings": [{"values": vector} for vector in vectors]}
        return {"embeddings": {"float": vectors}}
