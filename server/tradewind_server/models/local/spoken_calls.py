"""Tool calls that a small model writes into its answer, instead of making them.

The embedded models know the form of a call and leave out the marks around it, so that their server takes it for text:
``{"name": "calculator", "arguments": {"input": "2*3"}}``, often in a fence. An answer that is nothing but such calls, of
tools it was told of, is read as what it was meant to be.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, ChatDelta, ChatModel, ChatReply, Message, ToolCall, ToolSpec

MARKS = ("{", "[", "```", "<tool_call>")
"""How such an answer begins."""
MARKUP = re.compile(r"```(?:json|xml|tool_call)?|</?tool_call>")
CALLED = "tool_calls"


class SpokenCalls:
    """The port ``ChatModel`` around a model that writes its calls."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    @property
    def model_name(self) -> str:
        return self._model.model_name

    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        reply = await self._model.complete(messages, options)
        calls = () if reply.tool_calls else spoken_calls(reply.text, options.tools)
        return replace(reply, text="", finish_reason=CALLED, tool_calls=calls) if calls else reply

    async def stream(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> AsyncIterator[ChatDelta]:
        """An answer that begins like a call is held back until it is clear what it is."""
        held = ""
        decided = not options.tools
        async with aclosing(self._model.stream(messages, options)) as deltas:  # type: ignore[type-var]
            async for delta in deltas:
                if decided:
                    yield delta
                    continue
                held += delta.text
                if delta.finish_reason is not None:
                    calls = delta.tool_calls or spoken_calls(held, options.tools)
                    text = "" if calls else held
                    reason = CALLED if calls else delta.finish_reason
                    yield replace(delta, text=text, finish_reason=reason, tool_calls=calls)
                elif not may_be_call(held):
                    decided = True
                    yield replace(delta, text=held)
                elif delta.thinking:
                    yield replace(delta, text="")


def may_be_call(text: str) -> bool:
    """Whether a beginning may still become a call."""
    start = text.lstrip()
    return any(start.startswith(mark) or mark.startswith(start) for mark in MARKS)


def spoken_calls(text: str, tools: Sequence[ToolSpec]) -> tuple[ToolCall, ...]:
    """The calls an answer consists of; none when it holds anything else, or names a tool that there is not."""
    if not tools or not may_be_call(text):
        return ()
    names = {tool.name for tool in tools}
    found = _objects(MARKUP.sub(" ", text))
    if found is None or not all(isinstance(one, dict) and one.get("name") in names for one in found):
        return ()
    calls = [(one["name"], one.get("arguments", one.get("parameters") or {})) for one in found]
    if not all(isinstance(arguments, dict) for _, arguments in calls):
        return ()
    return tuple(ToolCall(f"spoken_{i}", name, arguments) for i, (name, arguments) in enumerate(calls, 1))


def _objects(text: str) -> list[Any] | None:
    """The JSON values a text consists of, lists taken apart; None when there is more to it."""
    decoder = json.JSONDecoder()
    values: list[Any] = []
    rest = text.strip()
    while rest:
        try:
            value, end = decoder.raw_decode(rest)
        except ValueError:
            return None
        values += value if isinstance(value, list) else [value]
        rest = rest[end:].lstrip(" \t\r\n,;")
    return values or None
