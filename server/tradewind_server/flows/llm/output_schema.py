"""Shapes of JSON values: what an output parser asks of an answer, as a JSON schema and as a check."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from tradewind_server.flows.components import ParseFailure
from tradewind_server.lenient_json import LONG, json_values

T = TypeVar("T")
SchemaKind = Literal["string", "number", "boolean", "null", "array", "object", "record", "union", "any"]
Side = Literal["least", "most"]
NAMES = {"string": "a text", "number": "a number", "boolean": "true or false", "null": "null", "array": "a list"}
BOUNDS = {
    "string": ("minLength", "maxLength"),
    "number": ("minimum", "maximum"),
    "array": ("minItems", "maxItems"),
}
SIDES: tuple[Side, ...] = ("least", "most")
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Schema:
    """One shape. ``least`` and ``most`` bound a number, the length of a text or of a list."""

    kind: SchemaKind
    description: str = ""
    optional: bool = False
    nullable: bool = False
    default: Any = ABSENT
    choices: tuple[Any, ...] = ()
    least: float | None = None
    most: float | None = None
    beyond: frozenset[Side] = frozenset()
    """Bounds of a number that it must pass, not only reach."""
    whole: bool = False
    format: str = ""
    item: Schema | None = None
    fields: Mapping[str, Schema] = field(default_factory=dict)
    options: tuple[Schema, ...] = ()

    def schema(self) -> dict[str, Any]:
        """As a JSON schema."""
        schema: dict[str, Any] = self._own_schema()
        if self.nullable:
            schema = {"anyOf": [schema, {"type": "null"}]}
        if self.description:
            schema["description"] = self.description
        if self.default is not ABSENT:
            schema["default"] = self.default
        return schema

    def _own_schema(self) -> dict[str, Any]:
        if self.kind == "any":
            return {}
        if self.kind == "union":
            return {"anyOf": [option.schema() for option in self.options]}
        if self.kind == "object":
            required_names = [name for name, one in self.fields.items() if not one.may_be_absent]
            properties = {name: one.schema() for name, one in self.fields.items()}
            return {"type": "object", "properties": properties, "required": required_names, "additionalProperties": False}
        if self.kind == "record":
            return {"type": "object", "additionalProperties": self.item.schema() if self.item else {}}
        schema: dict[str, Any] = {"type": "integer" if self.whole else self.kind}
        if self.choices:
            schema["enum"] = list(self.choices)
        for name, side, bound in zip(BOUNDS.get(self.kind, ()), SIDES, (self.least, self.most), strict=False):
            if bound is not None:
                schema["exclusive" + name[0].upper() + name[1:] if side in self.beyond else name] = _plain(bound)
        if self.format:
            schema["format"] = self.format
        if self.item is not None:
            schema["items"] = self.item.schema()
        return schema

    @property
    def may_be_absent(self) -> bool:
        return self.optional or self.default is not ABSENT

    def read(self, value: Any, place: str = "the answer") -> Any:
        """The value, with what plainly means the right type made so. Raises :class:`ParseFailure` naming the place."""
        if value is None and self.default is not ABSENT:
            return self.default
        if value is None and (self.nullable or self.optional or self.kind in ("null", "any")):
            return None
        if self.kind == "any":
            return value
        if self.kind == "union":
            return self._read_union(value, place)
        if self.kind in ("object", "record"):
            return self._read_object(value, place)
        value = self._convert(value, place)
        if self.choices and value not in self.choices:
            raise ParseFailure(f"{place} must be one of {', '.join(str(one) for one in self.choices)}")
        self._check_bounds(value, place)
        if self.kind == "array" and self.item is not None:
            return [self.item.read(one, f"{place}[{index}]") for index, one in enumerate(value)]
        return value

    def _read_union(self, value: Any, place: str) -> Any:
        for option in self.options:
            try:
                return option.read(value, place)
            except ParseFailure:
                continue
        raise ParseFailure(f"{place} has none of the forms it may have")

    def _read_object(self, value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            raise ParseFailure(f"{place} must be a JSON object")
        if self.kind == "record":
            item = self.item or Schema("any")
            return {name: item.read(one, f"{place}.{name}") for name, one in value.items()}
        values = {}
        for name, field_schema in self.fields.items():
            if name in value or field_schema.default is not ABSENT:
                values[name] = field_schema.read(value.get(name), name if place == "the answer" else f"{place}.{name}")
            elif not field_schema.optional:
                raise ParseFailure(f"{place} has no {name}")
        return values

    def _convert(self, value: Any, place: str) -> Any:
        if self.kind == "string" and isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if self.kind == "boolean" and isinstance(value, str) and value.strip().lower() in ("true", "false"):
            return value.strip().lower() == "true"
        if self.kind == "number":
            return self._number(value, place)
        types = {"string": str, "boolean": bool, "array": list}
        if self.kind == "null" or not isinstance(value, types[self.kind]):
            raise ParseFailure(f"{place} must be {NAMES[self.kind]}")
        return value

    def _number(self, value: Any, place: str) -> float | int:
        try:
            if isinstance(value, bool):
                raise ValueError
            number = value if isinstance(value, int | float) else float(str(value))
            if number != number or number in (float("inf"), float("-inf")):
                raise ValueError
        except ValueError:
            raise ParseFailure(f"{place} must be a number") from None
        number = _plain(number)
        if self.whole and not isinstance(number, int):
            raise ParseFailure(f"{place} must be a whole number")
        return number

    def _check_bounds(self, value: Any, place: str) -> None:
        if self.kind not in BOUNDS:
            return
        size, unit = (value, "") if self.kind == "number" else (len(value), " long")
        if self.least is not None and (size < self.least or (size == self.least and "least" in self.beyond)):
            words = "more than" if "least" in self.beyond else "at least"
            raise ParseFailure(f"{place} must be {words} {_plain(self.least)}{unit}")
        if self.most is not None and (size > self.most or (size == self.most and "most" in self.beyond)):
            words = "less than" if "most" in self.beyond else "at most"
            raise ParseFailure(f"{place} must be {words} {_plain(self.most)}{unit}")


def _plain(number: float) -> float | int:
    return int(number) if isinstance(number, float) and number.is_integer() else number


def read_in(text: str, shape: Schema) -> Any:
    """The first JSON value in an answer that has the shape, read by it. Raises :class:`ParseFailure` with what is wrong.

    Takes up to a second for a long answer that is nearly JSON: see :func:`read_patiently`.
    """
    problem: ParseFailure | None = None
    for value in json_values(text):
        alone = value[0] if isinstance(value, list) and len(value) == 1 and shape.kind == "object" else value
        try:
            return shape.read(alone)
        except ParseFailure as error:
            if problem is None or isinstance(alone, dict):
                problem = error
    raise problem or ParseFailure("the answer holds no JSON")


async def read_patiently(text: str, read: Callable[[str], T]) -> T:
    """What ``read`` makes of a text; of a long one in a thread, so that the event loop goes on."""
    return await asyncio.to_thread(read, text) if len(text) > LONG else read(text)
