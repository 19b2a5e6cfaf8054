"""Files that come with a question: what each is taken for, what of it is kept, and what is refused."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.access.ports import Principal
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.texts import DocumentTexts
from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unauthenticated
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.predict.attachments import Attachments, UploadLimits, Uploads, sees_images
from tradewind_server.flows.predict.speech import Recording, SpeechSpec
from tradewind_server.outbound.ports import OutboundReply

from fakes.admission import let_in
from fakes.flow_engine import Engine, FakeOutbound, conversation, retrieval

HANDBOOK = Path(__file__).parents[4] / "examples" / "documents" / "harbour-handbook.pdf"
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
WEBM = b"\x1aE\xdf\xa3\x01\x00\x00"
SPEECH = '{"openAIWhisper": {"status": true, "credentialId": "c", "language": "en"}}'
CHAT = "5f0c6b1a-0000-4000-8000-000000000001"


def uri(mime: str, data: bytes) -> str:
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


def upload(type_: str, name: str | None, mime: str | None, data: str | None) -> dict[str, Any]:
    return {"type": type_, "name": name, "mime": mime, "data": data}


IMAGE = upload("file", "dot.png", "image/png", uri("image/png", PNG))


class FakeTranscribers:
    """Hears the size of a recording, or what it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, SpeechSpec]] = []
        self.heard: list[Recording] = []
        self.words: str | None = None

    async def transcriber(self, workspace_id: str, spec: SpeechSpec) -> FakeTranscribers:
        self.asked.append((workspace_id, spec))
        return self

    async def transcribe(self, recording: Recording) -> str:
        self.heard.append(recording)
        return f"{len(recording.data)} bytes" if self.words is None else self.words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def blobs(folder: Path) -> DiskBlobs:
    disk = DiskBlobs(folder)
    disk.prepare()
    return disk


@pytest.fixture
def transcribers() -> FakeTranscribers:
    return FakeTranscribers()


@pytest.fixture
def uploads(blobs: DiskBlobs, transcribers: FakeTranscribers) -> Uploads:
    limits = UploadLimits(files=4, image_bytes=1 << 20, text_chars=200)
    return Uploads(blobs=blobs, texts=DocumentTexts(), transcribers=transcribers, limits=limits)


def flow(**changes: Any) -> Chatflow:
    return Chatflow("flow", "w", "Flow", "{}", "CHATFLOW", MOMENT, MOMENT, **changes)


async def take(
    uploads: Uploads, *items: Any, question: str = "What?", files: tuple[SourceFile, ...] = (), images: bool = True, **of: Any
) -> Attachments:
    return await uploads.take_in(let_in(flow(**of)), CHAT, question, list(items), files, images=images)


def content(file: SourceFile) -> bytes:
    return Path(file.path).read_bytes()


def on_disk_as(file: SourceFile | None) -> int:
    assert file is not None
    return file.size


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".json"]


async def received(blobs: DiskBlobs, name: str, data: bytes, mime: str = "") -> SourceFile:
    async def chunks() -> AsyncIterator[bytes]:
        yield data

    return await blobs.receive(name, mime, chunks())


@pytest.mark.parametrize("nothing", [None, [], "", {}, [None]])
async def test_no_files_change_nothing(uploads: Uploads, nothing: Any) -> None:
    taken = await uploads.take_in(let_in(flow()), CHAT, "What?", nothing, (), images=True)
    assert (taken.question_text, taken.question, list(taken.images), taken.rows or None) == ("What?", "What?", [], None)


async def test_an_image_reaches_the_model_and_its_row_holds_no_data(uploads: Uploads, folder: Path) -> None:
    taken = await take(uploads, IMAGE)
    assert taken.images == [{"type": "image_url", "image_url": {"url": IMAGE["data"]}}]
    assert taken.rows == [{"type": "stored-file", "name": "dot.png", "mime": "image/png"}]
    assert taken.question_text == "What?"
    assert on_disk(folder) == [], "nothing is kept before the turn is"
    await taken.keep()
    file = await uploads.stored_file(let_in(flow()), CHAT, "dot.png")
    assert file is not None
    assert (file.mime, content(file)) == ("image/png", PNG)
    assert on_disk(folder) == [Path(file.path)]


async def test_the_published_image_example_is_taken_as_written(uploads: Uploads) -> None:
    data = "data:image/png;base64,iVBORw0KGgdM2uN0"
    taken = await take(uploads, upload("file", "image.png", "image/png", data))
    assert taken.images == [{"type": "image_url", "image_url": {"url": data}}]


