"""Commands run on a data directory of the test's own."""

from __future__ import annotations

import json
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


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.chdir(tmp_path)
    return Line(tmp_path / "data")
