"""The retriever that asks a model about each chunk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.flows.nodes.retrieval.answer_filters import MOST_ASKED
from tradewind_server.flows.ports import Message

from fakes.flow_engine import Engine, node, wire


def flow(**store: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", 0, modelName="m"),
        node("chatOpenAI", 1, modelName="judge"),
        node("openAIEmbeddings", modelName="e"),
        node("qdrant", embeddings=wire("openAIEmbeddings"), qdrantCollection="docs", **store),
        node("llmFilterRetriever", baseRetriever=wire("qdrant"), model=wire("chatOpenAI", 1)),
        node(
            "conversationalRetrievalQAChain",
            model=wire("chatOpenAI"),
            vectorStoreRetriever=wire("llmFilterRetriever"),
            returnSourceDocuments=True,
        ),
    )


async def test_chunks_to_which_the_model_says_no_are_left_out() -> None:
    engine = Engine()
    engine.indexes.hold("Open at nine.", "Bread is baked.", "Closed on Sunday.")

    def judge(messages: Sequence[Message]) -> str:
        return "NO" if "Bread" in str(messages[0].content) else "Yes."

    engine.model("judge", judge)
    result = await engine.ask(engine.put(*flow()), "When?")
    texts = [document["pageContent"] for document in result.source_documents or ()]
    assert texts == ["Open at nine.", "Closed on Sunday."]
    assert all("Question: When?" in str(call.messages[0].content) for call in engine.model("judge").calls)


async def test_calls_are_bounded_and_failures_said() -> None:
    engine = Engine()
    engine.indexes.hold(*(f"chunk {number}" for number in range(50)))
    engine.model("judge", "YES")
    await engine.ask(engine.put(*flow(topK="50")), "When?")
    assert len(engine.model("judge").calls) == MOST_ASKED
    engine.model("judge", Unavailable(Reason.MODEL_UNAVAILABLE, "away"))
    with pytest.raises(Unavailable, match="away"):
        await engine.ask(engine.put(*flow()), "When?")
