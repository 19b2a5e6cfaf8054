"""Chat over Google's Generative Language API."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.ports import CallOptions, ChatDelta, ChatReply, Message, ToolCall, Usage
from tradewind_server.models.chat import EndpointChatModel, StreamReader, count_of
from tradewind_server.models.content import Image, parts_of, system_text, text_of
from tradewind_server.models.endpoint import Endpoint

PARAMETERS = {
    "temperature": "temperature",
    "max_tokens": "maxOutputTokens",
    "top_p": "topP",
    "frequency_penalty": "frequencyPenalty",
    "presence_penalty": "presencePenalty",
    "seed": "seed",
}
REASONS = {"STOP": "stop", "MAX_TOKENS": "length"}
SIGNATURE_SEPARATOR = "."
"""Between the number of a call and the signature of the thought before it, in the id of a tool call."""


class GoogleChatModel(EndpointChatModel):
    """The port ``ChatModel``. ``extras`` are ``topK``, ``thinkingBudget``, ``thinkingLevel`` and ``safety``, pairs of a
    category and a threshold.

    The API gives calls no ids but signs the thoughts before them, and wants the signature back with the call: it
    travels in the id.
    """

    def __init__(
        self, endpoint: Endpoint, model: str, parameters: Mapping[str, Any], extras: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(endpoint, model, parameters)
        extras = dict(extras or {})
        self._safety = [{"category": category, "threshold": limit} for category, limit in extras.get("safety", ())]
        self._generation = {name: parameters[ours] for ours, name in PARAMETERS.items() if parameters.get(ours) is not None}
        if extras.get("topK") is not None:
            self._generation["topK"] = extras["topK"]
        thinking = {name: extras[name] for name in ("thinkingBudget", "thinkingLevel") if extras.get(name) is not None}
        if thinking:
            self._generation["thinkingConfig"] = {**thinking, "includeThoughts": extras.get("thinkingBudget") != 0}

    def _path(self, stream: bool) -> str:
        verb = "streamGenerateContent?alt=sse" if stream else "generateContent"
        return f"/models/{quote(self._model.removeprefix('models/'), safe='')}:{verb}"

    def _body(self, messages: Sequence[Message], options: CallOptions, stream: bool) -> dict[str, Any]:
        body: dict[str, Any] = {"contents": _contents(messages)}
        generation = dict(self._generation)
        system = system_text(messages)
        if not body["contents"]:  # A conversation has to begin with the user.
            body["contents"] = [{"role": "user", "parts": [{"text": system}]}]
        elif system:
            body["systemInstruction"] = {"parts": [{"text": system}]}
        stop = [*self._parameters.get("stop", ()), *options.stop]
        if stop:
            generation["stopSequences"] = stop
        if options.tools:
            tools = [
                {"name": tool.name, "description": tool.description, "parametersJsonSchema": tool.parameters}
                for tool in options.tools
            ]
            body["tools"] = [{"functionDeclarations": tools}]
        if options.json_schema is not None:
            generation |= {"responseMimeType": "application/json", "responseJsonSchema": options.json_schema}
        if generation:
            body["generationConfig"] = generation
        if self._safety:
            body["safetySettings"] = self._safety
        return body

    def _reply(self, body: Any) -> ChatReply:
        if isinstance(body, list):
            raise LookupError
        reader = _GoogleReader(self._endpoint, self)
        delta = reader.read(body) or ChatDelta()
        last = reader.last(True)
        assert last is not None, "a whole answer is never broken off"
        return ChatReply(delta.text, last.finish_reason or "stop", last.usage or Usage(), last.tool_calls, delta.thinking)

    def _reader(self) -> StreamReader:
        return _GoogleReader(self._endpoint, self)

    def call_of(self, number: int, part: Mapping[str, Any]) -> ToolCall:
        function = part["functionCall"]
        signature = part.get("thoughtSignature")
        call_id = f"{number}{SIGNATURE_SEPARATOR}{signature}" if signature else f"{number}"
        return ToolCall(call_id, function["name"], self._arguments(function["name"], function.get("args")))


class _GoogleReader:
    """One answer: each event of a stream is a piece of the form of a whole answer."""

    def __init__(self, endpoint: Endpoint, model: GoogleChatModel) -> None:
        self._endpoint = endpoint
        self._model = model
        self._reason: str | None = None
        self._usage: Usage | None = None
        self._calls: list[ToolCall] = []

    def read(self, event: Any) -> ChatDelta | None:
        if "error" in event:
            raise self._endpoint.interruption(event)
        self._usage = _usage(event.get("usageMetadata")) or self._usage
        candidates = event.get("candidates")
        if not candidates:
            block_reason = (event.get("promptFeedback") or {}).get("blockReason")
            if block_reason:
                raise FailedPrecondition(
                    Reason.MODEL_REFUSED,
                    f"{self._endpoint.label} refused the question ({str(block_reason)[:40]}); ask another.",
                )
            if self._usage is None:
                raise LookupError
            return None
        candidate = candidates[0]
        self._reason = candidate.get("finishReason") or self._reason
        texts: list[str] = []
        thoughts: list[str] = []
        for part in (candidate.get("content") or {}).get("parts") or ():
            if "functionCall" in part:
                self._calls.append(self._model.call_of(len(self._calls) + 1, part))
            elif part.get("text"):
                (thoughts if part.get("thought") else texts).append(part["text"])
        text, thinking = "".join(texts), "".join(thoughts)
        return ChatDelta(text, thinking=thinking) if text or thinking else None

    def last(self, done: bool) -> ChatDelta | None:
        if self._reason is None and not done:
            return None
        reason = "tool_calls" if self._calls else REASONS.get(self._reason or "STOP", "content_filter")
        return ChatDelta("", reason, self._usage, tuple(self._calls))


def _contents(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """The conversation without its system messages. Neighbours of one role become one turn: the results of several tools
    have to stand together. A result names the tool, which stands in the call it answers."""
    turns: list[dict[str, Any]] = []
    names = {call.id: call.name for message in messages for call in message.tool_calls}
    for message in messages:
        if message.role == "system":
            continue
        role = "model" if message.role == "assistant" else "user"
        if message.role == "tool":
            name = names.get(message.tool_call_id or "", message.tool_call_id or "")
            parts: list[dict[str, Any]] = [{"functionResponse": {"name": name, "response": {"result": text_of(message)}}}]
        else:
            parts = [_part(part) for part in parts_of(message.content)] + [_call_part(call) for call in message.tool_calls]
        if not parts:
            continue
        if turns and turns[-1]["role"] == role:
            turns[-1]["parts"].extend(parts)
        else:
            turns.append({"role": role, "parts": parts})
    return turns


def _part(part: str | Image) -> dict[str, Any]:
    if isinstance(part, str):
        return {"text": part}
    if part.url:
        mime = mimetypes.guess_type(part.url.partition("?")[0])[0] or "image/jpeg"
        return {"fileData": {"mimeType": mime, "fileUri": part.url}}
    return {"inlineData": {"mimeType": part.mime, "data": part.data}}


def _call_part(call: ToolCall) -> dict[str, Any]:
    part: dict[str, Any] = {"functionCall": {"name": call.name, "args": dict(call.arguments)}}
    _, _, signature = call.id.partition(SIGNATURE_SEPARATOR)
    if signature:
        part["thoughtSignature"] = signature
    return part


def _usage(metadata: Any) -> Usage | None:
    if not isinstance(metadata, dict):
        return None
    answer, thought = count_of(metadata, "candidatesTokenCount"), count_of(metadata, "thoughtsTokenCount")
    completion = None if answer is None and thought is None else (answer or 0) + (thought or 0)
    return Usage(count_of(metadata, "promptTokenCount"), completion, count_of(metadata, "cachedContentTokenCount"), thought)
