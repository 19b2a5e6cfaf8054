"""Chains: what the model is sent, and what comes back."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.nodes.chains.basic import CHAT_SYSTEM

from fakes.flow_engine import Engine, conversation, node, retrieval, wire

IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
HISTORY = [{"role": "userMessage", "content": "I am Bob"}, {"role": "apiMessage", "content": "Hi Bob"}]
PAST = "Human: I am Bob\nAssistant: Hi Bob"


async def ask_with_image(engine: Engine, flow: str, question: str) -> list[tuple[str, Any]]:
    prepared = await engine.prepare(flow, question)
    prepared.turn.images = [IMAGE]
    await engine.predictor.run(prepared)
    return engine.model("m").calls[-1].texts


def chat_prompt(**inputs: Any) -> tuple[dict[str, Any], ...]:
    return node("chatPromptTemplate", **inputs), *conversation(chatPromptTemplate=wire("chatPromptTemplate"))


async def test_a_conversation_is_system_history_and_question(engine: Engine) -> None:
    flow = engine.put(*conversation())
    await engine.ask(flow, "Who am I?", chat_id="c", history=HISTORY)
    assert engine.model("m").calls[0].texts == [
        ("system", "Be brief."),
        ("user", "I am Bob"),
        ("assistant", "Hi Bob"),
        ("user", "Who am I?"),
    ]


async def test_without_a_system_message_ours_stands_in(engine: Engine) -> None:
    await engine.ask(engine.put(*conversation(systemMessagePrompt="")), "x")
    assert engine.model("m").calls[0].messages[0].content == CHAT_SYSTEM


async def test_a_chat_prompt_replaces_both_and_the_history_stands_between(engine: Engine) -> None:
    flow = engine.put(*chat_prompt(systemMessagePrompt="In {language}.", humanMessagePrompt="Q: {input}", promptValues={
        "language": "French"
    }))  # fmt: skip
    await engine.ask(flow, "Who am I?", history=HISTORY)
    assert engine.model("m").calls[0].texts == [
        ("system", "In French."),
        ("user", "I am Bob"),
        ("assistant", "Hi Bob"),
        ("user", "Q: Who am I?"),
    ]


@pytest.mark.parametrize(
    "inputs",
    [
        {"systemMessagePrompt": "Past: {chat_history}", "humanMessagePrompt": "{input}"},
        {"systemMessagePrompt": "Past: {history}", "humanMessagePrompt": "{text}"},
        {
            "systemMessagePrompt": "Past: {past}",
            "humanMessagePrompt": "{question}",
            "promptValues": '{"past": "{{chat_history}}"}',
        },
    ],
)
async def test_a_prompt_may_place_the_history_itself(engine: Engine, inputs: dict[str, Any]) -> None:
    await engine.ask(engine.put(*chat_prompt(**inputs)), "Who am I?", history=HISTORY)
    texts = engine.model("m").calls[0].texts
    assert texts[0] == ("system", f"Past: {PAST}")
    assert texts[-1] == ("user", "Who am I?")
    if "promptValues" not in inputs:
        assert len(texts) == 2


async def test_a_prompt_with_a_variable_too_many_is_refused(engine: Engine) -> None:
    flow = engine.put(*chat_prompt(systemMessagePrompt="{a} {b}", humanMessagePrompt="{input}"))
    with pytest.raises(InvalidInput, match="Please provide Prompt Values for: a, b") as error:
        await engine.ask(flow, "x")
    assert error.value.reason is Reason.NODE_INPUT_INVALID


@pytest.mark.parametrize("allowed", [True, False])
async def test_images_stand_beside_the_question_where_the_model_looks_at_them(engine: Engine, allowed: bool) -> None:
    model = node("chatOpenAI", modelName="m", allowImageUploads=allowed)
    prompt = node("promptTemplate", template="See: {q}")
    flows = {
        "plain": (model, *conversation()[1:]),
        "prompted": (model, *(one for one in chat_prompt(humanMessagePrompt="See: {input}") if one["id"] != "chatOpenAI_0")),
        "llm": (model, prompt, node("llmChain", model=wire("chatOpenAI"), prompt=wire("promptTemplate"))),
    }
    for name, nodes in flows.items():
        text = "what?" if name == "plain" else "See: what?"
        content = [{"type": "text", "text": text}, IMAGE] if allowed else text
        assert (await ask_with_image(engine, engine.put(*nodes), "what?"))[-1] == ("user", content)


async def test_an_llm_chain_has_no_memory(engine: Engine) -> None:
    flow = engine.put(
        node("chatOpenAI", modelName="m"),
        node("promptTemplate", template="{q}"),
        node("llmChain", model=wire("chatOpenAI"), prompt=wire("promptTemplate"), chainName="Namer"),
    )
    for question in ("one", "two"):
        await engine.ask(flow, question, chat_id="c", history=HISTORY)
    assert engine.model("m").calls[1].texts == [("user", "two")]


async def test_retrieval_answers_from_the_chunks(engine: Engine) -> None:
    engine.indexes.hold("Bread costs 4.", "Cake costs 30.")
    flow = engine.put(*retrieval(responsePrompt="Use {context} only. {other}", returnSourceDocuments=True))
    result = await engine.ask(flow, "bread?")
    system, question = engine.model("m").calls[0].texts
    assert system == ("system", "Use <doc id='0'>Bread costs 4.</doc>\n<doc id='1'>Cake costs 30.</doc> only. {other}")
    assert question == ("user", "bread?")
    assert result.source_documents == [
        {"pageContent": "Bread costs 4.", "metadata": {"source": "0.txt"}, "id": "chunk-0"},
        {"pageContent": "Cake costs 30.", "metadata": {"source": "1.txt"}, "id": "chunk-1"},
    ]


@pytest.mark.parametrize(("given", "returned"), [("", False), (False, False), (True, True), ("true", True)])
async def test_source_documents_come_where_the_node_says_so(engine: Engine, given: Any, returned: bool) -> None:
    engine.indexes.hold("one")
    result = await engine.ask(engine.put(*retrieval(returnSourceDocuments=given)), "x")
    assert (result.source_documents is not None) is returned


async def test_a_question_in_a_conversation_is_rephrased_before_it_is_looked_up(engine: Engine) -> None:
    engine.indexes.hold("one")
    engine.model("m", "first answer", "What does bread cost?", "second answer")
    flow = engine.put(*retrieval(rephrasePrompt="{chat_history}\nNext: {question}"))
    await engine.ask(flow, "Do you have bread?", chat_id="c")
    result = await engine.ask(flow, "What does it cost?", chat_id="c")
    assert result.text == "second answer"
    rephrase, answer = engine.model("m").calls[1:]
    assert rephrase.texts == [("user", "Human: Do you have bread?\nAssistant: first answer\nNext: What does it cost?")]
    assert [content for _, content in answer.texts[1:]] == ["Do you have bread?", "first answer", "What does it cost?"]
    assert rephrase.streamed is False


@pytest.mark.parametrize("nonsense", ["", "   ", "x" * 2001])
async def test_a_failed_rephrasing_leaves_the_question(engine: Engine, nonsense: str) -> None:
    engine.indexes.hold("one")
    engine.model("m", nonsense, "answer")
    await engine.ask(engine.put(*retrieval()), "What does it cost?", history=HISTORY)
    assert engine.model("m").calls[1].texts[-1] == ("user", "What does it cost?")


async def test_a_retrieval_chain_without_conversation(engine: Engine) -> None:
    engine.indexes.hold("Bread costs 4.")
    chain = node("retrievalQAChain", model=wire("chatOpenAI"), vectorStoreRetriever=wire("qdrant"))
    flow = engine.put(*retrieval()[:3], chain)
    for question in ("bread?", "and cake?"):
        result = await engine.ask(flow, question, chat_id="c", history=HISTORY)
    assert len(engine.model("m").calls) == 2
    system, asked = engine.model("m").calls[1].texts
    assert "Bread costs 4." in system[1] and asked == ("user", "and cake?")
    assert result.source_documents is None


@pytest.mark.parametrize(
    ("nodes", "told"),
    [
        ([node("conversationChain", model="")], "model of the node Conversation Chain"),
        ([node("bufferMemory"), node("conversationChain", model=wire("bufferMemory"))], "of the kind chat model"),
        ([node("chatOpenAI"), node("llmChain", model=wire("chatOpenAI"))], "prompt of the node LLM Chain"),
        ([*retrieval()[:1], node("retrievalQAChain", model=wire("chatOpenAI"))], "vectorStoreRetriever"),
    ],
)
async def test_a_chain_that_is_not_wired_is_refused_with_its_input(
    engine: Engine, nodes: list[dict[str, Any]], told: str
) -> None:
    with pytest.raises(InvalidInput, match=told) as error:
        await engine.ask(engine.put(*nodes), "x")
    assert error.value.reason is Reason.NODE_INPUT_INVALID


async def test_the_older_chain_over_a_store_answers_from_it(engine: Engine) -> None:
    engine.indexes.hold("Open at nine.")
    flow = engine.put(
        node("chatOpenAI", modelName="m"),
        node("openAIEmbeddings", modelName="e"),
        node("qdrant", embeddings=wire("openAIEmbeddings"), qdrantCollection="docs"),
        node("vectorDBQAChain", model=wire("chatOpenAI"), vectorStore=wire("qdrant")),
    )
    assert (await engine.ask(flow, "When?")).text == "Answer of m."
    assert "Open at nine." in str(engine.model("m").calls[0].messages[0].content)
