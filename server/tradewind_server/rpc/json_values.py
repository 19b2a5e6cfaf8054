"""Converts between Python JSON values and ``google.protobuf.Value``. Whole numbers become ``int``; depth is at most 64."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from google.protobuf.struct_pb2 import NULL_VALUE, ListValue, Struct, Value

from tradewind_server.errors import InvalidInput, Reason

DEEPEST = 64
EXACT = 2**53


def from_value(value: Value, depth: int = DEEPEST) -> Any:
    """The JSON value; a message without a kind counts as null."""
    match value.WhichOneof("kind"):
        case "string_value":
            return value.string_value
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() and -EXACT <= number <= EXACT else number
        case "bool_value":
            return value.bool_value
        case "struct_value":
            return from_struct(value.struct_value, depth - 1)
        case "list_value":
            return [from_value(one, _deeper(depth)) for one in value.list_value.values]
        case _:
            return None


def from_struct(struct: Struct, depth: int = DEEPEST) -> dict[str, Any]:
    """The JSON object. Raises ``InvalidInput`` when it is nested deeper than 64 levels."""
    depth = _deeper(depth)
    return {name: from_value(value, depth) for name, value in struct.fields.items()}


def fill_value(target: Value, value: Any, depth: int = DEEPEST) -> None:
    """Write a JSON value into ``target``; what JSON does not know is written as its text."""
    if isinstance(value, str):
        target.string_value = value
    elif value is None:
        target.null_value = NULL_VALUE
    elif value is True or value is False:
        target.bool_value = value
    elif isinstance(value, int | float):
        target.number_value = value
    elif isinstance(value, Mapping):
        target.struct_value.SetInParent()
        fill_struct(target.struct_value, value, depth)
    elif isinstance(value, list | tuple):
        target.list_value.SetInParent()
        fill_list(target.list_value, value, depth)
    else:
        target.string_value = str(value)


def fill_struct(target: Struct, values: Mapping[str, Any], depth: int = DEEPEST) -> None:
    depth = _deeper(depth)
    fields = target.fields
    for name, value in values.items():
        fill_value(fields[str(name)], value, depth)


def fill_list(target: ListValue, values: Iterable[Any], depth: int = DEEPEST) -> None:
    depth = _deeper(depth)
    add = target.values.add
    for value in values:
        fill_value(add(), value, depth)


def to_value(value: Any) -> Value:
    target = Value()
    fill_value(target, value)
    return target


def _deeper(depth: int) -> int:
    if depth <= 0:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"The JSON is nested deeper than {DEEPEST} levels; flatten it.")
    return depth - 1
