"""A Qdrant filter as a node or a caller writes it, JSON, as the message of Qdrant's protocol; checked key by key."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tradewind_server.vectors.messages import Misfit, checked_text, fill
from tradewind_server.vectors.protocol import q

CLAUSES = ("must", "should", "must_not")
BOUNDS = ("gt", "gte", "lt", "lte")
PLAIN = ("geo_bounding_box", "geo_radius", "geo_polygon", "values_count", "is_empty", "is_null")
"""Conditions on a field that read alike in both protocols."""
WORD = re.compile(r"[^\W_]+")
"""A word as Qdrant's index of texts counts them."""
MOST_WORDS = 100
POINT_ID_LIMIT = 2**64
INT64 = range(-(2**63), 2**63)


def to_filter(source: Mapping[str, Any]) -> q.Filter:
    """The message of a filter object; raises :class:`Misfit` with the path of what is wrong."""
    message = q.Filter()
    _filter(message, source, "")
    return message


def narrows(source: q.Filter) -> bool:
    """Whether a filter holds a condition at all; one that holds none means every point."""
    conditions = [*source.must, *source.should, *source.must_not, *source.min_should.conditions]
    return any(one.WhichOneof("condition_one_of") != "filter" or narrows(one.filter) for one in conditions)


def _filter(message: Any, source: Any, where: str) -> None:
    for key, value in _object(source, where).items():
        place = _at(where, key)
        if value is None:
            continue
        if key in CLAUSES:
            for item, spot in _items(value, place):
                _condition(getattr(message, key).add(), item, spot)
        elif key == "min_should":
            for part, inner in _object(value, place).items():
                if part == "conditions":
                    for item, spot in _items(inner, f"{place}.conditions"):
                        _condition(message.min_should.conditions.add(), item, spot)
                elif part == "min_count" and type(inner) is int and inner >= 0:
                    message.min_should.min_count = inner
                else:
                    raise Misfit(_at(place, part))
        else:
            raise Misfit(place)


def _items(value: Any, where: str) -> list[tuple[Any, str]]:
    """The conditions of a clause: a list, or one alone."""
    if isinstance(value, Mapping):
        return [(value, where)]
    if isinstance(value, list | tuple):
        return [(item, f"{where}.{number}") for number, item in enumerate(value)]
    raise Misfit(where)


def _condition(message: Any, source: Any, where: str) -> None:
    parts = _object(source, where)
    if "key" in parts:
        _field(message, parts, where)
    elif parts.keys() == {"has_id"}:
        message.has_id.SetInParent()
        for item, spot in _list(parts["has_id"], f"{where}.has_id"):
            _point_id(message.has_id.has_id.add(), item, spot)
    elif parts.keys() == {"nested"}:
        nested_filter = _object(parts["nested"], f"{where}.nested")
        if nested_filter.keys() != {"key", "filter"}:
            raise Misfit(f"{where}.nested")
        message.nested.key = _text(nested_filter["key"], f"{where}.nested.key")
        _filter(message.nested.filter, nested_filter["filter"], f"{where}.nested.filter")
    elif parts.keys() == {"has_vector"}:
        message.has_vector.has_vector = _text(parts["has_vector"], f"{where}.has_vector")
    elif len(parts) == 1 and parts.keys() <= {"is_empty", "is_null", "slice"}:
        fill(message, parts, where)
    else:
        message.filter.SetInParent()
        _filter(message.filter, parts, where)


def _field(condition: Any, parts: Mapping[str, Any], where: str) -> None:
    match = parts.get("match")
    if isinstance(match, Mapping) and match.keys() == {"text_any"}:
        _any_word(condition.filter, parts, where)
        return
    message = condition.field
    message.key = _text(parts["key"], f"{where}.key")
    source = {key: value for key, value in parts.items() if key != "key" and value is not None}
    if not source:
        raise Misfit(where)
    for key, value in source.items():
        if key == "match":
            _match(message.match, value, f"{where}.match")
        elif key == "range":
            _range(message, value, f"{where}.range")
        elif key in PLAIN:
            fill(message, {key: value}, where)
        else:
            raise Misfit(f"{where}.{key}")


def _any_word(message: Any, parts: Mapping[str, Any], where: str) -> None:
    """``text_any`` is a condition of newer servers. All know its parts: one of the words, each a text."""
    place = f"{where}.match.text_any"
    words = WORD.findall(_text(parts["match"]["text_any"], place))
    if len(words) > MOST_WORDS:
        raise Misfit(place)
    others = {key: value for key, value in parts.items() if key != "match" and value is not None}
    if len(others) > 1:  # More than the key.
        _field(message.must.add(), others, where)
    either = message.must.add()
    either.filter.SetInParent()
    for word in words:
        _field(either.filter.should.add(), {"key": parts["key"], "match": {"text": word}}, where)
    if not words:  # No word is one of none.
        either.has_id.SetInParent()


def _match(message: Any, source: Any, where: str) -> None:
    parts = _object(source, where)
    if len(parts) != 1:
        raise Misfit(where)
    ((key, value),) = parts.items()
    place = f"{where}.{key}"
    if key == "value":
        _match_value(message, value, place)
    elif key in ("any", "except"):
        _match_list(message, key, value, place)
    elif key in ("text", "phrase", "text_any", "prefix", "substring"):
        fill(message, parts, where)
    else:
        raise Misfit(place)


def _match_value(message: Any, value: Any, where: str) -> None:
    if isinstance(value, str):
        message.keyword = checked_text(value, where)
    elif isinstance(value, bool):
        message.boolean = value
    elif isinstance(value, int) and value in INT64:
        message.integer = value
    else:
        raise Misfit(where)


def _match_list(message: Any, key: str, value: Any, where: str) -> None:
    items = [item for item, _ in _list(value, where)]
    prefix = "" if key == "any" else "except_"
    if all(isinstance(item, str) for item in items):
        target = getattr(message, f"{prefix}keywords")
        target.SetInParent()
        target.strings.extend(checked_text(item, where) for item in items)
    elif all(type(item) is int and item in INT64 for item in items):
        getattr(message, f"{prefix}integers").integers.extend(items)
    else:
        raise Misfit(where)


def _range(message: Any, source: Any, where: str) -> None:
    """Bounds are numbers, or moments as ISO 8601 text."""
    bounds = {key: value for key, value in _object(source, where).items() if value is not None}
    if any(isinstance(value, str) for value in bounds.values()):
        for key, value in bounds.items():
            if key not in BOUNDS:
                raise Misfit(f"{where}.{key}")
            getattr(message.datetime_range, key).FromDatetime(_moment(value, f"{where}.{key}"))
    else:
        message.range.SetInParent()
        fill(message.range, bounds, where)


def _moment(value: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Misfit(where) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _point_id(message: Any, value: Any, where: str) -> None:
    if type(value) is int and 0 <= value < POINT_ID_LIMIT:
        message.num = value
        return
    try:
        message.uuid = str(uuid.UUID(value))
    except (AttributeError, TypeError, ValueError):
        raise Misfit(where) from None


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Misfit(where)
    return value


def _list(value: Any, where: str) -> Sequence[tuple[Any, str]]:
    if not isinstance(value, list | tuple):
        raise Misfit(where)
    return [(item, f"{where}.{number}") for number, item in enumerate(value)]


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise Misfit(where)
    return checked_text(value, where)


def _at(where: str, key: Any) -> str:
    return f"{where}.{key}" if where else str(key)
