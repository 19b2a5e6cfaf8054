"""What a backup holds, and in which order it is copied."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.backup.manifest import read_manifest
from tradewind_server.backup.writer import UNSTEADY
from tradewind_server.errors import FailedPrecondition, InvalidInput, Unavailable


def test_a_backup_holds_database_vectors_and_files_and_the_keys_apart(place: Any) -> None:
    manifest = place.write()
    assert (place.backup / "database.dump").read_text() == "rows"
    assert (place.backup / "vectors" / "c-docs" / "points").read_text() == "copy 1"
    assert (place.backup / "files" / "owner" / "file").read_text() == "a file"
    assert (place.keys / "secret.key").read_text() == "s3cret\n"
    assert (place.keys / "secret.key").stat().st_mode & 0o777 == 0o600
    everything = "".join(path.read_text() for path in place.backup.rglob("*") if path.is_file())
    assert "s3cret" not in everything.replace("check of s3cret", "")
    assert "adm1n" not in everything
    assert read_manifest(place.backup) == manifest
    assert (manifest.files, manifest.size, manifest.schema_revision) == (3, 16, "0013")
    assert place.backup.stat().st_mode & 0o777 == 0o700


def test_the_digests_are_those_that_sha256sum_checks(place: Any) -> None:
    place.write()
    lines = (place.backup / "digests.sha256").read_text().splitlines()
    assert f"{hashlib.sha256(b'rows').hexdigest()}  database.dump" in lines
    command = ["sha256sum", "--check", "--strict", "digests.sha256"]
    assert subprocess.run(command, cwd=place.backup, capture_output=True, check=False).returncode == 0


def test_files_that_come_before_the_rows_are_copied_are_in_it(place: Any) -> None:
    def upload() -> None:
        (place.files / "owner" / "file").unlink()
        (place.files / "owner" / "late").write_text("late")

    place.database.on_save = upload
    place.write()
    assert {path.name for path in (place.backup / "files" / "owner").iterdir()} == {"file", "late"}


def test_vectors_and_rows_are_copied_again_when_an_upsert_ran_between(place: Any) -> None:
    place.database.marks = ["1", "2", "2"]
    manifest = place.write()
    assert place.vectors.copies == 2
    assert (place.backup / "vectors" / "c-docs" / "points").read_text() == "copy 2"
    assert manifest.warnings == ()


def test_upserts_that_never_rest_are_told(place: Any) -> None:
    place.database.marks = [str(number) for number in range(20)]
    assert place.write().warnings == (UNSTEADY,)
    assert place.vectors.copies == 3


def test_a_directory_that_is_not_empty_is_refused(place: Any) -> None:
    place.write()
    with pytest.raises(InvalidInput, match="is not empty; name a new one"):
        place.write()


def test_where_nothing_was_stored_there_is_nothing_to_back_up(place: Any) -> None:
    place.database.newest = None
    with pytest.raises(FailedPrecondition, match="nothing to back up"):
        place.write()
    assert not place.backup.exists()


def test_a_copy_that_breaks_off_has_no_manifest(place: Any) -> None:
    def break_off() -> None:
        raise OSError(28, "No space left on device", "/somewhere")

    place.database.on_save = break_off
    with pytest.raises(Unavailable, match="not complete: the disk is full: /somewhere"):
        place.write()
    with pytest.raises(InvalidInput, match="There is no backup in"):
        read_manifest(place.backup)


def test_a_directory_that_cannot_be_made_is_named(place: Any, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("a file")
    with pytest.raises(InvalidInput, match="cannot be used: file exists"):
        place.write()