async def test_the_type_is_what_the_bytes_are(uploads: Uploads) -> None:
    taken = await take(uploads, upload("file", "picture", "image/jpeg", uri("image/jpeg", PNG)), IMAGE | {"mime": None})
    assert [image["image_url"]["url"][:22] for image in taken.images] == ["data:image/png;base64,"] * 2
    assert taken.rows == [
        {"type": "stored-file", "name": "picture", "mime": "image/png"},
        {"type": "stored-file", "name": "dot.png", "mime": "image/png"},
    ]


async def test_a_large_image_is_decoded_apart_and_arrives_whole(uploads: Uploads) -> None:
    data = PNG + bytes(500_000)
    taken = await take(uploads, upload("file", "big.png", "image/png", uri("image/png", data)))
    assert taken.images[0]["image_url"]["url"] == uri("image/png", data)


async def test_an_image_by_address_is_kept_as_its_address_and_not_fetched(uploads: Uploads, folder: Path) -> None:
    address = "https://pictures.example/cat.png?size=2"
    taken = await take(uploads, upload("url", "cat", "", address), upload("file", "dog", None, address))
    assert [image["image_url"]["url"] for image in taken.images] == [address, address]
    assert taken.rows == [
        {"type": "url", "name": "cat", "mime": "image/png", "data": address},
        {"type": "url", "name": "dog", "mime": "image/png", "data": address},
    ]
    await taken.keep()
    assert on_disk(folder) == []


async def test_an_image_that_the_model_does_not_see_is_named_to_it(uploads: Uploads) -> None:
    taken = await take(uploads, IMAGE, upload("url", "cat", "", "https://pictures.example/cat.png"), images=False)
    assert list(taken.images) == []
    assert "dot.png" in taken.question_text and "cat" in taken.question_text and taken.question_text.endswith("What?")
    assert [row["type"] for row in taken.rows or []] == ["stored-file", "url"]


async def test_whole_text_stands_before_the_question_as_flowise_writes_it(uploads: Uploads, folder: Path) -> None:
    taken = await take(uploads, upload("file:full", "a.txt", "text/plain", "the file text"), question="sum up")
    assert taken.question_text == "<doc name='a.txt'>the file text</doc>\n\n\n\nsum up"
    assert taken.question == "sum up"
    assert taken.attachment == "<doc name='a.txt'>the file text</doc>\n\n"
    assert taken.rows == [{"type": "stored-file:full", "name": "a.txt", "mime": "text/plain"}]
    await taken.keep()
    assert on_disk(folder) == []


@pytest.mark.parametrize("type_", ["file", "file:full"])
async def test_a_document_in_the_body_is_read_and_kept(uploads: Uploads, folder: Path, type_: str) -> None:
    data = uri("text/csv", b"a,b\n1,2\n")
    taken = await take(uploads, upload(type_, "t.csv", "text/csv", data), question="sum up")
    assert taken.question_text == "<doc name='t.csv'>a,b\n1,2\n</doc>\n\n\n\nsum up"
    stored = "stored-file:full" if type_ == "file:full" else "stored-file"
    assert taken.rows == [{"type": stored, "name": "t.csv", "mime": "text/csv"}]
    assert on_disk(folder) == [], "what was written to be read is gone"
    await taken.keep()
    assert [path.read_bytes() for path in on_disk(folder)] == [b"a,b\n1,2\n"]


async def test_a_document_without_an_ending_is_read_by_its_type(uploads: Uploads) -> None:
    taken = await take(uploads, upload("file", "notes", "text/markdown", "data:text/markdown,%23%20Two%20words"))
    assert taken.attachment == "<doc name='notes'># Two words</doc>\n\n"


async def test_an_ending_that_is_none_does_not_hide_a_pdf(blobs: DiskBlobs, transcribers: FakeTranscribers) -> None:
    uploads = Uploads(blobs=blobs, texts=DocumentTexts(), transcribers=transcribers, limits=UploadLimits(4, 1 << 20, 1_000_000))
    taken = await take(uploads, upload("file", "handbook v1.2", "", uri("", HANDBOOK.read_bytes())))
    assert taken.attachment.startswith("<doc name='handbook v1.2'>") and "ferry" in taken.attachment.lower()
    assert taken.rows == [{"type": "stored-file", "name": "handbook v1.2", "mime": "application/pdf"}]


