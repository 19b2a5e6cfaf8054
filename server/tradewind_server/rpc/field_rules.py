"""Compiles the ``buf.validate`` rules of the protos into Python checks at start (docs/adr/0009).

The library ``protovalidate`` visits every value of a free JSON object, which costs more than a tenth of the time of an echo
call with overrides. The tests compare these checks with it. A rule that is not implemented here stops the server from
starting, so that none is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor

UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
FREE = frozenset({"google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue", "google.api.HttpBody"})
"""Message types that are never checked, at any depth."""
ZERO_NAME = ""


@dataclass(frozen=True, slots=True)
class Violation:
    """A value that breaks a rule. ``place`` is its JSON path, such as ``history[3].role``; ``reason`` names an error reason."""

    place: str
    sentence: str
    reason: str


Test = Callable[[Any], str | None]
"""Takes a value and returns what is required of it, or None when it complies."""
FieldCheck = Callable[[Any, str], Violation | None]
"""Takes a message and the JSON path in front of its fields."""


class UnknownRule(Exception):
    """A proto has a rule that is not implemented here. The server must not start."""


@dataclass(frozen=True, slots=True)
class Extensions:
    """Functions that read the options of a field: its rules, and the error reason of a violation."""

    rules: Callable[[FieldDescriptor], Any]
    reason: Callable[[FieldDescriptor], str]


class Compiler:
    """Compiles one check for each message type that has rules, and keeps it."""

    def __init__(self, extensions: Extensions) -> None:
        self._extensions = extensions
        self._checks: dict[str, FieldCheck | None] = {}

    def check_of(self, message: Descriptor) -> FieldCheck | None:
        """The check of a message type; None when it has no rules. Raises :class:`UnknownRule`."""
        if message.full_name not in self._checks:
            self._checks[message.full_name] = None  # A message that holds itself is checked on its first level.
            self._checks[message.full_name] = self._compile(message)
        return self._checks[message.full_name]

    def _compile(self, message: Descriptor) -> FieldCheck | None:
        if message.full_name in FREE:
            return None
        checks = [check for field in message.fields if (check := self._field(field)) is not None]
        if not checks:
            return None

        def check_all(value: Any, place: str) -> Violation | None:
            for check in checks:
                violation = check(value, place)
                if violation is not None:
                    return violation
            return None

        return check_all

    def _field(self, field: FieldDescriptor) -> FieldCheck | None:
        rules = self._extensions.rules(field)
        reason = self._extensions.reason(field)
        inner = self.check_of(field.message_type) if field.message_type is not None else None
        if field.is_repeated:
            return _repeated_field(field, rules, reason, inner)
        if field.message_type is not None:
            return _single_message(field, rules, reason, inner)
        tests = scalar_tests(field, rules) if rules is not None else []
        return _scalar(field, tests, reason) if tests else None


def _scalar(field: FieldDescriptor, tests: Sequence[Test], reason: str) -> FieldCheck:
    name, json_name, has_presence = field.name, field.json_name, field.has_presence

    def check(message: Any, place: str) -> Violation | None:
        if has_presence and not message.HasField(name):
            return None
        value = getattr(message, name)
        for test in tests:
            expectation = test(value)
            if expectation is not None:
                return Violation(place + json_name, expectation, reason)
        return None

    return check


def _single_message(field: FieldDescriptor, rules: Any, reason: str, inner: FieldCheck | None) -> FieldCheck | None:
    is_required = rules is not None and rules.required
    _refuse_others(field, rules, {"required"})
    if not is_required and inner is None:
        return None
    name, json_name = field.name, field.json_name

    def check(message: Any, place: str) -> Violation | None:
        if not message.HasField(name):
            return Violation(place + json_name, "is missing", reason) if is_required else None
        return inner(getattr(message, name), f"{place}{json_name}.") if inner is not None else None

    return check


def _repeated_field(field: FieldDescriptor, rules: Any, reason: str, inner: FieldCheck | None) -> FieldCheck | None:
    _refuse_others(field, rules, {"repeated"})
    repeated_rules = rules.repeated if rules is not None else None
    least = repeated_rules.min_items if repeated_rules is not None else 0
    most = repeated_rules.max_items if repeated_rules is not None and repeated_rules.HasField("max_items") else None
    items = repeated_rules.items if repeated_rules is not None and repeated_rules.HasField("items") else None
    tests = scalar_tests(field, items) if items is not None else []
    if not least and most is None and not tests and inner is None:
        return None
    name, json_name = field.name, field.json_name

    def check(message: Any, place: str) -> Violation | None:
        values = getattr(message, name)
        count = len(values)
        if count < least or (most is not None and count > most):
            bound = f"must have at least {least} items" if count < least else f"may have at most {most} items"
            return Violation(place + json_name, bound, reason)
        for index, value in enumerate(values):
            here = f"{place}{json_name}[{index}]"
            for test in tests:
                expectation = test(value)
                if expectation is not None:
                    return Violation(here, expectation, reason)
            violation = inner(value, here + ".") if inner is not None else None
            if violation is not None:
                return violation
        return None

    return check


def scalar_tests(field: FieldDescriptor, rules: Any) -> list[Test]:
    """The tests of a scalar field's value. Raises :class:`UnknownRule`."""
    kind = rules.WhichOneof("type")
    _refuse_others(field, rules, {kind} if kind else set())
    if kind is None:
        return []
    values: Mapping[str, Any] = {rule.name: value for rule, value in getattr(rules, kind).ListFields()}
    make = MAKERS.get(kind, {})
    unknown = values.keys() - make.keys()
    if unknown:
        raise UnknownRule(f"{field.full_name}: {kind}.{min(unknown)} is not enforced here.")
    return [test for rule, value in values.items() if (test := make[rule](field, value)) is not None]


