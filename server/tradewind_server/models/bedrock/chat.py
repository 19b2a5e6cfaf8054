"""Chat over the Converse API of AWS Bedrock, whichever company's model runs there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import orjson

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.ports import CallOptions, ChatDelta, ChatReply, Message, ToolCall, Usage
from tradewind_server.models.bedrock.event_stream import FrameBuffer, StreamFrame
from tradewind_server.models.chat import UNREADABLE, EndpointChatModel, StreamReader, count_of
from tradewind_server.models.content import Image, parts_of, system_text, text_of
from tradewind_server.models.endpoint import Endpoint, loads

ANSWER_TOOL = "answer"
PARAMETERS = {"max_tokens": "maxTokens", "temperature": "temperature", "top_p": "topP"}
REASONS = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
    "guardrail_intervened": "content_filter",
    "content_filtered": "content_filter",
}
EXCEPTION_STATUSES = {"throttlingException": "429", "validationException": "400", "modelStreamErrorException": "500"}
FORMATS = {"image/jpeg": "jpeg", "image/jpg": "jpeg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}


class BedrockChatModel(EndpointChatModel):
    """The port ``ChatModel``. The one of ``extras`` is ``latency``.

    An answer of a JSON schema is asked for as the call of a tool with that schema: the API knows no other way.
    """

    stream_type = "application/vnd.amazon.eventstream"

    def __init__(
        self, endpoint: Endpoint, model: str, parameters: Mapping[str, Any], extras: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(endpoint, model, parameters)
        self._latency = (extras or {}).get("latency")
        self._inference = {name: parameters[ours] for ours, name in PARAMETERS.items() if parameters.get(ours) is not None}

    def _path(self, stream: bool) -> str:
        return f"/model/{quote(self._model, safe='')}/{'converse-stream' if stream else 'converse'}"

    def _body(self, messages: Sequence[Message], options: CallOptions, stream: bool) -> dict[str, Any]:
        turns = _turns(messages)
        system = system_text(messages)
        body: dict[str, Any] = {"messages": turns}
        if not turns:  # A conversation has to begin with the user.
            body["messages"] = [{"role": "user", "content": [{"text": system}]}]
        elif system:
            body["system"] = [{"text": system}]
        inference = dict(self._inference)
        stop = [*self._parameters.get("stop", ()), *options.stop]
        if stop:
            inference["stopSequences"] = stop
        if inference:
            body["inferenceConfig"] = inference
        if self._latency:
            body["performanceConfig"] = {"latency": self._latency}
        self._add_tools(body, options)
        return body

    def _add_tools(self, body: dict[str, Any], options: CallOptions) -> None:
        tools = [_tool(tool.name, tool.description, tool.parameters) for tool in options.tools]
        choice: dict[str, Any] = {}
        if options.json_schema is not None:
            tools.append(_tool(ANSWER_TOOL, "Gives the answer.", options.json_schema))
            choice = {"toolChoice": {"any": {}} if options.tools else {"tool": {"name": ANSWER_TOOL}}}
        if tools:
            body["toolConfig"] = {"tools": tools, **choice}

    def _reply(self, body: Any) -> ChatReply:
        texts, thoughts, calls = [], [], []
        for block in body["output"]["message"]["content"]:
            if "text" in block:
                texts.append(block["text"])
            elif "reasoningContent" in block:
                thoughts.append(block["reasoningContent"].get("reasoningText", {}).get("text") or "")
            elif "toolUse" in block:
                use = block["toolUse"]
                arguments = self._arguments(use["name"], use.get("input"))
                if use["name"] == ANSWER_TOOL:
                    texts.append(orjson.dumps(arguments).decode())
                else:
                    calls.append(ToolCall(use["toolUseId"], use["name"], arguments))
        reason = _reason_of(body.get("stopReason"), bool(calls))
        return ChatReply("".join(texts), reason, _usage(body.get("usage")), tuple(calls), "".join(thoughts))

    async def _deltas(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[ChatDelta]:
        """Frames as pieces of an answer."""
        reader, buffer = _BedrockReader(self._endpoint, self), FrameBuffer()
        size = 0
        try:
            async for chunk in chunks:
                size += len(chunk)
                self._endpoint.bound(size)
                for frame in buffer.add(chunk):
                    delta = reader.read(frame)
                    if delta is not None:
                        yield delta
            last = reader.last(False)
        except UNREADABLE:
            raise self._endpoint.garbled_error() from None
        if last is None:
            raise self._endpoint.garbled_error()
        yield last

    def _reader(self) -> StreamReader:
        return _BedrockReader(self._endpoint, self)

    def call_of(self, call_id: str, name: str, arguments: str) -> ToolCall:
        return ToolCall(call_id, name, self._arguments(name, arguments))


class _BedrockReader:
    """One streamed answer: blocks of text, thoughts and tool calls, told apart by their index."""

    def __init__(self, endpoint: Endpoint, model: BedrockChatModel) -> None:
        self._endpoint = endpoint
        self._model = model
        self._reason: str | None = None
        self._usage: Usage | None = None
        self._calls: dict[int, tuple[str, str, list[str]]] = {}

    def read(self, frame: StreamFrame) -> ChatDelta | None:
        kind = frame.headers.get(":event-type", "")
        body = loads(frame.payload) if frame.payload else {}
        if frame.headers.get(":message-type") != "event":
            problem = frame.headers.get(":exception-type") or frame.headers.get(":error-code") or ""
            status = EXCEPTION_STATUSES.get(problem, "503")
            message = body.get("message") or frame.headers.get(":error-message") or problem
            raise self._endpoint.interruption({"error": {"message": message, "code": status, "type": problem}})
        match kind:
            case "contentBlockDelta":
                return self._read_delta(body["contentBlockIndex"], body["delta"])
            case "contentBlockStart":
                use = body["start"].get("toolUse")
                if use is not None:
                    self._calls[body["contentBlockIndex"]] = (use["toolUseId"], use["name"], [])
            case "messageStop":
                self._reason = body["stopReason"]
            case "metadata":
                self._usage = _usage(body.get("usage"))
        return None

    def _read_delta(self, index: int, delta: Any) -> ChatDelta | None:
        if delta.get("text"):
            return ChatDelta(delta["text"])
        if delta.get("reasoningContent", {}).get("text"):
            return ChatDelta(thinking=delta["reasoningContent"]["text"])
        if "toolUse" in delta:
            _, name, pieces = self._calls[index]
            piece = delta["toolUse"]["input"]
            if name == ANSWER_TOOL:
                return ChatDelta(piece) if piece else None
            pieces.append(piece)
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


def _tool(name: str, description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"toolSpec": {"name": name, "description": description or name, "inputSchema": {"json": schema}}}


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
        result = {"toolUseId": message.tool_call_id or "", "content": [{"text": text_of(message)}]}
        return [{"toolResult": result}]
    blocks = [_block(part) for part in parts_of(message.content)]
    uses = ({"toolUseId": call.id, "name": call.name, "input": dict(call.arguments)} for call in message.tool_calls)
    return [*blocks, *({"toolUse": use} for use in uses)]


def _block(part: str | Image) -> dict[str, Any]:
    if isinstance(part, str):
        return {"text": part}
    kind = FORMATS.get(part.mime.lower())
    if part.url or kind is None:
        raise InvalidInput(
            Reason.UPLOAD_INVALID, "Bedrock looks at uploaded PNG, JPEG, GIF and WebP images only; upload the image as one."
        )
    return {"image": {"format": kind, "source": {"bytes": part.data}}}


def _reason_of(reason: str | None, calls: bool) -> str:
    if reason == "tool_use" and not calls:  # Only the answering tool was called.
        return "stop"
    return REASONS.get(reason or "", "stop")


def _usage(usage: Any) -> Usage:
    """Tokens read from the provider's cache are part of the prompt too."""
    prompt = [count_of(usage, name) for name in ("inputTokens", "cacheReadInputTokens", "cacheWriteInputTokens")]
    counts = [count for count in prompt if count is not None]
    return Usage(sum(counts) if counts else None, count_of(usage, "outputTokens"), count_of(usage, "cacheReadInputTokens"))
