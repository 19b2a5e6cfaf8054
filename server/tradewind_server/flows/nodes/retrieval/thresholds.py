"""Retrievers that leave out what is not near enough."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.documents.ports import Document
from tradewind_server.flows.components import EmbedderHandle, Retriever, Turn, VectorStore
from tradewind_server.flows.nodes.retrieval.retriever_text import (
    BASE,
    CATEGORY,
    MOST_DOCUMENTS,
    QUERY,
    STORE,
    RetrieverText,
)
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType

DEFAULT_SCORE = 90.0
DEFAULT_MOST = 100
DEFAULT_SIMILARITY = 0.8
DEFAULT_NEAREST = 20
SMALLEST_FIRST = frozenset({"Euclid", "Manhattan"})


@dataclass(frozen=True, slots=True)
class SimilarityThresholdRetriever(RetrieverText):
    """The chunks of a store whose similarity is at least ``least`` (0 to 1): at most ``top_k``, and maybe none.

    A distance d counts as the similarity 1 / (1 + d).
    """

    label: str
    base: VectorStore
    least: float
    top_k: int
    query: str = ""

    @property
    def metadata_key(self) -> str:
        return self.base.metadata_key

    async def retrieve(
        self,
        question: str,
        filters: Mapping[str, Any] | None = None,
        turn: Turn | None = None,
        limit: int | None = None,
    ) -> list[Document]:
        pairs = await self.base.search(question, filters, turn, limit or self.top_k)
        if self.base.collection.distance in SMALLEST_FIRST:
            pairs = [(1.0 / (1.0 + max(0.0, distance)), document) for distance, document in pairs]
        return [document for score, document in pairs if score >= self.least]


@dataclass(frozen=True, slots=True)
class EmbeddingsFilterRetriever(RetrieverText):
    """What another retriever finds, embedded anew and compared with the question: at most ``top_k``, and those alone whose
    cosine is at least ``least``."""

    label: str
    base: Retriever
    embedder: EmbedderHandle
    least: float | None
    top_k: int
    query: str = ""

    @property
    def metadata_key(self) -> str:
        return self.base.metadata_key

    async def retrieve(
        self,
        question: str,
        filters: Mapping[str, Any] | None = None,
        turn: Turn | None = None,
        limit: int | None = None,
    ) -> list[Document]:
        documents = (await self.base.retrieve(question, filters, turn))[:MOST_DOCUMENTS]
        if not documents:
            return []
        embedder = await self.embedder.client()
        vectors = await embedder.embed_documents([document.content for document in documents])
        mark = await embedder.embed_query(question)
        pairs = [(cosine(mark, vector), document) for vector, document in zip(vectors, documents, strict=True)]
        pairs.sort(key=lambda pair: pair[0], reverse=True)
        near = [document for score, document in pairs if self.least is None or score >= self.least]
        return near[: limit or self.top_k]


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    lengths = math.hypot(*one) * math.hypot(*other)
    return math.fsum(map(operator.mul, one, other)) / lengths if lengths else 0.0


def build_threshold(inputs: NodeInputs, context: BuildContext) -> SimilarityThresholdRetriever:
    score = inputs.number("minSimilarityScore") or DEFAULT_SCORE
    if not 0 <= score <= 100:
        raise inputs.wrong_input("minSimilarityScore", "a percentage from 0 to 100")
    return SimilarityThresholdRetriever(
        inputs.node.label,
        inputs.node_of("vectorStore", VectorStore),
        score / 100,
        min(inputs.integer("maxK", 1) or DEFAULT_MOST, MOST_DOCUMENTS),
        inputs.text("query").strip(),
    )


def build_embeddings_filter(inputs: NodeInputs, context: BuildContext) -> EmbeddingsFilterRetriever:
    least, most = inputs.number("similarityThreshold"), inputs.integer("k", 1)
    if least is None and most is None:  # Without either, the canvas draws both.
        least, most = DEFAULT_SIMILARITY, DEFAULT_NEAREST
    return EmbeddingsFilterRetriever(
        inputs.node.label,
        inputs.node_of("baseRetriever", Retriever),  # type: ignore[type-abstract]
        inputs.node_of("embeddings", EmbedderHandle),
        least,
        min(most or MOST_DOCUMENTS, MOST_DOCUMENTS),
        inputs.text("query").strip(),
    )


NODES = (
    NodeType(
        "similarityThresholdRetriever",
        "Similarity Score Threshold Retriever",
        CATEGORY,
        (
            STORE,
            QUERY,
            Input("minSimilarityScore", "number"),
            Input("maxK", "number"),
            Input("kIncrement", "number", has_no_effect=True),
        ),
        build_threshold,
    ),
    NodeType(
        "embeddingsFilterRetriever",
        "Embeddings Filter Retriever",
        CATEGORY,
        (
            BASE,
            Input("embeddings", "node", "Embeddings"),
            QUERY,
            Input("similarityThreshold", "number"),
            Input("k", "number"),
        ),
        build_embeddings_filter,
    ),
)
