"""The lowest versions of all packages that pyproject.toml allows: they install, the stubs import, and the rooms that lean on
packages work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness.beside import low_priority

ROOT = Path(__file__).parent.parent.parent
TEST_TOOLS = ("pytest", "pytest-asyncio", "pytest-timeout", "protovalidate>=2,<3")
NOT_REACHED = ("error sending request", "client error (connect)", "dns error", "failed to fetch", "network connectivity")
IMPORT_STUBS = """
import importlib, pkgutil, tradewind.v1
for module in pkgutil.iter_modules(tradewind.v1.__path__, "tradewind.v1."):
    importlib.import_module(module.name)
"""
LEANING = (
    "access/test_credentials.py", "cli/test_commands.py", "documents/test_office.py", "documents/test_pages.py",
    "files/test_forms.py", "flows/predict/test_example_flows.py", "models/test_endpoint.py", "observability/test_logging.py",
    "observability/test_metrics.py", "outbound/test_client.py", "rpc/services/test_prediction.py",
    "rpc/services/test_rest_prediction.py", "rpc/test_errors.py", "rpc/test_json_values.py", "rpc/test_reflection.py",
    "rpc/test_server.py", "store/executor/test_database.py", "store/repositories/test_repository.py", "test_bounded_json.py",
    "vectors/test_filters.py", "vectors/test_protocol.py", "vectors/test_qdrant.py",
)  # fmt: skip
"""One or two files for each package: those whose subject is how it is called. Rules of our own, and how they bear load and
time, do not change with versions."""


def uv() -> str | None:
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if beside.exists() else shutil.which("uv")


def installed(program: str, python: Path, *arguments: str) -> None:
    command = low_priority(program, "pip", "install", "--quiet", "--python", str(python), *arguments)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=500)
    if done.returncode and any(sign in done.stderr.lower() for sign in NOT_REACHED):
        pytest.skip(f"No package index is within reach: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


def outcomes(folder: Path) -> list[subprocess.CompletedProcess[str]]:
    """What importing the stubs and the tests said, up to the first that failed."""
    program = uv()
    if program is None:
        pytest.skip("uv is not here; it alone resolves to the lowest versions")
    home = folder / "lowest"
    subprocess.run([program, "venv", "--quiet", "--python", sys.executable, str(home)], check=True, timeout=60)
    python = home / "bin" / "python"
    client = ("--editable", "./generated/python")
    installed(program, python, "--resolution", "lowest-direct", *client, "--editable", ".[all]")
    installed(program, python, *TEST_TOOLS)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TRADEWIND_", "PYTEST_"))}
    done: list[subprocess.CompletedProcess[str]] = []
    for arguments in (
        ("-c", IMPORT_STUBS),
        ("-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", *(f"tests/unit/{one}" for one in LEANING)),
    ):
        command = low_priority(str(python), *arguments)
        done.append(
            subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=800)
        )
        if done[-1].returncode:
            break
    return done


@pytest.mark.timeout(900)
@pytest.mark.beside(work=outcomes)
def test_the_lowest_versions_work(beside: Sequence[subprocess.CompletedProcess[str]]) -> None:
    for done in beside:
        assert done.returncode == 0, f"{done.stdout[-4000:]}{done.stderr[-2000:]}"
    assert len(beside) == 2
