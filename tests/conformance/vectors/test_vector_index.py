"""The port ``VectorIndex``: what every adapter does."""

from __future__ import annotations

import asyncio
import json
import uuid
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy
import pytest
from tradewind_server.errors import Conflict, InvalidInput, Reason
from tradewind_server.flows.vector_ports import Point

Index = Callable[..., Any]


def point(vector: Sequence[float], content: str = "text", *, id: str | None = None, **metadata: Any) -> Point:
    return Point(id or str(uuid.uuid4()), vector, content, metadata)


X, Y, Z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)

BERLIN = {"lat": 52.52, "lon": 13.405}

STOCK = [
    point(
        X,
        "red apple",
        name="apple",
        price=3,
        weight=1.5,
        ripe=True,
        tags=["fruit", "red"],
        gone=None,
        at={"lat": 52.52, "lon": 13.405},
    ),
    point(Y, "green pear", name="pear", price=5, weight=2.5, ripe=False, tags=["fruit"], day="2024-05-01T00:00:00Z"),
    point(Z, "old bread", name="bread", price=8, weight=0.5, tags=[], day="2025-05-01T00:00:00Z", parts=[{"a": 1, "b": 2}]),
]


def on(key: str, **condition: Any) -> dict[str, Any]:
    return {"key": f"metadata.{key}", **condition}


def place(lat: float, lon: float) -> dict[str, float]:
    return {"lat": lat, "lon": lon}


async def test_a_missing_collection_is_empty(collections: Index) -> None:
    index = collections()
    assert await index.exists() is False
    assert await index.search(X, 5) == []
    assert await index.count() == 0
    await index.delete([str(uuid.uuid4())])
    await index.drop()
    assert await index.exists() is False


async def test_the_first_upsert_creates_the_collection(collections: Index) -> None:
    index = collections()
    await index.upsert([])
    assert await index.exists() is False
    await index.upsert([point(X)])
    assert await index.exists() is True
    assert await index.count() == 1


async def test_search_returns_the_nearest_first(collections: Index) -> None:
    index = collections()
    near, middle, far = point((1.0, 0.1, 0.0), "near"), point((1.0, 1.0, 0.0), "middle"), point((0.0, 1.0, 0.0), "far")
    await index.upsert([far, near, middle])
    found = await index.search(X, 10)
    assert [chunk.content for chunk in found] == ["near", "middle", "far"]
    assert found[0].id == near.id
    assert found[0].score > found[1].score > found[2].score
    assert found[0].score == pytest.approx(0.995, abs=0.001)


async def test_search_keeps_to_its_limit(collections: Index) -> None:
    index = collections()
    await index.upsert([point((1.0, n / 100, 0.0)) for n in range(30)])
    assert len(await index.search(X, 1)) == 1
    assert len(await index.search(X, 25)) == 25
    assert await index.search(X, 0) == []


@pytest.mark.parametrize(
    ("distance", "best"), [("Cosine", "long"), ("Dot", "long"), ("Euclid", "short"), ("Manhattan", "short")]
)
async def test_the_distance_decides(collections: Index, distance: str, best: str) -> None:
    index = collections(distance=distance)
    await index.upsert([point((9.0, 0.0, 0.0), "long"), point((1.0, 0.5, 0.0), "short")])
    assert (await index.search(X, 1))[0].content == best


async def test_the_same_id_is_overwritten(collections: Index) -> None:
    index = collections()
    first = point(X, "before", version=1, only="once")
    await index.upsert([first, point(Y)])
    await index.upsert([point(X, "after", id=first.id, version=2)])
    assert await index.count() == 2
    found = (await index.search(X, 1))[0]
    assert (found.id, found.content, found.metadata) == (first.id, "after", {"version": 2})


async def test_payloads_come_back_as_they_went(collections: Index) -> None:
    metadata = {
        "int": 7,
        "negative": -1,
        "big": 2**53 + 1,
        "float": 0.25,
        "whole float": 2.0,
        "true": True,
        "false": False,
        "none": None,
        "empty": "",
        "list": [1, "two", 3.5, None, [True]],
        "nested": {"lines": {"from": 1, "to": 3}, "empty": {}},
        "漢字": "ключ 🦜",
    }
    content = "Grüße, 世界 — مرحبا 🌍\n\ttab\u0000null\u2028line"
    index = collections()
    await index.upsert([point(X, content, **metadata)])
    found = (await index.search(X, 1))[0]
    assert found.content == content
    assert found.metadata == metadata
    kinds = {key: type(value) for key, value in found.metadata.items()}
    assert kinds == {key: type(value) for key, value in metadata.items()}


