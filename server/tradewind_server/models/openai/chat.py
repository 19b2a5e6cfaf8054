"""Chat completions over an OpenAI-compatible endpoint."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import orjson

from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, ChatDelta, ChatReply, Message, Usage
from tradewind_server.models.endpoint import Endpoint

PATH = "/chat/completions"
DATA = b"data:"


class OpenAIChatModel:
    """The port ``ChatModel``. An answer that is not streamed to the caller is not streamed from the endpoint either."""

    def __init__(self, endpoint: Endpoint, model: str, parameters: Mapping[str, Any]) -> None:
        self._endpoint = endpoint
        self._model = model
        self._parameters = dict(parameters)

    @property
    def model_name(self) -> str:
        return self._model

    def _body(self, messages: Sequence[Message], stream: bool) -> dict[str, Any]:
        listed = [{"role": message.role, "content": message.content} for message in messages]
        return {"model": self._model, "messages": listed, "stream": stream, **self._parameters}

    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        async with self._endpoint.post(PATH, self._body(messages, False), self._model) as response:
            if response.content_type == "text/event-stream":  # Some endpoints stream whatever they are asked.
                return await _gathered(self._deltas(self._endpoint.chunks(response)))
            body = self._endpoint.parse(await self._endpoint.read(response))
        try:
            choice = body["choices"][0]
            text = choice["message"].get("content") or ""
            return ChatReply(_text(text), choice.get("finish_reason") or "stop", _usage(body.get("usage")) or Usage())
        except (LookupError, TypeError, AttributeError):
            raise self._endpoint.garbled() from None

    async def stream(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> AsyncIterator[ChatDelta]:
        async with self._endpoint.post(PATH, self._body(messages, True), self._model) as response:
            if response.content_type != "text/event-stream":  # And some never stream.
                body = self._endpoint.parse(await self._endpoint.read(response))
                try:
                    yield ChatDelta(_text(body["choices"][0]["message"].get("content") or ""), "stop", None)
                except (LookupError, TypeError, AttributeError):
                    raise self._endpoint.garbled() from None
                return
            async for delta in self._deltas(self._endpoint.chunks(response)):
                yield delta

    async def _deltas(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[ChatDelta]:
        """Server-sent events as pieces of text; many events may stand in one chunk, and one may be cut by its end."""
        rest = b""
        finished = False
        async for chunk in chunks:
            lines = (rest + chunk).split(b"\n")
            rest = lines.pop()
            for line in lines:
                if not line.startswith(DATA):
                    continue
                data = line[len(DATA) :].strip()
                if data == b"[DONE]":
                    return
                delta = self._delta(data)
                if delta is not None:
                    finished = finished or delta.finish_reason is not None
                    yield delta
        if not finished:
            raise self._endpoint.garbled()

    def _delta(self, data: bytes) -> ChatDelta | None:
        try:
            event = orjson.loads(data)
            choices = event.get("choices")
            usage = _usage(event.get("usage"))
            if not choices:
                if "error" in event:
                    raise self._endpoint.garbled()
                return ChatDelta(usage=usage) if usage else None
            choice = choices[0]
            delta = choice.get("delta") or {}
            text = delta.get("content") or ""
            reason = choice.get("finish_reason")
        except (orjson.JSONDecodeError, LookupError, TypeError, AttributeError):
            raise self._endpoint.garbled() from None
        return ChatDelta(text, reason, usage) if text or reason or usage else None


async def _gathered(deltas: AsyncIterator[ChatDelta]) -> ChatReply:
    parts: list[str] = []
    reason, usage = "stop", Usage()
    async for delta in deltas:
        parts.append(delta.text)
        reason = delta.finish_reason or reason
        usage = delta.usage or usage
    return ChatReply("".join(parts), reason, usage)


def _text(content: Any) -> str:
    """Content as text; some endpoints answer with parts."""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if isinstance(part, dict))


def _usage(value: Any) -> Usage | None:
    if not isinstance(value, dict):
        return None
    return Usage(int(value.get("prompt_tokens") or 0), int(value.get("completion_tokens") or 0))
