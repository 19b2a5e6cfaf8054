"""What every child gets, and what it does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tradewind_server.process import child_environment, keep_files_private

SECRETS = ("TRADEWIND_ADMIN_KEY", "OPENAI_API_KEY", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY", "HTTPS_PROXY", "GITHUB_TOKEN")


def test_a_child_gets_plain_variables_and_what_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    environment = child_environment({"OWN": "value"})
    assert "canary" not in environment.values()
    assert environment["OWN"] == "value"
    assert environment["PATH"] == os.environ["PATH"]
    assert environment["LC_ALL"] == "C.UTF-8"


def test_files_are_private(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        keep_files_private()
        (tmp_path / "file").write_text("x")
        (tmp_path / "folder").mkdir()
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700
