"""What every adapter of the port ``Embedder`` does, whatever its endpoint speaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from conformance.models.dialects import KEY
from tradewind_server.errors import FailedPrecondition, Reason, ResourceExhausted, TradewindError
from tradewind_server.flows.ports import Embedder, EmbedderSpec
from tradewind_server.models.cohere.embeddings import CohereEmbedder
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.google.embeddings import GoogleEmbedder
from tradewind_server.models.openai.embeddings import OpenAIEmbedder
from tradewind_server.models.providers import EMBEDDINGS

from fakes.embedding_endpoint import FakeEmbeddings
from fakes.openai_endpoint import FakeOpenAI


@dataclass
class Place:
    """An adapter and its fake."""

    fake: Any
    make: Callable[..., Embedder]


@pytest.fixture(params=["openai", "google", "cohere"])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    dialect: Any = {"openai": OpenAIEmbedder, "google": GoogleEmbedder, "cohere": CohereEmbedder}[request.param]
    is_openai = request.param == "openai"
    fake: Any = FakeOpenAI(api_key=KEY, dimensions=16) if is_openai else FakeEmbeddings(request.param, KEY)
    endpoints: list[Endpoint] = []

    def make(name: str = "m", key: str = KEY, batch: int = 100, **fields: Any) -> Embedder:
        endpoint = Endpoint(fake.base_url, key, auth=EMBEDDINGS[request.param].auth)
        endpoints.append(endpoint)
        embedder: Embedder = dialect(endpoint, name, EmbedderSpec(request.param, name, **fields), batch=batch)
        return embedder

    async with fake:
        yield Place(fake, make)
        for endpoint in endpoints:
            await endpoint.aclose()


def dot(left: Any, right: Any) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


async def test_vectors_come_in_the_order_of_the_texts(place: Place) -> None:
    texts = [f"text number{i}" for i in range(20)]
    embedder = place.make(batch=6)
    vectors = await embedder.embed_documents(texts)
    assert {len(vector) for vector in vectors} == {16} and len(vectors) == 20
    for text, vector in zip(texts, vectors, strict=True):
        assert dot(await embedder.embed_query(text), vector) == pytest.approx(1.0, abs=1e-5)


async def test_no_text_asks_nothing(place: Place) -> None:
    assert await place.make().embed_documents([]) == []
    assert not place.fake.asked.is_set()


async def test_a_refusal_of_one_batch_of_many_is_one_error(place: Place) -> None:
    with pytest.raises(ResourceExhausted) as raised:
        await place.make("status-429", batch=1).embed_documents(["a", "b", "c"])
    assert raised.value.reason is Reason.MODEL_RATE_LIMITED


async def test_a_refused_key_is_not_shown(place: Place) -> None:
    with pytest.raises(TradewindError) as raised:
        await place.make(key=f"wrong-{KEY}").embed_query("a")
    assert isinstance(raised.value, FailedPrecondition) and KEY not in raised.value.message


async def test_cancelling_leaves_no_request_behind(place: Place) -> None:
    task = asyncio.ensure_future(place.make("hang", batch=1).embed_documents(["a", "b", "c"]))
    await asyncio.wait_for(place.fake.asked.wait(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(place.fake.left.wait(), 60)