async def test_payload_keys_are_the_nodes_own(collections: Index) -> None:
    name = f"test-{uuid.uuid4().hex}"
    index = collections(name, content_key="page_content", metadata_key="about")
    await index.upsert([point(X, "text", page=3)])
    assert await index.count({"must": [{"key": "about.page", "match": {"value": 3}}]}) == 1
    assert (await index.search(X, 1))[0].metadata == {"page": 3}
    other = (await collections(name).search(X, 1))[0]
    assert (other.content, other.metadata) == ("", {})


FILTERS: list[tuple[Mapping[str, Any], set[str]]] = [
    ({}, {"apple", "pear", "bread"}),
    ({"must": [on("name", match={"value": "apple"})]}, {"apple"}),
    ({"must": on("name", match={"value": "apple"})}, {"apple"}),
    ({"must": [on("price", match={"value": 5})]}, {"pear"}),
    ({"must": [on("ripe", match={"value": True})]}, {"apple"}),
    ({"must": [on("tags", match={"value": "fruit"})]}, {"apple", "pear"}),
    ({"must": [on("tags", match={"value": "fruit"}), on("price", range={"gt": 3})]}, {"pear"}),
    ({"must": [on("name", match={"any": ["apple", "bread"]})]}, {"apple", "bread"}),
    ({"must": [on("price", match={"any": [3, 8]})]}, {"apple", "bread"}),
    ({"must": [on("name", match={"except": ["apple"]})]}, {"pear", "bread"}),
    ({"must": [{"key": "content", "match": {"text": "apple"}}]}, {"apple"}),
    ({"must": [{"key": "content", "match": {"text_any": "APPLE nothing"}}]}, {"apple"}),
    ({"must": [{"key": "content", "match": {"text_any": "appl, -"}}]}, set()),
    ({"must": [{"key": "content", "match": {"text_any": ""}}]}, set()),
    ({"must_not": [{"key": "content", "match": {"text_any": "apple"}}]}, {"pear", "bread"}),
    ({"must": [{"has_vector": ""}]}, {"apple", "pear", "bread"}),
    ({"must": [{"has_vector": "other"}]}, set()),
    ({"must": [on("price", range={"gte": 3, "lt": 8})]}, {"apple", "pear"}),
    ({"must": [on("weight", range={"lte": 0.5})]}, {"bread"}),
    ({"must": [on("day", range={"gte": "2025-01-01T00:00:00Z"})]}, {"bread"}),
    ({"should": [on("price", match={"value": 3}), on("price", match={"value": 8})]}, {"apple", "bread"}),
    ({"must_not": [on("name", match={"value": "apple"})]}, {"pear", "bread"}),
    (
        {"must": [{"should": [on("price", match={"value": 3})]}], "must_not": [on("ripe", match={"value": False})]},
        {"apple"},
    ),
    (
        {
            "min_should": {
                "conditions": [
                    on("tags", match={"value": "fruit"}),
                    on("price", range={"gt": 4}),
                    on("ripe", match={"value": True}),
                ],
                "min_count": 2,
            }
        },
        {"apple", "pear"},
    ),
    ({"must": [{"is_empty": {"key": "metadata.tags"}}]}, {"bread"}),
    ({"must": [{"is_null": {"key": "metadata.gone"}}]}, {"apple"}),
    ({"must": [on("tags", values_count={"gte": 2})]}, {"apple"}),
    ({"must": [on("gone", is_null=True)]}, {"apple"}),
    ({"must": [on("tags", is_empty=True)]}, {"bread"}),
    ({"must": [{"has_id": [STOCK[1].id]}]}, {"pear"}),
    ({"must": [on("at", geo_radius={"center": place(52.5, 13.4), "radius": 5000})]}, {"apple"}),
    ({"must": [on("at", geo_radius={"center": place(48.1, 11.5), "radius": 5000})]}, set()),
    (
        {"must": [on("at", geo_bounding_box={"top_left": {"lat": 53, "lon": 13}, "bottom_right": {"lat": 52, "lon": 14}})]},
        {"apple"},
    ),
    (
        {"must": [{"nested": {"key": "metadata.parts", "filter": {"must": [{"key": "a", "match": {"value": 1}}]}}}]},
        {"bread"},
    ),
    ({"must": [on("parts[].b", match={"value": 2})]}, {"bread"}),
    ({"must": [on("name", match={"value": "nothing"})]}, set()),
    ({"must": [on("no.such.key", match={"value": 1})]}, set()),
]


