"""Cache nodes on the canvas: before a model, before embeddings, and for how long."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.components import EmbedderHandle
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.llm.model_caches import CachedEmbedder
from tradewind_server.flows.nodes.caches import DAY, MOST_SECONDS, seconds_of
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import NodeInputs
from tradewind_server.flows.ports import EmbedderSpec

from fakes.flow_engine import Engine, node, wire

ANSWERS = ("inMemoryCache", "redisCache", "upstashRedisCache", "momentoCache")
VECTORS = ("inMemoryEmbeddingCache", "redisEmbeddingsCache")


def conversation(cache: str, **inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node(cache, **inputs),
        node("chatOpenAI", modelName="m", cache=wire(cache)),
        node("conversationChain", model=wire("chatOpenAI"), systemMessagePrompt="Be brief."),
    )


@pytest.mark.parametrize("cache", ANSWERS)
async def test_the_same_question_of_two_people_is_asked_once(cache: str) -> None:
    engine = Engine()
    engine.model("m", "One.", "Two.")
    flow = engine.put(*conversation(cache))
    texts = [(await engine.ask(flow, "Hi", chat_id=f"chat-{number}")).text for number in range(2)]
    assert texts == ["One.", "One."] and len(engine.model("m").calls) == 1
    assert (await engine.ask(flow, "Hello", chat_id="chat-3")).text == "Two."


async def test_each_chatflow_has_a_cache_of_its_own() -> None:
    engine = Engine()
    engine.model("m", "One.", "Two.")
    for text in ("One.", "Two."):
        assert (await engine.ask(engine.put(*conversation("inMemoryCache")), "Hi")).text == text


async def test_an_answer_from_the_cache_streams() -> None:
    engine = Engine()
    engine.model("m", "One two.")
    flow = engine.put(*conversation("inMemoryCache"))
    for _ in range(2):
        events = await engine.stream(flow, "Hi")
        assert "".join(event.data for event in events if event.name == "token") == "One two."


@pytest.mark.parametrize("cache", VECTORS)
async def test_embeddings_with_a_cache_serve_a_store(cache: str) -> None:
    engine = Engine()
    engine.indexes.hold("Open at nine.")
    flow = engine.put(
        node("chatOpenAI", modelName="m"),
        node("openAIEmbeddings", modelName="e"),
        node(cache, embeddings=wire("openAIEmbeddings"), namespace="x"),
        node("qdrant", embeddings=wire(cache), qdrantCollection="docs"),
        node("retrievalQAChain", model=wire("chatOpenAI"), vectorStoreRetriever=wire("qdrant")),
    )
    assert (await engine.ask(flow, "When?")).text == "Answer of m."


async def test_the_embedder_behind_the_node_is_one_with_a_cache() -> None:
    engine = Engine()
    inner = EmbedderHandle(engine.models, "w", EmbedderSpec("openai", "e"))
    drawn = Node("c_0", "inMemoryEmbeddingCache", "Cache", "Cache", {"embeddings": wire("e")})
    nothing: Any = None
    handle = builtin_registry().type_of(drawn).build(NodeInputs(drawn, drawn.inputs, {"e_0": inner}), nothing)
    assert isinstance(await handle.client(), CachedEmbedder) and inner.cache is None


@pytest.mark.parametrize(
    ("ttl", "unit", "seconds"),
    [("", 1.0, DAY), ("60000", 0.001, 60.0), (3600, 1.0, 3600.0), ("0", 1.0, DAY), ("1e12", 1.0, MOST_SECONDS)],
)
def test_how_long_entries_are_kept(ttl: Any, unit: float, seconds: float) -> None:
    assert seconds_of(NodeInputs(Node("c", "redisCache", "C", "Cache", {}), {"ttl": ttl}), unit) == seconds


async def test_what_is_no_cache_is_refused() -> None:
    engine = Engine()
    model = node("chatOpenAI", modelName="m", cache=wire("bufferMemory"))
    with pytest.raises(InvalidInput, match="cache for answers"):
        await engine.ask(engine.put(node("bufferMemory"), model, node("conversationChain", model=wire("chatOpenAI"))), "Hi")
