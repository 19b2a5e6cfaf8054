"""Filters of Qdrant's protocol as filters of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import qdrant_edge as edge
from qdrant_client import grpc as q


class Unsupported(Exception):
    """The protocol knows this, the engine or this server does not; the message says what."""


def point_id(identity: q.PointId) -> str | int:
    return identity.uuid if identity.WhichOneof("point_id_options") == "uuid" else identity.num


def to_filter(given: q.Filter) -> edge.Filter:
    """A whole filter; raises :class:`Unsupported` naming the condition that cannot be expressed."""
    return edge.Filter(must=_conditions(given.must), should=_conditions(given.should), must_not=_conditions(given.must_not))


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
    if kind == "filter":
        return to_filter(given.filter)
    if kind == "nested":
        return edge.NestedCondition(given.nested.key, to_filter(given.nested.filter))
    raise Unsupported(f"The embedded engine knows no condition {kind}.")


def _field(given: q.FieldCondition) -> edge.FieldCondition:
    if given.HasField("match"):
        return edge.FieldCondition(given.key, match=_match(given.match))
    if given.HasField("range"):
        bounds = {name: getattr(given.range, name) for name in ("gte", "gt", "lte", "lt") if given.range.HasField(name)}
        return edge.FieldCondition(given.key, range=edge.RangeFloat(**bounds))
    if given.HasField("datetime_range"):
        span = given.datetime_range
        moments = {n: getattr(span, n).ToJsonString() for n in ("gte", "gt", "lte", "lt") if span.HasField(n)}
        return edge.FieldCondition(given.key, range=edge.RangeDateTime(**moments))
    raise Unsupported(f"The embedded engine takes match and range conditions on a field, for {given.key} too.")


def _match(given: q.Match) -> Any:
    kind = given.WhichOneof("match_value")
    if kind in ("keyword", "integer", "boolean"):
        return edge.MatchValue(getattr(given, kind))
    if kind == "keywords":
        return edge.MatchAny(list(given.keywords.strings))
    if kind == "integers":
        return edge.MatchAny(list(given.integers.integers))
    if kind == "except_keywords":
        return edge.MatchExcept(list(given.except_keywords.strings))
    if kind == "except_integers":
        return edge.MatchExcept(list(given.except_integers.integers))
    if kind == "text":
        return edge.MatchText(given.text)
    raise Unsupported(f"The embedded engine knows no match {kind}.")
