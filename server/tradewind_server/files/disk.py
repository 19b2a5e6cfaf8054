"""Files on disk, under names the server makes. What the caller calls a file is kept beside it, never in a path."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.types import HEAD_BYTES, check_type, mime_of
from tradewind_server.flows.components import SourceFile
from tradewind_server.ingest.loaders import ending

LONGEST_NAME = 255
WRITE_BYTES = 1 << 20


class DiskBlobs:
    """The port ``Blobs`` over a folder: ``incoming/`` for the files of running calls, ``kept/`` for those of chatflows."""

    def __init__(self, directory: Path) -> None:
        self._incoming = directory / "incoming"
        self._kept = directory / "kept"

    def prepare(self) -> None:
        """Make the folders."""
        for folder in (self._incoming, self._kept):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def clear_incoming(self) -> None:
        """Remove what a killed server left of unfinished calls. Only while no worker runs."""
        shutil.rmtree(self._incoming, ignore_errors=True)
        self.prepare()

    async def receive(self, name: str, mime: str, chunks: AsyncIterator[bytes]) -> SourceFile:
        shown = clean_name(name)
        path = self._incoming / uuid.uuid4().hex
        size, head, waiting = 0, b"", bytearray()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        finished = False
        try:
            async for chunk in chunks:
                size += len(chunk)
                if len(head) < HEAD_BYTES:
                    head += chunk[: HEAD_BYTES - len(head)]
                waiting += chunk
                if len(waiting) >= WRITE_BYTES:
                    await asyncio.to_thread(_write, descriptor, bytes(waiting))
                    waiting.clear()
            await asyncio.to_thread(_write, descriptor, bytes(waiting))
            if not size:
                raise InvalidInput(Reason.FILE_EMPTY, f"The file {shown} is empty.")
            check_type(shown, ending(shown), head)
            finished = True
        finally:
            os.close(descriptor)
            if not finished:
                os.unlink(path)
        return SourceFile(shown, mime_of(ending(shown), mime), str(path), size)

    async def discard(self, files: Sequence[SourceFile]) -> None:
        def remove() -> None:
            for file in files:
                Path(file.path).unlink(missing_ok=True)

        await asyncio.to_thread(remove)

    async def keep(self, workspace_id: str, owner_id: str, file: SourceFile) -> None:
        await asyncio.to_thread(self._keep, self._place(workspace_id, owner_id, file.name), file)

    def _keep(self, place: Path, file: SourceFile) -> None:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = place.with_name(f".{uuid.uuid4().hex}")
        shutil.copyfile(file.path, draft)
        os.chmod(draft, 0o600)
        note = {"name": file.name, "mime": file.mime, "size": file.size}
        draft_note = draft.with_name(draft.name + ".json")
        draft_note.write_text(json.dumps(note))
        os.replace(draft_note, place.with_suffix(".json"))
        os.replace(draft, place)

    async def find(self, workspace_id: str, owner_id: str, name: str) -> SourceFile | None:
        return await asyncio.to_thread(_read, self._place(workspace_id, owner_id, clean_name(name)))

    async def keep_for_chat(self, workspace_id: str, chatflow_id: str, chat_id: str, file: SourceFile) -> SourceFile:
        place = self._chat(workspace_id, chatflow_id, chat_id) / _digest(file.name)
        await asyncio.to_thread(self._keep, place, file)
        return replace(file, path=str(place))

    async def find_in_chat(self, workspace_id: str, chatflow_id: str, chat_id: str, name: str) -> SourceFile | None:
        return await asyncio.to_thread(_read, self._chat(workspace_id, chatflow_id, chat_id) / _digest(clean_name(name)))

    async def delete_chat(self, workspace_id: str, chatflow_id: str, chat_id: str) -> int:
        return await asyncio.to_thread(_remove, self._chat(workspace_id, chatflow_id, chat_id))

    async def delete_owner(self, workspace_id: str, owner_id: str) -> int:
        return await asyncio.to_thread(_remove, self._owner(workspace_id, owner_id))

    def _owner(self, workspace_id: str, owner_id: str) -> Path:
        return self._kept / _digest(f"{workspace_id}/{owner_id}")

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
    return SourceFile(note["name"], note["mime"], str(place), note["size"]) if place.exists() else None


def _remove(folder: Path) -> int:
    """Remove a folder with everything below it; how many files were kept there."""
    count = len(list(folder.rglob("*.json"))) if folder.exists() else 0
    shutil.rmtree(folder, ignore_errors=True)
    return count


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _digest(text: str) -> str:
    """A folder or file name for any text; what the text holds can do nothing to a path."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def clean_name(name: str) -> str:
    """A caller's file name for display and metadata: the last part, without control characters, of bounded length."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if char.isprintable()).strip()
    if not shown or shown in (".", ".."):
        return "file"
    return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - 20] + shown[-20:]
