"""JSON of Qdrant's REST API as messages of its gRPC API, where the two read alike: names, nesting and plain values.

The message's own description says which keys there are and what may stand in them, so that a client library of another
version brings its own options along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

WHOLE_NUMBERS = {
    FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, 2**32 - 1),
    FieldDescriptor.CPPTYPE_UINT64: (0, 2**64 - 1),
}
NUMBERS = (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT)


class Misfit(Exception):
    """JSON that is no such message; ``where`` is the path of the first key that does not fit."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def fill(message: Any, values: Any, where: str, *, without: frozenset[str] = frozenset()) -> None:
    """Write a JSON object into a message; nulls are left out. ``without`` names fields that are not offered here."""
    if not isinstance(values, Mapping):
        raise Misfit(where)
    fields = message.DESCRIPTOR.fields_by_name
    for key, value in values.items():
        place = f"{where}.{key}" if where else str(key)
        field = None if key in without else fields.get(key)
        if field is None:
            raise Misfit(place)
        if value is not None:
            _set(message, field, value, place)


def _set(message: Any, field: FieldDescriptor, value: Any, where: str) -> None:
    is_message = field.cpp_type == FieldDescriptor.CPPTYPE_MESSAGE
    if _is_map(field):
        raise Misfit(where)
    if field.is_repeated:
        if not isinstance(value, list):
            raise Misfit(where)
        target = getattr(message, field.name)
        for number, item in enumerate(value):
            if is_message:
                fill(target.add(), item, f"{where}.{number}")
            else:
                target.append(_scalar(field, item, f"{where}.{number}"))
    elif is_message:
        target = getattr(message, field.name)
        target.SetInParent()
        fill(target, _spelled_out(field, value), where)
    else:
        setattr(message, field.name, _scalar(field, value, where))


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _spelled_out(field: FieldDescriptor, value: Any) -> Any:
    """What REST writes as ``"auto"`` or ``4`` is a message of two alternatives here, ``setting`` and ``value``."""
    names = set(field.message_type.fields_by_name) if field.message_type else set()
    if isinstance(value, str) and names <= {"setting", "value"}:
        return {"setting": value}
    if isinstance(value, int) and names == {"setting", "value"}:
        return {"value": value}
    return value


def _scalar(field: FieldDescriptor, value: Any, where: str) -> Any:
    kind = field.cpp_type
    if kind in WHOLE_NUMBERS:
        least, most = WHOLE_NUMBERS[kind]
        if type(value) is int and least <= value <= most:
            return value
    elif kind in NUMBERS:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
    elif kind == FieldDescriptor.CPPTYPE_BOOL:
        if isinstance(value, bool):
            return value
    elif kind == FieldDescriptor.CPPTYPE_ENUM:
        number = _enum(field, value)
        if number is not None:
            return number
    elif kind == FieldDescriptor.CPPTYPE_STRING and isinstance(value, str) and field.type == FieldDescriptor.TYPE_STRING:
        return checked_text(value, where)
    raise Misfit(where)


def _enum(field: FieldDescriptor, value: Any) -> int | None:
    """REST writes ``int8`` and ``one_bit`` where gRPC has ``Int8`` and ``OneBit``."""
    word = _bare(value) if isinstance(value, str) else None
    values = field.enum_type.values if field.enum_type else ()
    return next((one.number for one in values if _bare(one.name) == word), None)


def _bare(name: str) -> str:
    return name.replace("_", "").lower()


def checked_text(text: str, where: str) -> str:
    """The text, if UTF-8 can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Misfit(where) from None
    return text
