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
FENCED = re.compile(r"```[a-zA-Z0-9_]*+\s*\Z")
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


class Measured(str):
    """A text that counts how often its characters are looked at: the library itself has no bound of time."""

    _left: list[int]

    def __new__(cls, text: str, left: list[int]) -> Measured:
        made = super().__new__(cls, text)
        made._left = left
        return made

    def __getitem__(self, at: SupportsIndex | slice) -> str:
        self._left[0] -= 1
        if self._left[0] < 0:
            raise TooManySteps
        found = super().__getitem__(at)
        return Measured(found, self._left) if isinstance(at, slice) else found

    def __add__(self, other: str) -> str:
        return Measured(super().__add__(other), self._left)


def without_thoughts(text: str) -> str:
    """The text without what the model thought before it answered. A thought without an end is the text itself."""
    lowered = text.lower()
    if "</t" not in lowered and "</r" not in lowered:
        return THOUGHT_BEGINNING.sub("", text)
    rest = THOUGHT.sub("", text)
    *_, last = THOUGHT_END.split(rest)  # Templates of some models open the thought before the model begins.
    return last


def json_values(text: str, longest_repair: int = LONGEST_REPAIR, depth: int = 1) -> Iterator[Any]:
    """The JSON values in what a model wrote: the whole, else those in fences, else one after the other.

    Each of at most 64 levels. Nothing where there is none.
    """
    text = text.strip()
    try:
        whole = foreign_json(text)
    except ValueError:
        text = without_thoughts(text[:LONGEST_TEXT]).strip()
        found = list(spans(text, longest_repair))
        yield from (value for _, _, value in sorted(found, key=lambda one: not FENCED.search(text[: one[0]][-40:])))
        return
    if isinstance(whole, str) and depth:  # JSON as a JSON text.
        yield from json_values(whole, longest_repair, depth - 1)
    else:
        yield whole


def spans(text: str, left: int = LONGEST_REPAIR) -> Iterator[tuple[int, int, Any]]:
    """The objects and lists in a text, each with where it begins and where it ends. ``left`` bounds what is repaired."""
    decoder = json.JSONDecoder(strict=False)
    position = 0
    for _ in range(MOST_VALUES):
        found = OPENING.search(text, position)
        if found is None:
            return
        start = found.start()
        try:
            value, end = decoder.raw_decode(text, start)
        except RecursionError:
            return
        except ValueError:
            value, end = None, start + 1
            if left > 0 and ITEM.match(text, start):
                end = _end(text, start, start + left)
                left -= end - start
                value = _repaired(text[start:end]) if left > 0 else None
                end = end if value is not None else start + 1
        else:
            value = _settled(value)
        if value is not None:
            yield start, end, value
        position = end


def _end(text: str, start: int, limit: int) -> int:
    """Where a value that begins here ends by its brackets; the end of its fence or of the text where they never close."""
    structure = SINGLE_QUOTED if text[start + 1 : start + 40].lstrip()[:1] == "'" else STRUCTURE
    expected: list[str] = []
    for found in structure.finditer(text, start, limit):
        mark = found.group()
        if mark in CLOSES:
            expected.append(CLOSES[mark])
        elif mark in ("}", "]"):
            if expected and expected[-1] == mark:
                expected.pop()
            if not expected:
                return found.end()
    fence = FENCE_END.search(text, start, limit)
    return fence.start() if fence else min(len(text), limit)


def _repaired(text: str) -> Any:
    """The value that a text was meant to be; None where it is none, or is broken off inside a text or number."""
    text = text.rstrip()
    if not text.endswith(ENDINGS):
        return None
    if '"""' in text:
        text = TRIPLE.sub(lambda found: json.dumps(found.group(1)), text)
    try:
        value = json_repair.loads(Measured(text, [STEPS * len(text) + SHORT_STEPS]), skip_json_loads=True)
    except (ValueError, RecursionError, TooManySteps):
        return None
    return _settled(value) if isinstance(value, dict | list) and value else None


def _settled(value: Any) -> Any:
    """The value without half surrogates and the like; None where it is too deep."""
    try:
        return foreign_json(json.dumps(value))
    except (ValueError, RecursionError):
        return None
