"""Uploaded files: kept under ids the server made, found by what the caller called them only within their owner."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from tradewind_server.documents.ports import SourceFile


class Blobs(Protocol):
    """Files of a call (temporary) and files of a chatflow (kept)."""

    async def receive(self, name: str, mime: str, chunks: AsyncIterator[bytes]) -> SourceFile:
        """Write an upload to disk as it arrives; refuses empty files and types that its bytes contradict.

        Name and media type of the result are those of :meth:`describe`. Raises ``Unavailable`` when the disk is full.
        """
        ...

    def describe(self, name: str, mime: str, data: bytes) -> SourceFile:
        """A file that is not on disk: its path is empty, its name without path and control characters, its media type
        that of its bytes where they tell, before its ending and before ``mime``, the declared one.

        Raises ``InvalidInput(FILE_TYPE_NOT_ALLOWED)`` for programs and for bytes that contradict name or declaration.
        """
        ...

    def read(self, file: SourceFile) -> AsyncIterator[bytes]:
        """The bytes of a received or kept file, piece by piece. Raises ``NotFound`` when it is gone by now."""
        ...

    async def discard(self, files: Sequence[SourceFile]) -> None:
        """Remove files that :meth:`receive` wrote and nobody kept."""
        ...

    async def keep(self, workspace_id: str, owner_id: str, file: SourceFile) -> None:
        """Keep a received file under its owner (a chatflow id); a later file of that name replaces it."""
        ...

    async def get(self, workspace_id: str, owner_id: str, name: str) -> SourceFile | None: ...

    async def keep_for_chat(self, workspace_id: str, chatflow_id: str, chat_id: str, file: SourceFile) -> SourceFile:
        """Keep a received file under one chat of a chatflow; the file as it is kept."""
        ...

    async def find_in_chat(self, workspace_id: str, chatflow_id: str, chat_id: str, name: str) -> SourceFile | None: ...

    async def delete_chat(self, workspace_id: str, chatflow_id: str, chat_id: str) -> int:
        """Remove the files of a chat; how many there were."""
        ...

    async def delete_owner(self, workspace_id: str, owner_id: str) -> int: ...
