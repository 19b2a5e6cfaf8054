"""Files on disk: server-made names, nothing left behind."""

from __future__ import annotations

import asyncio
import errno
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.files import disk
from tradewind_server.files.disk import LONGEST_NAME, DiskBlobs, clean_name


@pytest.fixture
def blobs(tmp_path: Path) -> DiskBlobs:
    disk = DiskBlobs(tmp_path / "files")
    disk.prepare()
    return disk


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def content(file: SourceFile) -> bytes:
    return Path(file.path).read_bytes()


def everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


HOSTILE = [
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "/etc/shadow",
    "C:\\Windows\\win.ini",
    "a\x00b.txt",
    "\u202etxt.exe.txt",
    "\x1b[31mred.txt",
    "new\nline.txt",
    "..",
    ".",
    "",
    "/",
    "x" * 300 + ".txt",
    "\ud800half.txt",
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_are_metadata_and_never_paths(blobs: DiskBlobs, tmp_path: Path, name: str) -> None:
    file = await blobs.receive(name, "", chunks(b"words"))
    await blobs.keep("w", "flow", file)
    found = await blobs.get("w", "flow", name)
    assert found is not None
    assert content(found) == b"words"
    for path in everything(tmp_path):
        assert path.resolve().is_relative_to(tmp_path / "files")
        assert path.name.strip(".json").isalnum()
    assert file.name.isprintable()
    assert "/" not in file.name and "\\" not in file.name
    assert 0 < len(file.name) <= LONGEST_NAME


@pytest.mark.parametrize("owner", ["../other", "a/b", "", "..", "x" * 500, "\x00"])
async def test_hostile_owners_stay_inside_too(blobs: DiskBlobs, tmp_path: Path, owner: str) -> None:
    await blobs.keep("w", owner, await blobs.receive("a.txt", "", chunks(b"words")))
    assert all(path.resolve().is_relative_to(tmp_path / "files") for path in everything(tmp_path))
    assert await blobs.get("w", owner, "a.txt") is not None
    assert await blobs.get("w", owner + "/a", "a.txt") is None


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 400 + ".pdf").endswith("x.pdf")


async def test_nobody_else_may_read_the_files(blobs: DiskBlobs, tmp_path: Path) -> None:
    await blobs.keep("w", "flow", await blobs.receive("a.txt", "", chunks(b"words")))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in everything(tmp_path) if path.suffix != ".json"}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "files" / "incoming").stat().st_mode) == 0o700


async def test_large_files_arrive_whole(blobs: DiskBlobs) -> None:
    parts = [bytes([65 + number]) * 300_000 for number in range(9)]
    file = await blobs.receive("big.txt", "", chunks(*parts))
    assert file.size == 2_700_000
    assert content(file) == b"".join(parts)


@pytest.mark.parametrize(
    ("name", "parts", "reason"),
    [
        ("empty.txt", [], Reason.FILE_EMPTY),
        ("empty.txt", [b"", b""], Reason.FILE_EMPTY),
        ("tool.exe", [b"MZ"], Reason.FILE_TYPE_NOT_ALLOWED),
        ("paper.pdf", [b"P", b"K\x03\x04"], Reason.FILE_TYPE_NOT_ALLOWED),
    ],
)
async def test_refused_files_leave_nothing_behind(
    blobs: DiskBlobs, tmp_path: Path, name: str, parts: list[bytes], reason: Reason
) -> None:
    with pytest.raises(InvalidInput, match=name) as caught:
        await blobs.receive(name, "", chunks(*parts))
    assert caught.value.reason == reason
    assert everything(tmp_path) == []


async def test_an_upload_that_is_cancelled_leaves_nothing_behind(blobs: DiskBlobs, tmp_path: Path) -> None:
    started = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield b"words" * 400_000
        started.set()
        await asyncio.Event().wait()

    upload = asyncio.create_task(blobs.receive("a.txt", "", endless()))
    await started.wait()
    assert len(everything(tmp_path)) == 1
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    assert everything(tmp_path) == []


async def test_a_start_clears_unfinished_uploads_and_keeps_the_kept(blobs: DiskBlobs, tmp_path: Path) -> None:
    file = await blobs.receive("a.txt", "", chunks(b"words"))
    await blobs.keep("w", "flow", file)
    blobs.clear_incoming()
    with pytest.raises(FileNotFoundError):
        content(file)
    assert await blobs.get("w", "flow", "a.txt") is not None
    await blobs.receive("b.txt", "", chunks(b"the folder is there again"))


async def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    blobs: DiskBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await blobs.receive("a.txt", "", chunks(b"words"))

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk.os, "write", full)
    with pytest.raises(Unavailable, match="no room"):
        await blobs.receive("b.txt", "", chunks(b"words"))
    monkeypatch.setattr(disk.os, "link", full)
    monkeypatch.setattr(disk.shutil, "copyfile", full)
    with pytest.raises(Unavailable, match="no room"):
        await blobs.keep_for_chat("w", "flow", "chat", file)
    assert everything(tmp_path) == [Path(file.path)]


async def test_a_file_is_kept_where_nothing_can_be_linked(blobs: DiskBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(disk.os, "link", refused)
    file = await blobs.receive("a.txt", "", chunks(b"words"))
    kept = await blobs.keep_for_chat("w", "flow", "chat", file)
    await blobs.discard([file])
    assert content(kept) == b"words"


async def test_another_fault_of_the_disk_is_not_called_full(blobs: DiskBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(disk.os, "write", broken)
    with pytest.raises(OSError, match="Input/output"):
        await blobs.receive("b.txt", "", chunks(b"words"))


async def test_workers_clear_only_their_own_unfinished_uploads(tmp_path: Path) -> None:
    first, second = DiskBlobs(tmp_path, "incoming-0"), DiskBlobs(tmp_path, "incoming-1")
    for one in (first, second):
        one.prepare()
    kept = await first.receive("a.txt", "", chunks(b"words"))
    await second.receive("b.txt", "", chunks(b"words"))
    second.clear_incoming()
    assert everything(tmp_path) == [Path(kept.path)]
