"""Chat over an endpoint: what all dialects have in common. A dialect says how a call is written and an answer read."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Protocol

import orjson

from tradewind_server.bounded_json import DEEPEST, is_deep
from tradewind_server.flows.llm.usage import TokenUsage, count
from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, ChatDelta, ChatReply, Message, ToolCall, Usage
from tradewind_server.lenient_json import json_values
from tradewind_server.models.endpoint import Endpoint, loads
from tradewind_server.observability.steps import ModelStep

UNREADABLE = (LookupError, TypeError, AttributeError, ValueError)
DONE = b"[DONE]"
THE_END = ChatDelta()
LONGEST_REPAIR = 8 * 1024
"""Characters of arguments that are nearly JSON: some 50 ms of the event loop."""
HIGH_HALF = re.compile(rb'(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}(?=")')
LOW_HALF = re.compile(rb'(?<=")\\u[dD][c-fC-F][0-9a-fA-F]{2}')
NOTHING_TOLD = Usage()
Meter = Callable[[TokenUsage], None]


class StreamReader(Protocol):
    """Reads one streamed answer. ``read`` takes an event and yields what it says, or None."""

    def read(self, event: Any) -> ChatDelta | None: ...

    def last(self, done: bool) -> ChatDelta | None:
        """The last piece, with the reason, the usage and the tool calls; None when the answer was broken off.

        ``done`` says that the endpoint declared the stream to be complete.
        """
        ...


class EndpointChatModel(ABC):
    """The port ``ChatModel``. An answer that is not streamed to the caller is not streamed from the endpoint either."""

    stream_type = "text/event-stream"
    line_prefix = b"data:"
    """What stands before an event in a line of a stream; lines without it carry none."""

    def __init__(self, endpoint: Endpoint, model: str, parameters: Mapping[str, Any]) -> None:
        self._endpoint = endpoint
        self._model = model
        self._parameters = dict(parameters)
        self.provider = ""
        """Whose endpoint it is, for the usage that is counted."""
        self.meter: Meter | None = None
        """Is shown the usage of each call, whatever it is made for."""

    @property
    def model_name(self) -> str:
        return self._model

    @abstractmethod
    def _path(self, stream: bool) -> str:
        """Where a call is posted, below the base address."""

    @abstractmethod
    def _body(self, messages: Sequence[Message], options: CallOptions, stream: bool) -> dict[str, Any]:
        """The body of a call."""

    @abstractmethod
    def _reply(self, body: Any) -> ChatReply:
        """A whole answer. What is not of the form may raise any of ``UNREADABLE``."""

    @abstractmethod
    def _reader(self) -> StreamReader:
        """Reads one streamed answer; the same errors."""

    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        body = self._body(messages, options, False)
        with self._step(messages) as step:
            async with self._endpoint.post(self._path(False), body, self._model) as response:
                if response.content_type == self.stream_type:  # Some endpoints stream whatever they are asked.
                    reply = await _reply_of(self._deltas(response.content.iter_any()))
                else:
                    reply = self._whole(await self._endpoint.read(response))
            self._count(reply.usage, step)
            step.output = reply.text
        return reply

    async def stream(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> AsyncIterator[ChatDelta]:
        body = self._body(messages, options, True)
        with self._step(messages) as step:
            async with self._endpoint.post(self._path(True), body, self._model) as response:
                if response.content_type == self.stream_type:
                    usage: Usage | None = None
                    try:
                        async for delta in self._deltas(response.content.iter_any()):
                            usage = delta.usage or usage
                            step.hear(delta.text)
                            yield delta
                    finally:  # A call that was broken off has cost something too.
                        self._count(usage, step)
                    return
                text = await self._endpoint.read(response)  # And some never stream.
            reply = self._whole(text)
            self._count(reply.usage, step)
            step.output = reply.text
        yield ChatDelta(reply.text, reply.finish_reason, reply.usage, reply.tool_calls, reply.thinking)

    def _step(self, messages: Sequence[Message]) -> ModelStep:
        return ModelStep("chat", self.provider, self._model, messages)

    def _count(self, usage: Usage | None, step: ModelStep) -> None:
        """Count the call for the answer that it is made for."""
        step.usage = usage
        usage_of_reply = usage or NOTHING_TOLD
        total = TokenUsage(
            usage_of_reply.prompt_tokens,
            usage_of_reply.completion_tokens,
            usage_of_reply.cached_tokens,
            usage_of_reply.reasoning_tokens,
            model=self._model,
            provider=self.provider,
            calls=1,
        )
        count(total)
        if self.meter is not None:
            self.meter(total)

    def _whole(self, text: bytes) -> ChatReply:
        body = self._endpoint.parse(text)
        try:
            return self._reply(body)
        except UNREADABLE:
            raise self._endpoint.garbled_error() from None

    async def _deltas(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[ChatDelta]:
        """Events as pieces of an answer; many events may stand in one chunk, and one may be cut by its end."""
        reader, texts = self._reader(), TornTexts()
        read, prefix, start = reader.read, self.line_prefix, len(self.line_prefix)
        rest = b""
        size = 0
        delta: ChatDelta | None = None
        try:
            async for chunk in chunks:
                size += len(chunk)
                self._endpoint.bound(size)
                lines = (rest + chunk).split(b"\n")
                rest = lines.pop()
                for line in lines:
                    if not line.startswith(prefix):
                        continue
                    delta = _event(line[start:], read, texts)
                    if delta is THE_END:
                        break
                    if delta is not None:
                        yield delta
                if delta is THE_END:
                    break
            else:  # What stands behind the last line break.
                delta = _event(rest[start:], read, texts) if rest.startswith(prefix) else None
                if delta is not None and delta is not THE_END:
                    yield delta
            last = reader.last(delta is THE_END)
        except UNREADABLE:
            raise self._endpoint.garbled_error() from None
        if last is None:
            raise self._endpoint.garbled_error()
        yield last

    def _arguments(self, tool: str, value: Any) -> dict[str, Any]:
        """The arguments of a tool call, as an object or as its JSON text, nearly so at worst. Models write none as nothing,
        and some write the text of the text."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return {}
        if isinstance(value, str):
            value = _parse(value)
        if value is None:
            return {}
        if not isinstance(value, dict) or is_deep(value, DEEPEST):
            raise self._endpoint.unreadable_call(tool)
        return value