async def test_a_document_for_retrieval_is_kept_and_not_read(uploads: Uploads, folder: Path) -> None:
    taken = await take(
        uploads,
        upload("file:rag", "a.txt", "text/plain", uri("text/plain", b"words")),
        upload("file:rag", "b.txt", "text/plain", None),
    )
    assert taken.question_text == "What?"
    assert [row["type"] for row in taken.rows or []] == ["stored-file", "file:rag"]
    await taken.keep()
    assert len(on_disk(folder)) == 1


async def test_the_published_recording_replaces_the_question(uploads: Uploads, transcribers: FakeTranscribers) -> None:
    item = upload("audio", "audio.wav", "audio/webm", "data:audio/webm;codecs=opus;base64,GkXf")
    taken = await take(uploads, item, question="", speech_to_text=SPEECH)
    assert (taken.question, taken.question_text) == ("3 bytes", "3 bytes")
    assert taken.rows == [{"type": "stored-file", "name": "audio.wav", "mime": "audio/webm"}]
    assert transcribers.asked == [("w", SpeechSpec("openAIWhisper", "c", language="en"))]
    assert transcribers.heard == [Recording("audio.wav", "audio/webm", b"\x1aE\xdf")]
    assert (await take(uploads, item, question="typed", speech_to_text=SPEECH)).question == "3 bytes"


