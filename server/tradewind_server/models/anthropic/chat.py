"""Chat over Anthropic's Messages API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from tradewind_server.flows.ports import CallOptions, ChatDelta, ChatReply, Message, ToolCall, Usage
from tradewind_server.models.chat import EndpointChatModel, StreamReader, count_of
from tradewind_server.models.content import Image, parts_of, system_text, text_of
from tradewind_server.models.endpoint import Endpoint

PATH = "/messages"
MOST_TOKENS = 4096
"""The API wants a limit in each call; this one stands where the node gives none."""
ANSWER_TOOL = "answer"
SAMPLING = ("temperature", "top_p", "top_k")
REASONS = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
    "refusal": "content_filter",
}


class AnthropicChatModel(EndpointChatModel):
    """The port ``ChatModel``. ``extras`` are ``top_k``, ``thinking_budget`` (tokens), ``adaptive_thinking`` and ``effort``.

    An answer of a JSON schema is asked for as the call of a tool with that schema, which every model knows.
    """

    def __init__(
        self, endpoint: Endpoint, model: str, parameters: Mapping[str, Any], extras: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(endpoint, model, parameters)
        self._extras = dict(extras or {})

    def _path(self, stream: bool) -> str:
        return PATH

    def _body(self, messages: Sequence[Message], options: CallOptions, stream: bool) -> dict[str, Any]:
        parameters = self._parameters
        body: dict[str, Any] = {
            "model": self._model,
            "max_tokens": parameters.get("max_tokens") or MOST_TOKENS,
            "messages": _turns(messages),
            "stream": stream,
        }
        system = system_text(messages)
        if not body["messages"]:  # A conversation has to begin with the user.
            body["messages"] = [{"role": "user", "content": [{"type": "text", "text": system}]}]
        elif system:
            body["system"] = system
        stop = [*parameters.get("stop", ()), *options.stop]
        if stop:
            body["stop_sequences"] = stop
        self._add_tools(body, options)
        if not self._add_thinking(body, messages, options):
            sampling = {
                "temperature": parameters.get("temperature"),
                "top_p": parameters.get("top_p"),
                "top_k": self._extras.get("top_k"),
            }
            body |= {name: value for name, value in sampling.items() if value is not None}
        return body

    def _add_tools(self, body: dict[str, Any], options: CallOptions) -> None:
        body_tools = [
            {"name": tool.name, "description": tool.description, "input_schema": tool.parameters} for tool in options.tools
        ]
        if options.json_schema is not None:
            body_tools.append({"name": ANSWER_TOOL, "description": "Gives the answer.", "input_schema": options.json_schema})
            body["tool_choice"] = {"type": "any"} if options.tools else {"type": "tool", "name": ANSWER_TOOL}
        if body_tools:
            body["tools"] = body_tools

    def _add_thinking(self, body: dict[str, Any], messages: Sequence[Message], options: CallOptions) -> bool:
        """Whether the model thinks in this call. It may not where it has to call a tool, nor behind a tool's result: its
        own thoughts before the call would have to come back to it, and they are not kept."""
        if self._extras.get("effort"):
            body["output_config"] = {"effort": self._extras["effort"]}
        if options.json_schema is not None or (messages and messages[-1].role == "tool"):
            return False
        if self._extras.get("adaptive_thinking"):
            body["thinking"] = {"type": "adaptive"}
            return True
        budget = self._extras.get("thinking_budget")
        if not budget:
            return False
        body["thinking"] = {"type": "enabled", "budget_tokens": budget}
        if body["max_tokens"] <= budget:  # The limit counts the thoughts too.
            body["max_tokens"] += budget
        return True

    def _reply(self, body: Any) -> ChatReply:
        texts, thoughts, calls = [], [], []
        for block in body["content"]:
            if block["type"] == "text":
                texts.append(block["text"])
            elif block["type"] == "thinking":
                thoughts.append(block["thinking"])
            elif block["type"] == "tool_use" and block["name"] == ANSWER_TOOL:
                texts.append(_answer_text(self._arguments(ANSWER_TOOL, block["input"])))
            elif block["type"] == "tool_use":
                calls.append(ToolCall(block["id"], block["name"], self._arguments(block["name"], block["input"])))
        reason = _reason_of(body.get("stop_reason"), bool(calls))
        usage = _usage(body.get("usage") or {})
        return ChatReply("".join(texts), reason, usage, tuple(calls), "".join(thoughts))

    def _reader(self) -> StreamReader:
        return _AnthropicReader(self._endpoint, self)

    def call_of(self, call_id: str, name: str, arguments: str) -> ToolCall:
        return ToolCall(call_id, name, self._arguments(name, arguments))


class _AnthropicReader:
    """One streamed answer: blocks of text, thoughts and tool calls, told apart by their index."""

    def __init__(self, endpoint: Endpoint, model: AnthropicChatModel) -> None:
        self._endpoint = endpoint
        self._model = model
        self._reason: str | None = None
        self._usage = Usage()
        self._calls: dict[int, tuple[str, str, list[str]]] = {}

    def read(self, event: Any) -> ChatDelta | None:
        kind = event["type"]
        if kind == "content_block_delta":
            return self._read_delta(event["index"], event["delta"])
        if kind == "content_block_start":
            block = event["content_block"]
            if block["type"] == "tool_use":
                self._calls[event["index"]] = (block["id"], block["name"], [])
        elif kind == "message_start":
            self._usage = _usage(event["message"].get("usage") or {})
        elif kind == "message_delta":
            self._reason = event["delta"].get("stop_reason") or self._reason
            completion = count_of(event.get("usage"), "output_tokens")
            if completion is not None:
                self._usage = replace(self._usage, completion_tokens=completion)
        elif kind == "error":
            raise self._endpoint.interruption(event)
        return None

    def _read_delta(self, index: int, delta: Any) -> ChatDelta | None:
        kind = delta["type"]
        if kind == "text_delta":
            return ChatDelta(delta["text"])
        if kind == "thinking_delta":
            return ChatDelta(thinking=delta["thinking"])
        if kind == "input_json_delta":
            _, name, pieces = self._calls[index]
            if name == ANSWER_TOOL:
                return ChatDelta(delta["partial_json"]) if delta["partial_json"] else None
            pieces.append(delta["partial_json"])
        return None

    def last(self, done: bool) -> ChatDelta | None:
        if self._reason is None:
            return None
        calls = tuple(
            self._model.call_of(call_id, name, "".join(pieces))
            for _, (call_id, name, pieces) in sorted(self._calls.items())
            if name != ANSWER_TOOL
        )
        return ChatDelta("", _reason_of(self._reason, bool(calls)), self._usage, calls)


def _turns(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """The conversation without its system messages. Neighbours of one role become one turn: the results of several tools
    have to stand together."""
    turns: list[dict[str, Any]] = []
    for message in messages:
        if message.role == "system":
            continue
        role = "assistant" if message.role == "assistant" else "user"
        blocks = _blocks(message)
        if not blocks:
            continue
        if turns and turns[-1]["role"] == role:
            turns[-1]["content"].extend(blocks)
        else:
            turns.append({"role": role, "content": blocks})
    return turns


def _blocks(message: Message) -> list[dict[str, Any]]:
    if message.role == "tool":
        return [{"type": "tool_result", "tool_use_id": message.tool_call_id or "", "content": text_of(message)}]
    blocks = [_block(part) for part in parts_of(message.content)]
    blocks += [
        {"type": "tool_use", "id": call.id, "name": call.name, "input": dict(call.arguments)} for call in message.tool_calls
    ]
    return blocks


def _block(part: str | Image) -> dict[str, Any]:
    if isinstance(part, str):
        return {"type": "text", "text": part}
    if part.url:
        return {"type": "image", "source": {"type": "url", "url": part.url}}
    return {"type": "image", "source": {"type": "base64", "media_type": part.mime, "data": part.data}}


def _answer_text(arguments: Mapping[str, Any]) -> str:
    """The call of the answering tool as the JSON text that was asked for."""
    return orjson.dumps(arguments).decode()


def _reason_of(reason: str | None, calls: bool) -> str:
    if reason == "tool_use" and not calls:  # Only the answering tool was called.
        return "stop"
    return REASONS.get(reason or "", "stop")


def _usage(usage: Mapping[str, Any]) -> Usage:
    """Tokens read from the provider's cache are part of the prompt too."""
    prompt = [count_of(usage, name) for name in ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")]
    counts = [count for count in prompt if count is not None]
    return Usage(sum(counts) if counts else None, count_of(usage, "output_tokens"), count_of(usage, "cache_read_input_tokens"))
