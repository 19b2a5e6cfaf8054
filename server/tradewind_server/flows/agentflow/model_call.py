"""One call of a chat model inside an agent flow: streamed or whole, counted, and shortened where it does not fit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.flows.agentflow.trace import FlowMessage
from tradewind_server.flows.llm.context_window import fit, size
from tradewind_server.flows.llm.usage import TokenUsage, count_usage
from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, ChatModel, ChatReply, Message, Role, ToolCall

ROLES: Mapping[str, Role] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "userMessage": "user",
    "assistant": "assistant",
    "apiMessage": "assistant",
    "tool": "tool",
}
Hear = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class CountedReply:
    """A model's answer, and what it took."""

    reply: ChatReply
    usage: TokenUsage

    def usage_json(self, tool_tokens: int | None = None) -> dict[str, Any]:
        """As the traces of agent flows have it. ``tool_tokens`` are those of the calls before, in an agent's run."""
        prompt, completion = self.usage.prompt_tokens or 0, self.usage.completion_tokens or 0
        counts: dict[str, Any] = {
            "input_tokens": prompt,
            "output_tokens": completion,
            "total_tokens": prompt + completion + (tool_tokens or 0),
            "input_token_details": {},
            "output_token_details": {},
        }
        return counts if tool_tokens is None else {**counts, "tool_call_tokens": tool_tokens}

    def response_json(self) -> dict[str, Any]:
        return {
            "finish_reason": self.reply.finish_reason,
            "model_name": self.usage.model,
            "model_provider": self.usage.provider,
        }


async def call_model(
    client: ChatModel, messages: Sequence[Message], options: CallOptions = PLAIN_CALL, hear: Hear | None = None
) -> CountedReply:
    """The model's answer; its words are heard as they come.

    What does not fit into its context is shortened: the oldest messages go, but not those of the system and not the last.
    Raises what the port ``ChatModel`` raises.
    """
    current = list(messages)
    usage = TokenUsage()

    async def send() -> ChatReply:
        if hear is None:
            return await client.complete(current, options)
        return await stream_reply(client, current, options, hear)

    def shorten(share: float) -> bool:
        excess = (1 - share) * sum(map(size, current))
        shorter = False
        while excess > 0:
            position = next((i for i, one in enumerate(current[:-1]) if one.role != "system"), None)
            if position is None:
                break
            excess -= size(current.pop(position))
            while position < len(current) - 1 and current[position].role == "tool":
                excess -= size(current.pop(position))
            shorter = True
        return shorter

    with count_usage(usage):
        reply = await fit(send, shorten)
    return CountedReply(reply, usage)


async def stream_reply(client: ChatModel, messages: Sequence[Message], options: CallOptions, hear: Hear) -> ChatReply:
    parts: list[str] = []
    thoughts: list[str] = []
    calls: tuple[ToolCall, ...] = ()
    reason = "stop"
    async for delta in client.stream(messages, options):
        if delta.text:
            parts.append(delta.text)
            await hear(delta.text)
        thoughts.append(delta.thinking)
        calls = delta.tool_calls or calls
        reason = delta.finish_reason or reason
    return ChatReply("".join(parts), reason, tool_calls=calls, thinking="".join(thoughts))


def message_of(message: FlowMessage) -> Message:
    """A message of a trace as models take it."""
    calls = tuple(ToolCall(str(one["id"]), str(one["name"]), one["args"]) for one in message.get("tool_calls") or ())
    content = message["content"]
    return Message(
        ROLES.get(message["role"], "user"),
        content if isinstance(content, str | list) else str(content),
        calls,
        message.get("tool_call_id"),
    )


def call_json(call: ToolCall) -> dict[str, Any]:
    return {"name": call.name, "args": dict(call.arguments), "id": call.id, "type": "tool_call"}


def call_of(data: Mapping[str, Any]) -> ToolCall:
    return ToolCall(str(data["id"]), str(data["name"]), data["args"])
