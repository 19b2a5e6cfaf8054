"""A fake OpenAI-compatible endpoint: for tests of what endpoints do wrong, and for load.

In a test::

    async with FakeOpenAI() as endpoint:
        ...  # endpoint.base_url, endpoint.requests

As a process that prints its base URL in one line: ``python tests/fakes/openai_endpoint.py --port 0 --tokens 20``.

Answers are deterministic: ``Reply <8 hex digits of the messages' hash>: word word …``; every recording is heard as "What
is the capital of France?". The model's name chooses a fault:

========================  ==============================================================================
``status-500``            that status with an OpenAI error body (401, 404, 429 and so on alike)
``flaky-2``               500 twice, then answers
``hang``                  accepts the request and never answers
``silent-stream``         the first token, then silence
``cut``                   closes in the middle of the answer
``slow`` / ``slow-0.2``   0.05 (or that many) seconds before each token of a stream
``late-8``                so many seconds before a stream, all of it at once then
``context``               400 as OpenAI says it when the context is too small
``llama-context``         the same as llama.cpp says it
``garbage``               200 with a body that is not JSON
``always-sse``            streams although it was not asked to
``never-sse``             answers with JSON although it was asked to stream
``error-event``           an error inside the stream, after the first token
``say:TEXT``              exactly TEXT
``echo``                  the content of the last message
``look``                  the same behind the addresses of its images
``tools``                 calls the first tool, each argument made from the last question; answers once it has a result
``call:NAME ARGUMENTS``   calls that tool with exactly those arguments, JSON or not; answers once it has a result
``as-recorded``           as the model behind the recorded agent flows (:mod:`fakes.recorded_model`)
``thinks``                thinks before it answers, as DeepSeek says it
anything with ``dim-N``   embeddings of N dimensions
``instant``               embeddings that cost nothing: always the same vector
========================  ==============================================================================

A process with ``--remember 100`` tells over ``GET /_seen`` what it was asked and how many answers a caller left, and
forgets it over ``DELETE /_seen``.

``FakeOpenAI.behaviours`` maps a model name or a path to one of these names for tests that may not choose the name.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import hashlib
import math
import re
import signal
import zlib
from array import array
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Self, cast

import orjson

if __package__:
    from fakes.recorded_model import recorded_answer
else:
    from recorded_model import recorded_answer  # type: ignore[import-not-found,no-redef]  # As a process of its own it stands beside it.

WORDS = ("wind", "sail", "harbour", "cargo", "chart", "tide", "crew", "anchor")
WORD = re.compile(r"\w+")
FORM_WORD = re.compile(r'(name|filename)="([^"]*)"')
DIMENSIONS = re.compile(r"dim-(\d+)")
JSON_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
SSE_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
MP3_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nTransfer-Encoding: chunked\r\n\r\n"
SOUND = b"\xff\xfb\x90\x64"
DONE = b"data: [DONE]\n\n"
LAST_CHUNK = b"0\r\n\r\n"
MARK = "0badc0de"
HEARD = " What is the capital of France?"
SEEN_PATH = "/_seen"


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as it arrived. ``headers`` have lower-case names."""

    method: str
    path: str
    head: bytes
    body: Any

    @property
    def headers(self) -> dict[str, str]:
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


