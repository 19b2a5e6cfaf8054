"""JSON that models write: in fences, behind thoughts and words, with the mistakes that models make.

What is JSON is read as JSON. What is nearly JSON is repaired by a library, within bounds: it takes up to 20 µs a character, so
long texts are read outside the event loop.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, SupportsIndex

import json_repair

from tradewind_server.bounded_json import foreign_json

LONGEST_REPAIR = 64 * 1024
"""Characters of one text that are repaired."""
MOST_VALUES = 50
"""Values that are looked at in one text."""
LONGEST_TEXT = 1024 * 1024
"""Characters of a text that is not JSON as a whole."""
STEPS, SHORT_STEPS = 30, 10_000
"""How often the characters of a text are looked at for each of them, and beside that."""
LONG = 4096
"""Characters from which a text is read in a thread."""
THOUGHT = re.compile(
    r"<(think|thinking|thought|reasoning|reflection)>(?:[^<]|<(?!/?(?:think|thinking|thought|reasoning|reflection)>))*+</\1>",
    re.IGNORECASE,
)
THOUGHT_END = re.compile(r"</(?:think|thinking|thought|reasoning|reflection)>", re.IGNORECASE)
THOUGHT_BEGINNING = re.compile(r"\A\s*+<(?:think|thinking|thought|reasoning|reflection)>", re.IGNORECASE)
OTHER_THOUGHTS = {
    "◁think▷": "◁/think▷",
    "[THINK]": "[/THINK]",
    "<seed:think>": "</seed:think>",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "<|channel|>analysis<|message|>": "<|end|>",
}
"""Marks around thoughts that are those of one family of models."""
FENCE_BEFORE = re.compile(r"```[a-zA-Z0-9_]*+\s*\Z")
FENCE_END = re.compile(r"\n[^\S\n]*+```")
OPENING = re.compile(r"[{\[]")
# A text in quotes, a comment, or a bracket; a text without an end ends the search.
STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|“[^”]*+(?:”|\Z)|//[^\n]*+|/\*.{0,600}?\*/|[{}\[\]]', re.DOTALL)
SINGLE_QUOTED = re.compile(
    r"""'(?:[^'\\]|\\.|'(?!\s*+[,:}\]]))*+(?:'|\\?\Z)|"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|//[^\n]*+|/\*.{0,600}?\*/|[{}\[\]]""",
    re.DOTALL,
)
CLOSES = {"{": "}", "[": "]"}
ENDINGS = (*"\"'}],”’", "true", "false", "null", "True", "False", "None")
# How an object or a list begins: with a name, a value, a comment or its end. Anything else is a bracket in a sentence.
ITEM = re.compile(r"""[{\[]\s*+(?:["'“”‘’`{\[}\]]|//|/\*|#|[\w$-]++\s*+[:,}\]]|-?[\d.])""")
TRIPLE = re.compile(r'"""(.*?)"""', re.DOTALL)


class TooManySteps(Exception):
    """The repair of a text goes over it again and again."""


class MeteredText(str):
    """A text that counts how often its characters are looked at: the library itself has no bound of time."""

    _budget: list[int]

    def __new__(cls, text: str, budget: list[int]) -> MeteredText:
        result = super().__new__(cls, text)
        result._budget = budget
        return result

    def __getitem__(self, at: SupportsIndex | slice) -> str:
        self._budget[0] -= 1
        if self._budget[0] < 0:
            raise TooManySteps
        part = super().__getitem__(at)
        return MeteredText(part, self._budget) if isinstance(at, slice) else part

    def __add__(self, other: str) -> str:
        return MeteredText(super().__add__(other), self._budget)


def without_thoughts(text: str) -> str:
    """The text without what the model thought before it answered. A thought without an end is the text itself."""
    for start, end in OTHER_THOUGHTS.items():
        if start in text:
            text = _without_blocks(text, start, end)
    lower_text = text.lower()
    if "</t" not in lower_text and "</r" not in lower_text:
        return THOUGHT_BEGINNING.sub("", text)
    rest = THOUGHT.sub("", text)
    *_, last = THOUGHT_END.split(rest)  # Templates of some models open the thought before the model begins.
    return last


def _without_blocks(text: str, start: str, end: str) -> str:
    pieces, position = [], 0
    while (at := text.find(start, position)) >= 0 and (close := text.find(end, at)) >= 0:
        pieces.append(text[position:at])
        position = close + len(end)
    return "".join([*pieces, text[position:]])


def json_values(text: str, longest_repair: int = LONGEST_REPAIR, depth: int = 1) -> Iterator[Any]:
    """The JSON values in what a model wrote: the whole, else those in fences, else one after the other.

    Each of at most 64 levels. Nothing where there is none.
    """
    text = text.strip()
    try:
        whole = foreign_json(text)
    except ValueError:
        text = without_thoughts(text[:LONGEST_TEXT]).strip()
        values = list(spans(text, longest_repair))
        yield from (value for _, _, value in sorted(values, key=lambda one: not FENCE_BEFORE.search(text[: one[0]][-40:])))
        return
    if isinstance(whole, str) and depth:  # JSON as a JSON text.
        yield from json_values(whole, longest_repair, depth - 1)
    else:
        yield whole


def spans(text: str, remaining: int = LONGEST_REPAIR) -> Iterator[tuple[int, int, Any]]:
    """The objects and lists in a text, each with where it begins and where it ends. ``remaining`` bounds what is repaired."""
    decoder = json.JSONDecoder(strict=False)
    position = 0
    for _ in range(MOST_VALUES):
        match = OPENING.search(text, position)
        if match is None:
            return
        start = match.start()
        try:
            value, end = decoder.raw_decode(text, start)
        except RecursionError:
            return
        except ValueError:
            value, end = None, start + 1
            if remaining > 0 and ITEM.match(text, start):
                end = _end(text, start, start + remaining)
                remaining -= end - start
                value = _repair(text[start:end]) if remaining > 0 else None
                end = end if value is not None else start + 1
        else:
            value = _plain(value)
        if value is not None:
            yield start, end, value
        position = end


def _end(text: str, start: int, limit: int) -> int:
    """Where a value that begins here ends by its brackets; the end of its fence or of the text where they never close."""
    structure = SINGLE_QUOTED if text[start + 1 : start + 40].lstrip()[:1] == "'" else STRUCTURE
    closers: list[str] = []
    for match in structure.finditer(text, start, limit):
        mark = match.group()
        if mark in CLOSES:
            closers.append(CLOSES[mark])
        elif mark in ("}", "]"):
            if closers and closers[-1] == mark:
                closers.pop()
            if not closers:
                return match.end()
    fence = FENCE_END.search(text, start, limit)
    return fence.start() if fence else min(len(text), limit)


def _repair(text: str) -> Any:
    """The value that a text was meant to be; None where it is none, or is broken off inside a text or number."""
    text = text.rstrip()
    if not text.endswith(ENDINGS):
        return None
    if '"""' in text:
        text = TRIPLE.sub(lambda match: json.dumps(match.group(1)), text)
    try:
        value = json_repair.loads(MeteredText(text, [STEPS * len(text) + SHORT_STEPS]), skip_json_loads=True)
    except (ValueError, RecursionError, TooManySteps):
        return None
    return _plain(value) if isinstance(value, dict | list) and value else None


def _plain(value: Any) -> Any:
    """The value without half surrogates and the like; None where it is too deep."""
    try:
        return foreign_json(json.dumps(value))
    except (ValueError, RecursionError):
        return None
