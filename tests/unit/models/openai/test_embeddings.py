"""Embeddings: batches, order, forms of a vector."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from tradewind_server.errors import ResourceExhausted, Unavailable
from tradewind_server.flows.ports import EmbedderSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.openai.embeddings import OpenAIEmbedder

Make = Callable[..., OpenAIEmbedder]


@pytest.fixture
async def embedder(fake: Any) -> AsyncIterator[Make]:
    endpoint = Endpoint(fake.base_url)

    def make(
        name: str = "dim-16", batch: int = 128, tells_apart: bool = False, packs: bool = True, **fields: Any
    ) -> OpenAIEmbedder:
        spec = EmbedderSpec("openai", name, **fields)
        kinds: Any = {"query": "query", "passage": "document"} if tells_apart else None
        return OpenAIEmbedder(endpoint, name, spec, batch=batch, kinds=kinds, packs=packs)

    yield make
    await endpoint.aclose()


def dot(left: Any, right: Any) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


async def test_vectors_come_in_the_order_of_the_texts(embedder: Make) -> None:
    texts = [f"text number{i}" for i in range(40)]
    vectors = await embedder(batch=7).embed_documents(texts)
    assert len(vectors) == 40 and {len(vector) for vector in vectors} == {16}
    for text, vector in zip(texts, vectors, strict=True):
        assert dot(await embedder().embed_query(text), vector) == pytest.approx(1.0, abs=1e-5)


async def test_batches_and_how_many_run_at_once(fake: Any, embedder: Make) -> None:
    fake.latency = 0.1
    most = 0
    running = asyncio.ensure_future(embedder(batch=10).embed_documents([f"t{i}" for i in range(50)]))
    while not running.done():
        await asyncio.wait({running}, timeout=0.005)
        most = max(most, len(fake.connections))
    assert most == 2 and len(await running) == 50
    assert [len(seen.body["input"]) for seen in fake.requests] == [10] * 5


async def test_the_nodes_batch_size_wins(fake: Any, embedder: Make) -> None:
    await embedder(batch=10, batch_size=3).embed_documents(["a", "b", "c", "d"])
    assert sorted(len(seen.body["input"]) for seen in fake.requests) == [1, 3]


async def test_dimensions_and_line_breaks_follow_the_node(fake: Any, embedder: Make) -> None:
    (vector,) = await embedder("m", dimensions=24, strip_new_lines=True).embed_documents(["one\ntwo"])
    assert len(vector) == 24
    assert fake.requests[0].body["input"] == ["one two"]
    await embedder("m").embed_documents(["one\ntwo"])
    assert fake.requests[1].body["input"] == ["one\ntwo"] and "dimensions" not in fake.requests[1].body


async def test_only_an_endpoint_that_asks_for_it_is_told_what_a_text_is(fake: Any, embedder: Make) -> None:
    await embedder(tells_apart=True).embed_query("q")
    await embedder(tells_apart=True).embed_documents(["d"])
    await embedder().embed_query("q")
    assert [seen.body.get("input_type") for seen in fake.requests] == ["query", "document", None]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"data": [{"index": 1, "embedding": [0.5]}, {"index": 0, "embedding": [0.25]}]}, [[0.25], [0.5]]),
        ({"data": [{"index": 0, "embedding": "AACAPwAAAMA="}, {"index": 1, "embedding": [3]}]}, [[1.0, -2.0], [3.0]]),
        ({"data": [{"index": 0, "embedding": [1.0]}]}, None),
        ({"data": [{"embedding": [1.0]}, {"embedding": [1.0]}]}, None),
        ({"data": [{"index": 0, "embedding": "????"}, {"index": 1, "embedding": "eA=="}]}, None),
        ({"data": None}, None),
        ([], None),
    ],
)
async def test_the_forms_of_an_answer(
    monkeypatch: pytest.MonkeyPatch, embedder: Make, answer: Any, expected: list[list[float]] | None
) -> None:
    async def json(self: Endpoint, path: str, body: object, model: str) -> object:
        return answer

    monkeypatch.setattr(Endpoint, "json", json)
    if expected is None:
        with pytest.raises(Unavailable, match="not of the OpenAI form"):
            await embedder().embed_documents(["a", "b"])
    else:
        assert [list(vector) for vector in await embedder().embed_documents(["a", "b"])] == expected


async def test_a_refusal_of_one_batch(embedder: Make) -> None:
    with pytest.raises(ResourceExhausted):
        await embedder("status-429").embed_documents(["a"])


async def test_a_refusal_of_one_batch_of_many_is_the_same_error(embedder: Make) -> None:
    with pytest.raises(ResourceExhausted):
        await embedder("status-429", batch=2).embed_documents(["a", "b", "c", "d", "e"])


async def test_no_text_asks_nothing(fake: Any, embedder: Make) -> None:
    assert await embedder().embed_documents([]) == []
    assert not fake.requests


async def test_cancelling_leaves_no_request_behind(fake: Any, embedder: Make) -> None:
    task = asyncio.ensure_future(embedder("hang", batch=1).embed_documents(["a", "b", "c"]))
    await asyncio.wait_for(fake.asked.wait(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(fake.left.wait(), 60)
    assert len(fake.requests) <= 2


async def test_an_endpoint_that_knows_no_base64_is_not_asked_for_it(fake: Any, embedder: Make) -> None:
    (vector,) = await embedder(packs=False).embed_documents(["a"])
    assert len(vector) == 16 and "encoding_format" not in fake.requests[0].body
