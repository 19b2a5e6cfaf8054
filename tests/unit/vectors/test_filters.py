"""Filters as JSON become the messages that qdrant-client makes of them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from qdrant_client import models
from qdrant_client.conversions.conversion import RestToGrpc
from tradewind_server.vectors.filters import narrows, to_filter
from tradewind_server.vectors.messages import Misfit

ID = str(uuid.uuid4())
SQUARE = [{"lat": 0, "lon": 0}, {"lat": 0, "lon": 1}, {"lat": 1, "lon": 1}, {"lat": 0, "lon": 0}]


def key(**condition: Any) -> dict[str, Any]:
    return {"key": "metadata.a[].b", **condition}


CONDITIONS: list[dict[str, Any]] = [
    key(match={"value": "text"}),
    key(match={"value": 5}),
    key(match={"value": True}),
    key(match={"text": "two words"}),
    key(match={"phrase": "two words"}),
    key(match={"any": ["a", "b"]}),
    key(match={"any": [1, 2]}),
    key(match={"any": []}),
    key(match={"except": ["a"]}),
    key(match={"except": [-1]}),
    key(range={"gt": 1, "gte": 1.5, "lt": 9, "lte": None}),
    key(range={"gte": "2024-05-01T12:30:00Z", "lt": "2025-05-01T00:00:00+02:00"}),
    key(values_count={"gte": 1, "lt": 5}),
    key(geo_radius={"center": {"lat": 1.5, "lon": 2.5}, "radius": 10.0}),
    key(geo_bounding_box={"top_left": {"lat": 1, "lon": 2}, "bottom_right": {"lat": 0, "lon": 3}}),
    key(geo_polygon={"exterior": {"points": SQUARE}, "interiors": [{"points": SQUARE}]}),
    key(is_empty=True),
    key(is_null=False),
    {"is_empty": {"key": "a"}},
    {"is_null": {"key": "a"}},
    {"has_id": [ID, 7]},
    {"has_vector": "image"},
    {"nested": {"key": "parts", "filter": {"must": [{"key": "a", "match": {"value": 1}}]}}},
    {"should": [key(match={"value": 1})], "must_not": [{"is_null": {"key": "a"}}]},
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_each_condition_is_the_message_of_qdrants_own_client(condition: dict[str, Any]) -> None:
    filters = {
        "must": [condition],
        "should": condition,
        "must_not": [condition, condition],
        "min_should": {"conditions": [condition], "min_count": 1},
    }
    theirs = RestToGrpc.convert_filter(models.Filter.model_validate(filters))
    assert to_filter(filters).SerializeToString(deterministic=True) == theirs.SerializeToString(deterministic=True)


def test_a_moment_without_a_zone_is_utc() -> None:
    bare, zoned = (to_filter({"must": [key(range={"gt": moment})]}) for moment in ("2024-05-01", "2024-05-01T00:00:00Z"))
    assert bare == zoned


@pytest.mark.parametrize(
    ("filters", "place"),
    [
        ([], ""),
        ("all", ""),
        ({"must": 3}, "must"),
        ({"must": ["a"]}, "must.0"),
        ({"must": [{}, {"wish": 1}]}, "must.1.wish"),
        ({"must": [key(match={})]}, "must.0.match"),
        ({"must": [key(match={"value": 1, "text": "a"})]}, "must.0.match"),
        ({"must": [key(match={"value": 1.5})]}, "must.0.match.value"),
        ({"must": [key(match={"any": ["a", 1]})]}, "must.0.match.any"),
        ({"must": [key(match={"any": "a"})]}, "must.0.match.any"),
        ({"must": [key(match={"text": 5})]}, "must.0.match.text"),
        ({"must": [key(match={"value": "\ud800"})]}, "must.0.match.value"),
        ({"must": [key(range={"above": 1})]}, "must.0.range.above"),
        ({"must": [key(range={"gt": "2024-05-01", "lt": 5})]}, "must.0.range.lt"),
        ({"must": [key(range={"above": "2024-05-01"})]}, "must.0.range.above"),
        ({"must": [key(range={"gt": True})]}, "must.0.range.gt"),
        ({"must": [key(colour="red")]}, "must.0.colour"),
        ({"must": [key()]}, "must.0"),
        ({"must": [{"has_id": "a"}]}, "must.0.has_id"),
        ({"must": [{"has_id": [ID, -1]}]}, "must.0.has_id.1"),
        ({"must": [{"nested": {"key": "a"}}]}, "must.0.nested"),
        ({"must": [{"is_empty": "a"}]}, "must.0.is_empty"),
        ({"min_should": []}, "min_should"),
        ({"min_should": {"conditions": [key(match={"value": 1})], "min_count": "2"}}, "min_should.min_count"),
    ],
)
def test_what_cannot_work_is_refused_at_its_place(filters: Any, place: str) -> None:
    with pytest.raises(Misfit) as caught:
        to_filter(filters)
    assert caught.value.where == place


@pytest.mark.parametrize(
    ("filters", "narrow"),
    [
        ({}, False),
        ({"must": [{}]}, False),
        ({"must": [{"should": [{"must_not": []}]}]}, False),
        ({"must": [{"should": [key(match={"value": 1})]}]}, True),
        ({"must_not": [{"has_id": [ID]}]}, True),
        ({"min_should": {"conditions": [{"is_null": {"key": "a"}}], "min_count": 1}}, True),
    ],
)
def test_a_filter_narrows_when_it_holds_a_condition(filters: dict[str, Any], narrow: bool) -> None:
    assert narrows(to_filter(filters)) is narrow


def test_any_of_some_words_is_one_of_several_texts() -> None:
    """So that servers which do not know the condition answer alike."""
    words = [{"key": "content", "match": {"text": word}} for word in ("good", "cheap")]
    assert to_filter({"must": [{"key": "content", "match": {"text_any": "good, cheap"}}]}) == to_filter(
        {"must": [{"must": [{"should": words}]}]}
    )
    assert to_filter({"must": [{"key": "content", "match": {"text_any": "-"}}]}) == to_filter(
        {"must": [{"must": [{"has_id": []}]}]}
    )
    with pytest.raises(Misfit, match=r"must\.0\.match\.text_any"):
        to_filter({"must": [{"key": "content", "match": {"text_any": "word " * 101}}]})
