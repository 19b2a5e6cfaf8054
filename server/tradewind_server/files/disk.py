"""Files on disk, under names the server makes. What the caller calls a file is kept beside it, never in a path."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from tradewind_server.documents.loaders import ending
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, NotFound, Reason, Unavailable
from tradewind_server.files.media_types import stored_type
from tradewind_server.files.types import HEAD_BYTES, charset_of, identify

P = ParamSpec("P")
T = TypeVar("T")
LONGEST_NAME = 255
THREADS = 4
WRITE_BYTES = 1 << 20
READ_BYTES = 1 << 18
FULL = (errno.ENOSPC, errno.EDQUOT)


class DiskBlobs:
    """The port ``Blobs`` over a folder: one place for the files of running calls, ``kept/`` for those of chatflows.

    ``incoming`` names the first of them. Each worker has its own, so that it can clear what an earlier life of it left.
    """

    def __init__(self, directory: Path, incoming: str = "incoming") -> None:
        self._incoming = directory / incoming
        self._kept_dir = directory / "kept"
        self._threads = ThreadPoolExecutor(THREADS, "files")

    async def _away(self, work: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
        """Run it in a thread of these files' own: no other kind of work keeps them waiting."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *arguments, **keywords))

    def prepare(self) -> None:
        """Make the folders."""
        for folder in (self._incoming, self._kept_dir):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def clear_incoming(self) -> None:
        """Remove what a killed worker left of unfinished calls. Only before the worker of this folder serves."""
        shutil.rmtree(self._incoming, ignore_errors=True)
        self.prepare()

    async def receive(self, name: str, mime: str, chunks: AsyncIterator[bytes]) -> SourceFile:
        display_name = clean_name(name)
        path = self._incoming / uuid.uuid4().hex
        size, head, waiting = 0, b"", bytearray()
        with _room():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        complete = False
        try:
            async for chunk in chunks:
                size += len(chunk)
                if len(head) < HEAD_BYTES:
                    head += chunk[: HEAD_BYTES - len(head)]
                waiting += chunk
                if len(waiting) >= WRITE_BYTES:
                    await self._away(_write, descriptor, bytes(waiting))
                    waiting.clear()
            await self._away(_write, descriptor, bytes(waiting))
            if not size:
                raise InvalidInput(Reason.FILE_EMPTY, f"The file {display_name} is empty.")
            mime_type = identify(display_name, ending(display_name), mime, head)
            complete = True
        finally:
            os.close(descriptor)
            if not complete:
                os.unlink(path)
        return SourceFile(display_name, mime_type, str(path), size, charset_of(mime))

    def describe(self, name: str, mime: str, data: bytes) -> SourceFile:
        display_name = clean_name(name)
        return SourceFile(
            display_name, identify(display_name, ending(display_name), mime, data[:HEAD_BYTES]), "", len(data), charset_of(mime)
        )

    async def read(self, file: SourceFile) -> AsyncIterator[bytes]:
        try:
            source = await self._away(open, file.path, "rb")
        except FileNotFoundError:
            raise NotFound(Reason.FILE_NOT_FOUND, f"The file {file.name} is no longer here.") from None
        try:
            while chunk := await self._away(source.read, READ_BYTES):
                yield chunk
        finally:
            source.close()

    async def discard(self, files: Sequence[SourceFile]) -> None:
        def remove() -> None:
            for file in files:
                Path(file.path).unlink(missing_ok=True)

        await self._away(remove)

    async def keep(self, workspace_id: str, owner_id: str, file: SourceFile) -> None:
        await self._away(self._keep, self._place(workspace_id, owner_id, file.name), file)

    def _keep(self, place: Path, file: SourceFile) -> None:
        draft = place.with_name(f".{uuid.uuid4().hex}")
        draft_note = draft.with_name(draft.name + ".json")
        note = {"name": file.name, "mime": file.mime, "size": file.size, "charset": file.charset}
        try:
            with _room():
                place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                _same_content(file.path, draft)
                os.chmod(draft, 0o600)
                draft_note.write_text(json.dumps(note))
                os.chmod(draft_note, 0o600)
            os.replace(draft_note, place.with_suffix(".json"))
            os.replace(draft, place)
        finally:
            draft.unlink(missing_ok=True)
            draft_note.unlink(missing_ok=True)

    async def get(self, workspace_id: str, owner_id: str, name: str) -> SourceFile | None:
        return await self._away(_read, self._place(workspace_id, owner_id, clean_name(name)))

    async def keep_for_chat(self, workspace_id: str, chatflow_id: str, chat_id: str, file: SourceFile) -> SourceFile:
        place = self._chat(workspace_id, chatflow_id, chat_id) / _digest(file.name)
        await self._away(self._keep, place, file)
        return replace(file, path=str(place))

    async def find_in_chat(self, workspace_id: str, chatflow_id: str, chat_id: str, name: str) -> SourceFile | None:
        return await self._away(_read, self._chat(workspace_id, chatflow_id, chat_id) / _digest(clean_name(name)))

    async def delete_chat(self, workspace_id: str, chatflow_id: str, chat_id: str) -> int:
        return await self._away(_remove, self._chat(workspace_id, chatflow_id, chat_id))

    async def delete_owner(self, workspace_id: str, owner_id: str) -> int:
        return await self._away(_remove, self._owner(workspace_id, owner_id))

    def _owner(self, workspace_id: str, owner_id: str) -> Path:
        return self._kept_dir / _digest(f"{workspace_id}/{owner_id}")

    def _chat(self, workspace_id: str, chatflow_id: str, chat_id: str) -> Path:
        """A folder within the chatflow's, which goes when the chatflow does."""
        return self._owner(workspace_id, chatflow_id) / f"chat-{_digest(chat_id)}"

    def _place(self, workspace_id: str, owner_id: str, name: str) -> Path:
        return self._owner(workspace_id, owner_id) / _digest(name)


def _read(place: Path) -> SourceFile | None:
    try:
        note = json.loads(place.with_suffix(".json").read_text())
    except (OSError, ValueError):
        return None
    charset = note.get("charset", "")
    # The note may be one of an earlier version, which took any declared type.
    mime = stored_type(note["mime"])
    return SourceFile(note["name"], mime, str(place), note["size"], charset) if place.exists() else None


def _remove(folder: Path) -> int:
    """Remove a folder with everything below it; how many files were kept there."""
    count = len(list(folder.rglob("*.json"))) if folder.exists() else 0
    shutil.rmtree(folder, ignore_errors=True)
    return count


def _same_content(path: str, place: Path) -> None:
    """Files are never written again once they are whole, so both names may stand for the same bytes on the disk."""
    try:
        os.link(path, place)
    except OSError:  # Another disk, or a file system without links.
        shutil.copyfile(path, place)


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    with _room():
        while view:
            view = view[os.write(descriptor, view) :]


@contextmanager
def _room() -> Iterator[None]:
    """A full disk as a sentence; whatever was being written is the caller's to remove."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Unavailable(
            Reason.SERVER_UNAVAILABLE, "The server has no room left for files; nothing was stored. Try again later."
        ) from error


def _digest(text: str) -> str:
    """A folder or file name for any text; what the text holds can do nothing to a path."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def clean_name(name: str) -> str:
    """A caller's file name for display and metadata: the last part, without control characters, of bounded length."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(char for char in last if char.isprintable()).strip()
    if not printable or printable in (".", ".."):
        return "file"
    return printable if len(printable) <= LONGEST_NAME else printable[: LONGEST_NAME - 20] + printable[-20:]
