"""Retrievers that leave out what is not near enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.nodes.retrieval.thresholds import cosine
from tradewind_server.flows.vector_ports import ScoredChunk

from fakes.flow_engine import Engine, FakeEmbedder, node, wire

PAIRS = [("a", 0.95), ("b", 0.85), ("c", 0.3)]


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.indexes.chunks = [ScoredChunk(text, score, text, {}) for text, score in PAIRS]
    return engine


def flow(*retriever: dict[str, Any], **store: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", modelName="m"),
        node("openAIEmbeddings", modelName="e"),
        node("qdrant", embeddings=wire("openAIEmbeddings"), qdrantCollection="docs", topK="4", **store),
        *retriever,
        node(
            "conversationalRetrievalQAChain",
            model=wire("chatOpenAI"),
            vectorStoreRetriever=wire(retriever[-1]["data"]["name"]),
            returnSourceDocuments=True,
        ),
    )


def threshold(**inputs: Any) -> dict[str, Any]:
    return node("similarityThresholdRetriever", vectorStore=wire("qdrant"), **inputs)


async def found(engine: Engine, *nodes: dict[str, Any]) -> list[str]:
    result = await engine.ask(engine.put(*nodes), "when")
    return [document["pageContent"] for document in result.source_documents or ()]


@pytest.mark.parametrize(("score", "texts"), [("80", ["a", "b"]), ("", ["a"]), (30, ["a", "b", "c"]), ("99.5", [])])
async def test_chunks_below_the_score_are_left_out(engine: Engine, score: Any, texts: list[str]) -> None:
    assert await found(engine, *flow(threshold(minSimilarityScore=score, maxK="20", kIncrement="2"))) == texts
    assert engine.indexes.searches[0][1] == 20


async def test_distances_become_similarities(engine: Engine) -> None:
    engine.indexes.chunks = [ScoredChunk(text, distance, text, {}) for text, distance in (("a", 0.1), ("b", 1.0), ("c", 9.0))]
    assert await found(engine, *flow(threshold(minSimilarityScore="50"), qdrantSimilarity="Euclid")) == ["a", "b"]


@pytest.mark.parametrize("inputs", [{"minSimilarityScore": "101"}, {"minSimilarityScore": "-1"}, {"maxK": "x"}])
async def test_wrong_numbers_are_named(engine: Engine, inputs: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match=f"The input {next(iter(inputs))} "):
        await found(engine, *flow(threshold(**inputs)))


async def test_nobody_looks_for_more_than_the_bound(engine: Engine) -> None:
    await found(engine, *flow(threshold(maxK="100000")))
    assert engine.indexes.searches[0][1] == 200


class Directions(FakeEmbedder):
    async def embed_documents(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return [{"a": [0.0, 1.0], "b": [1.0, 0.1], "c": [1.0, 1.0]}[text] for text in texts]

    async def embed_query(self, text: str) -> Sequence[float]:
        return [1.0, 0.0]


@pytest.mark.parametrize(
    ("inputs", "texts"),
    [
        ({}, ["b"]),
        ({"similarityThreshold": "0.7", "k": ""}, ["b", "c"]),
        ({"similarityThreshold": "", "k": "2"}, ["b", "c"]),
        ({"similarityThreshold": "0.7", "k": "1"}, ["b"]),
    ],
)
async def test_chunks_are_embedded_anew(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, inputs: dict[str, str], texts: list[str]
) -> None:
    async def embedder(workspace_id: str, spec: Any) -> Directions:
        return Directions()

    monkeypatch.setattr(engine.models, "embedder", embedder)
    retriever = node("embeddingsFilterRetriever", baseRetriever=wire("qdrant"), embeddings=wire("openAIEmbeddings"), **inputs)
    assert await found(engine, *flow(retriever)) == texts


def test_a_vector_without_a_length_resembles_nothing() -> None:
    assert cosine([0.0, 0.0], [1.0, 0.0]) == 0.0