class FakeOpenAI:
    """The endpoint. ``requests`` keeps the last ``remember`` requests; ``aborted`` counts answers a caller left.

    ``latency`` is seconds before any answer, ``delay`` seconds before each token of a stream.
    """

    def __init__(
        self,
        *,
        tokens: int = 20,
        delay: float = 0.0,
        latency: float = 0.0,
        dimensions: int = 384,
        api_key: str | None = None,
        remember: int | None = None,
    ) -> None:
        self.delay = delay
        self.latency = latency
        self.dimensions = dimensions
        self.api_key = api_key
        self.behaviours: dict[str, str] = {}
        self.requests: deque[SeenRequest] = deque(maxlen=remember)
        self.aborted = 0
        self.left = asyncio.Event()
        self.asked = asyncio.Event()
        self.failures: dict[str, int] = {}
        self.pieces = [f"Reply {MARK}:", *(f" {WORDS[i % len(WORDS)]}" for i in range(tokens - 1))]
        self.whole = _split(_completion("".join(self.pieces), tokens))
        self.events = [_event(piece, None) for piece in self.pieces[1:]]
        self.ending = _event("", "stop") + DONE
        self.counted_ending = _event("", "stop") + _usage_event(tokens) + DONE
        self.first = _split(_event(self.pieces[0], None))
        said = [_event(self.pieces[0], None), *self.events]
        self.streamed = _split(_chunk(b"".join([*said, self.ending])) + LAST_CHUNK)
        self.counted = _split(_chunk(b"".join([*said, self.counted_ending])) + LAST_CHUNK)
        self.connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self, port: int = 0, socket: str | None = None) -> None:
        loop = asyncio.get_running_loop()
        if socket:
            self._server = await loop.create_unix_server(partial(Connection, self), socket)
            return
        self._server = await loop.create_server(partial(Connection, self), "127.0.0.1", port, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            for connection in list(self.connections):
                connection.transport.abort()
            self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def chats(self) -> list[Any]:
        """Bodies of the chat completions asked for."""
        return [seen.body for seen in self.requests if seen.path.endswith("/chat/completions")]

    def behaviour(self, path: str, model: str) -> str:
        if self.behaviours:
            return self.behaviours.get(model) or self.behaviours.get(path) or model
        return model


class Connection(asyncio.Protocol):
    """One kept connection: parses just enough of HTTP/1.1."""

    transport: asyncio.Transport

    def __init__(self, endpoint: FakeOpenAI) -> None:
        self._endpoint = endpoint
        self._buffer = b""
        self._answering = False
        self._timers: list[asyncio.TimerHandle] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's transports are not subclasses of asyncio's.
        self._endpoint.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._endpoint.connections.discard(self)
        for timer in self._timers:
            timer.cancel()
        if self._answering:
            self._endpoint.aborted += 1
            self._endpoint.left.set()

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end]
        length = 0
        at = head.lower().find(b"\r\ncontent-length:")
        if at >= 0:
            stop = head.find(b"\r\n", at + 17)
            length = int(head[at + 17 : stop if stop > 0 else None])
        if len(self._buffer) < end + 4 + length:
            return
        body = self._buffer[end + 4 : end + 4 + length]
        self._buffer = self._buffer[end + 4 + length :]
        method, path, _ = head[: head.find(b"\r\n")].decode().split(" ", 2)
        is_form = b"multipart/form-data" in head
        self._handle(method, path, head, _fields(body) if is_form else orjson.loads(body) if body else None)

    def _handle(self, method: str, path: str, head: bytes, body: Any) -> None:
        endpoint = self._endpoint
        if path == SEEN_PATH:
            return self._seen(method)
        if endpoint.requests.maxlen != 0:
            endpoint.requests.append(SeenRequest(method, path, head, body))
        self._answering = True
        endpoint.asked.set()
        if endpoint.latency:
            self._later(endpoint.latency, lambda: self._answer(path, head, body))
        else:
            self._answer(path, head, body)

    def _seen(self, method: str) -> None:
        endpoint = self._endpoint
        seen = [{"path": one.path, "headers": one.headers, "body": one.body} for one in endpoint.requests]
        if method == "DELETE":
            endpoint.requests.clear()
            endpoint.aborted = 0
        self._json({"requests": seen, "aborted": endpoint.aborted})

    def _answer(self, path: str, head: bytes, body: Any) -> None:
        endpoint = self._endpoint
        if endpoint.api_key and b"Bearer " + endpoint.api_key.encode() not in head:
            return self._error(401, "Incorrect API key provided: sk-…", "invalid_api_key")
        if path.endswith("/voices"):
            voice = {"voice_id": "v1", "name": "Ana", "category": "premade"}
            return self._json({"voices": [voice, {"name": "nobody"}]})
        if path.endswith("/models"):
            return self._json({"object": "list", "data": [{"id": "fake", "object": "model"}]})
        if not isinstance(body, dict):
            return self._error(404, "Unknown request URL", "unknown_url")
        model = body.get("model") or ""
        behaviour = endpoint.behaviour(path, model)
        if self._fault(behaviour, model):
            return
        if path.endswith("/chat/completions"):
            self._chat(body, behaviour)
        elif path.endswith("/embeddings"):
            self._embeddings(body, behaviour)
        elif path.endswith("/audio/transcriptions"):
            self._json({"text": behaviour.removeprefix("say:") if behaviour.startswith("say:") else HEARD})
        elif path.endswith("/audio/speech") or "/text-to-speech/" in path:
            self._speak(body.get("input") or body.get("text") or "", behaviour)
        elif "/transcriptions:transcribe" in path:
            self._json({"combinedPhrases": [{"text": HEARD}]})
        else:
            self._error(404, f"Unknown request URL: POST {path}", "unknown_url")

    def _speak(self, text: str, behaviour: str) -> None:
        """Sound that holds the text, in two pieces; ``silent-stream`` and ``cut`` stop behind the first."""
        sound = SOUND + text.encode()
        if behaviour in ("silent-stream", "cut"):
            self.transport.write(MP3_HEAD + _chunk(sound))
            if behaviour == "cut":
                self.transport.close()
            return
        self._done(MP3_HEAD + _chunk(sound) + _chunk(SOUND) + LAST_CHUNK)

    def _fault(self, behaviour: str, model: str) -> bool:
        """Misbehave before any answer, if that is asked for."""
        name, _, detail = behaviour.rpartition("-")
        endpoint = self._endpoint
        if name == "status":
            code = {"401": "invalid_api_key", "404": "model_not_found", "429": "rate_limit_exceeded"}.get(detail, "fault")
            self._error(int(detail), f"The model {model} says {detail}", code)
        elif name == "flaky" and endpoint.failures.get(behaviour, 0) < int(detail):
            endpoint.failures[behaviour] = endpoint.failures.get(behaviour, 0) + 1
            self._error(500, "The server had an error", "server_error")
        elif behaviour == "context":
            message = "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens."
            self._error(400, message, "context_length_exceeded")
        elif behaviour == "llama-context":
            message = "request (9001 tokens) exceeds the available context size (4096 tokens), try increasing it"
            extra = {"type": "exceed_context_size_error", "n_prompt_tokens": 9001, "n_ctx": 4096}
            self._json({"error": {"code": 400, "message": message, **extra}}, 400)
        elif behaviour == "garbage":
            self._done(JSON_HEAD % 20 + b"<html>not json</html"[:20])
        elif behaviour != "hang":
            return False
        return True

    def _chat(self, body: dict[str, Any], behaviour: str) -> None:
        endpoint = self._endpoint
        stream = (body.get("stream") or behaviour == "always-sse") and behaviour != "never-sse"
        if behaviour == "as-recorded":
            return self._as_recorded(body, bool(stream))
        called = _called(body, behaviour)
        if called is not None:
            return self._call(called, bool(stream))
        if behaviour == "thinks":
            return self._think(bool(stream))
        mark = hashlib.sha1(orjson.dumps(body["messages"]), usedforsecurity=False).hexdigest()[:8].encode()
        said = _said(body, behaviour)
        if not stream:
            whole = _completion(said, len(said.split())) if said is not None else mark.join(endpoint.whole)
            if behaviour == "cut":
                self.transport.write(whole[: len(whole) // 2])
                self.transport.close()
                return
            return self._done(whole)
        if said is not None:
            text = _event(said, None) + endpoint.ending
            return self._done(SSE_HEAD + _chunk(text) + LAST_CHUNK)
        delay = endpoint.delay
        if behaviour.startswith(("slow", "late-")):
            delay = float(behaviour.partition("-")[2] or 0.05)
        if behaviour in ("cut", "silent-stream", "error-event"):
            return self._broken_stream(behaviour, mark.join(endpoint.first))
        counts = (body.get("stream_options") or {}).get("include_usage")
        if not delay:
            return self._done(SSE_HEAD + mark.join(endpoint.counted if counts else endpoint.streamed))
        self.transport.write(SSE_HEAD)
        ending = endpoint.counted_ending if counts else endpoint.ending
        if behaviour.startswith("late-"):
            return self._trickle(delay, [b"".join([mark.join(endpoint.first), *endpoint.events, ending])])
        self._trickle(delay, [mark.join(endpoint.first), *endpoint.events, ending])

    def _call(self, called: tuple[str, str], stream: bool) -> None:
        """Call a tool; in a stream, in pieces."""
        name, arguments = called
        function = {"name": name, "arguments": arguments}
        if not stream:
            return self._done(_message({"content": None, "tool_calls": [_tool_call(function)]}, "tool_calls"))
        third = max(1, len(arguments) // 3)
        pieces = [{"index": 0, **_tool_call({"name": name, "arguments": ""})}]
        pieces += [{"index": 0, "function": {"arguments": text}} for text in _cut(arguments, third)]
        events = [_delta({"tool_calls": [piece]}) for piece in pieces]
        self._done(SSE_HEAD + _chunk(b"".join([*events, _delta({}, "tool_calls"), DONE])) + LAST_CHUNK)

    def _as_recorded(self, body: dict[str, Any], stream: bool) -> None:
        text, calls = recorded_answer(body)
        message: dict[str, Any] = {"content": text}
        if calls:
            message["tool_calls"] = [
                {"index": i, "id": f"call_fake_{i + 1}", "type": "function", "function": {"name": name, "arguments": arguments}}
                for i, (name, arguments) in enumerate(calls)
            ]
        reason = "tool_calls" if calls else "stop"
        if not stream:
            return self._done(_message(message, reason))
        self._done(SSE_HEAD + _chunk(_delta(message) + _delta({}, reason) + _usage_event(5) + DONE) + LAST_CHUNK)

    def _think(self, stream: bool) -> None:
        if not stream:
            return self._done(_message({"content": "Four.", "reasoning_content": "Two and two."}, "stop"))
        deltas = [{"reasoning_content": "Two "}, {"reasoning_content": "and two."}, {"content": "Four."}]
        self._done(SSE_HEAD + _chunk(b"".join(_delta(delta) for delta in deltas) + self._endpoint.ending) + LAST_CHUNK)

    def _broken_stream(self, behaviour: str, first: bytes) -> None:
        self.transport.write(SSE_HEAD + _chunk(first))
        if behaviour == "cut":
            self.transport.close()
        elif behaviour == "error-event":
            error = {"error": {"message": "The server had an error", "type": "server_error"}}
            self._done(_chunk(b"data: " + orjson.dumps(error) + b"\n\n") + LAST_CHUNK)

    def _trickle(self, delay: float, events: list[bytes]) -> None:
        """Write the events one by one."""

        def step(index: int) -> None:
            if index == len(events) - 1:
                return self._done(_chunk(events[index]) + LAST_CHUNK)
            self.transport.write(_chunk(events[index]))
            self._later(delay, lambda: step(index + 1))

        self._later(delay, lambda: step(0))

    def _embeddings(self, body: dict[str, Any], behaviour: str) -> None:
        named = DIMENSIONS.search(behaviour)
        size = body.get("dimensions") or (int(named.group(1)) if named else self._endpoint.dimensions)
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        packed = body.get("encoding_format") == "base64"
        if behaviour == "instant":
            return self._done(instant_embeddings(len(texts), size))
        rows = []
        for index, text in enumerate(texts):
            vector = embedding(text, size)
            value = base64.b64encode(vector.tobytes()).decode() if packed else vector.tolist()
            rows.append({"object": "embedding", "index": index, "embedding": value})
        # Real endpoints promise an index, not an order.
        rows.reverse()
        usage = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
        self._json({"object": "list", "model": body.get("model"), "data": rows, "usage": usage})

    def _json(self, value: Any, status: int = 200) -> None:
        text = orjson.dumps(value, default=lambda data: base64.b64encode(data).decode())  # Files of forms are bytes.
        self._done((JSON_HEAD % len(text)).replace(b"200 OK", b"%d Fake" % status, 1) + text)

    def _error(self, status: int, message: str, code: str) -> None:
        text = orjson.dumps({"error": {"message": message, "type": "fake_error", "param": None, "code": code}})
        head = (JSON_HEAD % len(text)).replace(b"200 OK", b"%d Fake" % status, 1)
        if status == 429:
            head = head.replace(b"\r\n\r\n", b"\r\nRetry-After: 7\r\n\r\n")
        self._done(head + text)

    def _done(self, data: bytes) -> None:
        self._answering = False
        self.transport.write(data)

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        self._timers = [timer for timer in self._timers if not timer.cancelled()][-1:]
        self._timers.append(asyncio.get_running_loop().call_later(seconds, call))


@cache
def instant_embeddings(count: int, size: int) -> bytes:
    """A whole answer with ``count`` times the same vector."""
    value = base64.b64encode(embedding("the same", size).tobytes()).decode()
    rows = [{"object": "embedding", "index": index, "embedding": value} for index in range(count)]
    text = orjson.dumps({"object": "list", "model": "instant", "data": rows})
    return JSON_HEAD % len(text) + text


def _fields(form: bytes) -> dict[str, Any]:
    """The fields of a form as text; a file as ``{filename, type, data}``."""
    found: dict[str, Any] = {}
    boundary = form.partition(b"\r\n")[0]
    for part in form.split(boundary)[1:-1]:
        head, _, data = part[2:-2].partition(b"\r\n\r\n")
        said = dict(FORM_WORD.findall(head.decode()))
        kind = head.lower().partition(b"content-type: ")[2].decode()
        known = {"filename": said.get("filename"), "type": kind, "data": data}
        found[said["name"]] = known if "filename" in said else data.decode()
    return found


def embedding(text: str, size: int) -> array[float]:
    """A vector of unit length that texts with words in common share in part, so that retrieval finds what it should."""
    vector = array("f", bytes(4 * size))
    for word in WORD.findall(text.lower()):
        vector[zlib.crc32(word.encode()) % size] += 1.0
    norm = math.sqrt(sum(value * value for value in vector))
    if not norm:
        vector[0] = norm = 1.0
    return array("f", [value / norm for value in vector])


def _said(body: dict[str, Any], behaviour: str) -> str | None:
    if behaviour.startswith("say:"):
        return behaviour[4:]
    if behaviour == "look":
        content = body["messages"][-1]["content"]
        images = [part["image_url"]["url"] for part in content if isinstance(part, dict) and "image_url" in part]
        return " ".join([*images, _plain(content)])
    if behaviour == "echo":
        return _plain(body["messages"][-1]["content"])
    return None


def _called(body: dict[str, Any], behaviour: str) -> tuple[str, str] | None:
    """The tool that is called, and the text of its arguments; None once the last message is a result."""
    if body["messages"][-1]["role"] == "tool":
        return None
    if behaviour.startswith("call:"):
        name, _, arguments = behaviour[5:].partition(" ")
        return name, arguments
    if behaviour == "tools" and body.get("tools"):
        function = body["tools"][0]["function"]
        question = next((_plain(m["content"]) for m in reversed(body["messages"]) if m["role"] == "user"), "")
        properties = (function.get("parameters") or {}).get("properties") or {}
        samples = {"number": 7, "integer": 7, "boolean": True, "array": [question], "object": {}}
        values = {name: samples.get(schema.get("type"), question) for name, schema in properties.items()}
        return function["name"], orjson.dumps(values).decode()
    return None


def _plain(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def _tool_call(function: dict[str, str]) -> dict[str, Any]:
    return {"id": f"call_{function['name']}_1", "type": "function", "function": function}


def _cut(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def _completion(text: str, tokens: int) -> bytes:
    return _message({"content": text}, "stop", tokens)


def _message(message: dict[str, Any], reason: str, tokens: int = 5) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": reason}
    body = {"id": "chatcmpl-fake", "object": "chat.completion", "created": 1700000000, "model": "fake"}
    text_bytes = orjson.dumps({**body, "choices": [choice], "usage": _usage(tokens)})
    return JSON_HEAD % len(text_bytes) + text_bytes


def _usage(tokens: int) -> dict[str, int]:
    return {"prompt_tokens": 10, "completion_tokens": tokens, "total_tokens": 10 + tokens}


def _event(text: str, reason: str | None) -> bytes:
    return _delta({"content": text} if text else {}, reason)


def _delta(delta: dict[str, Any], reason: str | None = None) -> bytes:
    return _data([{"index": 0, "delta": delta, "finish_reason": reason}])


def _usage_event(tokens: int) -> bytes:
    return _data([], usage=_usage(tokens))


def _data(choices: list[dict[str, Any]], **fields: Any) -> bytes:
    body = {"id": "chatcmpl-fake", "object": "chat.completion.chunk", "created": 1700000000, "model": "fake"}
    return b"data: " + orjson.dumps({**body, "choices": choices, **fields}) + b"\n\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n" % len(data) + data + b"\r\n"


def _split(rendered: bytes) -> tuple[bytes, bytes]:
    """A rendered answer without its mark: the mark of a request goes between the two."""
    before, _, after = rendered.partition(MARK.encode())
    return before, after


async def _serve(arguments: argparse.Namespace) -> None:
    endpoint = FakeOpenAI(
        tokens=arguments.tokens,
        delay=arguments.delay,
        latency=arguments.latency,
        dimensions=arguments.dimensions,
        api_key=arguments.api_key,
        remember=arguments.remember,
    )
    await endpoint.start(arguments.port)
    print(endpoint.base_url, flush=True)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    await endpoint.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description="A fake OpenAI-compatible endpoint; prints its base URL.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tokens", type=int, default=20)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each token of a stream")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before any answer")
    parser.add_argument("--dimensions", type=int, default=384)
    parser.add_argument("--api-key", default=None)
    parser.add_argument("--remember", type=int, default=0, help="requests to keep for GET /_seen")
    arguments = parser.parse_args()
    try:
        import uvloop
    except ImportError:
        asyncio.run(_serve(arguments))
    else:
        uvloop.run(_serve(arguments))


if __name__ == "__main__":
    main()
