"""Calls in the syntax of Python, as some models write them: ``[calculator(input="2 * 3")]``. Read, never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from tradewind_server.flows.llm.agents.toolbox import Toolbox

LONGEST = 4096
"""Characters of calls that are read."""


def python_calls(text: str, toolbox: Toolbox) -> Iterator[tuple[str, Any]]:
    """Names and inputs of the calls of tools that a text consists of; none where it holds anything else."""
    if not 2 < len(text) <= LONGEST or not text.endswith((")", "]")):
        return
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    expressions = [one.value for one in tree.body if isinstance(one, ast.Expr)]
    if len(expressions) != len(tree.body):
        return
    calls = [part for one in expressions for part in (one.elts if isinstance(one, ast.List) else [one])]
    read = [_read(one) for one in calls]
    result = [one for one in read if one is not None and toolbox.get(one[0]) is not None]
    if len(result) == len(calls):
        yield from result


def _read(call: ast.expr) -> tuple[str, Any] | None:
    if isinstance(call, ast.Call) and ast.unparse(call.func) == "print" and len(call.args) == 1:
        call = call.args[0]
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return None
    try:
        keywords = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg}
        positional = [ast.literal_eval(one) for one in call.args]
    except (ValueError, TypeError, RecursionError):
        return None
    if positional:
        return (call.func.id, positional[0]) if len(positional) == 1 and not keywords else None
    return call.func.id, keywords or None
