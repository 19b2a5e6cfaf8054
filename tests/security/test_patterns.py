"""Every regular expression of the server, on texts made to hold it.

While a pattern looks at a text, nothing else of the process runs. So each one is collected (those that modules hold, and
those that functions make, with a stand-in for what they put in), and timed on 20 KB of repeats that are derived from the
pattern itself: each of its beginnings and characters, over and over. What is quadratic takes seconds there.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tradewind_server

try:
    from re import _constants as sre  # type: ignore[attr-defined]
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    pytest.skip("this Python keeps its pattern parser elsewhere", allow_module_level=True)

ROOT = Path(tradewind_server.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
SIZE = 20_000
TRIAL_SIZE = 1_000
MOST_SECONDS = 0.15
"""Of the processor, for one call on 20 KB. A linear pattern takes a hundredth, a quadratic one ten times as much."""
MOST_PREFIXES, MOST_CHARACTERS = 8, 7
STAND_IN = "1"
"""For what a function puts into its pattern."""
COMMON = (" ", "\n", "a", "A1b2", "\t \n", "{", "{{", "<", "?key", "a:", "://", '"', "\\", "`", "*", "-", "0", "é", "a " * 8)
TAKES_PATTERN = {"compile", "sub", "subn", "match", "search", "fullmatch", "findall", "finditer", "split"}
NOT_IMPORTED = {"tradewind_server.__main__", "tradewind_server.store.migrations.env"}


def patterns_in(value: Any, depth: int = 4) -> Iterator[re.Pattern[str]]:
    """The text patterns that an object holds."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, Mapping):
        for one in (*value.keys(), *value.values()):
            yield from patterns_in(one, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from patterns_in(one, depth - 1)
    elif depth and isinstance(value, type) and value.__module__.startswith("tradewind_server"):
        for one in list(vars(value).values()):
            yield from patterns_in(one, depth - 1)


def text_of(node: ast.expr) -> str | None:
    """The text of a pattern in source, with the stand-in for every part that is not written there."""
    if isinstance(node, ast.Constant):
        value = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
        return value if isinstance(value, str) else None
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.escape":
        return STAND_IN
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or STAND_IN for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text_of(node.left), text_of(node.right)
        return None if left is None and right is None else f"{left or STAND_IN}{right or STAND_IN}"
    return None


OF_OWNERS = ("flows/agentflow/nodes/condition.py",)
"""Patterns that owners of chatflows write, in a library that stops by the clock: outside the event loop."""


def sites(path: Path) -> Iterator[tuple[ast.Call, bool]]:
    """The calls of ``re`` in a file, and whether they stand in a function."""
    tree = ast.parse(path.read_text())
    names = {alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not any(isinstance(node, ast.ImportFrom) and node.module in ("re", "regex") for node in ast.walk(tree)), (
        f"{path}: write `import re`, so that patterns are found"
    )
    is_told = "regex" not in names or path.as_posix().endswith(OF_OWNERS)
    assert is_told, f"{path}: the patterns of another library are not looked at here"
    inside = {
        id(below)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for below in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in TAKES_PATTERN and isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
            yield node, id(node) in inside


@cache
def collected() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages([str(ROOT)], "tradewind_server."):
        if module.name in NOT_IMPORTED or ".migrations.versions" in module.name:
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            assert not str(error.name).startswith("tradewind"), error
            continue  # What an extra brings is not installed.
        for name, value in vars(loaded).items():
            for number, pattern in enumerate(patterns_in(value)):
                if not any(pattern is one for one in found.values()):
                    found[f"{module.name.removeprefix('tradewind_server.')}.{name}{f'[{number}]' if number else ''}"] = pattern
    for path in SOURCES:
        for call, in_function in sites(path):
            text = text_of(call.args[0]) if call.args else None
            if text is None or any(text == one.pattern for one in found.values()):
                continue
            try:
                found[f"{path.relative_to(ROOT)}:{call.lineno}"] = re.compile(text)
            except re.error:
                # Put together of parts with names, at the top of a module: found above as it really is.
                assert not in_function, f"{path}:{call.lineno}: the pattern cannot be read without what is put into it"
    return found


def test_no_pattern_is_left_out() -> None:
    """A function that makes a pattern of nothing but variables cannot be looked at; nor is one made of a caller's text."""
    unread = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        for call, in_function in sites(path)
        if in_function and (not call.args or text_of(call.args[0]) is None)
    ]
    assert unread == []
    assert len(collected()) > 40
    # A pattern that several modules know goes by the first of them.
    assert {"PATTERNS", "CANVAS_TOKEN"} <= {name.rpartition(".")[2] for name in collected()}


def characters(node: Any) -> list[str]:
    """Characters that an item of a parsed pattern takes, a few of each kind."""
    kinds = {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " \n", sre.CATEGORY_WORD: "a1_", sre.CATEGORY_NOT_SPACE: "a<"}
    found: list[str] = []
    negated = False
    for op, value in node:
        if op is sre.NEGATE:
            negated = True
        elif op is sre.LITERAL:
            found.append(chr(value))
        elif op is sre.RANGE:
            found.append(chr(value[0]))
        elif op is sre.CATEGORY:
            found += list(kinds.get(value, "-"))
    return [one for one in 'a1 -<{"\n' if one not in found] if negated else found


def walked(items: Any, before: list[str], heads: list[str], singles: list[str]) -> list[str]:
    """Texts that match the items, and in ``heads`` every beginning of one; in ``singles`` the characters met."""
    texts = list(before)
    for op, value in items:
        if op is sre.LITERAL:
            options = [chr(value)]
        elif op is sre.NOT_LITERAL or op is sre.ANY:
            options = ["a", " "]
        elif op is sre.IN:
            options = characters(value)[:3]
            singles += characters(value)
        elif op is sre.BRANCH:
            options = [text for branch in value[1] for text in walked(branch, [""], heads, singles)[:1]]
        elif op is sre.SUBPATTERN:
            options = walked(value[3], [""], heads, singles)
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            options = [text * max(1, min(value[0], 64)) for text in walked(value[2], [""], heads, singles)]
        elif op is sre.ATOMIC_GROUP:
            options = walked(value, [""], heads, singles)
        else:  # Places, looks ahead and references take no characters of their own.
            options = []
        singles += [one for one in options if len(one) == 1]
        if options:
            texts = [text + one for text in texts[:4] for one in dict.fromkeys(options[:3])]
            heads += texts
    return texts[:8]


def spread(values: list[str], most: int) -> list[str]:
    """At most so many of them, from everywhere."""
    unique = list(dict.fromkeys(value for value in values if value))
    step = max(1, -(-len(unique) // most))
    return unique[::step]


def hostile(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    heads: list[str] = []
    singles: list[str] = []
    walked(_parser.parse(pattern.pattern, pattern.flags), [""], heads, singles)
    heads.sort(key=len)
    chosen = spread(heads, MOST_PREFIXES)
    chars = spread([*singles, " ", "a", "\n"], MOST_CHARACTERS)
    for unit in dict.fromkeys([*chosen, *chars, *COMMON]):
        yield (unit * (size // len(unit) + 1))[:size]
    for head in chosen:
        for char in chars:
            tail = char * size
            yield (head + tail)[:size]
            yield (head + tail)[: size - 1] + "\x00"
            unit = head + char
            yield (unit * (size // len(unit) + 1))[:size]
    for first in chars:
        for second in chars:
            yield first * (size // 2) + second * (size // 2)


def slowest(pattern: re.Pattern[str], size: int) -> tuple[float, str]:
    worst = (0.0, "")
    for text in hostile(pattern, size):
        for call in (pattern.fullmatch, lambda text: pattern.sub("", text)):
            began = time.thread_time()
            call(text)
            worst = max(worst, (time.thread_time() - began, text[:40]))
            if worst[0] > MOST_SECONDS:
                return worst
    return worst


@pytest.mark.parametrize("name", sorted(collected()))
def test_a_hostile_text_does_not_hold_the_interpreter(name: str) -> None:
    pattern = collected()[name]
    for size in (TRIAL_SIZE, SIZE):  # What is exponential shows in the first already.
        seconds, text = slowest(pattern, size)
        assert seconds <= MOST_SECONDS, f"{pattern.pattern!r} takes {seconds:.2f} s on {size} characters like {text!r}"
