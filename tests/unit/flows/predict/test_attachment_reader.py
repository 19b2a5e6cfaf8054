"""Files attached to a chat: which are taken, what is answered, what is kept."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.texts import DocumentTexts
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, Unauthenticated
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.flows.predict.attachment_reader import AttachmentReader
from tradewind_server.flows.predict.attachments import UploadLimits, Uploads

from fakes.admission import let_in

CHAT = "5f3e8a90-0000-4000-8000-00000000c4a7"
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def blobs(tmp_path: Path) -> DiskBlobs:
    blobs = DiskBlobs(tmp_path)
    blobs.prepare()
    return blobs


@pytest.fixture
def reader(blobs: DiskBlobs) -> AttachmentReader:
    limits = UploadLimits(files=4, image_bytes=1 << 20, text_chars=20)
    return AttachmentReader(Uploads(blobs=blobs, texts=DocumentTexts(), transcribers=None, limits=limits))  # type: ignore[arg-type]


def admitted(**upload: object) -> Admitted:
    config = json.dumps({"fullFileUpload": upload}) if upload else None
    return let_in(Chatflow("flow", "w", "Flow", "{}", "CHATFLOW", MOMENT, MOMENT, chatbot_config=config))


def content(file: SourceFile) -> bytes:
    return Path(file.path).read_bytes()


async def received(blobs: DiskBlobs, name: str, data: bytes, mime: str = "") -> SourceFile:
    async def chunks() -> AsyncIterator[bytes]:
        yield data

    return await blobs.receive(name, mime, chunks())


async def test_the_text_is_answered_and_the_file_is_kept(reader: AttachmentReader, blobs: DiskBlobs) -> None:
    file = await received(blobs, "a.txt", b"The ferry")
    (answer,) = await reader.attach(admitted(status=True), CHAT, [file], as_base64=False)
    assert (answer.name, answer.mime, answer.size, answer.content) == ("a.txt", "text/plain", 9, "The ferry")
    kept = await blobs.find_in_chat("w", "flow", CHAT, "a.txt")
    assert kept is not None
    assert content(kept) == b"The ferry"


async def test_base64_holds_any_file(reader: AttachmentReader, blobs: DiskBlobs) -> None:
    file = await received(blobs, "a.zip", b"PK\x03\x04")
    (answer,) = await reader.attach(admitted(status=True), CHAT, [file], as_base64=True)
    assert answer.content == "UEsDBA=="


@pytest.mark.parametrize("upload", [{}, {"status": False}, {"status": "true"}, {"allowedUploadFileTypes": "text/plain"}])
async def test_a_chatflow_takes_none_until_its_owner_says_so(reader: AttachmentReader, upload: dict[str, object]) -> None:
    with pytest.raises(FailedPrecondition) as raised:
        reader.check(admitted(**upload), CHAT)
    assert raised.value.reason is Reason.FEATURE_NOT_SUPPORTED


async def test_a_chat_that_could_be_guessed_needs_a_key(reader: AttachmentReader) -> None:
    with pytest.raises(Unauthenticated):
        reader.check(admitted(status=True), "anna")
    with pytest.raises(InvalidInput):
        reader.check(admitted(status=True), "")


@pytest.mark.parametrize(
    ("name", "listed", "taken"),
    [
        ("a.txt", "text/plain", True),
        ("a.md", "text/x-markdown, text/plain", True),
        ("a.yml", ["application/x-yaml"], True),
        ("a.csv", "text/plain,application/pdf", False),
        ("a.csv", "", True),
        ("a.csv", ["text/plain", 7], False),
        ("a.html", " TEXT/HTML ", True),
    ],
)
async def test_types_are_compared_by_all_their_names(
    reader: AttachmentReader, blobs: DiskBlobs, name: str, listed: object, taken: bool
) -> None:
    file = await received(blobs, name, b"a: 1\n")
    call = reader.attach(admitted(status=True, allowedUploadFileTypes=listed), CHAT, [file], as_base64=True)
    if taken:
        assert len(await call) == 1
        return
    with pytest.raises(InvalidInput) as raised:
        await call
    assert raised.value.reason is Reason.FILE_TYPE_NOT_ALLOWED
    assert name in raised.value.message


async def test_a_file_that_fails_keeps_none(reader: AttachmentReader, blobs: DiskBlobs) -> None:
    files = [await received(blobs, "a.txt", b"short"), await received(blobs, "b.txt", b"more than twenty characters")]
    with pytest.raises(InvalidInput):
        await reader.attach(admitted(status=True), CHAT, files, as_base64=False)
    assert await blobs.find_in_chat("w", "flow", CHAT, "a.txt") is None
    with pytest.raises(InvalidInput) as raised:
        await reader.attach(
            admitted(status=True), CHAT, [files[0], await received(blobs, "c.pdf", b"%PDF-1.4")], as_base64=False
        )
    assert "c.pdf" in raised.value.message
    assert await blobs.find_in_chat("w", "flow", CHAT, "a.txt") is None
