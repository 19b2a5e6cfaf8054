"""Expectations as data: what an answer must hold, with placeholders for what differs from run to run.

An object must hold the expected keys and may hold others; a list must have the expected items, no more and no fewer. Text
may be a placeholder: ``<uuid>``, ``<date>``, ``<text>`` (not empty), ``<number>``, ``<any>``, ``<absent>``, or ``~ pattern``,
found anywhere. An object with one of these keys says something about the whole value instead: ``<has>`` (each of these
items is in the list), ``<count>`` (length of the list), ``<keys>`` (exactly these keys), ``<json>`` (a text of that JSON).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
REFERENCE = re.compile(r"\$\{([A-Za-z0-9_.:-]+)\}")
ABSENT = object()

PLACEHOLDERS: Mapping[str, Callable[[Any], bool]] = {
    "<uuid>": lambda value: isinstance(value, str) and UUID.fullmatch(value) is not None,
    "<date>": lambda value: isinstance(value, str) and DATE.fullmatch(value) is not None,
    "<text>": lambda value: isinstance(value, str) and bool(value.strip()),
    "<number>": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "<any>": lambda value: value is not ABSENT,
    "<absent>": lambda value: value is ABSENT,
}


def filled(value: Any, saved: Mapping[str, Any]) -> Any:
    """A value of a case with ``${name}`` replaced by what was saved under that name; alone it keeps its type."""
    if isinstance(value, str):
        whole = REFERENCE.fullmatch(value)
        if whole:
            return saved[whole.group(1)]
        return REFERENCE.sub(lambda match: str(saved[match.group(1)]), value)
    if isinstance(value, Mapping):
        return {str(filled(key, saved)): filled(one, saved) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, saved) for one in value]
    return value


def differences(expected: Any, actual: Any, where: str = "") -> list[str]:
    """Sentences on all that is not as expected; empty when everything is."""
    return list(_differences(expected, actual, where or "the answer"))


def _differences(expected: Any, actual: Any, where: str) -> Iterator[str]:
    if isinstance(expected, str):
        yield from _text(expected, actual, where)
    elif actual is ABSENT:
        yield f"{where} is missing"
    elif isinstance(expected, Mapping):
        yield from _mapping(expected, actual, where)
    elif isinstance(expected, list):
        yield from _list(expected, actual, where)
    elif isinstance(expected, bool) or expected is None:
        if actual is not expected:
            yield f"{where} is {_shown(actual)}, not {expected}"
    elif actual != expected or isinstance(actual, bool):
        yield f"{where} is {_shown(actual)}, not {_shown(expected)}"


def _text(expected: str, actual: Any, where: str) -> Iterator[str]:
    check = PLACEHOLDERS.get(expected)
    if check is not None:
        if not check(actual):
            yield f"{where} is {_shown(actual)}, not {expected}"
    elif expected.startswith("~ "):
        if not isinstance(actual, str) or re.search(expected[2:], actual, re.DOTALL) is None:
            yield f"{where} is {_shown(actual)}, without {expected[2:]!r}"
    elif actual != expected:
        yield f"{where} is {_shown(actual)}, not {_shown(expected)}"


def _mapping(expected: Mapping[str, Any], actual: Any, where: str) -> Iterator[str]:
    if "<count>" in expected and (not isinstance(actual, list) or len(actual) != expected["<count>"]):
        yield f"{where} has not {expected['<count>']} items: {_shown(actual)}"
    for wanted in expected.get("<has>", ()):
        if not isinstance(actual, list) or not any(not differences(wanted, one) for one in actual):
            yield f"{where} has no {_shown(wanted)}: {_shown(actual)}"
    if "<keys>" in expected and (not isinstance(actual, dict) or set(actual) != set(expected["<keys>"])):
        yield f"{where} has the keys {_shown(sorted(actual) if isinstance(actual, dict) else actual)}"
    if "<json>" in expected:
        try:
            yield from _differences(expected["<json>"], json.loads(actual), f"the JSON in {where}")
        except (TypeError, ValueError):
            yield f"{where} is no JSON text: {_shown(actual)}"
    plain = {key: value for key, value in expected.items() if not key.startswith("<") or not key.endswith(">")}
    if plain and not isinstance(actual, dict):
        yield f"{where} is {_shown(actual)}, not an object"
        return
    for key, value in plain.items():
        yield from _differences(value, actual.get(key, ABSENT), f"{where}.{key}")


def _list(expected: list[Any], actual: Any, where: str) -> Iterator[str]:
    if not isinstance(actual, list):
        yield f"{where} is {_shown(actual)}, not a list"
    elif len(actual) != len(expected):
        yield f"{where} has {len(actual)} items, not {len(expected)}: {_shown(actual)}"
    else:
        for index, (wanted, one) in enumerate(zip(expected, actual, strict=True)):
            yield from _differences(wanted, one, f"{where}[{index}]")


def _shown(value: Any) -> str:
    if value is ABSENT:
        return "missing"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 600 else text[:600] + "…"
