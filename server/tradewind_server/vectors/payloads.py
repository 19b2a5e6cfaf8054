"""Vectors and payloads as Qdrant's messages carry them, both ways; the adapter and the embedded engine share it."""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from tradewind_server.vectors.protocol import q

FLOAT_BYTES = 4
VARINT_MORE = 0x80
PLACES = (0x7F80_0000, 0x0080_0000, 0x8000_0000)
"""In a 32-bit float: the exponent, the lowest bit of it, and the sign."""


class UnstorableValue(ValueError):
    """A value that a payload cannot hold; the message names its type."""


def put_fields(fields: Any, values: Mapping[str, Any]) -> None:
    """Write a JSON-like mapping into a message's ``map<string, Value>``.

    Numbers that JSON does not know (NaN, infinity) become null, as in every JSON text. Raises :class:`UnstorableValue`,
    ``ValueError`` or ``TypeError`` where a value has no place in a payload: a whole number beyond 64 bits, half a
    surrogate pair, an object.
    """
    for key, value in values.items():
        kind = type(value)  # The usual kinds first and at once: this runs for every value of every chunk.
        if kind is str:
            fields[key].string_value = value
        elif kind is int:
            fields[key].integer_value = value
        elif kind is dict and value:
            put_fields(fields[key].struct_value.fields, value)
        else:
            _put(fields[key], value)


def _put(target: Any, value: Any) -> None:
    kind = type(value)
    if kind is str:
        target.string_value = value
    elif kind is bool:
        target.bool_value = value
    elif kind is int:
        target.integer_value = value
    elif value is None or (kind is float and not math.isfinite(value)):
        target.null_value = q.NULL_VALUE
    elif kind is float:
        target.double_value = value
    elif isinstance(value, Mapping):
        target.struct_value.SetInParent()
        put_fields(target.struct_value.fields, value)
    elif isinstance(value, list | tuple):
        target.list_value.SetInParent()
        for item in value:
            _put(target.list_value.values.add(), item)
    else:
        raise UnstorableValue(f"a {kind.__name__}")


def fields_of(fields: Any) -> dict[str, Any]:
    """The JSON-like dictionary behind a ``map<string, Value>``."""
    result: dict[str, Any] = {}
    for key, value in fields.items():
        kind = value.WhichOneof("kind")
        if kind == "string_value":
            result[key] = value.string_value
        elif kind == "integer_value":
            result[key] = value.integer_value
        else:
            result[key] = _value(value, kind)
    return result


def _value(value: Any, kind: str | None) -> Any:
    if kind == "struct_value":
        return fields_of(value.struct_value.fields)
    if kind == "list_value":
        return [_value(item, item.WhichOneof("kind")) for item in value.list_value.values]
    if kind is None or kind == "null_value":
        return None
    return getattr(value, kind)


def dense_bytes(vector: Sequence[float]) -> bytes:
    """A vector as a serialised ``DenseVector``. Raises ``ValueError`` when a number in it is not finite.

    A message takes its numbers one by one, which costs more than everything else in a point; its bytes are the packed
    32-bit floats behind a tag and a length, so vectors that are such floats already (``array("f")``, numpy's float32)
    are copied as they lie.
    """
    data: bytes = _floats(vector).tobytes()
    if not are_finite(data):  # One such point would be the best hit of every search.
        raise ValueError("a vector with a number that is not finite")
    head = bytearray(b"\x0a")  # Field 1, length-delimited.
    length = len(data)
    while length >= VARINT_MORE:
        head.append(length & (VARINT_MORE - 1) | VARINT_MORE)
        length >>= 7
    head.append(length)
    return bytes(head) + data


def are_finite(floats: bytes) -> bool:
    """Whether none of these 32-bit floats is infinite or not a number: in those, all bits of the exponent are ones.

    All at once, as one long number: where an exponent is all ones, one more carries into the place of the sign.
    """
    exponents, ones, signs = _places(len(floats) // FLOAT_BYTES)
    return not (int.from_bytes(floats, sys.byteorder) & exponents) + ones & signs


@lru_cache(maxsize=4)
def _places(count: int) -> tuple[int, int, int]:
    """In ``count`` floats: the exponents, the lowest bit of each, and the signs."""
    exponents, ones, signs = (int.from_bytes(place.to_bytes(FLOAT_BYTES) * count) for place in PLACES)
    return exponents, ones, signs


def _floats(vector: Any) -> Any:
    if isinstance(vector, list | tuple):
        return array("f", vector)
    view = memoryview(vector)
    return view if view.format == "f" else array("f", vector.tolist())


def dense_floats(dense: Any) -> array[float]:
    """The numbers of a ``DenseVector``; the way back of :func:`dense_bytes`."""
    floats = array("f")
    if dense.data:
        floats.frombytes(memoryview(dense.SerializeToString())[-len(dense.data) * FLOAT_BYTES :])
    return floats
