"""What is wrong with the files of a start is one sentence that says what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.settings import Settings
from tradewind_server.supervisor.preconditions import StartError, check_files
from tradewind_server.supervisor.stack import lock_data_dir


def settings(tmp_path: Path, **values: Any) -> Settings:
    (tmp_path / "data").mkdir(mode=0o700, exist_ok=True)
    return Settings(_env_file=None, data_dir=tmp_path / "data", **values)


def test_files_that_are_there_are_fine(tmp_path: Path) -> None:
    pem = tmp_path / "pem"
    pem.write_text("PEM")
    check_files(settings(tmp_path))
    check_files(settings(tmp_path, tls_cert=pem, tls_key=pem, qdrant_ca=pem, qdrant_cert=pem, qdrant_key=pem))


@pytest.mark.parametrize("pair", [("tls_cert", "tls_key"), ("qdrant_cert", "qdrant_key")])
@pytest.mark.parametrize("half", [0, 1])
def test_half_a_pair_is_refused(tmp_path: Path, pair: tuple[str, str], half: int) -> None:
    first, second = (f"TRADEWIND_{name.upper()}" for name in pair)
    with pytest.raises(StartError, match=f"Set {first} and {second} together"):
        check_files(settings(tmp_path, **{pair[half]: tmp_path / "pem"}))


def test_a_file_that_cannot_be_read_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"/missing of TRADEWIND_QDRANT_CA cannot be read: no such file"):
        check_files(settings(tmp_path, qdrant_ca=tmp_path / "missing"))
    with pytest.raises(StartError, match=r"of TRADEWIND_TLS_CERT cannot be read: is a directory"):
        check_files(settings(tmp_path, tls_cert=tmp_path, tls_key=tmp_path))


def test_a_volume_that_is_read_only_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a mount takes root to make, so the two questions of the system are answered for it."""

    def refuse(self: Path, *arguments: Any, **options: Any) -> Any:
        raise OSError(errno.EROFS, "Read-only file system", str(self))

    given = settings(tmp_path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StartError, match="cannot be written; mount it writable"):
        check_files(given)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StartError, match="cannot be used: read-only file system; mount it writable"):
        lock_data_dir(given)
