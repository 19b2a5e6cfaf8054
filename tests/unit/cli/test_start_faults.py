"""A start that cannot succeed: one sentence that says what to do, and exit code 1; 2 for a setting that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from tradewind_server.store.executor.engine import make_engine

from .conftest import Line


def said(line: Line, *arguments: str, code: int = 1) -> str:
    """The one sentence of a command that fails."""
    done = line(*arguments)
    assert done.exit_code == code, done.output
    (sentence,) = done.output.strip().splitlines()
    return str(sentence)


def execute(line: Line, statement: str) -> None:
    engine = make_engine(f"sqlite:///{line.data_dir / 'tradewind.db'}", 1)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_secret_key_that_is_gone_is_missed_where_it_opens_something(line: Line, tmp_path: Path) -> None:
    secret = line.data_dir / "secret.key"
    assert line("keys", "list").exit_code == 0
    secret.unlink()
    assert line("migrate").exit_code == 0, "Nothing needs it yet."
    assert line("keys", "create", "first", "--permission", "*").exit_code == 0
    kept = secret.read_text()
    secret.unlink()
    for command in (["migrate"], ["migrate", "--check"], ["keys", "list"]):
        sentence = said(line, *command)
        assert f"their secret key {secret} is not there; bring it back from its backup, or set TRADEWIND_SECRET_KEY" in sentence
        assert not secret.exists()
    secret.write_text(kept)
    assert line("migrate").exit_code == 0


def test_a_secret_key_in_the_settings_is_enough(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_SECRET_KEY", "of-the-orchestrator")
    assert line("keys", "create", "first", "--permission", "*").exit_code == 0
    assert line("migrate").exit_code == 0
    assert not (line.data_dir / "secret.key").exists()


def test_a_secret_key_that_cannot_be_used_is_named(line: Line) -> None:
    assert line("migrate").exit_code == 0
    (line.data_dir / "secret.key").mkdir()
    assert "secret.key cannot be used: is a directory; correct that, or set TRADEWIND_SECRET_KEY" in said(line, "keys", "list")
    (line.data_dir / "secret.key").rmdir()
    (line.data_dir / "secret.key").write_text("\n")
    assert "secret.key is empty; bring it back from its backup" in said(line, "keys", "list")


def test_a_database_of_a_newer_version_is_refused(line: Line) -> None:
    assert line("migrate").exit_code == 0
    execute(line, "UPDATE alembic_version SET version_num = '9999'")
    for command in (["migrate"], ["migrate", "--check"], ["keys", "list"]):
        assert said(line, *command).startswith("The database was written by a newer version of Tradewind; start that version,")


def test_a_check_changes_nothing(line: Line, tmp_path: Path) -> None:
    assert "run `tradewind migrate` first" in said(Line(tmp_path / "fresh"), "migrate", "--check")
    assert line("migrate").exit_code == 0
    assert line("migrate", "--check").exit_code == 0


def test_a_file_that_is_no_database_is_named(line: Line) -> None:
    (line.data_dir / "tradewind.db").write_bytes(b"text of another program " * 100)
    sentence = said(line, "migrate")
    assert sentence.endswith("tradewind.db is not a SQLite database; name another one, or restore a backup.")


@pytest.mark.parametrize(
    "url, sentence",
    [
        ("sqlite:////proc/nowhere/x.db", "/proc/nowhere/x.db cannot be opened; check that its directory is there"),
        ("postgresql://u:s3cret@127.0.0.1:1/x", "The Postgres server at 127.0.0.1 does not answer; start it, or correct"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(
    line: Line, monkeypatch: pytest.MonkeyPatch, url: str, sentence: str
) -> None:
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", url)
    found = said(line, "migrate")
    assert sentence in found
    assert "s3cret" not in found


@pytest.mark.parametrize("url", ["mysql://u:s3cret@host/x", "host:5432"])
def test_an_address_of_another_kind_is_wrong_use(line: Line, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", url)
    sentence = said(line, "migrate", code=2)
    assert "TRADEWIND_DATABASE_URL" in sentence and "postgresql://user:password@host/name" in sentence
    assert "s3cret" not in sentence


@pytest.mark.parametrize("command", ["up", "serve"])
def test_a_start_says_what_its_files_lack(line: Line, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("TRADEWIND_TLS_CERT", "/nowhere/cert.pem")
    assert said(line, command) == "Set TRADEWIND_TLS_CERT and TRADEWIND_TLS_KEY together."
