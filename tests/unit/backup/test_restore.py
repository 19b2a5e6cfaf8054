"""A restore brings everything back, or says what to change and writes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import FailedPrecondition, InvalidInput, Unavailable


def change_manifest(place: Any, **fields: Any) -> None:
    path = place.backup / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


def test_everything_is_back(place: Any) -> None:
    place.write()
    manifest = place.restore()
    assert place.database.loaded == "rows"
    assert (place.restored / "files" / "kept" / "owner" / "file").read_text() == "a file"
    assert (place.restored / "qdrant" / "c-docs" / "points").read_text() == "copy 1"
    assert (place.restored / "secret.key").read_text() == "s3cret\n"
    assert (place.restored / "admin.key").stat().st_mode & 0o777 == 0o600
    assert place.restored.stat().st_mode & 0o777 == 0o700
    assert manifest.version == "0.1.0"


def test_keys_of_the_settings_need_no_files(place: Any) -> None:
    place.write()
    place.restore(keys=False, key_check="check of s3cret")
    assert not (place.restored / "secret.key").exists()


def test_without_keys_only_when_asked(place: Any) -> None:
    place.write()
    with pytest.raises(InvalidInput, match="--keys"):
        place.restore(keys=False)
    assert not place.restored.exists()
    place.restore(keys=False, without_keys=True)
    assert place.database.loaded == "rows"


def test_the_wrong_keys_are_refused(place: Any) -> None:
    place.write()
    with pytest.raises(InvalidInput, match="not the one of this backup"):
        place.restore(keys=False, key_check="check of another")
    (place.keys / "secret.key").write_text("another")
    with pytest.raises(InvalidInput, match="not the one of this backup"):
        place.restore()
    (place.keys / "secret.key").unlink()
    with pytest.raises(InvalidInput, match=r"There is no secret\.key in"):
        place.restore()
    assert not place.restored.exists()


def test_only_into_an_empty_directory_and_an_unused_database(place: Any) -> None:
    place.write()
    place.database.unused = False
    with pytest.raises(InvalidInput, match="TRADEWIND_DATABASE_URL is not empty"):
        place.restore()
    place.restored.mkdir()
    (place.restored / "something").write_text("kept")
    with pytest.raises(InvalidInput, match="is not empty; restore into a new one with --data-dir"):
        place.restore()
    assert [path.name for path in place.restored.iterdir()] == ["something"]


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"format": 2, "version": "9.0"}, r"made by Tradewind 9\.0, in a form"),
        ({"schema_revision": "0099", "version": "9.0"}, r"made by Tradewind 9\.0, which is newer"),
    ],
)
def test_a_backup_of_a_newer_version_is_refused(place: Any, fields: dict[str, Any], sentence: str) -> None:
    place.write()
    change_manifest(place, **fields)
    with pytest.raises(FailedPrecondition, match=sentence):
        place.restore()
    assert not place.restored.exists()


def test_a_backup_of_the_other_database_is_refused(place: Any) -> None:
    place.write()
    change_manifest(place, database="Postgres")
    with pytest.raises(InvalidInput, match="is of Postgres and this server is set up for SQLite"):
        place.restore()


@pytest.mark.parametrize("harm", ["content", "missing", "list", "manifest"])
def test_a_damaged_backup_is_refused_before_anything_is_written(place: Any, harm: str) -> None:
    place.write()
    if harm == "content":
        (place.backup / "files" / "owner" / "file").write_text("b file")
    elif harm == "missing":
        (place.backup / "vectors" / "c-docs" / "points").unlink()
    elif harm == "list":
        (place.backup / "digests.sha256").write_text("")
    else:
        (place.backup / "manifest.json").write_text("{")
    with pytest.raises(InvalidInput, match="damaged"):
        place.restore()
    assert not place.restored.exists()
    assert place.database.loaded is None


def test_what_a_failed_restore_wrote_is_taken_out_again(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_source: Any) -> None:
        raise OSError(28, "No space left on device")

    place.write()
    monkeypatch.setattr(place.database, "load", fail)
    with pytest.raises(Unavailable, match="Nothing was restored: no space left on device"):
        place.restore()
    assert list(place.restored.iterdir()) == []
