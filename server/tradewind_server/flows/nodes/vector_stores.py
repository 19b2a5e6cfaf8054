"""Vector store nodes: Qdrant, and the in-memory store, which is a collection of this server's Qdrant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tradewind_server.flows.components import DocumentSource, EmbedderHandle, VectorStore
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import CollectionSpec

DEFAULT_TOP_K = 4
MOST_TOP_K = 1000
DISTANCES = {name: name for name in ("Cosine", "Euclid", "Dot", "Manhattan")}


def _filters(inputs: NodeInputs) -> Mapping[str, Any] | None:
    given = inputs.json("qdrantFilter")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise inputs.wrong("qdrantFilter", "a Qdrant filter, a JSON object")
    return given


def build_qdrant(inputs: NodeInputs, context: BuildContext) -> VectorStore:
    name = inputs.text("qdrantCollection").strip()
    if not name:
        raise inputs.wrong("qdrantCollection", "the name of a collection")
    config = inputs.json("qdrantCollectionConfiguration")
    return VectorStore(
        node_id=inputs.node.id,
        label=inputs.node.label,
        collection=CollectionSpec(
            workspace_id=context.workspace_id,
            name=name,
            embedding_model="",
            url=inputs.optional_text("qdrantServerUrl"),
            api_key=inputs.optional_text("qdrantApiKey"),
            credential_id=inputs.node.credential,
            distance=inputs.choice("qdrantSimilarity", DISTANCES, "Cosine"),  # type: ignore[arg-type]
            content_key=inputs.text("contentPayloadKey", "content"),
            metadata_key=inputs.text("metadataPayloadKey", "metadata"),
            config=json.dumps(config) if config is not None else None,
            batch_size=inputs.integer("batchSize", 1, 10_000),
        ),
        embedder=inputs.node_of("embeddings", EmbedderHandle),
        indexes=context.indexes,
        sources=inputs.nodes_of("document", DocumentSource),  # type: ignore[type-abstract]
        top_k=inputs.integer("topK", 1, MOST_TOP_K) or DEFAULT_TOP_K,
        filters=_filters(inputs),
    )


def build_memory_vector_store(inputs: NodeInputs, context: BuildContext) -> VectorStore:
    return VectorStore(
        node_id=inputs.node.id,
        label=inputs.node.label,
        collection=CollectionSpec(
            workspace_id=context.workspace_id,
            name=f"memory_{context.chatflow_id}_{inputs.node.id}",
            embedding_model="",
        ),
        embedder=inputs.node_of("embeddings", EmbedderHandle),
        indexes=context.indexes,
        sources=inputs.nodes_of("document", DocumentSource),  # type: ignore[type-abstract]
        top_k=inputs.integer("topK", 1, MOST_TOP_K) or DEFAULT_TOP_K,
        load_store=context.load_store,
    )


NODE_TYPES = (
    NodeType(
        "qdrant",
        "Qdrant",
        "Vector Stores",
        (
            Input("document", "nodes", "Document"),
            Input("embeddings", "node", "Embeddings"),
            Input("qdrantServerUrl"),
            Input("qdrantCollection", asks=True),
            Input("qdrantVectorDimension", "number"),
            Input("contentPayloadKey"),
            Input("metadataPayloadKey"),
            Input("batchSize", "number"),
            Input("qdrantSimilarity", "choice"),
            Input("qdrantCollectionConfiguration", "json"),
            Input("topK", "number"),
            Input("qdrantFilter", "json", asks=True),
        ),
        build_qdrant,
    ),
    NodeType(
        "memoryVectorStore",
        "In-Memory Vector Store",
        "Vector Stores",
        (Input("document", "nodes", "Document"), Input("embeddings", "node", "Embeddings"), Input("topK", "number")),
        build_memory_vector_store,
    ),
)
