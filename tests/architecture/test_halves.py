"""The two halves of the suite hold every test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def test_every_folder_with_tests_is_in_one_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TESTS))
    import run

    halves = (*run.WITHOUT_STACK, *run.WITH_STACK)
    assert len(set(halves)) == len(halves)
    with_tests = {f"tests/{path.relative_to(TESTS).parts[0]}" for path in TESTS.rglob("test_*.py")}
    assert with_tests == set(halves)
    sys.modules.pop("run", None)
