"""Sources of this repository as syntax trees: each file is read, parsed and walked through once for all tests that ask."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def parsed(path: Path) -> ast.Module:
    """The tree of a file; whoever gets it leaves it as it is."""
    return ast.parse(path.read_text(), str(path))


@cache
def walked(tree: ast.AST) -> tuple[ast.AST, ...]:
    """All nodes of a tree."""
    return tuple(ast.walk(tree))


def read_yaml(path: Path) -> Any:
    """The document in a file, by the parser that is written in C: the one in Python takes seconds for the contract."""
    return yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def forget() -> None:
    """Give the memory back: a session with millions of nodes collects its garbage slowly."""
    parsed.cache_clear()
    walked.cache_clear()
