"""Cache nodes. All keep what they hold in this server's memory, also those that the canvas has for other services."""

from __future__ import annotations

from dataclasses import replace

from tradewind_server.flows.components import EmbedderHandle
from tradewind_server.flows.llm.model_caches import AnswerCache, VectorCache
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType

CATEGORY = "Cache"
DAY = 86_400.0
MOST_SECONDS = 7 * DAY
NOTE = (
    "keeps what it holds in the memory of each worker, a day at most where it says nothing else, until the chatflow changes or "
    "the server stops"
)


def seconds_of(inputs: NodeInputs, unit: float) -> float:
    """How long entries are kept; ``unit`` is the seconds of one of the node's own."""
    number = inputs.number("ttl")
    return min(number * unit, MOST_SECONDS) if number and number > 0 else DAY


def build_answers(inputs: NodeInputs, context: BuildContext) -> AnswerCache:
    return AnswerCache(seconds_of(inputs, 0.001))


def build_vectors(inputs: NodeInputs, context: BuildContext) -> EmbedderHandle:
    return replace(inputs.node_of("embeddings", EmbedderHandle), cache=VectorCache(seconds_of(inputs, 1.0)))


EMBEDDINGS = Input("embeddings", "node", "Embeddings")
NAMESPACE = Input("namespace", has_no_effect=True)
TTL = Input("ttl", "number")
NODES = (
    NodeType("inMemoryCache", "InMemory Cache", CATEGORY, (), build_answers, f"{NOTE}."),
    NodeType(
        "inMemoryEmbeddingCache", "InMemory Embedding Cache", CATEGORY, (EMBEDDINGS, NAMESPACE), build_vectors, f"{NOTE}."
    ),
    *(
        NodeType(name, label, CATEGORY, (TTL,), build_answers, f"{NOTE}; what is stored in {store} is not read.")
        for name, label, store in (
            ("redisCache", "Redis Cache", "Redis"),
            ("upstashRedisCache", "Upstash Redis Cache", "Upstash"),
            ("momentoCache", "Momento Cache", "Momento"),
        )
    ),
    NodeType(
        "redisEmbeddingsCache",
        "Redis Embeddings Cache",
        CATEGORY,
        (EMBEDDINGS, TTL, NAMESPACE),
        build_vectors,
        f"{NOTE}; what is stored in Redis is not read.",
    ),
)
