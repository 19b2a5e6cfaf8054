"""Filters over metadata in the words of other vector stores, as Qdrant filters over ``metadata.*``.

The words are those that Pinecone, Chroma and MongoDB share: a key with a value, or with ``$eq``, ``$ne``, ``$in``, ``$nin``,
``$gt``, ``$gte``, ``$lt``, ``$lte``, ``$exists``; ``$and`` and ``$or`` around them. An object without such words speaks of
nested keys, as JSON containment in Postgres does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BOUNDS = {"$gt": "gt", "$gte": "gte", "$lt": "lt", "$lte": "lte"}
MOST_CONDITIONS = 200
DEEPEST = 16
Filter = dict[str, Any]


class Untranslatable(Exception):
    """What of a filter has no counterpart; the message names it."""


def qdrant_filter(conditions: Mapping[str, Any], metadata_key: str) -> Filter:
    """The same filter for Qdrant. Raises :class:`Untranslatable`."""
    return _all(conditions, metadata_key, DEEPEST)


def _all(fields: Mapping[str, Any], key: str, depth: int) -> Filter:
    if depth == 0 or len(fields) > MOST_CONDITIONS:
        raise Untranslatable("so many or so deeply nested conditions")
    conditions: list[Filter] = []
    for name, value in fields.items():
        if name in ("$and", "$or"):
            if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
                raise Untranslatable(f"{name} without a list of filters")
            parts = [_all(one, key, depth - 1) for one in value]
            conditions.append({"must" if name == "$and" else "should": parts})
        elif name.startswith("$"):
            raise Untranslatable(name)
        else:
            conditions += _field(f"{key}.{name}", value, depth - 1)
    return {"must": conditions}


def _field(key: str, value: Any, depth: int) -> list[Filter]:
    if not isinstance(value, Mapping):
        return [_equals(key, value)]
    if not any(str(word).startswith("$") for word in value):
        return [_all(value, key, depth)]
    span = {BOUNDS[word]: _number(word, bound) for word, bound in value.items() if word in BOUNDS}
    conditions: list[Filter] = [{"key": key, "range": span}] if span else []
    for word, operand in value.items():
        match word:
            case "$eq":
                conditions.append(_equals(key, operand))
            case "$ne":
                conditions.append({"must_not": [_equals(key, operand)]})
            case "$in":
                conditions.append(_any_of(key, word, operand))
            case "$nin":
                conditions.append({"must_not": [_any_of(key, word, operand)]})
            case "$exists":
                empty = {"is_empty": {"key": key}}
                conditions.append({"must_not": [empty]} if operand else empty)
            case _ if word not in BOUNDS:
                raise Untranslatable(str(word))
    return conditions


def _equals(key: str, value: Any) -> Filter:
    if value is None:
        return {"is_null": {"key": key}}
    if isinstance(value, float) and not value.is_integer():
        return {"key": key, "range": {"gte": value, "lte": value}}
    if isinstance(value, list):
        return {"must": [_equals(key, one) for one in value]}  # Containment: each of them is there.
    if not isinstance(value, str | int | float):
        raise Untranslatable(f"a comparison of {key} with a {type(value).__name__}")
    return {"key": key, "match": {"value": int(value) if isinstance(value, float) else value}}


def _any_of(key: str, word: str, values: Any) -> Filter:
    if not isinstance(values, list):
        raise Untranslatable(f"{word} without a list")
    return {"should": [_equals(key, one) for one in values]} if values else {"must": [{"has_id": []}]}


def _number(word: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Untranslatable(f"{word} with anything but a number")
    return value
