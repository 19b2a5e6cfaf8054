"""The embedded engine seen by Qdrant's own client: what our adapter does not use, and how it refuses."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest
from qdrant_client import AsyncQdrantClient, models


@pytest.fixture
async def client(shared_engine: Any) -> AsyncIterator[AsyncQdrantClient]:
    client = AsyncQdrantClient(host=f"unix:{shared_engine.socket}", prefer_grpc=True, check_compatibility=False, timeout=20)
    yield client
    await client.close()


@pytest.fixture
async def name(client: AsyncQdrantClient) -> AsyncIterator[str]:
    """A collection of ten points, ids 0 to 9 and one of a UUID."""
    name = f"protocol-{uuid.uuid4().hex}"
    vectors = models.VectorParams(size=2, distance=models.Distance.COSINE)
    await client.create_collection(name, vectors_config=vectors, metadata={"made by": "test", "n": 1})
    given = [models.PointStruct(id=n, vector=[1.0, n / 10], payload={"n": n, "even": n % 2 == 0}) for n in range(10)]
    await client.upsert(name, given, wait=True)
    yield name
    await client.delete_collection(name)


def refused(caught: pytest.ExceptionInfo[grpc.aio.AioRpcError]) -> tuple[grpc.StatusCode, str]:
    return caught.value.code(), caught.value.details() or ""


async def test_a_collection_describes_itself(client: AsyncQdrantClient, name: str) -> None:
    info = await client.get_collection(name)
    assert info.points_count == 10
    assert isinstance(info.config.params.vectors, models.VectorParams)
    assert (info.config.params.vectors.size, info.config.params.vectors.distance) == (2, models.Distance.COSINE)
    assert info.config.metadata == {"made by": "test", "n": 1}
    assert name in [one.name for one in (await client.get_collections()).collections]
    assert await client.collection_exists(name) is True
    assert await client.collection_exists(name + "x") is False


async def test_scroll_pages_over_everything_once(client: AsyncQdrantClient, name: str) -> None:
    seen: list[Any] = []
    offset: Any = None
    while True:
        page, offset = await client.scroll(name, limit=3, offset=offset)
        seen += [(record.id, record.payload["n"]) for record in page if record.payload]
        if offset is None:
            break
    assert seen == [(n, n) for n in range(10)]


async def test_retrieve_by_number_and_by_uuid(client: AsyncQdrantClient, name: str) -> None:
    identity = str(uuid.uuid4())
    await client.upsert(name, [models.PointStruct(id=identity, vector=[0.0, 1.0], payload={"n": 10})], wait=True)
    found = await client.retrieve(name, [3, identity, 99], with_payload=True)
    assert {record.id: record.payload for record in found} == {3: {"n": 3, "even": False}, identity: {"n": 10}}


async def test_query_with_offset_threshold_and_without_payload(client: AsyncQdrantClient, name: str) -> None:
    first = (await client.query_points(name, query=[1.0, 0.0], limit=4)).points
    second = (await client.query_points(name, query=[1.0, 0.0], limit=2, offset=2, with_payload=False)).points
    assert [point.id for point in second] == [point.id for point in first[2:]]
    assert not second[0].payload
    between = (first[2].score + first[3].score) / 2
    above = (await client.query_points(name, query=[1.0, 0.0], limit=10, score_threshold=between)).points
    assert [point.id for point in above] == [point.id for point in first[:3]]


async def test_delete_by_filter(client: AsyncQdrantClient, name: str) -> None:
    even = models.Filter(must=[models.FieldCondition(key="even", match=models.MatchValue(value=True))])
    await client.delete(name, models.FilterSelector(filter=even), wait=True)
    assert (await client.count(name)).count == 5


async def test_a_payload_index_changes_no_answer(client: AsyncQdrantClient, name: str) -> None:
    wanted = models.Filter(must=[models.FieldCondition(key="n", range=models.Range(gte=7))])
    before = (await client.count(name, count_filter=wanted)).count
    await client.create_payload_index(name, "n", models.PayloadSchemaType.INTEGER, wait=True)
    assert (await client.count(name, count_filter=wanted)).count == before == 3


async def test_refusals_carry_qdrants_codes(client: AsyncQdrantClient, name: str) -> None:
    vectors = models.VectorParams(size=2, distance=models.Distance.COSINE)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.create_collection(name, vectors_config=vectors)
    assert refused(caught) == (grpc.StatusCode.ALREADY_EXISTS, f"Wrong input: Collection `{name}` already exists!")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.query_points("nowhere", query=[1.0, 0.0])
    assert refused(caught) == (grpc.StatusCode.NOT_FOUND, "Not found: Collection `nowhere` doesn't exist!")
    for attempt in (
        client.upsert(name, [models.PointStruct(id=1, vector=[1.0, 2.0, 3.0])]),
        client.query_points(name, query=[1.0, 2.0, 3.0]),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await attempt
        code = grpc.StatusCode.INVALID_ARGUMENT
        assert refused(caught) == (code, "Wrong input: Vector dimension error: expected dim: 2, got 3")


async def test_what_it_does_not_do_is_said(client: AsyncQdrantClient, name: str) -> None:
    sliced = models.Filter(must=[models.SliceCondition(slice=models.Slice(total=2, index=0))])
    for attempt in (
        client.query_points(name, query=models.RecommendQuery(recommend=models.RecommendInput(positive=[1]))),
        client.query_points(name, query=[1.0, 0.0], with_vectors=True),
        client.scroll(name, with_payload=["n"]),
        client.count(name, count_filter=sliced),
        client.create_collection("named", vectors_config={"a": models.VectorParams(size=2, distance=models.Distance.DOT)}),
        client.create_alias("alias", name) if hasattr(client, "create_alias") else client.get_aliases(),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await attempt
        code, sentence = refused(caught)
        assert code == grpc.StatusCode.UNIMPLEMENTED
        assert sentence
    assert (await client.count(name)).count == 10


@pytest.mark.parametrize("name", [".", "..", "a/b", "a\x00", "漢" * 86])
async def test_a_name_that_would_harm_a_server_is_refused(client: AsyncQdrantClient, name: str, shared_engine: Any) -> None:
    vectors = models.VectorParams(size=2, distance=models.Distance.COSINE)
    before = {one.name for one in (await client.get_collections()).collections}
    for attempt in (
        client.create_collection(name, vectors_config=vectors),
        client.upsert(name, [models.PointStruct(id=1, vector=[1.0, 0.0])]),
        client.delete_collection(name),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await attempt
        assert refused(caught)[0] is grpc.StatusCode.INVALID_ARGUMENT
    assert {one.name for one in (await client.get_collections()).collections} == before
