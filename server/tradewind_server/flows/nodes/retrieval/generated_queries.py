"""Retrievers that have a model write what is looked for: several wordings of a question, or a passage that would answer it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from tradewind_server.documents.ports import Document
from tradewind_server.errors import TradewindError
from tradewind_server.flows.components import ChatModelHandle, Retriever, Turn, VectorStore
from tradewind_server.flows.llm.context_window import ask
from tradewind_server.flows.llm.templates import PromptText, fill_known, parse_prompt
from tradewind_server.flows.nodes.retrieval.retriever_text import (
    BASE,
    CATEGORY,
    MODEL,
    MOST_DOCUMENTS,
    QUERY,
    STORE,
    RetrieverText,
    top_k_of,
)
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

MOST_QUERIES = 10
"""Queries of a model that are looked for, beside the question itself."""
LONGEST_QUERY = 2000
LONGEST_PASSAGE = 8000
CONCURRENT_SEARCHES = 4
DEFAULT_QUERIES = 4
DEFAULT_CONSTANT = 60
DEFAULT_TOP_K = 4
TAGS = re.compile(r"<questions>(.*?)(?:</questions>|\Z)", re.DOTALL | re.IGNORECASE)
MARK = re.compile(r"^\s*(?:[-*•]|\(?\d{1,2}[.):])\s+")
"""What models put before the lines of a list."""
WORDINGS_PROMPT = (
    "A search compares a question with the passages of a collection by their meaning, and one wording may miss what "
    "another finds. Write the question below in three other ways, in its own language, each on a line of its own between "
    "the tags <questions> and </questions>, and nothing else.\n\nQuestion: {question}"
)
SEARCHES_PROMPT = (
    "Write {count} different search queries for what the question below asks, in its own language. One query on each line, "
    "without numbers, and nothing else.\n\nQuestion: {question}"
)
PASSAGE_PROMPTS: Mapping[str, str] = {
    "websearch": "Write a passage that answers the question.\nQuestion: {question}\nPassage:",
    "scifact": "Write a passage of a scientific paper that supports or refutes the claim.\nClaim: {question}\nPassage:",
    "arguana": "Write an argument against what the passage says.\nPassage: {question}\nCounter-argument:",
    "trec-covid": "Write a passage of a scientific paper that answers the question.\nQuestion: {question}\nPassage:",
    "fiqa": "Write a passage of an article on finance that answers the question.\nQuestion: {question}\nPassage:",
    "dbpedia-entity": "Write a passage of an encyclopedia that answers the question.\nQuestion: {question}\nPassage:",
    "trec-news": "Write a passage of a news report on the topic.\nTopic: {question}\nPassage:",
    "mr-tydi": "Write a passage that answers the question in detail, in its language.\nQuestion: {question}\nPassage:",
}
"""By the names of the data sets that such prompts were made for, as the canvas offers them."""


async def write(model: ChatModelHandle, prompt: str) -> str:
    """What a model answers to a prompt; never streamed to the caller."""

    def assemble(_history: Sequence[Message], _chunks: Sequence[object]) -> list[Message]:
        return [Message("user", prompt)]

    return await ask(model, assemble)


def lines_of(text: str, question: str, most: int) -> list[str]:
    """The question and at most ``most`` other queries out of a model's answer, each once."""
    match = TAGS.search(text)
    lines = (MARK.sub("", line).strip()[:LONGEST_QUERY] for line in (match.group(1) if match else text).splitlines())
    queries = dict.fromkeys([question, *(line for line in lines if line and not line.startswith("<"))])
    return list(queries)[: most + 1]


async def retrieve_each(
    retriever: Retriever, queries: Sequence[str], filters: Mapping[str, Any] | None, turn: Turn | None
) -> list[list[Document]]:
    """What each query finds, a few searches at a time. Raises the first failure."""
    gate = asyncio.Semaphore(CONCURRENT_SEARCHES)

    async def search(query: str) -> list[Document]:
        async with gate:
            return await retriever.retrieve(query, filters, turn)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(search(query)) for query in queries]
    except* TradewindError as failures:
        failure = failures.exceptions[0]
    else:
        return [task.result() for task in tasks]
    raise failure


def key_of(document: Document) -> str:
    """What makes two finds the same chunk."""
    return document.id or document.content


@dataclass(frozen=True, slots=True)
class MultiQueryRetriever(RetrieverText):
    """Looks for a question in several wordings; finds each chunk once, in the order in which the wordings rank it."""

    label: str
    base: VectorStore
    model: ChatModelHandle
    prompt: PromptText
    query: str = ""

    @property
    def metadata_key(self) -> str:
        return self.base.metadata_key

    @property
    def top_k(self) -> int:
        return self.base.top_k

    async def retrieve(
        self,
        question: str,
        filters: Mapping[str, Any] | None = None,
        turn: Turn | None = None,
        limit: int | None = None,
    ) -> list[Document]:
        prompt = fill_known(self.prompt, {"question": question})
        queries = lines_of(await write(self.model, prompt), question, MOST_QUERIES)
        results = await retrieve_each(self.base, queries, filters, turn)
        documents: dict[str, Document] = {}
        for same_rank in zip_longest(*results):
            documents |= {key_of(hit): hit for hit in same_rank if hit and key_of(hit) not in documents}
        return list(documents.values())[: limit or MOST_DOCUMENTS]


