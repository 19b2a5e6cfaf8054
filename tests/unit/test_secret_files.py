"""Secrets kept in files, and what is said where one cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic_settings import SettingsError
from tradewind_server.secret_files import MOST_CHARACTERS, read_secret
from tradewind_server.settings import Settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_each_secret_is_read_from_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("  postgresql://of-the-file/x\n")
    for names in Settings.secret_names().values():
        for name in names:
            monkeypatch.setenv(name + "_FILE", str(file))
    settings = Settings()
    for name in Settings.secret_names():
        value = getattr(settings, name)
        assert (value if isinstance(value, str) else value.get_secret_value()) == "postgresql://of-the-file/x", name
    secrets = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert {"secret_key", "admin_key", "password"} <= secrets <= set(Settings.secret_names())


def test_a_value_in_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/one")
    monkeypatch.setenv("TRADEWIND_DATABASE_URL_FILE", str(tmp_path / "absent"))
    assert Settings().database_url == "postgresql://db/one"


def test_dotenv_names_files_too(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k-1")
    (tmp_path / ".env").write_text(f"TRADEWIND_ADMIN_KEY_FILE={tmp_path / 'key'}\n")
    key = Settings().admin_key
    assert key is not None and key.get_secret_value() == "k-1"


def test_what_is_no_secret_is_not_read_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRADEWIND_REST_PORT_FILE", str(tmp_path / "absent"))
    assert Settings().rest_port == 3000


def test_an_unusable_file_is_one_sentence(tmp_path: Path) -> None:
    empty, binary, long = tmp_path / "empty", tmp_path / "binary", tmp_path / "long"
    empty.write_text("\n")
    binary.write_bytes(b"\xff\xfe")
    long.write_text("k" * (MOST_CHARACTERS + 1))
    for path, words in ((tmp_path / "absent", "no such file"), (tmp_path, "directory"), (empty, "empty"), (binary, "no text"),
                        (long, "too long")):  # fmt: skip
        with pytest.raises(SettingsError, match=words) as caught:
            read_secret("TRADEWIND_ADMIN_KEY_FILE", path)
        said = str(caught.value)
        assert "TRADEWIND_ADMIN_KEY_FILE" in said and str(path) in said and said.endswith(".") and "\n" not in said


def test_a_key_from_a_file_has_to_fit_a_header_as_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("two\nlines")
    monkeypatch.setenv("OPENAI_API_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(ValueError, match="openai_api_key"):
        Settings()
