"""Files that come with a question: images to see, recordings to transcribe, documents to read (docs/contract.md §6.1).

What each file is, its bytes decide. Of what is given by address only recordings are fetched, through the guard of outbound
calls, and nothing is kept before the turn is stored.
"""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, ParamSpec, Protocol, TypeVar

from tradewind_server.chatflows.admission import Admitted, check_chat
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.media_types import UNKNOWN
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.predict.speech import Recording, Transcribers, speech_of
from tradewind_server.flows.predict.upload_items import (
    AUDIO,
    FULL,
    RAG,
    STORED_FILE,
    STORED_FILE_FULL,
    URL,
    UploadItem,
    data_uri,
    decode,
    invalid,
    parse_items,
)
from tradewind_server.outbound.addresses import is_web_address
from tradewind_server.outbound.ports import Outbound

P = ParamSpec("P")
T = TypeVar("T")
SVG = "image/svg+xml"
FIRST_FAILURE = 400
BRIEF = 1 << 16
"""Decoding more than this is done in a thread."""
CHAT_MODELS = "Chat Models"


class Texts(Protocol):
    """Reads documents."""

    async def whole_text(self, file: SourceFile) -> str:
        """The text of a document, by its ending. Raises ``InvalidInput(FILE_UNREADABLE)``, naming the file."""
        ...


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Bounds of the files of one question."""

    files: int
    image_bytes: int
    text_chars: int


@dataclass(slots=True)
class Attachments:
    """What the files of one question amount to."""

    question: str
    """As typed, or as spoken."""
    images: Sequence[Mapping[str, Any]] = ()
    """OpenAI-style ``image_url`` parts."""
    attachment: str = ""
    """The text of the documents."""
    rows: list[dict[str, Any]] | None = None
    """What the user's stored message says of the files."""
    to_keep: list[Callable[[], Awaitable[None]]] = field(default_factory=list, repr=False)

    @property
    def question_text(self) -> str:
        """What the chatflow is asked: the documents, then the question."""
        return f"{self.attachment}\n\n{self.question}" if self.attachment else self.question

    async def keep(self) -> None:
        """Keep the files under their chat. When the turn is stored, not before: a failed call leaves nothing behind."""
        for one in self.to_keep:
            await one()


def sees_images(order: Sequence[Node], registry: Registry) -> bool:
    """Whether images reach the model: the last node of a plan passes them on, and a chat model in it allows them."""
    if not registry.passes_images(order[-1]):
        return False
    models = (node for node in order if node.category == CHAT_MODELS)
    return any(node.inputs.get("allowImageUploads") in (True, "true") for node in models)


class Uploads:
    """Takes in the files of questions, and finds them again within their chat."""

    def __init__(
        self,
        *,
        blobs: Blobs,
        texts: Texts,
        transcribers: Transcribers,
        limits: UploadLimits,
        outbound: Outbound | None = None,
    ) -> None:
        """``outbound`` fetches recordings that are given by address; without it there are none."""
        self.outbound = outbound
        self.blobs = blobs
        self.texts = texts
        self.limits = limits
        self._transcribers = transcribers

    async def take_in(
        self,
        admitted: Admitted,
        chat_id: str,
        question: str,
        uploads: Any,
        files: Sequence[SourceFile],
        *,
        images: bool,
        vector_store_ids: frozenset[str] = frozenset(),
    ) -> Attachments:
        """The files of a call: ``uploads`` of a JSON body, ``files`` of a form. ``images`` says whether the model sees them,
        ``vector_store_ids`` holds the paths of files that loaders of the chatflow read.

        Raises ``InvalidInput`` with UPLOAD_INVALID, FILE_TYPE_NOT_ALLOWED, FILE_EMPTY, FILE_UNREADABLE, FILE_NOT_FOUND or
        SPEECH_NOT_CONFIGURED, and ``Unauthenticated`` for stored files that are not this caller's.
        """
        if not uploads and not files:
            return Attachments(question)
        items = parse_items(uploads)
        if len(items) + len(files) > self.limits.files:
            raise invalid(f"The question comes with more than {self.limits.files} files; send fewer at once.")
        intake = _Intake(self, admitted, chat_id, images)
        for item in items:
            await intake.item(item)
        for file in files:
            await intake.receive(file, read=file.path not in vector_store_ids)
        if intake.recordings or intake.has_unheard:
            question = await self._transcribe(admitted, intake.recordings, question)
        return Attachments(question, intake.images, "".join(intake.texts), intake.rows, intake.to_keep)

    async def stored_file(self, admitted: Admitted, chat_id: str, name: str) -> SourceFile | None:
        """A file of a chat, for every door that hands one out or shows it to a model; None where there is none.

        Raises ``Unauthenticated`` when the caller may not have the files of this chat, whether or not it has any.
        """
        check_chat(admitted, chat_id)
        return await self.blobs.find_in_chat(admitted.chatflow.workspace_id, admitted.chatflow.id, chat_id, name)

    def read(self, file: SourceFile) -> AsyncIterator[bytes]:
        return self.blobs.read(file)

    async def _transcribe(self, admitted: Admitted, recordings: Sequence[Recording], question: str) -> str:
        """The words of the recordings, which stand for what was typed beside them (docs/contract.md §6.3)."""
        choice = admitted.config.speech
        if choice is None:
            if question.strip():
                return question
            raise InvalidInput(
                Reason.SPEECH_NOT_CONFIGURED,
                "The chatflow takes no recordings; switch on a provider in its speechToText, or type the question.",
            )
        transcriber = await self._transcribers.transcriber(admitted.chatflow.workspace_id, speech_of(choice))
        words = [await transcriber.transcribe(recording) for recording in recordings]
        transcript = "\n".join(one for one in words if one)
        if not transcript and not question.strip():
            raise invalid("No words were heard in the recording; record it again, or type the question.")
        return transcript or question


