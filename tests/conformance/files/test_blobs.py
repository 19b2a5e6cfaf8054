"""What every adapter of the port ``Blobs`` does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, NotFound
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.files.ports import Blobs


@pytest.fixture(params=["disk"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    disk = DiskBlobs(tmp_path)
    disk.prepare()
    return disk


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def content(file: SourceFile) -> bytes:
    return Path(file.path).read_bytes()


async def test_a_received_file_can_be_read_and_discarded(blobs: Blobs) -> None:
    file = await blobs.receive("notes.txt", "text/plain", chunks(b"some ", b"words"))
    assert (file.name, file.size) == ("notes.txt", 10)
    assert content(file) == b"some words"
    await blobs.discard([file])
    with pytest.raises(FileNotFoundError):
        content(file)
    await blobs.discard([file])


async def test_a_kept_file_outlives_the_call(blobs: Blobs) -> None:
    file = await blobs.receive("Straße.md", "", chunks(b"# Words"))
    await blobs.keep("w", "flow", file)
    await blobs.discard([file])
    found = await blobs.get("w", "flow", "Straße.md")
    assert found is not None
    assert (found.name, found.mime, found.size) == ("Straße.md", "text/markdown", 7)
    assert content(found) == b"# Words"


async def test_files_belong_to_their_workspace_and_owner(blobs: Blobs) -> None:
    await blobs.keep("w", "flow", await blobs.receive("a.txt", "", chunks(b"words")))
    assert await blobs.get("w", "other", "a.txt") is None
    assert await blobs.get("x", "flow", "a.txt") is None
    assert await blobs.get("w", "flow", "b.txt") is None


async def test_a_later_file_of_the_same_name_replaces_the_first(blobs: Blobs) -> None:
    for text in (b"first", b"second one"):
        await blobs.keep("w", "flow", await blobs.receive("a.txt", "", chunks(text)))
    found = await blobs.get("w", "flow", "a.txt")
    assert found is not None
    assert content(found) == b"second one"
    assert found.size == 10
    assert await blobs.delete_owner("w", "flow") == 1


async def test_deleting_an_owner_deletes_its_files_only(blobs: Blobs) -> None:
    for owner, name in (("flow", "a.txt"), ("flow", "b.txt"), ("other", "a.txt")):
        await blobs.keep("w", owner, await blobs.receive(name, "", chunks(b"words")))
    assert await blobs.delete_owner("w", "flow") == 2
    assert await blobs.get("w", "flow", "a.txt") is None
    assert await blobs.get("w", "other", "a.txt") is not None
    assert await blobs.delete_owner("w", "flow") == 0


async def test_uploads_of_one_name_at_once_do_not_mix(blobs: Blobs) -> None:
    texts = [bytes([97 + number]) * 50_000 for number in range(12)]
    files = await asyncio.gather(*(blobs.receive("same.txt", "", chunks(text[:100], text[100:])) for text in texts))
    assert [content(file) for file in files] == texts
    await asyncio.gather(*(blobs.keep("w", "flow", file) for file in files))
    found = await blobs.get("w", "flow", "same.txt")
    assert found is not None
    assert content(found) in texts


async def test_files_of_a_chat_belong_to_it_alone(blobs: Blobs) -> None:
    file = await blobs.receive("a.txt", "", chunks(b"words"))
    kept = await blobs.keep_for_chat("w", "flow", "chat", file)
    await blobs.discard([file])
    assert content(kept) == b"words"
    found = await blobs.find_in_chat("w", "flow", "chat", "a.txt")
    assert found == kept
    for workspace, flow, chat, name in (
        ("x", "flow", "chat", "a.txt"),
        ("w", "other", "chat", "a.txt"),
        ("w", "flow", "chat2", "a.txt"),
        ("w", "flow", "chat", "b.txt"),
    ):
        assert await blobs.find_in_chat(workspace, flow, chat, name) is None
    assert await blobs.get("w", "flow", "a.txt") is None
    assert await blobs.delete_chat("w", "flow", "other") == 0
    assert await blobs.delete_chat("w", "flow", "chat") == 1
    assert await blobs.find_in_chat("w", "flow", "chat", "a.txt") is None


async def test_deleting_a_chatflow_deletes_the_files_of_its_chats(blobs: Blobs) -> None:
    await blobs.keep_for_chat("w", "flow", "chat", await blobs.receive("a.txt", "", chunks(b"words")))
    assert await blobs.delete_owner("w", "flow") == 1
    assert await blobs.find_in_chat("w", "flow", "chat", "a.txt") is None


async def test_a_file_is_read_in_pieces(blobs: Blobs) -> None:
    data = bytes(range(256)) * 5000
    file = await blobs.receive("a.dat", "", chunks(data))
    pieces = [piece async for piece in blobs.read(file)]
    assert b"".join(pieces) == data
    assert len(pieces) > 1
    await blobs.discard([file])
    with pytest.raises(NotFound):
        await anext(aiter(blobs.read(file)))


async def test_a_reader_is_not_disturbed_by_a_replacement(blobs: Blobs) -> None:
    for data in (b"a" * 600_000, b"b" * 600_000):
        await blobs.keep("w", "flow", await blobs.receive("a.txt", "", chunks(data)))
        if data.startswith(b"a"):
            found = await blobs.get("w", "flow", "a.txt")
            assert found is not None
            reader = aiter(blobs.read(found))
            first = await anext(reader)
    assert b"".join([first, *[piece async for piece in reader]]) == b"a" * 600_000


async def test_bytes_tell_the_media_type(blobs: Blobs) -> None:
    png = b"\x89PNG\r\n\x1a\n"
    file = await blobs.receive("picture", "text/plain", chunks(png))
    assert file.mime == "image/png"
    assert blobs.describe("../picture", "text/plain", png) == SourceFile("picture", "image/png", "", len(png))
    with pytest.raises(InvalidInput, match=r"dot\.txt"):
        blobs.describe("../dot.txt", "image/png", png)


@pytest.mark.parametrize(("name", "data"), [("empty.txt", b""), ("tool.exe", b"MZ"), ("paper.pdf", b"words")])
async def test_what_is_refused(blobs: Blobs, name: str, data: bytes) -> None:
    with pytest.raises(InvalidInput, match=name):
        await blobs.receive(name, "", chunks(data))
