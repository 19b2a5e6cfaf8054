"""Chat over Ollama's own API. Its OpenAI-compatible one would cut a long prompt at the default context without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.ports import CallOptions, ChatDelta, ChatReply, Message, ToolCall, Usage
from tradewind_server.models.chat import EndpointChatModel, StreamReader, count_of
from tradewind_server.models.content import Image, parts_of
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.openai.chat import encoded_tool

PATH = "/api/chat"
PARAMETERS = {
    "temperature": "temperature",
    "max_tokens": "num_predict",
    "top_p": "top_p",
    "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty",
    "seed": "seed",
}
OUTSIDE_OPTIONS = ("keep_alive", "think", "format")


class OllamaChatModel(EndpointChatModel):
    """The port ``ChatModel``. ``extras`` are ``keep_alive``, ``think`` and ``format``, and any of Ollama's options."""

    stream_type = "application/x-ndjson"
    line_prefix = b""

    def __init__(
        self, endpoint: Endpoint, model: str, parameters: Mapping[str, Any], extras: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(endpoint, model, parameters)
        extras = dict(extras or {})
        self._outside = {name: extras.pop(name) for name in OUTSIDE_OPTIONS if name in extras}
        self._options = {name: parameters[ours] for ours, name in PARAMETERS.items() if parameters.get(ours) is not None}
        self._options |= extras

    def _path(self, stream: bool) -> str:
        return PATH

    def _body(self, messages: Sequence[Message], options: CallOptions, stream: bool) -> dict[str, Any]:
        settings = dict(self._options)
        stop = [*self._parameters.get("stop", ()), *options.stop]
        if stop:
            settings["stop"] = stop
        names = {call.id: call.name for message in messages for call in message.tool_calls}
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [_message_json(message, names) for message in messages],
            "stream": stream,
            "options": settings,
            **self._outside,
        }
        if options.tools:
            body["tools"] = [encoded_tool(tool) for tool in options.tools]
        if options.json_schema is not None:
            body["format"] = options.json_schema
        return body

    def _reply(self, body: Any) -> ChatReply:
        reader = _OllamaReader(self._endpoint, self)
        delta = reader.read(body) or ChatDelta()
        last = reader.last(True)
        assert last is not None, "a whole answer is never broken off"
        return ChatReply(delta.text, last.finish_reason or "stop", last.usage or Usage(), last.tool_calls, delta.thinking)

    def _reader(self) -> StreamReader:
        return _OllamaReader(self._endpoint, self)

    def call_of(self, number: int, function: Mapping[str, Any]) -> ToolCall:
        """Ollama gives calls no ids; their number tells them apart."""
        name = function["name"]
        return ToolCall(f"call_{number}", name, self._arguments(name, function.get("arguments")))


class _OllamaReader:
    """One answer: each line of a stream is a piece of the form of a whole answer."""

    def __init__(self, endpoint: Endpoint, model: OllamaChatModel) -> None:
        self._endpoint = endpoint
        self._model = model
        self._reason: str | None = None
        self._usage: Usage | None = None
        self._calls: list[ToolCall] = []

    def read(self, event: Any) -> ChatDelta | None:
        if "error" in event:
            raise self._endpoint.interruption(event)
        message = event["message"]
        for call in message.get("tool_calls") or ():
            self._calls.append(self._model.call_of(len(self._calls) + 1, call["function"]))
        if event.get("done"):
            self._reason = event.get("done_reason") or "stop"
            self._usage = Usage(count_of(event, "prompt_eval_count"), count_of(event, "eval_count"))
        text, thinking = message.get("content") or "", message.get("thinking") or ""
        return ChatDelta(text, thinking=thinking) if text or thinking else None

    def last(self, done: bool) -> ChatDelta | None:
        if self._reason is None and not done:
            return None
        reason = "tool_calls" if self._calls else self._reason or "stop"
        return ChatDelta("", reason, self._usage, tuple(self._calls))


def _message_json(message: Message, names: Mapping[str, str]) -> dict[str, Any]:
    parts = list(parts_of(message.content))
    result: dict[str, Any] = {"role": message.role, "content": "".join(part for part in parts if isinstance(part, str))}
    images = [_data_of(part) for part in parts if isinstance(part, Image)]
    if images:
        result["images"] = images
    if message.tool_calls:
        result["tool_calls"] = [
            {"function": {"name": call.name, "arguments": dict(call.arguments)}} for call in message.tool_calls
        ]
    if message.role == "tool":
        result["tool_name"] = names.get(message.tool_call_id or "", "")
    return result


def _data_of(image: Image) -> str:
    if image.url:
        raise InvalidInput(
            Reason.UPLOAD_INVALID, "Ollama looks at an image only when it is uploaded, not at its address; upload it."
        )
    return image.data
