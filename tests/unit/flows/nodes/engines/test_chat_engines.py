"""Chat engines: a conversation with a model, and one with what is found for each question."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.flows.nodes.chains.basic import CHAT_SYSTEM

from fakes.flow_engine import Engine, node, wire


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.indexes.hold("Open at nine.")
    return engine


def simple(**inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("azureChatOpenAI_LlamaIndex", modelName="m"),
        node("bufferMemory"),
        node("simpleChatEngine", model=wire("azureChatOpenAI_LlamaIndex"), memory=wire("bufferMemory"), **inputs),
    )


def context(**inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI_LlamaIndex", modelName="m"),
        node("openAIEmbedding_LlamaIndex", modelName="e"),
        node(
            "pineconeLlamaIndex",
            model=wire("chatOpenAI_LlamaIndex"),
            embeddings=wire("openAIEmbedding_LlamaIndex"),
            pineconeIndex="docs",
        ),
        node("RedisBackedChatMemory"),
        node(
            "contextChatEngine",
            model=wire("chatOpenAI_LlamaIndex"),
            vectorStoreRetriever=wire("pineconeLlamaIndex"),
            memory=wire("RedisBackedChatMemory"),
            **inputs,
        ),
    )


async def test_a_conversation_with_the_model_alone(engine: Engine) -> None:
    flow = engine.put(*simple(systemMessagePrompt="Be brief."))
    await engine.ask(flow, "I am Mia", override_config={"sessionId": "s"})
    await engine.ask(flow, "Who am I?", override_config={"sessionId": "s"})
    assert engine.model("m").calls[1].texts == [
        ("system", "Be brief."),
        ("user", "I am Mia"),
        ("assistant", "Answer of m."),
        ("user", "Who am I?"),
    ]


async def test_without_a_system_message_ours_stands(engine: Engine) -> None:
    await engine.ask(engine.put(*simple()), "Hi")
    assert engine.model("m").calls[0].texts[0] == ("system", CHAT_SYSTEM)


async def test_each_question_is_looked_up_as_it_stands(engine: Engine) -> None:
    flow = engine.put(*context(systemMessagePrompt="You are a ferry.", returnSourceDocuments=True))
    result = await engine.ask(flow, "When?", override_config={"sessionId": "s"})
    await engine.ask(flow, "And later?", override_config={"sessionId": "s"})
    first, second = engine.model("m").calls
    system = str(first.messages[0].content)
    assert system.startswith("You are a ferry.\n\n") and "Open at nine." in system
    assert [role for role, _ in second.texts] == ["system", "user", "assistant", "user"]
    assert [vector[0] for vector in engine.indexes.vectors] == [len("When?"), len("And later?")]
    assert (result.source_documents or [{}])[0]["pageContent"] == "Open at nine."


async def test_answers_stream(engine: Engine) -> None:
    for nodes in (simple(), context()):
        events = await engine.stream(engine.put(*nodes), "Hi")
        assert "".join(event.data for event in events if event.name == "token") == "Answer of m."