@pytest.mark.parametrize(
    ("type_", "name", "mime", "data", "heard"),
    [
        ("audio", "a.m4a", "audio/mp4", b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        ("file", "a.ogg", "audio/ogg", b"OggS\x00", "audio/ogg"),
        ("file", "a.mp3", "", b"ID3\x04\x00", "audio/mpeg"),
        ("audio", "a.webm", "video/webm", WEBM, "video/webm"),
        ("audio", "odd", "", b"\x00\x01\x02\x03", "application/octet-stream"),
    ],
)
async def test_recordings_of_any_kind(
    uploads: Uploads, transcribers: FakeTranscribers, type_: str, name: str, mime: str, data: bytes, heard: str
) -> None:
    await take(uploads, upload(type_, name, mime, uri(mime, data)), question="", speech_to_text=SPEECH)
    assert [recording.mime for recording in transcribers.heard] == [heard]


async def test_several_recordings_are_one_question(uploads: Uploads) -> None:
    items = [upload("audio", f"{n}.webm", "audio/webm", uri("audio/webm", WEBM + bytes(n))) for n in (1, 2)]
    assert (await take(uploads, *items, question="", speech_to_text=SPEECH)).question == "8 bytes\n9 bytes"


RECORDING = upload("audio", "a.webm", "audio/webm", uri("audio/webm", WEBM))


@pytest.mark.parametrize("config", [None, "", "{}", "[]", "{broken", '{"openAIWhisper": {"status": false}}', '{"x": 3}'])
async def test_without_speech_to_text_a_recording_needs_a_question(
    uploads: Uploads, transcribers: FakeTranscribers, config: str | None
) -> None:
    with pytest.raises(InvalidInput, match="speechToText") as caught:
        await take(uploads, RECORDING, question=" ", speech_to_text=config)
    assert caught.value.reason == Reason.SPEECH_NOT_CONFIGURED
    taken = await take(uploads, RECORDING, question="typed", speech_to_text=config)
    assert taken.question == "typed"
    assert taken.rows == [{"type": "stored-file", "name": "a.webm", "mime": "audio/webm"}]
    assert transcribers.asked == []


async def test_silence_is_told_unless_something_was_typed(uploads: Uploads, transcribers: FakeTranscribers) -> None:
    transcribers.words = ""
    with pytest.raises(InvalidInput, match="No words were heard"):
        await take(uploads, RECORDING, question="", speech_to_text=SPEECH)
    assert (await take(uploads, RECORDING, question="typed", speech_to_text=SPEECH)).question == "typed"


async def test_a_stored_file_is_used_again_within_its_chat(uploads: Uploads, transcribers: FakeTranscribers) -> None:
    document = upload("file", "a.txt", None, uri("text/plain", b"words"))
    await (await take(uploads, IMAGE, document, RECORDING)).keep()
    again = [upload("stored-file", name, None, None) for name in ("dot.png", "a.txt", "a.webm")]
    taken = await take(uploads, *again, question="", speech_to_text=SPEECH)
    assert taken.images == [{"type": "image_url", "image_url": {"url": IMAGE["data"]}}]
    assert taken.question_text == "<doc name='a.txt'>words</doc>\n\n\n\n7 bytes"
    assert [row["mime"] for row in taken.rows or []] == ["image/png", "text/plain", "audio/webm"]
    assert not taken.to_keep


@pytest.mark.parametrize(
    ("flow_id", "workspace", "chat"), [("flow", "w", CHAT[:-1] + "2"), ("other", "w", CHAT), ("flow", "x", CHAT)]
)
async def test_another_chats_files_are_not_there(uploads: Uploads, flow_id: str, workspace: str, chat: str) -> None:
    await (await take(uploads, IMAGE)).keep()
    elsewhere = Chatflow(flow_id, workspace, "Flow", "{}", "CHATFLOW", MOMENT, MOMENT)
    with pytest.raises(InvalidInput, match=r"uploads\[0\]") as caught:
        await uploads.take_in(let_in(elsewhere), chat, "?", [upload("stored-file", "dot.png", None, None)], (), images=True)
    assert caught.value.reason == Reason.FILE_NOT_FOUND
    assert await uploads.stored_file(let_in(elsewhere), chat, "dot.png") is None


async def test_names_are_metadata(uploads: Uploads, folder: Path) -> None:
    taken = await take(uploads, IMAGE | {"name": "../../etc/dot.png"}, upload("file:full", "a'>\n.txt", "", "words"))
    assert [row["name"] for row in taken.rows or []] == ["dot.png", "a'>.txt"]
    assert taken.attachment == "<doc name='a.txt'>words</doc>\n\n"
    await taken.keep()
    assert all(path.is_relative_to(folder) for path in on_disk(folder))
    file = await uploads.stored_file(let_in(flow()), CHAT, "../../etc/dot.png")
    assert file is not None and file.name == "dot.png"


async def test_files_of_a_form_mean_what_they_are(
    uploads: Uploads, blobs: DiskBlobs, folder: Path, transcribers: FakeTranscribers
) -> None:
    files = (
        await received(blobs, "dot.png", PNG),
        await received(blobs, "files", b"binary"),
        await received(blobs, "said.webm", WEBM, "audio/webm"),
    )
    taken = await take(uploads, files=files, question="", speech_to_text=SPEECH)
    assert taken.images == [{"type": "image_url", "image_url": {"url": IMAGE["data"]}}]
    assert taken.question_text == "<doc name='files'>binary</doc>\n\n\n\n7 bytes"
    assert [row["type"] for row in taken.rows or []] == ["stored-file"] * 3
    await taken.keep()
    await blobs.discard(files)
    assert len(on_disk(folder)) == 3
    assert on_disk_as(await uploads.stored_file(let_in(flow()), CHAT, "said.webm")) == 7


@pytest.mark.parametrize(
    ("item", "reason", "told"),
    [
        ("text", Reason.UPLOAD_INVALID, "must be an object"),
        ({"data": "x", "type": "weird", "name": "x", "mime": "x/y"}, Reason.UPLOAD_INVALID, "type must be one of file"),
        ({"data": "x", "name": "x"}, Reason.UPLOAD_INVALID, "type must be one of"),
        (IMAGE | {"name": 3}, Reason.UPLOAD_INVALID, "name must be a text"),
        (IMAGE | {"data": None}, Reason.UPLOAD_INVALID, "data is missing"),
        (IMAGE | {"data": "iVBORw0KGgo="}, Reason.UPLOAD_INVALID, "data URI"),
        (IMAGE | {"data": "data:image/png;base64,%%%"}, Reason.UPLOAD_INVALID, "base64"),
        (IMAGE | {"data": "data:image/png;base64,"}, Reason.FILE_EMPTY, "empty"),
        (IMAGE | {"name": "dot.txt"}, Reason.FILE_TYPE_NOT_ALLOWED, "dot.txt"),
        (IMAGE | {"type": "audio"}, Reason.FILE_TYPE_NOT_ALLOWED, "is image/png"),
        (IMAGE | {"data": uri("image/png", b"MZ\x90\x00")}, Reason.FILE_TYPE_NOT_ALLOWED, "program"),
        (IMAGE | {"name": "dot", "data": uri("image/png", b"words")}, Reason.FILE_TYPE_NOT_ALLOWED, "image/png"),
        (upload("file", "a.mp4", "video/mp4", uri("video/mp4", b"\0\0\0\x18ftypisom")), Reason.FILE_TYPE_NOT_ALLOWED, "video"),
        (upload("file", "a.dat", "", uri("", b"\x00\x01")), Reason.FILE_UNREADABLE, "a.dat"),
        (upload("file", "a.pdf", "", uri("", b"%PDF-1.4 cut off")), Reason.FILE_UNREADABLE, "a.pdf"),
        (upload("url", "x", "", "ftp://host/cat.png"), Reason.UPLOAD_INVALID, "address of an image"),
        (upload("url", "x", "", "javascript:alert(1)"), Reason.UPLOAD_INVALID, "address of an image"),
        (upload("url", "x", "", "https://[::1/cat.png"), Reason.UPLOAD_INVALID, "address of an image"),
        (upload("url", "x", "", "https:///cat.png"), Reason.UPLOAD_INVALID, "address of an image"),
        (upload("url", "x.webm", "audio/webm", "ftp://host/x.webm"), Reason.UPLOAD_INVALID, "address of a recording"),
        (upload("url", "x", "application/pdf", "https://host/a.pdf"), Reason.UPLOAD_INVALID, "only images"),
        (upload("stored-file", "gone.png", None, None), Reason.FILE_NOT_FOUND, "no file of that name"),
        (IMAGE | {"data": uri("image/png", PNG + bytes(1 << 20))}, Reason.UPLOAD_INVALID, "1 MiB"),
    ],
)
async def test_what_cannot_be_used_is_a_sentence_and_leaves_nothing(
    uploads: Uploads, folder: Path, item: Any, reason: Reason, told: str
) -> None:
    with pytest.raises(TradewindError) as caught:
        await take(uploads, item)
    assert caught.value.reason == reason
    assert told in caught.value.message
    assert "uploads[0]" in caught.value.message or item["name"] in caught.value.message
    assert on_disk(folder) == []


async def test_other_shapes_and_too_many_are_refused(uploads: Uploads) -> None:
    for wrong in ("text", {"0": IMAGE}, 3):
        with pytest.raises(InvalidInput, match="uploads must be a list"):
            await uploads.take_in(let_in(flow()), CHAT, "?", wrong, (), images=True)
    with pytest.raises(InvalidInput, match="more than 4 files"):
        await take(uploads, *[IMAGE] * 5)


async def test_all_documents_of_a_question_share_one_bound(uploads: Uploads) -> None:
    with pytest.raises(InvalidInput, match="200 characters"):
        await take(uploads, *[upload("file:full", f"{n}.txt", "", "x" * 120) for n in (1, 2)])


async def test_a_caller_who_leaves_while_a_document_is_read_leaves_nothing(
    blobs: DiskBlobs, folder: Path, transcribers: FakeTranscribers
) -> None:
    reading = asyncio.Event()

    class Slow:
        async def whole_text(self, file: SourceFile) -> str:
            reading.set()
            await asyncio.Event().wait()
            return ""

    uploads = Uploads(blobs=blobs, texts=Slow(), transcribers=transcribers, limits=UploadLimits(4, 1 << 20, 200))
    taking = asyncio.create_task(take(uploads, upload("file", "a.txt", "", uri("", b"words"))))
    await reading.wait()
    assert len(on_disk(folder)) == 1
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert on_disk(folder) == []


def node(name: str, category: str, **inputs: Any) -> Node:
    return Node(f"{name}_0", name, name, category, inputs)


@pytest.mark.parametrize(
    ("ending", "inputs", "seen"),
    [
        ("conversationChain", {"allowImageUploads": True}, True),
        ("toolAgent", {"allowImageUploads": "true"}, True),
        ("llmChain", {"allowImageUploads": True}, True),
        ("conversationChain", {"allowImageUploads": False}, False),
        ("conversationChain", {"allowImageUploads": ""}, False),
        ("conversationChain", {}, False),
        ("conversationalRetrievalQAChain", {"allowImageUploads": True}, False),
    ],
)
def test_who_sees_images(ending: str, inputs: dict[str, Any], seen: bool) -> None:
    order = (node("chatOpenAI", "Chat Models", **inputs), node("bufferMemory", "Memory"), node(ending, "Chains"))
    assert sees_images(order, builtin_registry()) is seen


async def test_the_stored_question_names_its_files_and_the_model_is_asked_with_them(uploads: Uploads, folder: Path) -> None:
    engine = Engine(uploads=uploads)
    flow_id = engine.put(*conversation())
    document = upload("file", "a.txt", "text/plain", uri("text/plain", b"the text"))
    result = await engine.ask(flow_id, "sum up", uploads=[document], chat_id=CHAT)
    assert engine.model("m").calls[0].messages[-1].content == "<doc name='a.txt'>the text</doc>\n\n\n\nsum up"
    assert result.question == "sum up"
    asked, answered = engine.messages.of(flow_id)
    assert (asked.content, asked.file_uploads) == (
        "sum up",
        [{"type": "stored-file", "name": "a.txt", "mime": "text/plain"}],
    )
    assert answered.file_uploads is None
    assert [path.read_bytes() for path in on_disk(folder)] == [b"the text"]


async def test_a_recording_is_the_question_of_the_turn(uploads: Uploads) -> None:
    engine = Engine(uploads=uploads)
    flow_id = engine.put(*conversation(), speech_to_text=SPEECH)
    events = await engine.stream(flow_id, "", uploads=[RECORDING])
    assert next(event.data for event in events if event.name == "metadata")["question"] == "7 bytes"
    assert engine.messages.of(flow_id)[0].content == "7 bytes"


async def test_a_failed_answer_leaves_no_files(uploads: Uploads, folder: Path) -> None:
    engine = Engine(uploads=uploads)
    engine.model("m", InvalidInput(Reason.MODEL_REFUSED, "No."))
    flow_id = engine.put(*conversation())
    with pytest.raises(InvalidInput, match="No"):
        await engine.ask(flow_id, "What?", uploads=[IMAGE])
    assert on_disk(folder) == []
    assert engine.messages.rows == []


async def test_a_broken_off_answer_keeps_the_files_of_its_question(uploads: Uploads, folder: Path) -> None:
    engine = Engine(uploads=uploads)
    engine.model("m", "One two three.").hold = asyncio.Event()
    flow_id = engine.put(*conversation())
    stream = engine.predictor.stream(await engine.prepare(flow_id, "What?", uploads=[IMAGE]))
    while "One" not in [event.data for event in await anext(stream)]:
        """The pieces before."""
    await stream.aclose()
    assert [row.file_uploads is not None for row in engine.messages.of(flow_id)] == [True, False]
    assert len(on_disk(folder)) == 1


@pytest.mark.parametrize("uploaded", [None, [], [None], [IMAGE]])
async def test_a_question_is_still_needed_beside_what_cannot_be_one(uploads: Uploads, uploaded: Any) -> None:
    engine = Engine(uploads=uploads)
    with pytest.raises(InvalidInput, match="question is missing"):
        await engine.ask(engine.put(*conversation()), " ", uploads=uploaded)


async def test_a_document_is_read_and_not_looked_up(uploads: Uploads) -> None:
    engine = Engine(uploads=uploads)
    flow_id = engine.put(*retrieval())
    documents = [upload("file:full", name, "", "the text") for name in ("a.txt", "b.txt")]
    await engine.ask(flow_id, "sum up", uploads=documents, chat_id=CHAT)
    assert engine.indexes.vectors == [[6.0, 1.0]], "the six letters that were typed"
    assert (
        engine.model("m").calls[-1].messages[-1].content
        == "".join(f"<doc name='{name}'>the text</doc>\n\n" for name in ("a.txt", "b.txt")) + "\n\nsum up"
    )


@pytest.mark.parametrize("kind", ["stored-file", "stored-file:full"])
@pytest.mark.parametrize("name", ["note.txt", "none.txt"])
async def test_files_of_a_chat_that_can_be_guessed_reach_a_model_for_keys_alone(uploads: Uploads, kind: str, name: str) -> None:
    note = [upload("file", "note.txt", None, uri("text/plain", b"words"))]
    await (await uploads.take_in(let_in(flow()), "anna", "?", note, (), images=True)).keep()
    again = [upload(kind, name, None, None)]
    with pytest.raises(Unauthenticated, match="could be guessed"):
        await uploads.take_in(let_in(flow()), "anna", "?", again, (), images=True)
    with pytest.raises(Unauthenticated):
        await uploads.stored_file(let_in(flow()), "anna", name)
    key = Principal("key", "w", "k", frozenset())
    if name == "note.txt":
        assert "words" in (await uploads.take_in(let_in(flow(), key), "anna", "?", again, (), images=True)).question_text
    foreign = Principal("key", "elsewhere", "k", frozenset())
    with pytest.raises(Unauthenticated):
        await uploads.take_in(let_in(flow(), foreign), "anna", "?", again, (), images=True)


SPLITTING = [
    "text/html\r\nX-Evil: 1",
    "text/html\nSet-Cookie: a=b",
    "text/\x00html",
    "text/html\x7f",
    "text/h\u00fcml",
    "a" * 600,
]


@pytest.mark.parametrize("mime", SPLITTING)
@pytest.mark.parametrize("kind", ["file", "file:full", "file:rag", "audio", "stored-file", "url"])
async def test_a_media_type_that_would_split_a_header_is_refused(uploads: Uploads, folder: Path, kind: str, mime: str) -> None:
    data = "https://pictures.example/a.png" if kind == "url" else uri("", b"\x00\x01")
    with pytest.raises(InvalidInput, match="media type") as caught:
        await take(uploads, upload(kind, "a", mime, data))
    assert caught.value.reason == Reason.UPLOAD_INVALID
    assert not on_disk(folder)


@pytest.mark.parametrize("mime", SPLITTING[:4])
async def test_a_data_uri_carries_no_more_than_a_media_type(uploads: Uploads, mime: str) -> None:
    with pytest.raises(InvalidInput, match="media type"):
        await take(uploads, upload("file", "a", "", f"data:{mime};base64,AAEC"))


async def test_what_is_stored_of_names_and_types_is_plain(uploads: Uploads) -> None:
    taken = await take(uploads, upload("file:full", "a\r\nb\x00.txt", "nonsense", "words"))
    assert taken.rows == [{"type": "stored-file:full", "name": "ab.txt", "mime": "text/plain"}]


AT = "https://sounds.example/hello.mp3"


async def heard(uploads: Uploads, outbound: FakeOutbound, item: dict[str, Any], **columns: Any) -> Attachments:
    uploads.outbound = outbound
    return await take(uploads, item, **columns)


def recording(mime: str = "audio/mpeg", kind: str = "url", address: str = AT) -> dict[str, Any]:
    return upload(kind, "hello.mp3", mime, address)


@pytest.mark.parametrize("item", [recording(), recording("audio/webm;codecs=opus"), recording("", "audio")])
async def test_a_recording_by_address_is_fetched_and_heard_and_not_kept(
    uploads: Uploads, transcribers: FakeTranscribers, folder: Path, item: dict[str, Any]
) -> None:
    outbound = FakeOutbound()
    outbound.say(OutboundReply(200, AT, "audio/mpeg", b"ID3 sound"))
    taken = await heard(uploads, outbound, item, speech_to_text=SPEECH)
    assert [call.url for call in outbound.calls] == [AT]
    assert [(one.mime, one.data) for one in transcribers.heard] == [("audio/mpeg", b"ID3 sound")]
    assert taken.question != "What?"
    assert [(row["type"], row["data"]) for row in taken.rows or []] == [("url", AT)]
    await taken.keep()
    assert on_disk(folder) == []


async def test_a_chatflow_that_hears_nothing_fetches_nothing(uploads: Uploads) -> None:
    outbound = FakeOutbound()
    assert (await heard(uploads, outbound, recording())).question == "What?"
    uploads.outbound = outbound
    with pytest.raises(InvalidInput) as raised:
        await take(uploads, recording(), question="")
    assert raised.value.reason is Reason.SPEECH_NOT_CONFIGURED
    assert outbound.calls == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (OutboundReply(404, AT, "text/html", b"no"), Reason.UPLOAD_INVALID),
        (OutboundReply(200, AT, "audio/mpeg", b""), Reason.UPLOAD_INVALID),
        (OutboundReply(200, AT, "audio/mpeg", b"%PDF-1.4"), Reason.FILE_TYPE_NOT_ALLOWED),
        (OutboundReply(200, AT, "text/html", b"<html>"), Reason.FILE_TYPE_NOT_ALLOWED),
        (InvalidInput(Reason.OUTBOUND_REFUSED, "Private."), Reason.OUTBOUND_REFUSED),
    ],
)
async def test_what_is_no_recording_is_refused(uploads: Uploads, answer: Any, reason: Reason) -> None:
    outbound = FakeOutbound()
    outbound.say(answer)
    with pytest.raises(InvalidInput) as raised:
        await heard(uploads, outbound, recording(), speech_to_text=SPEECH)
    assert raised.value.reason is reason
