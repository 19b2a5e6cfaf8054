"""Shapes written as zod source text, the way Flowise's advanced parser keeps them.

The text is read, never run: a small grammar of the usual calls, and anything else is refused with its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tradewind_server.flows.llm.output_schema import Schema, Side

TOKEN = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z_$][\w$]*)"
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\$]|\\.)*+`)"
    r"|(?P<open>[\"'`].*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
LONGEST = 20_000
DEEPEST = 32
WORDS: Mapping[str, Any] = {"true": True, "false": False, "null": None}
BASES: Mapping[str, Schema] = {
    "string": Schema("string"),
    "number": Schema("number"),
    "boolean": Schema("boolean"),
    "null": Schema("null"),
    "any": Schema("any"),
    "unknown": Schema("any"),
    "date": Schema("string", format="date-time"),
    "int": Schema("number", whole=True),
}
FORMATS = {"email": "email", "url": "uri", "uuid": "uuid", "datetime": "date-time", "date": "date", "time": "time"}
CHANGES: Mapping[str, Mapping[str, Any]] = {
    "optional": {"optional": True},
    "nullable": {"nullable": True},
    "nullish": {"optional": True, "nullable": True},
    "int": {"whole": True},
    "nonempty": {"least": 1},
    "positive": {"least": 0, "beyond": frozenset({"least"})},
    "negative": {"most": 0, "beyond": frozenset({"most"})},
    "nonnegative": {"least": 0},
    "nonpositive": {"most": 0},
    **{name: {"format": form} for name, form in FORMATS.items()},
    **{name: {} for name in ("strict", "strip", "passthrough", "trim", "finite", "safe", "readonly")},
}
BOUNDED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("min", "gte", "gt"), ("least",)),
    **dict.fromkeys(("max", "lte", "lt"), ("most",)),
    "length": ("least", "most"),
}
BEYOND: Mapping[str, frozenset[Side]] = {"gt": frozenset({"least"}), "lt": frozenset({"most"})}


class NotUnderstood(Exception):
    """The text is not of the grammar; the message says where it leaves it."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


def parse_zod(source: str) -> Schema:
    """The shape behind zod source text. Raises :class:`NotUnderstood`."""
    if len(source) > LONGEST:
        raise NotUnderstood(f"it has more than {LONGEST} characters")
    reader = _ZodReader(_tokens(source))
    shape = reader.expression(0)
    reader.skip(";")
    if reader.peek() is not None:
        raise NotUnderstood(f"{reader.peek()} stands behind its end")
    return shape


def _tokens(source: str) -> list[Token]:
    """The tokens; a text whose end is missing is one sign, its quote."""
    matches = TOKEN.finditer(source)
    return [
        Token("sign", match.group()[0]) if match.lastgroup == "open" else Token(str(match.lastgroup), match.group())
        for match in matches
        if match.lastgroup != "space"
    ]


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match.group(1), match.group(1)), text[1:-1], flags=re.DOTALL)


