"""Retrievers that have a rerank model put what another one finds in a better order: one row for each service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tradewind_server.documents.ports import Document
from tradewind_server.flows.components import Retriever, Turn
from tradewind_server.flows.nodes.retrieval.retriever_text import (
    BASE,
    CATEGORY,
    MOST_DOCUMENTS,
    QUERY,
    RetrieverText,
    top_k_of,
)
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Models, RerankerSpec

SECONDS = 30.0
"""A service may be silent for so long."""
DEFAULT_CHUNKS = 10


@dataclass(frozen=True, slots=True)
class RerankRetriever(RetrieverText):
    """What ``base`` finds, at most 200 chunks, in the order of a rerank model: the first ``top_k``.

    ``relevance_score`` in their metadata tells what the model thinks of them.
    """

    label: str
    base: Retriever
    models: Models
    workspace_id: str
    spec: RerankerSpec
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
        reranker = await self.models.reranker(self.workspace_id, self.spec)
        ranks = await reranker.rank(question, [document.content for document in documents], limit or self.top_k)
        return [
            replace(documents[rank.index], metadata={**documents[rank.index].metadata, "relevance_score": rank.score})
            for rank in ranks
        ]


@dataclass(frozen=True, slots=True)
class RerankService:
    """One row. ``key`` is the field of its credential, ``limit`` the input that says how many chunks remain; ``chunks``
    whether it is told into how many parts it may cut a text."""

    node: str
    label: str
    provider: str
    key: str
    model: str
    limit: str = "topK"
    default: int | None = None
    chunks: bool = False
    fields: tuple[str, ...] = ()

    def build(self, inputs: NodeInputs, context: BuildContext) -> RerankRetriever:
        base = inputs.node_of("baseRetriever", Retriever)  # type: ignore[type-abstract]
        most_chunks = inputs.integer("maxChunksPerDoc", 1, 10_000) or DEFAULT_CHUNKS
        spec = RerankerSpec(
            provider=self.provider,
            model=inputs.text("model", self.model).strip(),
            credential_id=inputs.node.credential,
            api_key=inputs.key(self.key),
            extras=(("max_chunks_per_doc", most_chunks),) if self.chunks else (),
            credential_fields=tuple((name, value) for name in self.fields if (value := inputs.optional_text(name))),
            timeout=SECONDS,
        )
        return RerankRetriever(
            inputs.node.label,
            base,
            context.models,
            context.workspace_id,
            spec,
            top_k_of(inputs, self.limit, self.default or base.top_k),
            inputs.text("query").strip(),
        )

    def node_type(self) -> NodeType:
        inputs = (
            BASE,
            Input("model"),
            QUERY,
            Input(self.limit, "number"),
            *((Input("maxChunksPerDoc", "number"),) if self.chunks else ()),
            Input(self.key, "secret"),
            *(Input(name) for name in self.fields),
        )
        note = "fails where its service does, instead of handing on what was found in the old order."
        return NodeType(self.node, self.label, CATEGORY, inputs, self.build, note)


RERANK_SERVICES = (
    RerankService(
        "AzureRerankRetriever",
        "Azure Rerank Retriever",
        "azure-foundry",
        "azureFoundryApiKey",
        "Cohere-rerank-v4.0-fast",
        chunks=True,
        fields=("azureFoundryEndpoint",),
    ),
    RerankService("cohereRerankRetriever", "Cohere Rerank Retriever", "cohere", "cohereApiKey", "rerank-v3.5", chunks=True),
    RerankService(
        "JinaRerankRetriever",
        "Jina AI Rerank Retriever",
        "jina",
        "jinaAIAPIKey",
        "jina-reranker-v2-base-multilingual",
        limit="topN",
        default=4,
    ),
    RerankService("voyageAIRerankRetriever", "Voyage AI Rerank Retriever", "voyage", "voyageAIAPIKey", "rerank-lite-1"),
)
NODES = tuple(row.node_type() for row in RERANK_SERVICES)
