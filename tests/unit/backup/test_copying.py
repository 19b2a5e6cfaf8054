"""Copies: the same bytes, holes left as holes, what is half written left out."""

from __future__ import annotations

import os
from pathlib import Path

from tradewind_server.backup.copying import READ_BYTES, copy_directory, copy_file, copy_new_files


def test_a_copy_has_the_same_bytes_and_is_for_its_user_alone(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "below" / "target"
    content = b"begin" + bytes(3 * READ_BYTES) + b"middle" + bytes(2 * READ_BYTES)
    source.write_bytes(content)
    copy_file(source, target)
    assert target.read_bytes() == content
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.stat().st_mtime_ns == source.stat().st_mtime_ns
    assert target.stat().st_blocks * 512 < len(content) - READ_BYTES, "Zeros are a hole."


def test_a_directory_comes_with_empty_folders(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "a" / "empty").mkdir(parents=True)
    (source / "a" / "file").write_text("text")
    copy_directory(source, tmp_path / "target")
    assert (tmp_path / "target" / "a" / "empty").is_dir()
    assert (tmp_path / "target" / "a" / "file").read_text() == "text"
    copy_directory(tmp_path / "missing", tmp_path / "other")
    assert list((tmp_path / "other").iterdir()) == []


def test_a_second_pass_copies_what_came_or_changed_and_keeps_what_went(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    for name in ("gone", "stays", "changes", ".draft"):
        (source / name).write_text(name)
    assert copy_new_files(source, target) == 3
    assert copy_new_files(source, target) == 0
    (source / "gone").unlink()
    (source / "new").write_text("new")
    (source / "changes").write_text("changed")
    os.utime(source / "changes", (1, 1))
    assert copy_new_files(source, target) == 2
    assert {path.name: path.read_text() for path in target.iterdir()} == {
        "gone": "gone",
        "stays": "stays",
        "changes": "changed",
        "new": "new",
    }
