"""Each case of ``cases/`` becomes a test for each door."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.runner import load_cases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if {"case", "door"} <= set(metafunc.fixturenames):
        found = [
            pytest.param(case, door, id=f"{case.name} [{door}]", marks=case.marks())
            for case in load_cases(Path(__file__).parent / "cases")
            for door in case.doors
        ]
        metafunc.parametrize(("case", "door"), found)
