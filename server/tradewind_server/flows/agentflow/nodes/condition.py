"""Condition: the first that is true chooses the branch, else the last branch goes on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import regex

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.references import text_of
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.nodes.agentflow import CONDITION

MARKDOWN = re.compile(r"\*\*|__|~~|`{1,3}|^#{1,6}\s|^>\s?", re.MULTILINE)
ESCAPE = re.compile(r"\\([\\\[\]*])")
NUMBER = re.compile(r"[+-]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d{1,3}+)?")
LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)")
LIST_MARK = re.compile(r"^[^\S\n]{0,20}(?:[*+-]|\d{1,9}\.)[^\S\n]+", re.MULTILINE)
EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,500})(?<=\S)\1(?![\w*])")
LONGEST_PATTERN = 1000
PATTERN_SECONDS = 0.5
Operation = Callable[[Any, Any], bool]


def plain(value: Any) -> str:
    """A text without its markdown: models write the word that is waited for in bold, or as an item of a list."""
    text = MARKDOWN.sub("", LIST_MARK.sub("", text_of(value) if value is not None else ""))
    return EMPHASIS.sub(r"\2", LINK.sub(r"\1", text)).strip()


def number(value: Any) -> float:
    """A number, or the one that a text begins with; 0 for what is none."""
    if isinstance(value, bool) or value is None:
        return float(bool(value))
    if isinstance(value, int | float):
        return float(value)
    match = NUMBER.match(text_of(value)[:400].strip())
    return float(match.group()) if match else 0.0


def flag(value: Any) -> bool:
    return value is True or str(value).strip().lower() == "true"


def matches(value: str, pattern: str) -> bool:
    """Whether a pattern matches, the editor's escapes undone. False for one that is none, or that takes too long."""
    text = ESCAPE.sub(r"\1", pattern)
    try:
        return regex.search(text[:LONGEST_PATTERN], value, timeout=PATTERN_SECONDS, concurrent=True) is not None
    except (regex.error, TimeoutError):
        return False


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else text_of(value)


OPERATIONS: Mapping[str, Operation] = {
    "contains": lambda one, other: as_text(other) in as_text(one),
    "notContains": lambda one, other: as_text(other) not in as_text(one),
    "startsWith": lambda one, other: as_text(one).startswith(as_text(other)),
    "endsWith": lambda one, other: as_text(one).endswith(as_text(other)),
    "equal": lambda one, other: one == other,
    "notEqual": lambda one, other: one != other,
    "regex": lambda one, other: matches(as_text(one), as_text(other)),
    "isEmpty": lambda one, other: one == "",
    "notEmpty": lambda one, other: one != "",
    "larger": lambda one, other: number(one) > number(other),
    "largerEqual": lambda one, other: number(one) >= number(other),
    "smaller": lambda one, other: number(one) < number(other),
    "smallerEqual": lambda one, other: number(one) <= number(other),
}
"""Canvases keep the operation of a condition whose type is changed: each works on values of any type."""
KINDS: Mapping[str, Callable[[Any], Any]] = {"string": plain, "number": number, "boolean": flag}
ELSE = {"type": "string", "value1": "", "operation": "equal", "value2": ""}


def is_fulfilled(condition: Mapping[str, Any]) -> bool:
    """Whether a condition is true; of an unknown type it compares texts. Raises ``KeyError`` for an unknown operation."""
    convert: Callable[[Any], Any] = KINDS.get(str(condition.get("type") or "string"), plain)
    operation, second = str(condition.get("operation")), condition.get("value2")
    other = ("" if second is None else text_of(second)) if operation == "regex" else convert(second)
    return OPERATIONS[operation](convert(condition.get("value1")), other)


async def first_fulfilled(step: Step, conditions: Sequence[Mapping[str, Any]]) -> int | None:
    """The position of the first true condition; those behind it are not looked at. Patterns are tried outside the event loop:
    an owner can write slow ones. Raises ``InvalidInput`` for a condition that could never be true or false."""
    for position, condition in enumerate(conditions):
        if str(condition.get("operation")) not in OPERATIONS:
            raise InvalidInput(
                Reason.NODE_INPUT_INVALID,
                f"The condition {position + 1} of {step.node.label} ({step.node.id}) has no known operation; choose one.",
                node=step.node.id,
                input="conditions",
            )
        slow = condition.get("operation") == "regex"
        if await asyncio.to_thread(is_fulfilled, condition) if slow else is_fulfilled(condition):
            return position
    return None


async def run_condition(step: Step) -> StepResult:
    conditions = step.items("conditions")
    choice = await first_fulfilled(step, conditions)
    result = [{**one, "isFulfilled": True} if i == choice else dict(one) for i, one in enumerate(conditions)]
    result.append({**ELSE, "isFulfilled": choice is None})
    return StepResult({"conditions": {str(i): one for i, one in enumerate(conditions)}}, {"conditions": result})


STEPS = (StepType(CONDITION.name, run_condition, decides=True, computes=True),)
