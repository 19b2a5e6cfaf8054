"""What a model gave a tool, as the tool's schema has it: "4" for a number is 4, "yes" for a truth is true."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from tradewind_server.bounded_json import foreign_json

TRUTHS = {"true": True, "yes": True, "1": True, "on": True, "false": False, "no": False, "0": False, "off": False}


class WrongType(Exception):
    """A value that cannot be read as the type that is asked for."""


def converted_arguments(schema: Mapping[str, Any], arguments: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The arguments by name, converted, and a clause about the first that cannot be used; "" where all can.

    What the schema does not name stays out; null counts as missing.
    """
    values: dict[str, Any] = {}
    properties = schema.get("properties")
    for name, declaration in (properties if isinstance(properties, dict) else {}).items():
        value = arguments.get(name)
        if value is None:
            if name in schema.get("required", ()):
                return values, f"{name} is missing"
            continue
        kind = declaration.get("type") if isinstance(declaration, dict) else None
        try:
            values[name] = _as_type(value, kind)
        except WrongType:
            return values, f"{name} must be a {kind}"
    return values, ""


def _as_type(value: Any, kind: Any) -> Any:
    match kind:
        case "string":
            return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        case "number" | "integer":
            return _number(value, whole=kind == "integer")
        case "boolean":
            return _truth(value)
        case "array" | "object":
            return _structure(value, list if kind == "array" else dict)
        case _:
            return value


def _number(value: Any, *, whole: bool) -> float | int:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise WrongType from None
    if isinstance(value, bool) or not math.isfinite(number) or (whole and not number.is_integer()):
        raise WrongType
    return int(number) if number.is_integer() else number


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    truth = TRUTHS.get(str(value).strip().lower())
    if truth is None:
        raise WrongType
    return truth


def _structure(value: Any, kind: type[Any]) -> Any:
    if isinstance(value, str):
        try:
            value = foreign_json(value)
        except ValueError:
            raise WrongType from None
    if not isinstance(value, kind):
        raise WrongType
    return value