async def test_filters(collections: Index) -> None:
    index = collections()
    await index.upsert(STOCK)
    for filters, expected in FILTERS:
        found = await index.search((1.0, 1.0, 1.0), 10, filters)
        assert {chunk.metadata["name"] for chunk in found} == expected, filters
        assert await index.count(filters) == len(expected), filters


@pytest.mark.parametrize(
    ("filters", "place"),
    [
        ({"mist": []}, "mist"),
        ({"must": [{"key": "metadata.a", "match": {"valeu": 1}}]}, "must.0.match"),
        ({"must": [{"key": 1, "match": {"value": 1}}]}, "must.0.key"),
        ({"must": [{"key": "metadata.a", "match": {"value": None}}]}, "must.0.match.value"),
        ({"should": [{"must": [{"key": "metadata.a", "range": {"gt": "soon"}}]}]}, "should.0.must.0.range.gt"),
        ({"must_not": {"key": "metadata.a", "values_count": {"gt": -1}}}, "must_not.values_count.gt"),
        ({"must": [{"key": "metadata.a", "geo_radius": {"centre": {}}}]}, "must.0.geo_radius.centre"),
        ({"must": "all"}, "must"),
        ({"must": [{"key": "metadata.a"}]}, "conditions"),
        ({"must": [{"key": "metadata.a", "match": {"value": 2**70}}]}, "conditions"),
        ({"must": [{"key": "metadata.[a", "match": {"value": 1}}]}, ""),
        ({"must": [{"has_id": ["no uuid"]}]}, ""),
    ],
)
async def test_a_filter_that_cannot_work_is_refused(collections: Index, filters: Mapping[str, Any], place: str) -> None:
    index = collections()
    await index.upsert([point(X)])
    with pytest.raises(InvalidInput) as caught:
        await index.search(X, 3, filters)
    assert place in caught.value.message
    assert not any(word in caught.value.message for word in ("union", "pydantic", "Condition]", "Error("))


async def test_delete_removes_those_ids_alone(collections: Index) -> None:
    index = collections()
    points = [point((1.0, n / 10, 0.0), n=n) for n in range(10)]
    await index.upsert(points)
    await index.delete([])
    await index.delete([points[0].id, points[1].id, str(uuid.uuid4())])
    assert await index.count() == 8
    assert {chunk.metadata["n"] for chunk in await index.search(X, 20)} == set(range(2, 10))


async def test_delete_where_removes_what_matches_alone(collections: Index) -> None:
    index = collections()
    await index.delete_where({"must": [on("source", match={"value": "a.txt"})]})
    assert await index.exists() is False
    await index.upsert([point((1.0, n / 10, 0.0), n=n, source=f"{'ab'[n % 2]}.txt") for n in range(10)])
    await index.delete_where({"must": [on("source", match={"value": "a.txt"})], "must_not": [on("n", match={"value": 4})]})
    assert {chunk.metadata["n"] for chunk in await index.search(X, 20)} == {1, 3, 4, 5, 7, 9}


@pytest.mark.parametrize(
    "filters",
    [{}, {"must": []}, {"must": [{"should": []}]}, {"must": None}, {"min_should": {"conditions": [], "min_count": 0}}],
)
async def test_deleting_where_nothing_is_asked_is_refused(collections: Index, filters: Mapping[str, Any]) -> None:
    index = collections()
    await index.upsert([point(X)])
    with pytest.raises(InvalidInput) as caught:
        await index.delete_where(filters)
    assert caught.value.reason is Reason.INVALID_FILTER
    assert await index.count() == 1