def _event(data: bytes, read: Callable[[Any], ChatDelta | None], texts: TornTexts) -> ChatDelta | None:
    """What an event says; ``THE_END`` where it is that."""
    data = data.strip()
    if data == DONE:
        return THE_END
    return read(texts.read(data)) if data else None


def _parse(text: str) -> Any:
    """The object behind a JSON text; False where there is none."""
    values = json_values(text, LONGEST_REPAIR)
    return next((value for value in values if value is None or isinstance(value, dict)), False)


class TornTexts:
    """Puts characters together whose halves were sent in two events."""

    def __init__(self) -> None:
        self._half = b""

    def read(self, data: bytes) -> Any:
        """The JSON value of an event. Raises ``ValueError``."""
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            half, self._half = self._half, b""
            if half:
                data = LOW_HALF.sub(lambda match: half + match.group(), data, 1)
            cut = HIGH_HALF.search(data)
            if cut is not None:
                self._half = cut.group()
                data = data[: cut.start()] + data[cut.end() :]
            return loads(data)


async def _reply_of(deltas: AsyncIterator[ChatDelta]) -> ChatReply:
    parts: list[str] = []
    thoughts: list[str] = []
    reason, usage = "stop", Usage()
    calls: tuple[ToolCall, ...] = ()
    async for delta in deltas:
        parts.append(delta.text)
        thoughts.append(delta.thinking)
        reason = delta.finish_reason or reason
        usage = delta.usage or usage
        calls = delta.tool_calls or calls
    return ChatReply("".join(parts), reason, usage, calls, "".join(thoughts))


def count_of(counts: Any, name: str) -> int | None:
    """One token count of an endpoint's object; None where it says nothing that could be one."""
    value = counts.get(name) if isinstance(counts, Mapping) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
