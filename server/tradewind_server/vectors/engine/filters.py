"""Filters of Qdrant's protocol as filters of the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import qdrant_edge as edge

from tradewind_server.vectors.protocol import q

BOUNDS = ("gte", "gt", "lte", "lt")


class Unsupported(Exception):
    """The protocol knows this, the engine or this server does not; the message says what."""


class _Truth:
    """A truth value for ``edge.MatchValue``, which reads a Python ``bool`` as the number it also is, and so never matches one.
    It reads numpy's ``bool`` as what it is, and knows that by its name; this is one without numpy's 20 MB.
    """

    def __init__(self, value: bool) -> None:
        self._value = value

    def __bool__(self) -> bool:
        return self._value


_Truth.__module__, _Truth.__name__ = "numpy", "bool"


def point_id(identity: q.PointId) -> str | int:
    return identity.uuid if identity.WhichOneof("point_id_options") == "uuid" else identity.num


def to_filter(given: q.Filter) -> edge.Filter:
    """A whole filter; raises :class:`Unsupported` naming the condition that cannot be expressed, and ``ValueError`` for a
    key or a moment that cannot be read.
    """
    least = None
    if given.HasField("min_should"):
        least = edge.MinShould(_conditions(given.min_should.conditions) or [], given.min_should.min_count)
    return edge.Filter(
        must=_conditions(given.must),
        should=_conditions(given.should),
        must_not=_conditions(given.must_not),
        min_should=least,
    )


def _conditions(given: Sequence[q.Condition]) -> list[Any] | None:
    return [_condition(one) for one in given] or None


def _condition(given: q.Condition) -> Any:
    kind = given.WhichOneof("condition_one_of")
    if kind == "field":
        return _field(given.field)
    if kind == "is_empty":
        return edge.IsEmptyCondition(given.is_empty.key)
    if kind == "is_null":
        return edge.IsNullCondition(given.is_null.key)
    if kind == "has_id":
        return edge.HasIdCondition({point_id(one) for one in given.has_id.has_id})
    if kind == "has_vector":
        return edge.HasVectorCondition(given.has_vector.has_vector)
    if kind == "filter":
        return to_filter(given.filter)
    if kind == "nested":
        return edge.NestedCondition(given.nested.key, to_filter(given.nested.filter))
    raise Unsupported(f"The embedded engine knows no condition {kind}.")


def _field(given: q.FieldCondition) -> edge.FieldCondition:
    asked = {field.name: value for field, value in given.ListFields() if field.name != "key"}
    made: dict[str, Any] = {}
    for name, value in asked.items():
        if name == "match":
            made["match"] = _match(value)
        elif name == "range":
            made["range"] = edge.RangeFloat(**_bounds(value, lambda bound: bound))
        elif name == "datetime_range":
            made["range"] = edge.RangeDateTime(**_bounds(value, lambda bound: bound.ToJsonString()))
        elif name == "values_count":
            made["values_count"] = edge.ValuesCount(**_bounds(value, lambda bound: bound))
        elif name in ("is_empty", "is_null"):
            made[name] = value
        elif name == "geo_bounding_box":
            made[name] = edge.GeoBoundingBox(_place(value.top_left), _place(value.bottom_right))
        elif name == "geo_radius":
            made[name] = edge.GeoRadius(_place(value.center), value.radius)
        elif name == "geo_polygon":
            made[name] = edge.GeoPolygon(_line(value.exterior), [_line(one) for one in value.interiors])
        else:
            raise Unsupported(f"The embedded engine knows no condition {name} on a field.")
    return edge.FieldCondition(given.key, **made)


def _bounds(given: Any, read: Callable[[Any], Any]) -> dict[str, Any]:
    return {name: read(getattr(given, name)) for name in BOUNDS if given.HasField(name)}


def _place(given: q.GeoPoint) -> edge.GeoPoint:
    return edge.GeoPoint(given.lon, given.lat)


def _line(given: q.GeoLineString) -> list[edge.GeoPoint]:
    return [_place(one) for one in given.points]


def _match(given: q.Match) -> Any:
    kind = given.WhichOneof("match_value")
    if kind in ("keyword", "integer"):
        return edge.MatchValue(getattr(given, kind))
    if kind == "boolean":
        return edge.MatchValue(_Truth(given.boolean))  # type: ignore[arg-type]
    if kind == "keywords":
        return edge.MatchAny(list(given.keywords.strings))
    if kind == "integers":
        return edge.MatchAny(list(given.integers.integers))
    if kind == "except_keywords":
        return edge.MatchExcept(list(given.except_keywords.strings))
    if kind == "except_integers":
        return edge.MatchExcept(list(given.except_integers.integers))
    texts = {
        "text": edge.MatchText,
        "text_any": edge.MatchTextAny,
        "phrase": edge.MatchPhrase,
        "prefix": edge.MatchPrefix,
        "substring": edge.MatchSubstring,
    }
    if kind in texts:
        return texts[kind](getattr(given, kind))
    raise Unsupported(f"The embedded engine knows no match {kind}.")