def _refuse_others(field: FieldDescriptor, rules: Any, rule_names: set[str]) -> None:
    if rules is None:
        return
    others = {rule.name for rule, _ in rules.ListFields()} - rule_names
    if others:
        raise UnknownRule(f"{field.full_name}: the rule {min(others)} is not enforced here.")


def _uuid(_: FieldDescriptor, __: bool) -> Test:
    match = UUID.fullmatch
    return lambda value: None if match(value) else "must be a UUID"


def _least_chars(_: FieldDescriptor, least: int) -> Test:
    sentence = "must not be empty" if least == 1 else f"must have at least {least} characters"
    return lambda value: sentence if len(value) < least else None


def _most_chars(_: FieldDescriptor, most: int) -> Test:
    return lambda value: f"may have at most {most} characters" if len(value) > most else None


def _most_bytes(_: FieldDescriptor, most: int) -> Test:
    return lambda value: f"may have at most {most} bytes" if len(value) * 4 > most < len(value.encode()) else None


def _least_bytes(_: FieldDescriptor, least: int) -> Test:
    return lambda value: "must not be empty" if len(value) < least else None


def _at_least(_: FieldDescriptor, least: int) -> Test:
    sentence = "cannot be negative" if least == 0 else f"must be {least} or more"
    return lambda value: sentence if value < least else None


def _at_most(_: FieldDescriptor, most: int) -> Test:
    return lambda value: f"must be {most} or less" if value > most else None


def _defined_only(field: FieldDescriptor, expectation: bool) -> Test | None:
    assert field.enum_type is not None
    numbers = frozenset(field.enum_type.values_by_number)
    return (lambda value: None if value in numbers else "is a value that this server does not know") if expectation else None


def _none_of(_: FieldDescriptor, numbers: Sequence[int]) -> Test:
    values = frozenset(numbers)
    return lambda value: "must be set" if value in values else None


def _equal(_: FieldDescriptor, expectation: bool) -> Test:
    return lambda value: None if value is expectation else f"must be {str(expectation).lower()}"


MAKERS: Mapping[str, Mapping[str, Callable[[FieldDescriptor, Any], Test | None]]] = {
    "string": {"uuid": _uuid, "min_len": _least_chars, "max_len": _most_chars, "max_bytes": _most_bytes},
    "bytes": {"min_len": _least_bytes},
    "int32": {"gte": _at_least, "lte": _at_most},
    "enum": {"defined_only": _defined_only, "not_in": _none_of},
    "bool": {"const": _equal},
}
