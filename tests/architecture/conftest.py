"""The files under ``additions/`` belong to a copy of the tree that ``test_counts.py`` makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.parsed_sources import forget

collect_ignore = ["additions"]


def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """The trees of all sources stay as long as tests of this folder run."""
    if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
        forget()
