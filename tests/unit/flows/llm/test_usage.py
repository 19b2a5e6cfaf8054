"""Token usage of an answer: summed over its calls, wherever the answer goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from typing import Any

from tradewind_server.flows.llm.usage import USAGE, TokenUsage, count, count_usage, usage_from_json
from tradewind_server.flows.ports import ChatReply, Message, ToolCall

from fakes.flow_engine import Engine, conversation, node, wire


def says(reply: str | ChatReply, **used: Any) -> Callable[[Sequence[Message]], str | ChatReply]:
    """What a model says, counted as the adapters of models count it."""

    def say(_: Sequence[Message]) -> str | ChatReply:
        count(TokenUsage(model="m", provider="p", calls=1, **used))
        return reply

    return say


def shown(prompt: int | None, completion: int | None = None, *, calls: int = 1, cached: int | None = None) -> dict[str, Any]:
    return {
        "promptTokens": prompt,
        "completionTokens": completion,
        "cachedTokens": cached,
        "reasoningTokens": None,
        "model": "m",
        "provider": "p",
        "calls": calls,
    }


async def test_an_answer_its_event_and_its_row_say_what_it_used(engine: Engine) -> None:
    flow = engine.put(*conversation())
    engine.model("m", says("Hello", prompt_tokens=7, completion_tokens=2, cached_tokens=5))
    result = await engine.ask(flow, "Hi")
    assert result.usage is not None
    assert result.usage.as_json() == shown(7, 2, cached=5)
    events = {event.name: event.data for event in await engine.stream(flow, "Hi")}
    assert events["metadata"]["usage"] == shown(7, 2, cached=5)
    assert [row.usage for row in engine.messages.of(flow)] == [None, shown(7, 2, cached=5)] * 2
    assert USAGE.get() is None


async def test_calls_of_tools_and_of_the_flows_they_ask_count_too(engine: Engine) -> None:
    other = engine.put(node("chatOpenAI", modelName="expert"), node("conversationChain", model=wire("chatOpenAI"), memory=""))
    flow = engine.put(
        node("chatOpenAI", modelName="m"),
        node("ChatflowTool", selectedChatflow=other, name="ask expert", description="Knows."),
        node("toolAgent", tools=[wire("ChatflowTool")], model=wire("chatOpenAI"), memory=""),
    )
    asks = ChatReply("", tool_calls=(ToolCall("1", "ask_expert", {"input": "How deep?"}),))
    engine.model("m", says(asks, prompt_tokens=10, completion_tokens=1), says("Nine.", prompt_tokens=20, completion_tokens=2))
    engine.model("expert", says("9 m", prompt_tokens=100, completion_tokens=3))
    result = await engine.ask(flow, "How deep?")
    assert result.usage is not None
    assert result.usage.as_json() == shown(130, 6, calls=3)
    assert engine.messages.of(other)[1].usage == shown(100, 3)


async def test_counts_that_no_endpoint_told_stay_open(engine: Engine) -> None:
    flow = engine.put(*conversation())
    engine.model("m", says("Hello"))
    assert (await engine.ask(flow, "Hi")).usage == TokenUsage(model="m", provider="p", calls=1)
    engine.model("m", "Not counted.")
    assert (await engine.ask(flow, "Hi")).usage is None


async def test_answers_at_once_do_not_mix(engine: Engine) -> None:
    flow = engine.put(*conversation())
    engine.model("m", says("a", prompt_tokens=1), says("b", prompt_tokens=1), says("c", prompt_tokens=1))
    results = await asyncio.gather(*(engine.ask(flow, "Hi", chat_id=str(number)) for number in range(3)))
    assert [one.usage and one.usage.prompt_tokens for one in results] == [1, 1, 1]


async def test_who_leaves_a_stream_keeps_what_was_used_until_then(engine: Engine) -> None:
    flow = engine.put(*conversation())
    engine.model("m", says("One two three", prompt_tokens=4)).hold = asyncio.Event()
    prepared = await engine.prepare(flow, "Hi")
    async with aclosing(engine.predictor.stream(prepared)) as stream:  # type: ignore[type-var]
        async for together in stream:
            if any(event.name == "token" for event in together):
                break
    assert engine.messages.of(flow)[1].usage == shown(4)


def test_sums() -> None:
    outer, inner = TokenUsage(), TokenUsage()
    with count_usage(outer), count_usage(inner):
        count(TokenUsage(prompt_tokens=1, model="a", provider="x", calls=1))
        count(TokenUsage(prompt_tokens=2, reasoning_tokens=0, model="b", provider="y", calls=1))
    assert inner == outer == TokenUsage(prompt_tokens=3, reasoning_tokens=0, model="b", provider="y", calls=2)
    count(inner)  # Nobody is asking: no harm.


def test_a_row_is_read_back_whatever_it_holds() -> None:
    used = TokenUsage(1, None, 0, model="m", provider="p", calls=2)
    assert usage_from_json(used.as_json()) == used
    for broken in (None, "x", 7, []):
        assert usage_from_json(broken) is None
    assert usage_from_json({"promptTokens": "7", "calls": None}) == TokenUsage()
