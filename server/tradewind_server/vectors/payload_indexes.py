"""Which payload keys a filter needs an index for: in strict mode, the default of hosted Qdrant, it may use no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tradewind_server.vectors.filters import to_filter
from tradewind_server.vectors.messages import Misfit
from tradewind_server.vectors.protocol import q

MISSING_INDEX = re.compile(r'Index required but not found for "([^"]+)"')
MOST_INDEXES = 32
"""Keys of one collection that this server indexes; each costs the server memory."""
BY_MATCH = {
    "keyword": "Keyword", "keywords": "Keyword", "except_keywords": "Keyword", "prefix": "Keyword", "substring": "Keyword",
    "integer": "Integer", "integers": "Integer", "except_integers": "Integer",
    "boolean": "Bool", "text": "Text", "text_any": "Text", "phrase": "Text",
}  # fmt: skip
BY_CONDITION = {
    "range": "Float", "datetime_range": "Datetime", "geo_bounding_box": "Geo", "geo_radius": "Geo", "geo_polygon": "Geo",
    "values_count": "Keyword", "is_empty": "Keyword", "is_null": "Keyword",
}  # fmt: skip
IndexKinds = dict[str, str]
"""Types of indexes, as in ``FieldType``, by payload key."""


def kinds_for(filters: q.Filter) -> IndexKinds:
    """The index that each key of a filter needs; a key that is only tested for being there takes one of texts."""
    kinds: IndexKinds = {}
    for key, kind, weak in _keys(filters, ""):
        if key not in kinds or not weak:
            kinds[key] = kind
    return kinds


def wanted_of(standing: str | None) -> IndexKinds:
    """The same for the filter of every search as a collection's description has it; one that is not valid needs none."""
    if not standing:
        return {}
    try:
        return kinds_for(to_filter(json.loads(standing)))
    except (Misfit, ValueError):  # The search will say so.
        return {}


def missing_index(details: str, filters: q.Filter) -> tuple[str, str] | None:
    """The key, and the type of its index, that a refusal in strict mode asks for; None for any other refusal."""
    match = MISSING_INDEX.search(details)
    if match is None:
        return None
    kind = kinds_for(filters).get(match[1])
    return (match[1], kind) if kind else None


def creation(name: str, key: str, kind: str, *, wait: bool) -> q.CreateFieldIndexCollection:
    request = q.CreateFieldIndexCollection(
        collection_name=name, wait=wait, field_name=key, field_type=q.FieldType.Value(f"FieldType{kind}")
    )
    if kind == "Text":  # As the embedded engine compares texts: by words, in any case.
        text = request.field_index_params.text_index_params
        text.tokenizer, text.lowercase, text.phrase_matching = q.TokenizerType.Word, True, True
    return request


def _keys(filters: q.Filter, before: str) -> Iterator[tuple[str, str, bool]]:
    conditions = [*filters.must, *filters.should, *filters.must_not, *filters.min_should.conditions]
    for condition in conditions:
        kind = condition.WhichOneof("condition_one_of")
        if kind == "field":
            yield before + condition.field.key, *_kind_of(condition.field)
        elif kind in ("is_empty", "is_null"):
            yield before + getattr(condition, kind).key, "Keyword", True
        elif kind == "filter":
            yield from _keys(condition.filter, before)
        elif kind == "nested":
            yield from _keys(condition.nested.filter, f"{before}{condition.nested.key.removesuffix('[]')}[].")


def _kind_of(field: Any) -> tuple[str, bool]:
    """The type of index for a condition on a field, and whether any other would do."""
    if field.HasField("match"):
        return BY_MATCH.get(field.match.WhichOneof("match_value") or "", "Keyword"), False
    name = next((one.name for one, _ in field.ListFields() if one.name in BY_CONDITION), "is_empty")
    kind = BY_CONDITION[name]
    return kind, kind == "Keyword"
