"""Sources of this repository as syntax trees: each file is read and parsed once a session."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def parsed(path: Path) -> ast.Module:
    """The tree of a file; whoever gets it leaves it as it is."""
    return ast.parse(path.read_text(), str(path))