async def test_existing_tells_which_ids_are_stored(collections: Index) -> None:
    index = collections()
    points = [point((1.0, n / 3000, 0.0)) for n in range(2500)]
    ids = [one.id for one in points]
    assert await index.existing(ids) == set()
    await index.upsert(points[:2200])
    assert await index.existing(ids) == set(ids[:2200])
    assert await index.existing([]) == set()
    await index.delete(ids[:5])
    assert await index.existing(ids[:10]) == set(ids[5:10])


async def test_a_payload_index_changes_no_answer(collections: Index) -> None:
    index = collections()
    await index.ensure_payload_index("metadata.name")
    assert await index.exists() is False
    await index.upsert(STOCK[:2])
    for _ in range(2):
        await index.ensure_payload_index("metadata.name")
        await index.ensure_payload_index("metadata.tags")
    await index.upsert(STOCK[2:])
    for filters, expected in FILTERS:
        assert {chunk.metadata["name"] for chunk in await index.search((1.0, 1.0, 1.0), 10, filters)} == expected, filters
    with pytest.raises(InvalidInput):
        await index.ensure_payload_index("metadata.[name")


async def test_drop_removes_everything_and_the_name_is_free(collections: Index) -> None:
    index = collections()
    await index.upsert([point(X)])
    await index.drop()
    assert await index.exists() is False
    await index.upsert([point((1.0, 0.0))])  # Another size than before.
    assert await index.count() == 1


async def test_another_size_is_a_conflict_that_names_both_models(collections: Index) -> None:
    name = f"test-{uuid.uuid4().hex}"
    await collections(name, embedding_model="small-model").upsert([point(X)])
    other = collections(name, embedding_model="wide-model")
    for attempt in (lambda: other.upsert([point((1.0, 0.0, 0.0, 0.0, 0.0))]), lambda: other.search((1.0,) * 5, 3)):
        with pytest.raises(Conflict) as caught:
            await attempt()
        assert caught.value.reason is Reason.VECTOR_DIMENSION_MISMATCH
        for word in (name, "small-model", "wide-model", "3", "5"):
            assert word in caught.value.message
    assert await other.count() == 1


async def test_points_of_two_sizes_are_refused_as_one_plain_error(collections: Index) -> None:
    index = collections(batch_size=1)
    with pytest.raises(InvalidInput):
        await index.upsert([point(X), point((1.0,))])


async def test_what_no_store_can_keep_is_refused(collections: Index) -> None:
    index = collections()
    bad_ones = [
        (point(X, "half a pair: \ud800"), "text"),
        (point(X, "text", number=2**70), "number"),
        (point(X, "text", nested={"when": uuid.uuid4()}), "nested"),
        (point(X, "text", **{"\ud800": 1}), "ud800"),
        (point(X, "text", id="no uuid"), "no uuid"),
    ]
    for bad, word in bad_ones:
        with pytest.raises(InvalidInput) as caught:
            await index.upsert([bad])
        assert word in caught.value.message
    assert await index.count() == 0


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300])
async def test_a_vector_without_finite_numbers_is_refused(collections: Index, number: float) -> None:
    index = collections()
    await index.upsert([point(X)])
    with pytest.raises(InvalidInput, match="vector"):
        await index.upsert([point((1.0, number, 0.0))])
    with pytest.raises(InvalidInput, match="vector"):
        await index.search((1.0, number, 0.0), 3)
    assert await index.count() == 1


def float32(vector: Sequence[float]) -> Any:
    return numpy.array(vector, dtype=numpy.float32)


@pytest.mark.parametrize("made", [list, tuple, lambda v: array("f", v), lambda v: array("d", v), numpy.array, float32])
async def test_vectors_of_any_make(collections: Index, made: Callable[[Sequence[float]], Any]) -> None:
    index = collections()
    await index.upsert([point(made((0.5, 0.25, -1.0)), "kept"), point(made((-0.5, -0.25, 1.0)), "opposite")])
    found = await index.search(made((0.5, 0.25, -1.0)), 2)
    assert [(chunk.content, round(chunk.score, 3)) for chunk in found] == [("kept", 1.0), ("opposite", -1.0)]


async def test_numbers_that_json_does_not_know_become_null(collections: Index) -> None:
    index = collections()
    await index.upsert([point(X, "text", ratio=float("nan"), parts=(float("inf"), 1))])
    assert (await index.search(X, 1))[0].metadata == {"ratio": None, "parts": [None, 1]}


