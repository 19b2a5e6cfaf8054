"""A web server of the tests on the loopback address: routes are plain functions, requests are kept."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable
from typing import Self

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebServer:
    """``server.routes["/path"]`` answers; anything else is 404. ``url("/path")`` is on 127.0.0.1."""

    def __init__(self) -> None:
        self.routes: dict[str, Handler] = {}
        self.seen: list[web.BaseRequest] = []
        self.bodies: list[bytes] = []
        self.port = 0
        self._runner: web.ServerRunner | None = None

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def says(self, path: str, text: str, **options: object) -> None:
        async def answer(_: web.Request) -> web.Response:
            return web.Response(text=text, **options)  # type: ignore[arg-type]

        self.routes[path] = answer

    def sends_to(self, path: str, location: str, status: int = 302) -> None:
        self.says(path, "", status=status, headers={"Location": location})

    def says_packed(self, path: str, body: bytes, encoding: str = "gzip") -> None:
        async def answer(_: web.Request) -> web.Response:
            return web.Response(body=gzip.compress(body), headers={"Content-Encoding": encoding})

        self.routes[path] = answer

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.seen.append(request)
        self.bodies.append(await request.read())
        handler = self.routes.get(request.path)
        return await handler(request) if handler else web.Response(status=404, text="nothing here")  # type: ignore[arg-type]

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._answer, handler_cancellation=True), shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()
