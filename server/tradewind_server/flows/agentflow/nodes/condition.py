"""Condition: the first that is true chooses the branch, else the last branch goes on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import regex

from tradewind_server.flows.agentflow.references import text_of
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.nodes.agentflow import CONDITION

MARKDOWN = re.compile(r"\*\*|__|~~|`{1,3}|^#{1,6}\s|^>\s?", re.MULTILINE)
ESCAPE = re.compile(r"\\([\\\[\]*])")
NUMBER = re.compile(r"[+-]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?")
LONGEST_PATTERN = 1000
PATTERN_SECONDS = 0.5
Operation = Callable[[Any, Any], bool]


def plain(value: Any) -> str:
    """A text without its markdown: models write the word that is waited for in bold."""
    return MARKDOWN.sub("", text_of(value) if value is not None else "").strip()


def number(value: Any) -> float:
    """A number; 0 for what is none."""
    if isinstance(value, bool) or value is None:
        return float(bool(value))
    if isinstance(value, int | float):
        return float(value)
    text = text_of(value).strip()
    return float(text) if len(text) < 400 and NUMBER.fullmatch(text) else 0.0


def flag(value: Any) -> bool:
    return value is True or str(value).strip().lower() == "true"


def matches(value: str, pattern: str) -> bool:
    """Whether a pattern matches, the editor's escapes undone. False for one that is none, or that takes too long."""
    text = ESCAPE.sub(r"\1", pattern)
    try:
        return regex.search(text[:LONGEST_PATTERN], value, timeout=PATTERN_SECONDS, concurrent=True) is not None
    except (regex.error, TimeoutError):
        return False


TEXTS: Mapping[str, Operation] = {
    "contains": lambda one, other: other in one,
    "notContains": lambda one, other: other not in one,
    "startsWith": lambda one, other: one.startswith(other),
    "endsWith": lambda one, other: one.endswith(other),
    "equal": lambda one, other: one == other,
    "notEqual": lambda one, other: one != other,
    "regex": matches,
    "isEmpty": lambda one, other: not one,
    "notEmpty": lambda one, other: bool(one),
}
NUMBERS: Mapping[str, Operation] = {
    "equal": lambda one, other: one == other,
    "notEqual": lambda one, other: one != other,
    "larger": lambda one, other: one > other,
    "largerEqual": lambda one, other: one >= other,
    "smaller": lambda one, other: one < other,
    "smallerEqual": lambda one, other: one <= other,
    "isEmpty": lambda one, other: False,
    "notEmpty": lambda one, other: True,
}
FLAGS: Mapping[str, Operation] = {"equal": lambda one, other: one == other, "notEqual": lambda one, other: one != other}
KINDS: Mapping[str, tuple[Callable[[Any], Any], Mapping[str, Operation]]] = {
    "string": (plain, TEXTS),
    "number": (number, NUMBERS),
    "boolean": (flag, FLAGS),
}
ELSE = {"type": "string", "value1": "", "operation": "equal", "value2": ""}


def is_fulfilled(condition: Mapping[str, Any]) -> bool:
    """Whether a condition is true; an unknown kind or operation never is."""
    convert, operations = KINDS.get(str(condition.get("type") or "string"), KINDS["string"])
    operation = operations.get(str(condition.get("operation")))
    return operation is not None and operation(convert(condition.get("value1")), convert(condition.get("value2")))


async def first_fulfilled(conditions: Sequence[Mapping[str, Any]]) -> int | None:
    """The position of the first true condition. Patterns are tried outside the event loop: an owner can write slow ones."""
    for position, condition in enumerate(conditions):
        slow = condition.get("operation") == "regex"
        if await asyncio.to_thread(is_fulfilled, condition) if slow else is_fulfilled(condition):
            return position
    return None


async def run_condition(step: Step) -> StepResult:
    conditions = step.items("conditions")
    choice = await first_fulfilled(conditions)
    result = [{**one, "isFulfilled": True} if i == choice else dict(one) for i, one in enumerate(conditions)]
    result.append({**ELSE, "isFulfilled": choice is None})
    return StepResult({"conditions": {str(i): one for i, one in enumerate(conditions)}}, {"conditions": result})


STEPS = (StepType(CONDITION.name, run_condition, decides=True),)