@pytest.mark.parametrize("batch_size", [None, 1, 7, 10_000])
async def test_batches_of_any_size_write_everything(collections: Index, batch_size: int | None) -> None:
    index = collections(batch_size=batch_size)
    await index.upsert([point((1.0, n / 600, 0.0), n=n) for n in range(600 if batch_size != 1 else 20)])
    assert await index.count() == (600 if batch_size != 1 else 20)


async def test_twenty_first_writers_at_once(collections: Index) -> None:
    name = f"test-{uuid.uuid4().hex}"

    async def write(writer: int) -> None:
        await collections(name).upsert([point((1.0, writer / 20, n / 10), writer=writer, n=n) for n in range(10)])

    async with asyncio.TaskGroup() as group:
        for writer in range(20):
            group.create_task(write(writer))
    index = collections(name)
    assert await index.count() == 200
    assert await index.count({"must": [on("writer", match={"value": 13})]}) == 10


async def test_readers_and_writers_at_once(collections: Index) -> None:
    index = collections()
    await index.upsert([point(X, "fixed", id="00000000-0000-4000-8000-0000000000aa")])

    async def read() -> None:
        for _ in range(10):
            assert (await index.search(X, 1))[0].content == "fixed"

    async def write() -> None:
        for n in range(10):
            await index.upsert([point((0.5, 0.5, n / 10))])

    await asyncio.gather(*[read() for _ in range(10)], *[write() for _ in range(10)])
    assert await index.count() == 101


async def test_workspaces_share_a_name_and_nothing_else(collections: Index) -> None:
    name, ours, theirs = f"test-{uuid.uuid4().hex}", str(uuid.uuid4()), str(uuid.uuid4())
    plain, first, second = collections(name), collections(name, workspace_id=ours), collections(name, workspace_id=theirs)
    await first.upsert([point(X, "ours")])
    assert await second.search(X, 5) == []
    assert await plain.search(X, 5) == []
    await second.upsert([point((1.0, 0.0), "theirs")])
    await second.drop()
    assert [chunk.content for chunk in await first.search(X, 5)] == ["ours"]
    with pytest.raises(InvalidInput):  # Spelling out how another workspace's collection is stored opens nothing.
        collections(f"{ours}__{name}")


async def test_names_in_any_script(collections: Index) -> None:
    suffix = uuid.uuid4().hex[:8]
    for name in (f"Ünïcode 漢字 {suffix}", f"..{suffix}", f"%2F{suffix}", "漢" * 82 + suffix, f"🦜 {suffix}"):
        index = collections(name)
        await index.upsert([point(X, name)])
        assert (await index.search(X, 1))[0].content == name


async def test_the_collection_configuration_is_passed_on(collections: Index) -> None:
    config = {
        "hnsw_config": {"m": 8, "ef_construct": 64},
        "optimizers_config": {"indexing_threshold": 50_000},
        "quantization_config": {"scalar": {"type": "int8", "always_ram": True}},
        "on_disk_payload": True,
        "shard_number": 1,
        "replication_factor": 1,
        "vectors": {"size": 99, "distance": "Dot", "on_disk": True},
    }
    index = collections(config=json.dumps(config))
    await index.upsert([point(X, "text")])
    assert (await index.search((2.0, 0.0, 0.0), 1))[0].score == pytest.approx(1.0, abs=0.02)  # The node's distance, Cosine.


@pytest.mark.parametrize(
    ("config", "word"),
    [
        ("[]", "JSON object"),
        ("{", "JSON object"),
        ('{"vectors": 3}', "JSON object"),
        ('{"shards": 2, "colour": "red"}', "colour, shards"),
        ('{"hnsw_config": {"q": 8}}', "hnsw_config.q"),
        ('{"hnsw_config": 8}', "hnsw_config"),
        ('{"shard_number": "many"}', "shard_number"),
    ],
)
async def test_a_wrong_collection_configuration_is_refused(collections: Index, config: str, word: str) -> None:
    index = collections(config=config)
    with pytest.raises(InvalidInput) as caught:
        await index.upsert([point(X)])
    assert word in caught.value.message
    assert await index.exists() is False


async def test_ready(collections: Any) -> None:
    assert await collections.indexes.ready() is True
