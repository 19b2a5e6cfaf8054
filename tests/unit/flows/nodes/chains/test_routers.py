"""Chains that choose by description."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.nodes.chains.basic import CHAT_SYSTEM

from fakes.flow_engine import Engine, node, wire

MODEL = node("chatOpenAI", modelName="m")
SUBJECTS = (("physics", "questions about nature"), ("history", "questions about the past"))


def prompts(count: int = 2, **inputs: Any) -> tuple[dict[str, Any], ...]:
    found = [
        node("promptRetriever", i, name=name, description=text, systemMessage=f"You teach {name}.")
        for i, (name, text) in enumerate(SUBJECTS[:count])
    ]
    wired = [wire("promptRetriever", i) for i in range(count)]
    return MODEL, *found, node("multiPromptChain", model=wire("chatOpenAI"), promptRetriever=wired, **inputs)


def stores(**inputs: Any) -> tuple[dict[str, Any], ...]:
    parts: list[dict[str, Any]] = [MODEL, node("openAIEmbeddings", modelName="e")]
    for i, (name, text) in enumerate(SUBJECTS):
        parts.append(node("qdrant", i, embeddings=wire("openAIEmbeddings"), qdrantCollection=f"{name} books"))
        parts.append(node("vectorStoreRetriever", i, vectorStore=wire("qdrant", i), name=name, description=text))
    wired = [wire("vectorStoreRetriever", i) for i in range(2)]
    chain = node("multiRetrievalQAChain", model=wire("chatOpenAI"), vectorStoreRetriever=wired, **inputs)
    return *parts, chain


def chooses(name: str) -> str:
    return json.dumps({"destination": name})


@pytest.mark.parametrize("said", [chooses("history"), f"```json\n{chooses('history')}\n```", "I would say history."])
async def test_the_chosen_prompt_answers(engine: Engine, said: str) -> None:
    engine.model("m", said, "1066")
    result = await engine.ask(engine.put(*prompts()), "When was Hastings?")
    choice, answer = engine.model("m").calls
    assert result.text == "1066"
    assert answer.texts == [("system", "You teach history."), ("user", "When was Hastings?")]
    asked = str(choice.messages[0].content)
    assert "- physics: questions about nature\n- history: questions about the past" in asked
    assert '{"destination": "its name"}' in asked and "When was Hastings?" in asked
    schema = choice.options.json_schema
    assert schema and schema["properties"]["destination"]["enum"] == ["physics", "history", "none"]


@pytest.mark.parametrize("said", [chooses("none"), chooses("cooking"), "Hm.", "physics or history", ""])
async def test_where_nobody_suits_the_model_answers_as_it_is(engine: Engine, said: str) -> None:
    engine.model("m", said, "Hello.")
    await engine.ask(engine.put(*prompts()), "Hi")
    assert engine.model("m").calls[1].texts == [("system", CHAT_SYSTEM), ("user", "Hi")]


async def test_a_single_choice_is_not_asked_for(engine: Engine) -> None:
    await engine.ask(engine.put(*prompts(1)), "Why is the sky blue?")
    (call,) = engine.model("m").calls
    assert call.texts[0] == ("system", "You teach physics.")


async def test_the_chosen_store_is_looked_into(engine: Engine) -> None:
    engine.indexes.hold("Hastings was in 1066.")
    engine.model("m", chooses("history"), "1066")
    result = await engine.ask(engine.put(*stores(returnSourceDocuments=True)), "When was Hastings?")
    assert [spec.name for spec, _, _ in engine.indexes.searches] == ["history books"]
    assert "Hastings was in 1066." in str(engine.model("m").calls[1].texts[0])
    assert result.source_documents and result.source_documents[0]["pageContent"] == "Hastings was in 1066."


def plain_stores(*wired: str, **inputs: Any) -> tuple[dict[str, Any], ...]:
    parts: list[dict[str, Any]] = [MODEL, node("openAIEmbeddings", modelName="e")]
    parts += [node("qdrant", i, embeddings=wire("openAIEmbeddings"), qdrantCollection=f"books {i}") for i in range(2)]
    return *parts, node("multiRetrievalQAChain", model=wire("chatOpenAI"), vectorStoreRetriever=list(wired), **inputs)


async def test_a_vector_store_by_itself_is_looked_into(engine: Engine) -> None:
    engine.indexes.hold("Hastings was in 1066.")
    engine.model("m", "1066")
    result = await engine.ask(engine.put(*plain_stores(wire("qdrant"), returnSourceDocuments=True)), "When was Hastings?")
    assert (result.text, [spec.name for spec, _, _ in engine.indexes.searches]) == ("1066", ["books 0"])
    assert result.source_documents and result.source_documents[0]["pageContent"] == "Hastings was in 1066."


async def test_vector_stores_of_one_label_are_told_apart(engine: Engine) -> None:
    engine.model("m", chooses("Qdrant 2"), "1066")
    tool = node("retrieverTool", name="t", description="d", retriever=wire("qdrant"))
    *parts, chain = plain_stores(wire("retrieverTool"), wire("qdrant", 1))
    await engine.ask(engine.put(*parts, tool, chain), "When was Hastings?")
    asked = str(engine.model("m").calls[0].messages[0].content)
    assert "- Qdrant: the documents of Qdrant, books 0\n- Qdrant 2: the documents of Qdrant, books 1" in asked
    assert [spec.name for spec, _, _ in engine.indexes.searches] == ["books 1"]


@pytest.mark.parametrize("chain", ["multiRetrievalQAChain", "multiPromptChain"])
async def test_what_cannot_be_chosen_is_refused_in_words_of_the_canvas(engine: Engine, chain: str) -> None:
    name = "vectorStoreRetriever" if chain == "multiRetrievalQAChain" else "promptRetriever"
    flow = engine.put(MODEL, node("bufferMemory"), node(chain, model=wire("chatOpenAI"), **{name: [wire("bufferMemory")]}))
    with pytest.raises(InvalidInput, match=r"must be wired to at least one (vector store|Prompt Retriever)"):
        await engine.ask(flow, "x")


async def test_only_the_answer_streams(engine: Engine) -> None:
    engine.model("m", chooses("physics"), "Because of scattering.")
    events = await engine.stream(engine.put(*prompts()), "Why is the sky blue?")
    assert "".join(event.data for event in events if event.name == "token") == "Because of scattering."


@pytest.mark.parametrize(
    ("nodes", "told"),
    [
        ((MODEL, node("multiPromptChain", model=wire("chatOpenAI"), promptRetriever="")), "at least one"),
        ((MODEL, node("promptRetriever", name="", description="x"), *prompts(1)[2:]), "name"),
        ((MODEL, node("promptRetriever", name="x", description=" "), *prompts(1)[2:]), "description"),
    ],
)
async def test_a_choice_needs_a_name_and_a_description(engine: Engine, nodes: tuple[Any, ...], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        await engine.ask(engine.put(*nodes), "x")
