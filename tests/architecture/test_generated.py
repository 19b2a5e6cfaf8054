"""What is generated is what is checked in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def check(script: str) -> str:
    done = subprocess.run([sys.executable, script, "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nRun `make generate` and commit what it writes."
    return done.stdout


def test_stubs_descriptor_and_openapi_are_fresh() -> None:
    left_out = [line for line in check("proto/generate.py").splitlines() if "left as they are" in line]
    if left_out:
        pytest.skip(f"The rest is fresh. {' '.join(left_out)}")


def test_documents_made_from_code_are_fresh() -> None:
    check("docs/generate.py")
