"""What all retriever nodes share: their text output, and the bounds of what they look through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.documents.ports import Document
from tradewind_server.flows.components import Answer, Turn
from tradewind_server.flows.nodes.spec import Input, NodeInputs

CATEGORY = "Retrievers"
MOST_DOCUMENTS = 200
"""Chunks that one question may bring before they are ranked again."""
QUERY = Input("query", asks=True)
BASE = Input("baseRetriever", "node", "VectorStoreRetriever")
STORE = Input("vectorStore", "node", "VectorStore")
MODEL = Input("model", "node", "BaseLanguageModel")


class RetrieverText:
    """The text output of a retriever node: what it finds, one chunk below the other, where a prompt's value is wired to it.

    ``query`` is looked for instead of the question.
    """

    __slots__ = ()
    query: str

    async def retrieve(
        self,
        question: str,
        filters: Mapping[str, Any] | None = None,
        turn: Turn | None = None,
        limit: int | None = None,
    ) -> list[Document]:
        raise NotImplementedError

    async def run(self, turn: Turn) -> Answer:
        documents = await self.retrieve(self.query or turn.question_text, turn=turn)
        return Answer("".join(f"{document.content}\n" for document in documents))


def top_k_of(inputs: NodeInputs, name: str, default: int) -> int:
    """How many chunks a node finds: its input, else ``default``."""
    return inputs.integer(name, 1, MOST_DOCUMENTS) or min(default, MOST_DOCUMENTS)
