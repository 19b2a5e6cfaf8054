"""Filters of Qdrant's protocol as filters of the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import qdrant_edge as edge

from tradewind_server.vectors.protocol import q

BOUNDS = ("gte", "gt", "lte", "lt")


class UnsupportedFilter(Exception):
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


def to_filter(message: q.Filter) -> edge.Filter:
    """A whole filter; raises :class:`UnsupportedFilter` naming the condition that cannot be expressed, and ``ValueError`` for a
    key or a moment that cannot be read.
    """
    least = None
    if message.HasField("min_should"):
        least = edge.MinShould(_conditions(message.min_should.conditions) or [], message.min_should.min_count)
    return edge.Filter(
        must=_conditions(message.must),
        should=_conditions(message.should),
        must_not=_conditions(message.must_not),
        min_should=least,
    )


def _conditions(message: Sequence[q.Condition]) -> list[Any] | None:
    return [_condition(one) for one in message] or None


def _condition(message: q.Condition) -> Any:
    kind = message.WhichOneof("condition_one_of")
    if kind == "field":
        return _field(message.field)
    if kind == "is_empty":
        return edge.IsEmptyCondition(message.is_empty.key)
    if kind == "is_null":
        return edge.IsNullCondition(message.is_null.key)
    if kind == "has_id":
        return edge.HasIdCondition({point_id(one) for one in message.has_id.has_id})
    if kind == "has_vector":
        return edge.HasVectorCondition(message.has_vector.has_vector)
    if kind == "filter":
        return to_filter(message.filter)
    if kind == "nested":
        return edge.NestedCondition(message.nested.key, to_filter(message.nested.filter))
    raise UnsupportedFilter(f"The embedded engine knows no condition {kind}.")


def _field(message: q.FieldCondition) -> edge.FieldCondition:
    values = {field.name: value for field, value in message.ListFields() if field.name != "key"}
    arguments: dict[str, Any] = {}
    for name, value in values.items():
        if name == "match":
            arguments["match"] = _match(value)
        elif name == "range":
            arguments["range"] = edge.RangeFloat(**_bounds(value, lambda bound: bound))
        elif name == "datetime_range":
            arguments["range"] = edge.RangeDateTime(**_bounds(value, lambda bound: bound.ToJsonString()))
        elif name == "values_count":
            arguments["values_count"] = edge.ValuesCount(**_bounds(value, lambda bound: bound))
        elif name in ("is_empty", "is_null"):
            arguments[name] = value
        elif name == "geo_bounding_box":
            arguments[name] = edge.GeoBoundingBox(_place(value.top_left), _place(value.bottom_right))
        elif name == "geo_radius":
            arguments[name] = edge.GeoRadius(_place(value.center), value.radius)
        elif name == "geo_polygon":
            arguments[name] = edge.GeoPolygon(_line(value.exterior), [_line(one) for one in value.interiors])
        else:
            raise UnsupportedFilter(f"The embedded engine knows no condition {name} on a field.")
    return edge.FieldCondition(message.key, **arguments)


def _bounds(message: Any, read: Callable[[Any], Any]) -> dict[str, Any]:
    return {name: read(getattr(message, name)) for name in BOUNDS if message.HasField(name)}


def _place(message: q.GeoPoint) -> edge.GeoPoint:
    return edge.GeoPoint(message.lon, message.lat)


def _line(message: q.GeoLineString) -> list[edge.GeoPoint]:
    return [_place(one) for one in message.points]


def _match(message: q.Match) -> Any:
    kind = message.WhichOneof("match_value")
    if kind in ("keyword", "integer"):
        return edge.MatchValue(getattr(message, kind))
    if kind == "boolean":
        return edge.MatchValue(_Truth(message.boolean))  # type: ignore[arg-type]
    if kind == "keywords":
        return edge.MatchAny(list(message.keywords.strings))
    if kind == "integers":
        return edge.MatchAny(list(message.integers.integers))
    if kind == "except_keywords":
        return edge.MatchExcept(list(message.except_keywords.strings))
    if kind == "except_integers":
        return edge.MatchExcept(list(message.except_integers.integers))
    texts = {
        "text": edge.MatchText,
        "text_any": edge.MatchTextAny,
        "phrase": edge.MatchPhrase,
        "prefix": edge.MatchPrefix,
        "substring": edge.MatchSubstring,
    }
    if kind in texts:
        return texts[kind](getattr(message, kind))
    raise UnsupportedFilter(f"The embedded engine knows no match {kind}.")