class _ZodReader:
    """Reads tokens from the left; never goes deeper than :data:`DEEPEST`."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._open = 0

    def peek(self) -> str | None:
        return self._tokens[self._position].text if self._position < len(self._tokens) else None

    def next(self) -> Token:
        if self._position >= len(self._tokens):
            raise NotUnderstood("it breaks off")
        self._position += 1
        return self._tokens[self._position - 1]

    def skip(self, sign: str) -> bool:
        is_there = self.peek() == sign
        self._position += is_there
        return is_there

    def expect(self, sign: str) -> None:
        token = self.next()
        if token.text != sign:
            raise NotUnderstood(f"{token.text} stands where {sign} should")

    def expression(self, depth: int) -> Schema:
        """``z.name(…)`` and the calls chained behind it."""
        if depth > DEEPEST:
            raise NotUnderstood(f"it is nested more than {DEEPEST} deep")
        start = self.next()
        if start.text != "z":
            raise NotUnderstood(f"{start.text} stands where z. should")
        self.expect(".")
        name = self.next().text
        if name == "coerce":  # Types are coerced anyway.
            self.expect(".")
            name = self.next().text
        self.expect("(")
        shape = self._base(name, depth + 1)
        while self.skip("."):
            name = self.next().text
            self.expect("(")
            shape = self._apply(shape, name, depth + 1)
        return shape

    def _base(self, name: str, depth: int) -> Schema:
        if name in BASES:
            self._rest()
            return BASES[name]
        if name in ("array", "optional", "nullable"):
            inner = self.expression(depth)
            self._rest()
            return Schema("array", item=inner) if name == "array" else replace(inner, **CHANGES[name])
        if name in ("object", "strictObject"):
            fields = self._fields(depth)
            self._rest()
            return Schema("object", fields=fields)
        if name == "enum":
            choices = self._list_of(self._string)
            self._rest()
            return Schema("string", choices=tuple(choices))
        if name == "literal":
            value = self._value()
            self._rest()
            return _literal(value)
        if name == "union":
            options = self._list_of(lambda: self.expression(depth))
            self._rest()
            return Schema("union", options=tuple(options))
        if name == "record":
            item = self.expression(depth)
            if self.skip(",") and self.peek() != ")":
                item = self.expression(depth)
            self._rest()
            return Schema("record", item=item)
        raise NotUnderstood(f"z.{name}() is not understood")

    def _apply(self, shape: Schema, name: str, depth: int) -> Schema:
        if name in CHANGES:
            self._rest()
            return replace(shape, **{**CHANGES[name], "beyond": shape.beyond | CHANGES[name].get("beyond", frozenset())})
        if name in BOUNDED:
            changes: dict[str, Any] = dict.fromkeys(BOUNDED[name], self._number())
            self._rest()
            return replace(shape, **changes, beyond=shape.beyond | BEYOND.get(name, frozenset()))
        if name == "describe":
            text = self._string()
            self._rest()
            return replace(shape, description=text)
        if name == "default":
            value = self._value()
            self._rest()
            return replace(shape, default=value)
        if name == "array":
            self._rest()
            return Schema("array", item=shape)
        if name == "or":
            other = self.expression(depth)
            self._rest()
            return Schema("union", options=(shape, other))
        raise NotUnderstood(f".{name}() is not understood")

    def _rest(self) -> None:
        """The end of a call. Messages and options that zod takes there say nothing about the shape."""
        while not self.skip(")"):
            self.skip(",")
            if self.peek() != ")":
                self._value()

    def _fields(self, depth: int) -> dict[str, Schema]:
        self.expect("{")
        fields = {}
        while not self.skip("}"):
            token = self.next()
            if token.kind not in ("name", "string"):
                raise NotUnderstood(f"{token.text} is no name of a field")
            self.expect(":")
            fields[_unquote(token.text) if token.kind == "string" else token.text] = self.expression(depth)
            if self.peek() != "}":
                self.expect(",")
        return fields

    def _enter(self, sign: str) -> None:
        self.expect(sign)
        self._open += 1
        if self._open > DEEPEST:
            raise NotUnderstood(f"it is nested more than {DEEPEST} deep")

    def _list_of(self, read: Callable[[], Any]) -> list[Any]:
        self._enter("[")
        values = []
        while not self.skip("]"):
            values.append(read())
            if self.peek() != "]":
                self.expect(",")
        self._open -= 1
        return values

    def _string(self) -> str:
        token = self.next()
        if token.kind != "string":
            raise NotUnderstood(f"{token.text} stands where a text in quotation marks should")
        return _unquote(token.text)

    def _number(self) -> float:
        token = self.next()
        if token.kind != "number":
            raise NotUnderstood(f"{token.text} stands where a number should")
        return float(token.text)

    def _value(self) -> Any:
        """A plain value: text, number, true, false, null, or lists and objects of them."""
        upcoming = self.peek()
        if upcoming == "[":
            return self._list_of(self._value)
        if upcoming == "{":
            return self._object()
        token = self.next()
        if token.kind == "string":
            return _unquote(token.text)
        if token.kind == "number":
            number = float(token.text)
            return int(number) if number.is_integer() else number
        if token.text in WORDS:
            return WORDS[token.text]
        raise NotUnderstood(f"{token.text} stands where a plain value should")

    def _object(self) -> dict[str, Any]:
        self._enter("{")
        values = {}
        while not self.skip("}"):
            token = self.next()
            self.expect(":")
            values[_unquote(token.text) if token.kind == "string" else token.text] = self._value()
            if self.peek() != "}":
                self.expect(",")
        self._open -= 1
        return values


def _literal(value: Any) -> Schema:
    if value is None:
        return Schema("null")
    if isinstance(value, bool):
        return Schema("boolean", choices=(value,))
    if isinstance(value, int | float):
        return Schema("number", choices=(value,))
    if isinstance(value, str):
        return Schema("string", choices=(value,))
    raise NotUnderstood("z.literal() takes a text, a number, true, false or null")
