"""Filters of other vector stores, as Qdrant has them."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.flows.nodes.retrieval.metadata_filters import Untranslatable, qdrant_filter

K = "metadata.kind"


@pytest.mark.parametrize(
    ("given", "conditions"),
    [
        ({"kind": "menu"}, [{"key": K, "match": {"value": "menu"}}]),
        ({"kind": {"$eq": 5}}, [{"key": K, "match": {"value": 5}}]),
        ({"kind": 5.0}, [{"key": K, "match": {"value": 5}}]),
        ({"kind": 4.5}, [{"key": K, "range": {"gte": 4.5, "lte": 4.5}}]),
        ({"kind": True}, [{"key": K, "match": {"value": True}}]),
        ({"kind": None}, [{"is_null": {"key": K}}]),
        ({"kind": {"$ne": "x"}}, [{"must_not": [{"key": K, "match": {"value": "x"}}]}]),
        (
            {"kind": {"$in": ["a", 1]}},
            [{"should": [{"key": K, "match": {"value": "a"}}, {"key": K, "match": {"value": 1}}]}],
        ),
        ({"kind": {"$in": []}}, [{"must": [{"has_id": []}]}]),
        ({"kind": {"$nin": ["a"]}}, [{"must_not": [{"should": [{"key": K, "match": {"value": "a"}}]}]}]),
        ({"kind": {"$gte": 1, "$lt": 2.5}}, [{"key": K, "range": {"gte": 1, "lt": 2.5}}]),
        ({"kind": {"$gt": 1, "$ne": 3}}, [{"key": K, "range": {"gt": 1}}, {"must_not": [{"key": K, "match": {"value": 3}}]}]),
        ({"kind": {"$exists": True}}, [{"must_not": [{"is_empty": {"key": K}}]}]),
        ({"kind": {"$exists": False}}, [{"is_empty": {"key": K}}]),
        ({"loc": {"pageNumber": 3}}, [{"must": [{"key": "metadata.loc.pageNumber", "match": {"value": 3}}]}]),
        ({"kind": ["a", "b"]}, [{"must": [{"key": K, "match": {"value": "a"}}, {"key": K, "match": {"value": "b"}}]}]),
        (
            {"$or": [{"kind": "a"}, {"$and": [{"kind": "b"}]}]},
            [
                {
                    "should": [
                        {"must": [{"key": K, "match": {"value": "a"}}]},
                        {"must": [{"must": [{"must": [{"key": K, "match": {"value": "b"}}]}]}]},
                    ]
                }
            ],
        ),
    ],
)
def test_translated(given: dict[str, Any], conditions: list[Any]) -> None:
    assert qdrant_filter(given, "metadata") == {"must": conditions}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"kind": {"$regex": "x"}}, "$regex"),
        ({"$nor": []}, "$nor"),
        ({"$or": {"a": 1}}, "$or"),
        ({"$and": ["x"]}, "$and"),
        ({"kind": {"$in": "abc"}}, "$in"),
        ({"kind": {"$gt": "2024-01-01"}}, "$gt"),
        ({"kind": {"$gt": True}}, "$gt"),
        ({"kind": {"$eq": {"a": 1}}}, "dict"),
    ],
)
def test_what_has_no_counterpart_is_named(given: dict[str, Any], named: str) -> None:
    with pytest.raises(Untranslatable) as caught:
        qdrant_filter(given, "metadata")
    assert named in str(caught.value)


def test_nesting_is_bounded() -> None:
    given: dict[str, Any] = {"a": 1}
    for _ in range(100):
        given = {"$and": [given]}
    with pytest.raises(Untranslatable):
        qdrant_filter(given, "metadata")
