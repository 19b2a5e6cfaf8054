"""Caches before models: what is sent once, what is kept, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tradewind_server.flows.llm import model_caches
from tradewind_server.flows.llm.model_caches import AnswerCache, VectorCache
from tradewind_server.flows.ports import CallOptions, ChatModelSpec, ChatReply, EmbedderSpec, Message, ToolCall, ToolSpec

from fakes.flow_engine import FakeChatModel

SPEC = ChatModelSpec("openai", "m", parameters=(("stop", ("a",)), ("temperature", 0.5)))
ASK = [Message("system", "Be brief."), Message("user", [{"type": "text", "text": "hi"}])]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def streamed(model: Any, messages: Sequence[Message] = ASK) -> list[Any]:
    return [delta async for delta in model.stream(messages)]


async def test_the_same_prompt_is_sent_once_whether_streamed_or_not() -> None:
    inner = FakeChatModel("m", "One two.", "Another.")
    model = AnswerCache(60).around(inner, SPEC)
    assert "".join(delta.text for delta in await streamed(model)) == "One two."
    assert (await model.complete(ASK)).text == "One two."
    deltas = await streamed(model)
    assert [delta.text for delta in deltas] == ["One two.", ""] and deltas[-1].finish_reason == "stop"
    assert len(inner.calls) == 1 and model.model_name == "m"


@pytest.mark.parametrize(
    ("messages", "options", "spec"),
    [
        ([Message("user", "hi")], CallOptions(), SPEC),
        (ASK, CallOptions(stop=("x",)), SPEC),
        (ASK, CallOptions(tools=(ToolSpec("t", "d", {"type": "object"}),)), SPEC),
        (ASK, CallOptions(json_schema={"type": "object"}), SPEC),
        (ASK, CallOptions(), ChatModelSpec("openai", "other")),
        (ASK, CallOptions(), ChatModelSpec("openai", "m", credential_id="another")),
    ],
)
async def test_another_call_is_sent(messages: list[Message], options: CallOptions, spec: ChatModelSpec) -> None:
    cache, inner = AnswerCache(60), FakeChatModel("m", "One.", "Two.")
    await cache.around(inner, SPEC).complete(ASK)
    assert (await cache.around(inner, spec).complete(messages, options)).text == "Two."


@pytest.mark.parametrize(
    "reply",
    [
        ChatReply("cut", "length"),
        ChatReply("", "tool_calls", tool_calls=(ToolCall("1", "t", {}),)),
        ChatReply("x", "content_filter"),
    ],
)
async def test_answers_that_are_not_whole_are_not_kept(reply: ChatReply) -> None:
    inner = FakeChatModel("m", reply, "Whole.")
    model = AnswerCache(60).around(inner, SPEC)
    await model.complete(ASK)
    assert (await model.complete(ASK)).text == "Whole."
    inner.say(reply, "Whole again.")
    other = [Message("user", "other")]
    await streamed(model, other)
    assert (await model.complete(other)).text == "Whole again."


async def test_a_stream_that_is_left_is_not_kept() -> None:
    inner = FakeChatModel("m", "One two three.")
    model = AnswerCache(60).around(inner, SPEC)
    async for _ in model.stream(ASK):
        break
    await model.complete(ASK)
    assert len(inner.calls) == 2


async def test_answers_are_kept_for_a_while_and_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, inner = Clock(), FakeChatModel("m", "x" * 500)
    monkeypatch.setattr(model_caches, "MOST_CHARS", 1500)
    model = AnswerCache(60, clock).around(inner, SPEC)
    await model.complete(ASK)
    clock.now = 61.0
    await model.complete(ASK)
    assert len(inner.calls) == 2
    for number in range(3):
        await model.complete([Message("user", str(number))])
    await model.complete(ASK)
    assert len(inner.calls) == 6
    inner.say("y" * 2000)
    await model.complete([Message("user", "long")])
    await model.complete([Message("user", "long")])
    assert len(inner.calls) == 8


class Embedder:
    model_name = "e"

    def __init__(self) -> None:
        self.sent: list[list[str]] = []

    async def embed_documents(self, texts: Sequence[str]) -> list[Sequence[float]]:
        self.sent.append(list(texts))
        return [[float(len(text)), 0.5] for text in texts]

    async def embed_query(self, text: str) -> Sequence[float]:
        self.sent.append([text])
        return [float(len(text)), 1.0]


async def test_only_texts_that_are_new_are_embedded_each_once() -> None:
    inner = Embedder()
    embedder = VectorCache(60).around(inner, EmbedderSpec("openai", "e"))
    first = await embedder.embed_documents(["a", "bb", "a"])
    again = await embedder.embed_documents(["bb", "ccc", "a"])
    assert inner.sent == [["a", "bb"], ["ccc"]] and embedder.model_name == "e"
    assert [list(vector) for vector in first] == [[1.0, 0.5], [2.0, 0.5], [1.0, 0.5]]
    assert [list(vector) for vector in again] == [[2.0, 0.5], [3.0, 0.5], [1.0, 0.5]]


async def test_a_question_is_no_passage() -> None:
    inner = Embedder()
    embedder = VectorCache(60).around(inner, EmbedderSpec("openai", "e"))
    await embedder.embed_documents(["a"])
    assert list(await embedder.embed_query("a")) == list(await embedder.embed_query("a")) == [1.0, 1.0]
    assert inner.sent == [["a"], ["a"]]


async def test_vectors_are_kept_for_a_while() -> None:
    clock, inner = Clock(), Embedder()
    embedder = VectorCache(60, clock).around(inner, EmbedderSpec("openai", "e"))
    await embedder.embed_query("a")
    clock.now = 61.0
    await embedder.embed_query("a")
    assert len(inner.sent) == 2
