"""A retriever that asks a model of each chunk whether it helps to answer the question."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tradewind_server.documents.ports import Document
from tradewind_server.errors import TradewindError
from tradewind_server.flows.components import ChatModelHandle, Retriever, Turn
from tradewind_server.flows.llm.templates import parse_prompt
from tradewind_server.flows.nodes.retrieval.generated_queries import write
from tradewind_server.flows.nodes.retrieval.retriever_text import BASE, CATEGORY, MODEL, QUERY, RetrieverText
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs, NodeType

MOST_ASKED = 20
"""Chunks of one question that the model is asked about; those that rank lower are left out."""
CONCURRENT_CALLS = 4
FILTER_PROMPT = (
    "Does the passage hold anything that helps to answer the question? Answer with YES or NO and nothing else.\n\n"
    "Question: {question}\n\nPassage:\n{context}\n\nYES or NO:"
)


@dataclass(frozen=True, slots=True)
class AnswerFilterRetriever(RetrieverText):
    """What ``base`` finds, without the chunks to which the model says no."""

    label: str
    base: Retriever
    model: ChatModelHandle
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
        documents = (await self.base.retrieve(question, filters, turn, limit))[:MOST_ASKED]
        gate = asyncio.Semaphore(CONCURRENT_CALLS)
        prompt = parse_prompt(FILTER_PROMPT)

        async def helps(document: Document) -> bool:
            async with gate:
                reply = await write(self.model, prompt.fill({"question": question, "context": document.content}))
            return "YES" in reply.upper()

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(helps(document)) for document in documents]
        except* TradewindError as failures:
            failure = failures.exceptions[0]
        else:
            return [document for document, task in zip(documents, tasks, strict=True) if task.result()]
        raise failure


def build(inputs: NodeInputs, context: BuildContext) -> AnswerFilterRetriever:
    return AnswerFilterRetriever(
        inputs.node.label,
        inputs.node_of("baseRetriever", Retriever),  # type: ignore[type-abstract]
        inputs.node_of("model", ChatModelHandle),
        inputs.text("query").strip(),
    )


NODES = (
    NodeType(
        "llmFilterRetriever",
        "LLM Filter Retriever",
        CATEGORY,
        (BASE, MODEL, QUERY),
        build,
        f"asks the model about the first {MOST_ASKED} chunks.",
    ),
)
