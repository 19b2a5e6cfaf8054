"""Commands run on a data directory of the test's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.cli.main import app
from typer.testing import CliRunner, Result


class Line:
    """Runs commands on a data directory of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._runner = CliRunner()

    def __call__(self, *arguments: str, stdin: str | None = None, data: bool = True) -> Result:
        options = ["--data-dir", str(self.data_dir)] if data else []
        return self._runner.invoke(app, [*arguments, *options], input=stdin)

    def json(self, *arguments: str, stdin: str | None = None) -> Any:
        done = self(*arguments, "--json", stdin=stdin)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory as the first command leaves it."""
    line = Line(tmp_path_factory.mktemp("migrated") / "data")
    assert line("migrate").exit_code == 0
    return line.data_dir


@pytest.fixture
def line(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    """On a directory where commands have run before."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(migrated, tmp_path / "data")
    return Line(tmp_path / "data")


@pytest.fixture
def first_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    """Where no command has run."""
    monkeypatch.chdir(tmp_path)
    return Line(tmp_path / "data")
