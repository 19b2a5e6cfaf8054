"""``tradewind models``: what it lists, fetches and finds damaged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tradewind_server.cli import models as command
from tradewind_server.cli.main import app
from tradewind_server.models.local import embedding_engine, fetch, manifest
from tradewind_server.models.local.manifest import LocalModel
from typer.testing import CliRunner, Result

BYTES = b"weights" * 1000
TINY = LocalModel("tiny", "chat", "Tiny", "MIT", file="tiny.gguf", size=len(BYTES), sha256=hashlib.sha256(BYTES).hexdigest())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A model directory, and a world with one model in it."""
    monkeypatch.chdir(tmp_path)
    for module in (manifest, fetch):
        monkeypatch.setattr(module, "MODELS", (TINY,))
    monkeypatch.setenv("TRADEWIND_CHAT_MODEL", "tiny")
    monkeypatch.setenv("TRADEWIND_EMBEDDING_MODEL", "tiny")
    yield tmp_path / "models"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["models", *arguments, "--model-dir", str(folder)])


def put(folder: Path, content: bytes = BYTES) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "tiny.gguf").write_bytes(content)


def test_what_is_here_and_what_is_used(folder: Path) -> None:
    (row,) = json.loads(run(folder, "list", "--json").stdout)
    assert (row["name"], row["here"], row["used"], row["licence"]) == ("tiny", False, True, "MIT")
    put(folder)
    assert run(folder, "pull").exit_code == 0  # A file put there by hand is looked at, and kept.
    (row,) = json.loads(run(folder, "list", "--json").stdout)
    assert row["here"] is True
    assert "yes" in run(folder, "list").stdout


def test_offline_fetches_nothing(folder: Path) -> None:
    done = run(folder, "pull", "--offline")
    assert done.exit_code == 1 and "fetching is off" in done.stderr
    put(folder)
    assert run(folder, "pull", "--offline").exit_code == 0


def test_without_a_source_it_says_so(folder: Path) -> None:
    done = run(folder, "pull", "tiny")
    assert done.exit_code == 1 and "could not be fetched" in done.stderr
    assert run(folder, "pull", "huge").exit_code == 1


def test_a_pull_makes_what_the_embedding_engine_keeps_beside_its_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image is read-only: what is not made when it is built has to be made at each start."""
    packed = LocalModel("packed", "embedding", "Packed", "MIT", package="pytest", member="__init__.py")
    for module in (manifest, fetch):
        monkeypatch.setattr(module, "MODELS", (TINY, packed))
    monkeypatch.setattr(fetch, "is_present", lambda model, directory: True)
    made: list[tuple[str, Path]] = []
    monkeypatch.setattr(embedding_engine, "load_engine", lambda name, directory: made.append((name, directory)))
    assert run(folder, "pull", "tiny", "packed").exit_code == 0
    assert made == [("packed", folder)]


def test_damage_is_named_and_mended_by_the_next_pull(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No model files here" in run(folder, "verify").stdout
    put(folder)
    run(folder, "pull")
    assert json.loads(run(folder, "verify", "--json").stdout) == [{"name": "tiny", "sound": True}]
    put(folder, BYTES[:-1] + b"!")
    done = run(folder, "verify")
    assert done.exit_code == 1 and "Damaged: tiny" in done.stderr and "models pull tiny" in done.stderr
    for module in (manifest, fetch):
        monkeypatch.setattr(module, "MODELS", (replace(TINY, sha256=hashlib.sha256(BYTES[:-1] + b"!").hexdigest()),))
    assert run(folder, "pull").exit_code == 0


def test_progress_on_a_terminal_is_one_line_and_elsewhere_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for terminal in (True, False):
        monkeypatch.setattr(command.sys.stderr, "isatty", lambda terminal=terminal: terminal)
        progress = command.ProgressBar("tiny")
        for done in range(0, 11 << 20, 1 << 20):
            progress.report("Fetching", done, 10 << 20)
        progress.finish()
        said = capsys.readouterr().err
        assert said.count("\n") == (1 if terminal else 2) and "fetched and checked" in said
        assert ("##############################" in said) is terminal
