"""Chat completions over an OpenAI-compatible endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from tradewind_server.flows.ports import CallOptions, ChatDelta, ChatReply, Message, ToolCall, ToolSpec, Usage
from tradewind_server.models.chat import EndpointChatModel, StreamReader, count_of
from tradewind_server.models.endpoint import Endpoint

PATH = "/chat/completions"
SCHEMA_NAME = "answer"
SHORTEST_REPEAT = 8
"""Characters from which a message that begins with all that was said is taken for the whole so far."""


class OpenAIChatModel(EndpointChatModel):
    """The port ``ChatModel``. ``stream_usage`` asks for token counts at the end of a stream; ``knows_schemas`` says that
    the endpoint takes a JSON schema, and not only the wish for JSON."""

    def __init__(
        self,
        endpoint: Endpoint,
        model: str,
        parameters: Mapping[str, Any],
        *,
        stream_usage: bool = True,
        knows_schemas: bool = True,
    ) -> None:
        super().__init__(endpoint, model, parameters)
        self._defaults = {"model": model, "stream": False, **self._parameters}
        self._fixed_stream = {**self._defaults, "stream": True}
        if stream_usage:
            self._fixed_stream["stream_options"] = {"include_usage": True}
        self._knows_schemas = knows_schemas

    def _path(self, stream: bool) -> str:
        return PATH

    def _body(self, messages: Sequence[Message], options: CallOptions, stream: bool) -> dict[str, Any]:
        entries = [message_json(message) for message in messages]
        body = {**(self._fixed_stream if stream else self._defaults), "messages": entries}
        if options.tools:
            body["tools"] = [encoded_tool(tool) for tool in options.tools]
        if options.stop:
            body["stop"] = [*self._parameters.get("stop", ()), *options.stop]
        if options.json_schema is not None:
            self._ask_for_json(body, options.json_schema)
        return body

    def _ask_for_json(self, body: dict[str, Any], schema: Mapping[str, Any]) -> None:
        if self._knows_schemas:
            form = {"name": SCHEMA_NAME, "schema": schema, "strict": is_strict(schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
            return
        body["response_format"] = {"type": "json_object"}
        wish = "Answer with one JSON object of this JSON schema and nothing else: " + orjson.dumps(schema).decode()
        body["messages"] = [{"role": "system", "content": wish}, *body["messages"]]

    def _reply(self, body: Any) -> ChatReply:
        choice = body["choices"][0]
        message = choice.get("message") or choice.get("delta") or {"content": choice["text"]}
        calls = calls_of(message)
        return ChatReply(
            text_of(message.get("content") or ""),
            choice.get("finish_reason") or "stop",
            usage_of(body.get("usage")) or Usage(),
            tuple(self._call(call.get("id"), call["function"]) for call in calls) if calls else (),
            thinking_of(message),
        )

    def _call(self, call_id: str | None, function: Mapping[str, Any]) -> ToolCall:
        name = function["name"]
        return ToolCall(call_id or f"call_{name}", name, self._arguments(name, function.get("arguments")))

    def _reader(self) -> StreamReader:
        return _OpenAIReader(self._endpoint, self._call)


@dataclass(slots=True)
class _ToolCallPieces:
    """A call that comes in pieces."""

    index: int
    id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)

    def is_over(self, call_id: str | None, name: str | None) -> bool:
        """Whether a piece with this id and this name begins another call."""
        if not name or not self.name:
            return False
        if call_id and self.id:
            return call_id != self.id
        try:
            return isinstance(orjson.loads("".join(self.arguments)), dict)
        except orjson.JSONDecodeError:
            return name != self.name


class _OpenAIReader:
    """One streamed answer; puts the pieces of its tool calls together."""

    def __init__(self, endpoint: Endpoint, call_of: Callable[[str | None, Mapping[str, Any]], ToolCall]) -> None:
        self._endpoint = endpoint
        self._call_of = call_of
        self._reason: str | None = None
        self._usage: Usage | None = None
        self._calls: list[_ToolCallPieces] = []
        self._at: dict[int, _ToolCallPieces] = {}
        self._text = ""
        """What came as whole messages instead of pieces."""
        self._in_pieces = False

    def read(self, event: Any) -> ChatDelta | None:
        usage = event.get("usage")
        if usage is not None:
            self._usage = usage_of(usage) or self._usage
        choices = event.get("choices")
        if not choices:
            if "error" in event:
                raise self._endpoint.interruption(event)
            return None
        choice = choices[0]
        self._reason = choice.get("finish_reason") or self._reason
        delta = choice.get("delta")
        if not delta:
            return self._whole(choice)
        calls = calls_of(delta)
        if calls:
            self._collect(calls)
        text = delta.get("content") or ""
        if not isinstance(text, str):
            text = text_of(text)
        thinking = thinking_of(delta)
        if thinking:
            return ChatDelta(text, thinking=thinking)
        if not text:
            return None
        self._in_pieces = True
        return ChatDelta(text)

    def _whole(self, choice: Mapping[str, Any]) -> ChatDelta | None:
        """What an event says that holds a message or a text instead of a piece: one more piece, or all that was said so far."""
        message = choice.get("message") or {"content": choice.get("text")}
        calls = calls_of(message)
        if calls and not self._calls:
            self._collect(calls)
        text = text_of(message.get("content") or "")
        if not text or self._in_pieces:
            return None
        if len(self._text) >= SHORTEST_REPEAT and text.startswith(self._text):
            text = text[len(self._text) :]
        self._text += text
        return ChatDelta(text) if text else None

    def _collect(self, pieces: Sequence[Mapping[str, Any]]) -> None:
        """Pieces carry the index of their call. Endpoints that send calls whole may leave it out or give all the same."""
        for piece in pieces:
            function = piece.get("function") or {}
            call_id, name, arguments = piece.get("id"), function.get("name"), function.get("arguments")
            index = piece.get("index")
            call = self._at.get(index) if index is not None else self._calls[-1] if self._calls else None
            if call is None or call.is_over(call_id, name):
                call = _ToolCallPieces(len(self._calls) if index is None else index)
                self._calls.append(call)
                self._at[call.index] = call
            call.id = call_id or call.id
            call.name = name or call.name
            if arguments:
                call.arguments.append(arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode())

    def last(self, done: bool) -> ChatDelta | None:
        if self._reason is None and not done:
            return None
        calls = tuple(
            self._call_of(call.id, {"name": call.name, "arguments": "".join(call.arguments)})
            for call in sorted(self._calls, key=lambda one: one.index)
        )
        return ChatDelta("", self._reason or "stop", self._usage, calls)


def message_json(message: Message) -> dict[str, Any]:
    """A message as OpenAI writes it."""
    if message.tool_calls:
        return {
            "role": message.role,
            "content": message.content,
            "tool_calls": [
                {
                    "id": call.id,
                    "type": "function",
                    "function": {"name": call.name, "arguments": orjson.dumps(call.arguments).decode()},
                }
                for call in message.tool_calls
            ],
        }
    if message.tool_call_id is not None:
        return {"role": message.role, "content": message.content, "tool_call_id": message.tool_call_id}
    return {"role": message.role, "content": message.content}


def encoded_tool(tool: ToolSpec) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    return {"type": "function", "function": function}


def is_strict(schema: Any) -> bool:
    """Whether every object of a schema names all its properties as required and allows no others: OpenAI enforces such
    a schema to the letter and refuses to do so for any other."""
    if isinstance(schema, list | tuple):
        return all(is_strict(part) for part in schema)
    if not isinstance(schema, Mapping):
        return True
    if schema.get("type") == "object":
        properties = schema.get("properties") or {}
        if schema.get("additionalProperties") is not False or set(schema.get("required") or ()) != set(properties):
            return False
        return is_strict(list(properties.values()))
    return all(is_strict(part) for part in schema.values())


def calls_of(message: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The tool calls of a message; of endpoints that know one call only, that one."""
    calls = message.get("tool_calls")
    if not calls and message.get("function_call"):
        return ({"function": message["function_call"]},)
    return calls or ()


def text_of(content: Any) -> str:
    """Content as text; some endpoints answer with parts."""
    if isinstance(content, str):
        return content
    return "".join(part.get("text") or "" for part in content if isinstance(part, dict))


def thinking_of(message: Mapping[str, Any]) -> str:
    """What a model thought before it answered, under either name that endpoints give it."""
    thinking = message.get("reasoning_content") or message.get("reasoning") or ""
    return thinking if isinstance(thinking, str) else ""


def usage_of(value: Any) -> Usage | None:
    if not isinstance(value, dict):
        return None
    prompt, completion = value.get("prompt_tokens_details"), value.get("completion_tokens_details")
    return Usage(
        count_of(value, "prompt_tokens"),
        count_of(value, "completion_tokens"),
        count_of(prompt, "cached_tokens"),
        count_of(completion, "reasoning_tokens"),
    )
