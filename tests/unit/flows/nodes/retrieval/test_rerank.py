"""Rerank nodes: what their service is asked, and what of its answer comes out."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Unavailable
from tradewind_server.errors import Reason as Why
from tradewind_server.flows.nodes.retrieval.rerank import RERANK_SERVICES
from tradewind_server.flows.nodes.retrieval.retriever_text import MOST_DOCUMENTS

from fakes.flow_engine import Engine, node, wire

NAMES = [row.node for row in RERANK_SERVICES]


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.indexes.hold("a", "bbb", "cc", "dddd", "eeeee")
    return engine


def flow(rerank: str, **inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", modelName="m"),
        node("openAIEmbeddings", modelName="e"),
        node("qdrant", embeddings=wire("openAIEmbeddings"), qdrantCollection="docs", topK="4"),
        node(rerank, baseRetriever=wire("qdrant"), **inputs),
        node(
            "conversationalRetrievalQAChain",
            model=wire("chatOpenAI"),
            vectorStoreRetriever=wire(rerank),
            returnSourceDocuments=True,
        ),
    )


@pytest.mark.parametrize("name", NAMES)
async def test_a_chain_answers_from_the_chunks_in_their_new_order(engine: Engine, name: str) -> None:
    result = await engine.ask(engine.put(*flow(name)), "When?")
    texts = [document["pageContent"] for document in result.source_documents or ()]
    assert texts == ["dddd", "bbb", "cc", "a"]
    assert (result.source_documents or [{}])[0]["metadata"] == {"source": "3.txt", "relevance_score": 0.04}
    assert engine.models.rerank.questions == [("When?", ("a", "bbb", "cc", "dddd"), 4)]


@pytest.mark.parametrize(("name", "limit"), [(row.node, row.limit) for row in RERANK_SERVICES])
async def test_the_nodes_own_number_is_what_remains(engine: Engine, name: str, limit: str) -> None:
    result = await engine.ask(engine.put(*flow(name, **{limit: "2"})), "When?")
    assert [document["pageContent"] for document in result.source_documents or ()] == ["dddd", "bbb"]


@pytest.mark.parametrize("row", RERANK_SERVICES, ids=NAMES)
async def test_the_service_is_asked_as_the_node_says(engine: Engine, row: Any) -> None:
    await engine.ask(engine.put(*flow(row.node, model="best", _credential="mine", maxChunksPerDoc="7")), "When?")
    (spec,) = engine.models.rerankers
    assert (spec.provider, spec.model, spec.credential_id) == (row.provider, "best", "mine")
    assert dict(spec.extras) == ({"max_chunks_per_doc": 7} if row.chunks else {})


@pytest.mark.parametrize("row", RERANK_SERVICES, ids=NAMES)
async def test_a_key_in_the_drawing_is_taken_and_never_shown(engine: Engine, row: Any) -> None:
    await engine.ask(engine.put(*flow(row.node, **{row.key: " rk-secret-123\n"})), "When?")
    (spec,) = engine.models.rerankers
    assert spec.api_key == "rk-secret-123" and "rk-secret" not in repr(spec)


async def test_no_more_chunks_are_ranked_than_the_bound(engine: Engine) -> None:
    engine.indexes.hold(*(str(number) for number in range(300)))
    nodes = list(flow("cohereRerankRetriever"))
    nodes[2]["data"]["inputs"]["topK"] = "300"
    await engine.ask(engine.put(*nodes), "When?")
    assert len(engine.models.rerank.questions[0][1]) == MOST_DOCUMENTS


async def test_nothing_found_is_nothing_to_rank(engine: Engine) -> None:
    engine.indexes.hold()
    result = await engine.ask(engine.put(*flow("cohereRerankRetriever")), "When?")
    assert result.source_documents == [] and engine.models.rerank.questions == []


async def test_a_failure_of_the_service_is_said(engine: Engine) -> None:
    engine.models.rerank.failure = Unavailable(Why.MODEL_UNAVAILABLE, "away")
    with pytest.raises(Unavailable, match="away"):
        await engine.ask(engine.put(*flow("cohereRerankRetriever")), "When?")


async def test_retrievers_stand_behind_one_another_and_in_tools(engine: Engine) -> None:
    nodes = [*flow("cohereRerankRetriever", topK=3)[:-1]]
    nodes.append(node("JinaRerankRetriever", baseRetriever=wire("cohereRerankRetriever"), topN=1))
    nodes.append(node("retrieverTool", name="docs", description="d", retriever=wire("JinaRerankRetriever")))
    nodes.append(node("multiRetrievalQAChain", model=wire("chatOpenAI"), vectorStoreRetriever=[wire("retrieverTool")]))
    await engine.ask(engine.put(*nodes), "When?")
    assert [limit for _, _, limit in engine.models.rerank.questions] == [3, 1]


@pytest.mark.parametrize("inputs", [{"topK": "0"}, {"topK": "201"}, {"topK": "x"}, {"maxChunksPerDoc": "-1"}])
async def test_wrong_numbers_are_named(engine: Engine, inputs: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match=f"The input {next(iter(inputs))} "):
        await engine.ask(engine.put(*flow("cohereRerankRetriever", **inputs)), "When?")


async def test_the_text_of_what_is_found_stands_in_a_prompt(engine: Engine) -> None:
    nodes = [*flow("cohereRerankRetriever", topK=2, query="ships")[:-1]]
    nodes.append(
        node(
            "promptTemplate",
            template="Use: {found} for {question}",
            promptValues=f'{{"found": "{wire("cohereRerankRetriever")}"}}',
        )
    )
    nodes.append(node("llmChain", model=wire("chatOpenAI"), prompt=wire("promptTemplate")))
    await engine.ask(engine.put(*nodes), "When?")
    assert engine.model("m").calls[0].messages[0].content == "Use: dddd\nbbb\n for When?"
    assert engine.models.rerank.questions[0][0] == "ships"
