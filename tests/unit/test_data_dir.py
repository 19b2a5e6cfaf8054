"""The data directory is for one user."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from tradewind_server.data_dir import prepare_data_dir
from tradewind_server.errors import PermissionDenied

SOMEBODY_ELSE = 1234


def mode(path: Path) -> int:
    return path.lstat().st_mode & 0o777


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A directory as an earlier version left it."""
    directory = tmp_path / "data"
    for folder in ("files/kept/flow", "qdrant/notes/shard", "locks"):
        (directory / folder).mkdir(parents=True)
    for name in (
        "tradewind.db",
        "tradewind.db-wal",
        "tradewind.db-shm",
        "lock",
        "admin.key",
        "files/kept/flow/1.pdf",
        "qdrant/x",
    ):
        (directory / name).write_text("x")
    for path in (directory, *directory.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return directory


def test_a_new_one_is_closed_whatever_the_umask(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = os.umask(0)
    try:
        prepare_data_dir(tmp_path / "a" / "data")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a" / "data") == 0o700
    assert caplog.records == []


def test_a_wide_one_is_tightened_to_the_bottom_with_one_line(earlier: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    prepare_data_dir(earlier)
    wide = [path for path in (earlier, *earlier.rglob("*")) if mode(path) != (0o700 if path.is_dir() else 0o600)]
    assert wide == []
    assert len(caplog.records) == 1
    assert str(earlier) in caplog.text
    prepare_data_dir(earlier)
    assert len(caplog.records) == 1


def test_one_wide_file_in_a_closed_directory_is_closed_too(earlier: Path) -> None:
    prepare_data_dir(earlier)
    (earlier / "tradewind.db-wal").chmod(0o666)
    prepare_data_dir(earlier)
    assert mode(earlier / "tradewind.db-wal") == 0o600


def test_a_database_elsewhere_is_closed_and_its_neighbours_are_not_touched(tmp_path: Path) -> None:
    database, neighbour = tmp_path / "srv" / "own.db", tmp_path / "srv" / "other.txt"
    database.parent.mkdir()
    for path in (database, database.with_name("own.db-wal"), neighbour):
        path.write_text("x")
        path.chmod(0o644)
    prepare_data_dir(tmp_path / "data", (tmp_path / "data", database))
    assert [mode(path) for path in (database, database.with_name("own.db-wal"), neighbour)] == [0o600, 0o600, 0o644]


def test_links_lead_nowhere(earlier: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("x")
    (outside / "file").chmod(0o644)
    outside.chmod(0o755)
    (earlier / "files" / "link").symlink_to(outside / "file")
    (earlier / "linked").symlink_to(outside)
    prepare_data_dir(earlier)
    assert (mode(outside), mode(outside / "file")) == (0o755, 0o644)


def test_one_that_is_itself_a_link_is_tightened_where_it_is(earlier: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(earlier)
    prepare_data_dir(tmp_path / "link")
    assert mode(earlier) == 0o700


def test_a_directory_that_all_users_share_is_refused(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    for directory in (shared, Path("/")):
        with pytest.raises(PermissionDenied, match=r"all users share.*--data-dir"):
            prepare_data_dir(directory)
    assert mode(shared) == 0o777


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(PermissionDenied, match="is a file"):
        prepare_data_dir(tmp_path / "data")
    with pytest.raises(PermissionDenied, match="cannot be used"):
        prepare_data_dir(tmp_path / "data" / "below")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
class TestOtherUsers:
    def test_their_directory_is_refused_and_left_as_it_is(self, earlier: Path) -> None:
        os.chown(earlier, SOMEBODY_ELSE, SOMEBODY_ELSE)
        with pytest.raises(PermissionDenied, match=rf"belongs to another user \(id {SOMEBODY_ELSE}\).*--data-dir"):
            prepare_data_dir(earlier)
        assert mode(earlier) == 0o755

    def test_what_they_put_into_a_writable_one_is_not_taken_for_ours(self, earlier: Path) -> None:
        earlier.chmod(0o777)
        os.chown(earlier / "admin.key", SOMEBODY_ELSE, SOMEBODY_ELSE)
        with pytest.raises(PermissionDenied, match=r"admin\.key in it belongs to one of them"):
            prepare_data_dir(earlier)