@dataclass(frozen=True, slots=True)
class RankFusionRetriever(RetrieverText):
    """Looks for several queries and fuses their rankings: a chunk scores 1 / (rank + ``constant``) in each that finds it."""

    label: str
    base: Retriever
    model: ChatModelHandle
    count: int
    top_k: int
    constant: float
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
        prompt = parse_prompt(SEARCHES_PROMPT).fill({"count": str(self.count), "question": question})
        queries = lines_of(await write(self.model, prompt), question, self.count)
        rankings = await retrieve_each(self.base, queries, filters, turn)
        return fuse(rankings, self.constant)[: limit or self.top_k]


def fuse(rankings: Sequence[Sequence[Document]], constant: float) -> list[Document]:
    """Documents of several rankings by the sum of 1 / (rank + constant); ``relevancy_score`` in their metadata tells it."""
    scores: dict[str, float] = {}
    documents: dict[str, Document] = {}
    for ranking in rankings:
        for rank, document in enumerate(ranking, 1):
            key = key_of(document)
            scores[key] = scores.get(key, 0.0) + 1.0 / (rank + constant)
            documents.setdefault(key, document)
    order = sorted(documents, key=lambda key: scores[key], reverse=True)
    return [
        replace(documents[key], metadata={**documents[key].metadata, "relevancy_score": scores[key]})
        for key in order[:MOST_DOCUMENTS]
    ]


@dataclass(frozen=True, slots=True)
class HydeRetriever(RetrieverText):
    """Looks for a passage that a model wrote as the answer (HyDE): passages resemble passages more than questions do."""

    label: str
    base: VectorStore
    model: ChatModelHandle
    prompt: PromptText
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
        prompt = fill_known(self.prompt, {"question": question})
        passage = (await write(self.model, prompt)).strip()[:LONGEST_PASSAGE]
        return await self.base.retrieve(passage or question, filters, turn, limit or self.top_k)


def build_multi_query(inputs: NodeInputs, context: BuildContext) -> MultiQueryRetriever:
    return MultiQueryRetriever(
        inputs.node.label,
        inputs.node_of("vectorStore", VectorStore),
        inputs.node_of("model", ChatModelHandle),
        parse_prompt(inputs.text("modelPrompt", WORDINGS_PROMPT)),
    )


def build_rank_fusion(inputs: NodeInputs, context: BuildContext) -> RankFusionRetriever:
    base = inputs.node_of("baseRetriever", Retriever)  # type: ignore[type-abstract]
    constant = inputs.number("c")
    if constant is not None and not 0 <= constant <= 1_000_000:
        raise inputs.wrong_input("c", "a number from 0 to 1000000")
    return RankFusionRetriever(
        inputs.node.label,
        base,
        inputs.node_of("model", ChatModelHandle),
        inputs.integer("queryCount", 1, MOST_QUERIES) or DEFAULT_QUERIES,
        top_k_of(inputs, "topK", base.top_k),
        DEFAULT_CONSTANT if constant is None else constant,
        inputs.text("query").strip(),
    )


def build_hyde(inputs: NodeInputs, context: BuildContext) -> HydeRetriever:
    standard = inputs.choice("promptKey", PASSAGE_PROMPTS, PASSAGE_PROMPTS["websearch"])
    return HydeRetriever(
        inputs.node.label,
        inputs.node_of("vectorStore", VectorStore),
        inputs.node_of("model", ChatModelHandle),
        parse_prompt(inputs.text("customPrompt", standard)),
        top_k_of(inputs, "topK", DEFAULT_TOP_K),
        inputs.text("query").strip(),
    )


NODES = (
    NodeType(
        "multiQueryRetriever",
        "Multi Query Retriever",
        CATEGORY,
        (STORE, MODEL, Input("modelPrompt", "template")),
        build_multi_query,
        f"looks for the question too, and for at most {MOST_QUERIES} of the model's.",
    ),
    NodeType(
        "RRFRetriever",
        "Reciprocal Rank Fusion Retriever",
        CATEGORY,
        (BASE, MODEL, QUERY, Input("queryCount", "number"), Input("topK", "number"), Input("c", "number")),
        build_rank_fusion,
        f"fuses what its retriever finds for the question and at most {MOST_QUERIES} queries of the model.",
    ),
    NodeType(
        "HydeRetriever",
        "HyDE Retriever",
        CATEGORY,
        (MODEL, STORE, QUERY, Input("promptKey", "choice"), Input("customPrompt", "template"), Input("topK", "number")),
        build_hyde,
    ),
)
