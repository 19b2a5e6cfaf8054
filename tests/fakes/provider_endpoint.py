"""What the fake endpoints of the providers with a dialect of their own have in common.

The model's name chooses a fault, as it does at ``fakes.openai_endpoint``: ``status-N``, ``flaky-N``, ``hang``,
``silent-stream``, ``cut``, ``slow-S``, ``context``, ``garbage``, ``error-event``, ``say:TEXT``, ``echo``, ``tools``,
``call:NAME ARGUMENTS`` and ``thinks`` mean the same here. Any other name answers ``Reply`` and nineteen words.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import orjson
from aiohttp import web

WORDS = ("wind", "sail", "harbour", "cargo", "chart", "tide", "crew", "anchor")
REPLY = " ".join(["Reply", *(WORDS[i % len(WORDS)] for i in range(19))])
SAMPLES = {"number": 7, "integer": 7, "boolean": True, "object": {}}


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as it arrived. ``headers`` have lower-case names."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class Said:
    """What the model says. ``call`` is a tool's name and the JSON text of its arguments."""

    text: str = ""
    thinking: str = ""
    call: tuple[str, str] | None = None


class FakeProvider(ABC):
    """The endpoint; ``async with`` runs it. ``key`` is the API key it wants, if any."""

    prefix = ""
    content_type = "text/event-stream"

    def __init__(self, key: str | None = None) -> None:
        self.key = key
        self.requests: list[SeenRequest] = []
        self.asked = asyncio.Event()
        self.left = asyncio.Event()
        self.failures: dict[str, int] = {}
        self.port = 0
        self._runner: web.AppRunner | None = None

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
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.prefix}"

    @abstractmethod
    def given_key(self, headers: Mapping[str, str]) -> str | None:
        """The key of a request."""

    @abstractmethod
    def model_of(self, path: str, body: Any) -> str: ...

    @abstractmethod
    def streams(self, path: str, body: Any) -> bool: ...

    @abstractmethod
    def refusal(self, status: int, message: str) -> Any:
        """The body of a refusal."""

    @abstractmethod
    def overflow(self) -> tuple[int, Any]:
        """Status and body where the context is too small: 9001 tokens for 8192 places."""

    @abstractmethod
    def whole(self, said: Said) -> Any: ...

    @abstractmethod
    def events(self, said: Said) -> list[Any]:
        """The answer in pieces; the first one says something."""

    @abstractmethod
    def broken(self) -> Any:
        """An error as an event of a stream."""

    @abstractmethod
    def last_text(self, body: Any) -> str:
        """What the last message says, a tool's result included."""

    @abstractmethod
    def images(self, body: Any) -> list[tuple[str, str]]:
        """Type and base64 text of the images that were sent."""

    @abstractmethod
    def tools(self, body: Any) -> list[tuple[str, Any]]:
        """Names and schemas of the tools that were told."""

    @abstractmethod
    def has_result(self, body: Any) -> bool:
        """Whether the last message is a tool's result."""

    @abstractmethod
    def system(self, body: Any) -> str: ...

    @abstractmethod
    def stops(self, body: Any) -> list[str]: ...

    def written(self, event: Any) -> bytes:
        return b"data: " + orjson.dumps(event) + b"\n\n"

    def answer_of(self, behaviour: str, body: Any) -> Said:
        if behaviour.startswith("say:"):
            return Said(behaviour[4:])
        if behaviour == "echo":
            return Said(self.last_text(body))
        if behaviour == "thinks":
            return Said("Four.", "Two and two.")
        if not self.has_result(body):
            if behaviour.startswith("call:"):
                name, _, arguments = behaviour[5:].partition(" ")
                return Said(call=(name, arguments))
            if behaviour == "tools" and self.tools(body):
                name, schema = self.tools(body)[0]
                question = self.last_text(body)
                values = {key: SAMPLES.get(kind["type"], question) for key, kind in schema.get("properties", {}).items()}
                return Said(call=(name, orjson.dumps(values).decode()))
        return Said(REPLY)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        body = orjson.loads(await request.read())
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.requests.append(SeenRequest(request.path, dict(request.query), headers, body))
        self.asked.set()
        try:
            return await self._answer(request, headers, body)
        except (asyncio.CancelledError, ConnectionError):
            self.left.set()
            raise

    async def _answer(self, request: web.Request, headers: Mapping[str, str], body: Any) -> web.StreamResponse:
        if self.key and self.given_key(headers) != self.key:
            return self._json(self.refusal(401, f"The key {self.given_key(headers)} is wrong"), 401)
        behaviour = self.model_of(request.path, body)
        name, _, detail = behaviour.rpartition("-")
        if name == "status":
            response = self._json(self.refusal(int(detail), f"The model says {detail}"), int(detail))
            if detail == "429":
                response.headers["Retry-After"] = "7"
            return response
        if name == "flaky" and self.failures.get(behaviour, 0) < int(detail):
            self.failures[behaviour] = self.failures.get(behaviour, 0) + 1
            return self._json(self.refusal(500, "The server had an error"), 500)
        if behaviour == "context":
            status, refused = self.overflow()
            return self._json(refused, status)
        if behaviour == "garbage":
            return web.Response(body=b"<html>not json", content_type="application/json")
        if behaviour == "hang":
            await asyncio.Event().wait()
        said = self.answer_of(behaviour, body)
        if not self.streams(request.path, body):
            text = orjson.dumps(self.whole(said))
            return (
                await self._cut(request, text)
                if behaviour == "cut"
                else web.Response(body=text, content_type="application/json")
            )
        return await self._stream(request, behaviour, said)

    async def _cut(self, request: web.Request, text: bytes) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(text))})
        await response.prepare(request)
        await response.write(text[: len(text) // 2])
        assert request.transport is not None
        request.transport.close()
        return response

    async def _stream(self, request: web.Request, behaviour: str, said: Said) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": self.content_type})
        await response.prepare(request)
        delay = float(behaviour.partition("-")[2] or 0.05) if behaviour.startswith("slow") else 0.0
        for event in self.events(said):
            await response.write(self.written(event))
            if behaviour in ("cut", "silent-stream", "error-event") and self.says_something(event):
                if behaviour == "silent-stream":
                    await asyncio.Event().wait()
                if behaviour == "error-event":
                    await response.write(self.written(self.broken()))
                else:
                    assert request.transport is not None
                    request.transport.close()
                return response
            if delay:
                await asyncio.sleep(delay)
        return response

    def says_something(self, event: Any) -> bool:
        return True

    def _json(self, value: Any, status: int) -> web.Response:
        return web.Response(body=orjson.dumps(value), status=status, content_type="application/json")


def pieces_of(text: str) -> list[str]:
    """A text in the pieces a model would say it in."""
    words = text.split(" ")
    return [word if i == 0 else f" {word}" for i, word in enumerate(words)] if text else []
