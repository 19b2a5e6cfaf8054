"""Memory nodes: what of a session a model sees, and what a summary may hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tradewind_server.chats.ports import MessageFilter
from tradewind_server.flows.llm.summaries import Summaries
from tradewind_server.flows.nodes.memory import SUMMARISED_MESSAGES, SUMMARY_HEAD
from tradewind_server.flows.nodes.registry import builtin_registry

from fakes.flow_engine import MOMENT, Engine, node, wire


def remembering(memory: str, **inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", modelName="m"),
        node("chatOpenAI", 1, modelName="scribe"),
        node(memory, **inputs),
        node("conversationChain", model=wire("chatOpenAI"), memory=wire(memory), systemMessagePrompt="S"),
    )


async def turns(engine: Engine, flow: str, count: int, chat_id: str = "c", start: int = 0) -> None:
    for number in range(start, start + count):
        engine.model("m", f"answer {number}")
        await engine.ask(flow, f"question {number}", chat_id=chat_id)


def seen(engine: Engine) -> list[tuple[str, Any]]:
    """What the model was sent last, without the system message and the question."""
    return engine.model("m").calls[-1].texts[1:-1]


def pairs(*numbers: int) -> list[tuple[str, str]]:
    return [pair for n in numbers for pair in (("user", f"question {n}"), ("assistant", f"answer {n}"))]


async def test_a_buffer_holds_the_whole_session(engine: Engine) -> None:
    flow = engine.put(*remembering("bufferMemory"))
    await turns(engine, flow, 6)
    assert seen(engine) == pairs(0, 1, 2, 3, 4)


async def test_history_of_the_caller_stands_before_it_and_is_not_stored(engine: Engine) -> None:
    flow = engine.put(*remembering("bufferMemory"))
    await turns(engine, flow, 1)
    history = [{"role": "userMessage", "content": "I am Bob"}, {"message": "Hi Bob", "type": "apiMessage"}]
    await engine.ask(flow, "who am I?", chat_id="c", history=history)
    assert seen(engine) == [("user", "I am Bob"), ("assistant", "Hi Bob"), *pairs(0)]
    assert [row.content for row in engine.messages.of(flow)] == ["question 0", "answer 0", "who am I?", "answer 0"]
    await engine.ask(flow, "again", chat_id="c")
    assert "I am Bob" not in str(seen(engine))


@pytest.mark.parametrize(("k", "numbers"), [("2", (2, 3)), (1, (3,)), ("", (0, 1, 2, 3)), (0, ())])
async def test_a_window_holds_the_last_turns(engine: Engine, k: Any, numbers: tuple[int, ...]) -> None:
    flow = engine.put(*remembering("bufferWindowMemory", k=k))
    await turns(engine, flow, 5)
    assert seen(engine) == pairs(*numbers)


ELSEWHERE = [
    ("RedisBackedChatMemory", {"windowSize": "1", "sessionTTL": 60}, (3,)),
    ("RedisBackedChatMemory", {}, (0, 1, 2, 3)),
    ("upstashRedisBackedChatMemory", {"baseURL": "https://upstash.example"}, (0, 1, 2, 3)),
    ("MongoDBAtlasChatMemory", {"databaseName": "d", "collectionName": "c"}, (0, 1, 2, 3)),
    ("DynamoDBChatMemory", {"tableName": "t", "partitionKey": "p", "region": "us-east-1"}, (0, 1, 2, 3)),
    ("ZepMemory", {"baseURL": "http://zep.example", "k": "2"}, (2, 3)),
    ("ZepMemoryCloud", {"memoryType": "perpetual"}, (0, 1, 2, 3)),
    ("mem0", {"user_id": "u", "useFlowiseChatId": True}, (0, 1, 2, 3)),
]


@pytest.mark.parametrize(("memory", "inputs", "numbers"), ELSEWHERE)
async def test_memories_of_other_stores_run_on_ours(
    engine: Engine, memory: str, inputs: dict[str, Any], numbers: tuple[int, ...]
) -> None:
    flow = engine.put(*remembering(memory, **inputs, _credential="foreign"))
    await turns(engine, flow, 5)
    assert seen(engine) == pairs(*numbers)
    (stored,) = {row.memory_type for row in engine.messages.of(flow)}
    (known,) = [one for one in builtin_registry().types() if one.name == memory]
    assert stored == known.label
    assert "this server's database" in known.note


def said(engine: Engine) -> str:
    """The summary that the model was sent last."""
    role, content = seen(engine)[0]
    assert role == "system" and content.startswith(SUMMARY_HEAD)
    return str(content).removeprefix(SUMMARY_HEAD)


async def test_a_summary_is_folded_forward_by_the_nodes_own_model(engine: Engine) -> None:
    flow = engine.put(*remembering("conversationSummaryMemory", model=wire("chatOpenAI", 1)))
    engine.model("scribe", "first summary", "second summary")
    await turns(engine, flow, 1)
    assert engine.model("scribe").calls == []
    await turns(engine, flow, 1, start=1)
    assert (said(engine), len(seen(engine))) == ("first summary", 1)
    await turns(engine, flow, 1, start=2)
    assert said(engine) == "second summary"
    prompt = str(engine.model("scribe").calls[1].messages[0].content)
    assert "first summary" in prompt and "Human: question 1\nAssistant: answer 1" in prompt
    assert "question 0" not in prompt


async def test_a_summary_buffer_folds_only_what_no_longer_fits(engine: Engine) -> None:
    nodes = remembering("conversationSummaryBufferMemory", model=wire("chatOpenAI", 1), maxTokenLimit="12")
    flow = engine.put(*nodes)
    engine.model("scribe", "older things")
    await turns(engine, flow, 3)
    assert seen(engine) == pairs(0, 1)
    assert engine.model("scribe").calls == []
    await turns(engine, flow, 1, start=3)
    assert (said(engine), seen(engine)[1:]) == ("older things", pairs(1, 2))
    assert "question 0" in str(engine.model("scribe").calls[0].messages[0].content)


async def test_what_is_deleted_does_not_live_on_in_a_summary(engine: Engine) -> None:
    flow = engine.put(*remembering("conversationSummaryMemory", model=wire("chatOpenAI", 1)))
    engine.model("scribe", "about question 0", "about 0 and 1", "anew")
    await turns(engine, flow, 3)
    rows = engine.messages.rows
    engine.messages.rows = [rows[0], rows[1], *rows[4:]]
    await turns(engine, flow, 1, start=3)
    assert said(engine) == "anew"
    prompt = str(engine.model("scribe").calls[-1].messages[0].content)
    assert "about" not in prompt and "question 1" not in prompt and "question 2" in prompt
    await engine.messages.delete(rows[0][0], MessageFilter(flow))
    await turns(engine, flow, 1, start=4)
    assert seen(engine) == []


async def test_what_is_edited_is_summarised_as_it_reads_now(engine: Engine) -> None:
    flow = engine.put(*remembering("conversationSummaryMemory", model=wire("chatOpenAI", 1)))
    engine.model("scribe", "about question 0", "about 0 and 1", "anew")
    await turns(engine, flow, 3)
    (workspace, first), *others = engine.messages.rows
    engine.messages.rows = [(workspace, replace(first, content="question seven", edited_date=MOMENT)), *others]
    await turns(engine, flow, 1, start=3)
    assert said(engine) == "anew"
    prompt = str(engine.model("scribe").calls[-1].messages[0].content)
    assert "about" not in prompt and "question 0" not in prompt and "question seven" in prompt


async def test_summaries_of_sessions_do_not_meet(engine: Engine) -> None:
    flow = engine.put(*remembering("conversationSummaryMemory", model=wire("chatOpenAI", 1)))
    engine.model("scribe", lambda messages: "SUM:" + str(messages[0].content)[-120:])
    engine.model("m", "ok")
    for chat in ("a", "b"):
        await engine.ask(flow, f"secret of {chat}", chat_id=chat)
    await engine.ask(flow, "next", chat_id="b")
    assert "secret of b" in said(engine) and "secret of a" not in said(engine)


async def test_a_session_longer_than_a_summary_reads_stays_cheap(engine: Engine) -> None:
    flow = engine.put(*remembering("conversationSummaryMemory", model=wire("chatOpenAI", 1)))
    await turns(engine, flow, SUMMARISED_MESSAGES // 2 + 1)
    before = len(engine.model("scribe").calls)
    await turns(engine, flow, 3, start=500)
    assert len(engine.model("scribe").calls) == before + 3
    assert "question 501" in str(engine.model("scribe").calls[-1].messages[0].content)
    assert "question 99" not in str(engine.model("scribe").calls[-1].messages[0].content)


async def test_a_long_session_is_folded_in_portions_after_a_restart(engine: Engine) -> None:
    nodes = remembering("conversationSummaryMemory", model=wire("chatOpenAI", 1))
    flow = engine.put(*nodes)
    engine.model("scribe", "one", "two", "three")
    engine.model("m", "x" * 7000)
    await engine.ask(flow, "y" * 7000, chat_id="c")
    await engine.ask(flow, "next", chat_id="c")
    first, second = engine.model("scribe").calls
    assert "yyy" in str(first.messages[0].content) and "xxx" not in str(first.messages[0].content)
    assert "one" in str(second.messages[0].content) and "xxx" in str(second.messages[0].content)
    assert said(engine) == "two"


async def test_only_the_last_sessions_are_kept(engine: Engine) -> None:
    summaries = Summaries(most=2)
    flow = engine.put(*remembering("bufferMemory"))
    await turns(engine, flow, 1)
    rows = engine.messages.of(flow)
    from tradewind_server.flows.components import ChatModelHandle
    from tradewind_server.flows.ports import ChatModelSpec

    model = ChatModelHandle(engine.models, "w", ChatModelSpec("openai", "scribe"))
    for key in ("a", "b", "a", "c", "a", "b"):
        await summaries.summary_of((key,), rows, model, cut=False)
    assert len(engine.model("scribe").calls) == 4


async def test_a_summary_needs_a_model(engine: Engine) -> None:
    from tradewind_server.errors import InvalidInput

    flow = engine.put(*remembering("conversationSummaryMemory"))
    with pytest.raises(InvalidInput, match=r"model of the node Conversation Summary Memory"):
        await engine.ask(flow, "x")


async def test_the_label_of_the_memory_is_the_memory_type(engine: Engine) -> None:
    nodes = remembering("bufferMemory", _label="What was said")
    result = await engine.ask(engine.put(*nodes), "x")
    assert result.memory_type == "What was said"
    none = engine.put(node("chatOpenAI", modelName="m"), node("conversationChain", model=wire("chatOpenAI")))
    result = await engine.ask(none, "x")
    assert result.memory_type is None
    assert {row.memory_type for row in engine.messages.of(none)} == {""}