class _Intake:
    """Takes in the files of one question, one after another."""

    def __init__(self, uploads: Uploads, admitted: Admitted, chat_id: str, images: bool) -> None:
        self._stored_file = partial(uploads.stored_file, admitted, chat_id)
        self._blobs = uploads.blobs
        self._texts = uploads.texts
        self._limits = uploads.limits
        self._chat = (admitted.chatflow.workspace_id, admitted.chatflow.id, chat_id)
        self._sees = images
        self._chars = 0
        self.images: list[Mapping[str, Any]] = []
        self.texts: list[str] = []
        self.recordings: list[Recording] = []
        self.rows: list[dict[str, Any]] = []
        self.to_keep: list[Callable[[], Awaitable[None]]] = []
        self.has_unheard = False
        """Whether a recording came by address and nothing here hears it."""
        self._hears = admitted.config.speech is not None
        self._outbound = uploads.outbound

    async def item(self, item: UploadItem) -> None:
        match item.sort:
            case "url" if item.media_type.startswith("audio/"):
                await self._recording_at(item)
            case "url":
                self._address(item)
            case "stored-file" | "stored-file:full":
                await self._again(item)
            case "file:full" if not item.data.startswith("data:"):
                self._row(STORED_FILE_FULL, item.name or "file", item.media_type or "text/plain")
                self._text(item.name or "file", item.data)
            case "file:rag" if not item.data:
                self._row(RAG, item.name, item.media_type)
            case _:
                await self._bytes(item)

    async def receive(self, file: SourceFile, *, read: bool) -> None:
        """A file of a form, on disk already; whoever received it discards it."""
        self._row(STORED_FILE, file.name, file.mime)
        self.to_keep.append(partial(self._keep_received, file))
        if read:
            await self._use(f"The file {file.name}", file, partial(self._read, file))

    def _row(self, sort: str, name: str, mime: str) -> None:
        self.rows.append({"type": sort, "name": name, "mime": mime})

    def _address(self, item: UploadItem) -> None:
        """An image that the model fetches by itself; this server does not."""
        mime = item.media_type or "image/png"
        if not is_web_address(item.data):
            raise invalid(f"{item.place}.data must be the http(s) address of an image, or a data URI.")
        if not mime.startswith("image/"):
            raise invalid(f"{item.place}: only images and recordings can be given by address; send the file itself.")
        self.rows.append({"type": URL, "name": item.name, "mime": mime, "data": item.data})
        self._show(item.name or "image", item.data)

    async def _recording_at(self, item: UploadItem) -> None:
        """A recording by its address. It is fetched where the chatflow takes recordings, and not kept."""
        if not is_web_address(item.data):
            raise invalid(f"{item.place}.data must be the http(s) address of a recording, or a data URI.")
        self.rows.append({"type": URL, "name": item.name, "mime": item.media_type, "data": item.data})
        if not self._hears or self._outbound is None:
            self.has_unheard = True
            return
        reply = await self._outbound.request("GET", item.data)
        if reply.status >= FIRST_FAILURE or not reply.body:
            raise invalid(f"{item.place}: the address of the recording answers with the status {reply.status}.")
        file = self._blobs.describe("recording", item.mime, reply.body)
        if file.mime.partition("/")[0] not in ("audio", "video") and file.mime != UNKNOWN:
            raise InvalidInput(
                Reason.FILE_TYPE_NOT_ALLOWED, f"{item.place}: what is at the address is {file.mime}, and no recording."
            )
        self.recordings.append(Recording(item.name or file.name, file.mime, reply.body))

    async def _again(self, item: UploadItem) -> None:
        """A file that an earlier message of the same chat brought."""
        file = await self._stored_file(item.name)
        if file is None:
            raise InvalidInput(
                Reason.FILE_NOT_FOUND, f"{item.place}: this chat has no file of that name; send it again with its data."
            )
        self._row(item.sort, file.name, file.mime)
        await self._use(item.place, file, partial(self._read, file))

    async def _bytes(self, item: UploadItem) -> None:
        """A file in the body itself, as a data URI."""
        mime, data = await _apart(len(item.data), decode, item)
        if not data:
            raise InvalidInput(Reason.FILE_EMPTY, f"{item.place}: the file is empty.")
        name = item.name or f"upload{mimetypes.guess_extension(mime.partition(';')[0]) or ''}"
        file = self._blobs.describe(name, mime, data)
        self._row(STORED_FILE_FULL if item.sort == FULL else STORED_FILE, file.name, file.mime)
        self.to_keep.append(partial(self._keep_bytes, name, mime, item))
        if item.sort == RAG:
            return

        async def content() -> bytes:
            return data

        await self._use(item.place, file, content, sound=item.sort == AUDIO)

    async def _use(self, place: str, file: SourceFile, content: Callable[[], Awaitable[bytes]], *, sound: bool = False) -> None:
        """Show, hear or read a file. ``file.path`` is empty where its bytes are not on disk."""
        family = file.mime.partition("/")[0]
        if family == "audio" or (sound and (family == "video" or file.mime == UNKNOWN)):
            self.recordings.append(Recording(file.name, file.mime, await content()))
        elif sound or family == "video":
            raise InvalidInput(
                Reason.FILE_TYPE_NOT_ALLOWED,
                f"{place} is {file.mime}; send recordings as audio, images as such, and documents that hold text.",
            )
        elif family == "image" and file.mime != SVG:
            if file.size > self._limits.image_bytes:
                raise invalid(f"{place}: an image may have at most {self._limits.image_bytes >> 20} MiB.")
            self._show(file.name, await _apart(file.size, data_uri, file.mime, await content()) if self._sees else "")
        else:
            self._text(file.name, await self._read_document(file, content))

    def _show(self, name: str, url: str) -> None:
        """An image for the model; a model that does not see it must not guess what is on it."""
        if self._sees:
            self.images.append({"type": "image_url", "image_url": {"url": url}})
        else:
            self.texts.append(f"[An image, {_plain(name)}, came with the question; this chatflow does not show it to you.]\n\n")

    async def _read_document(self, file: SourceFile, content: Callable[[], Awaitable[bytes]]) -> str:
        readable = replace(file, name=with_ending(file))
        if file.path:
            return await self._texts.whole_text(readable)
        blob = await self._blobs.receive(file.name, file.mime, _once(await content()))
        try:
            return await self._texts.whole_text(replace(readable, path=blob.path))
        finally:
            await self._blobs.discard([blob])

    def _text(self, name: str, text: str) -> None:
        self._chars += len(text)
        if self._chars > self._limits.text_chars:
            raise invalid(
                f"The files hold more than {self._limits.text_chars} characters of text; send less, or upsert them into a "
                "vector store."
            )
        self.texts.append(f"<doc name='{_plain(name)}'>{text}</doc>\n\n")

    async def _read(self, file: SourceFile) -> bytes:
        return b"".join([chunk async for chunk in self._blobs.read(file)])

    async def _keep_received(self, file: SourceFile) -> None:
        await self._blobs.keep_for_chat(*self._chat, file)

    async def _keep_bytes(self, name: str, mime: str, item: UploadItem) -> None:
        """From the request's own text, which is in memory as long as the call: nothing lies on disk meanwhile."""
        _, data = await _apart(len(item.data), decode, item)
        file = await self._blobs.receive(name, mime, _once(data))
        try:
            await self._blobs.keep_for_chat(*self._chat, file)
        finally:
            await self._blobs.discard([file])


def with_ending(file: SourceFile) -> str:
    """The name of a document, with the ending of its media type where it has none that is known: loaders go by it."""
    if mimetypes.guess_type(file.name)[0] or file.mime == UNKNOWN:
        return file.name
    return file.name + (mimetypes.guess_extension(file.mime) or "")


def _plain(name: str) -> str:
    """A name inside the mark of a document."""
    return "".join(char for char in name if char.isprintable() and char not in "'<>[]")


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _apart(size: int, work: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
    """Run it here when there is little to do, else in a thread."""
    return work(*arguments, **keywords) if size <= BRIEF else await asyncio.to_thread(work, *arguments, **keywords)
