"""``tradewind backup`` and ``restore`` on data directories."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Line


def kept(line: Line, home: Path, *options: str) -> None:
    done = line("backup", str(home / "backup"), "--keys", str(home / "keys"), *options)
    assert done.exit_code == 0, done.output


def test_rows_credentials_and_keys_are_back(line: Line, tmp_path: Path) -> None:
    (flow,) = line.json("flows", "import", str(Path(__file__).parents[3] / "examples" / "flows" / "conversation.json"))
    assert line("credentials", "set", "provider", "--provider", "openAIApi", stdin="sk-of-a-test\n").exit_code == 0
    said = line.json("backup", str(tmp_path / "backup"), "--keys", str(tmp_path / "keys"))
    assert said["database"] == "SQLite"
    assert "secret.key" in said["notes"][0] and "stored credential" in said["notes"][0]
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    other = Line(tmp_path / "restored")
    done = other("restore", str(tmp_path / "backup"), "--keys", str(tmp_path / "keys"))
    assert done.exit_code == 0, done.output
    assert "Restored" in done.stdout
    assert flow["id"] in other("flows", "list").stdout
    assert "provider" in other("credentials", "list").stdout
    assert (tmp_path / "restored" / "secret.key").read_text() == (line.data_dir / "secret.key").read_text()


def test_it_says_that_keys_are_not_in_the_copies(line: Line, tmp_path: Path) -> None:
    assert line("migrate").exit_code == 0
    line("keys", "list")
    done = line("backup", str(tmp_path / "backup"))
    assert done.exit_code == 0, done.output
    assert "Without keys: keep secret.key" in done.stdout
    assert not list((tmp_path / "backup").rglob("*.key"))


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["backup", "{home}/backup"], "There is no secret.key in"),
        (["restore", "{home}/nothing"], "There is no backup in"),
        (["restore", "{home}/nothing", "--keys", "{home}"], "There is no backup in"),
    ],
)
def test_a_failure_is_one_sentence_and_code_1(line: Line, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = line(*(argument.format(home=tmp_path) for argument in arguments))
    assert done.exit_code == 1
    assert sentence in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_a_restore_twice_is_refused(line: Line, tmp_path: Path) -> None:
    assert line("keys", "list").exit_code == 0
    kept(line, tmp_path)
    done = line("restore", str(tmp_path / "backup"), "--keys", str(tmp_path / "keys"))
    assert done.exit_code == 1
    assert "is not empty" in done.output


def test_the_manifest_names_version_and_schema(line: Line, tmp_path: Path) -> None:
    assert line("keys", "list").exit_code == 0
    kept(line, tmp_path, "--json")
    manifest = json.loads((tmp_path / "backup" / "manifest.json").read_text())
    assert manifest["format"] == 1
    assert manifest["version"] == json.loads(line("version", "--json", data=False).stdout)["version"]


def test_without_keys_a_new_secret_is_made(line: Line, tmp_path: Path) -> None:
    assert line("keys", "create", "first", "--permission", "*").exit_code == 0
    kept(line, tmp_path)
    other = Line(tmp_path / "restored")
    assert other("restore", str(tmp_path / "backup"), "--without-keys").exit_code == 0
    assert (tmp_path / "restored" / "secret.key").read_text() != (line.data_dir / "secret.key").read_text()
    assert "first" in other("keys", "list").stdout
