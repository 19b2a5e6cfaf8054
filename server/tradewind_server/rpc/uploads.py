"""Reads uploads that arrive as a stream of messages: the options, then a header and chunks for each file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.ports import Blobs


def _disorder(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_FORM, sentence)


class UploadReader:
    """Reads the messages of one upload in order. Only one chunk is held in memory."""

    def __init__(self, requests: AsyncIterator[Any]) -> None:
        self._requests = aiter(requests)
        self._ahead: Any = None

    async def options(self) -> Any:
        """The options, which must be the first message. Raises ``InvalidInput(INVALID_FORM)``."""
        message = await anext(self._requests, None)
        if message is None or message.WhichOneof("part") != "options":
            raise _disorder("The first message of an upload must hold its options.")
        return message.options

    async def files(self, blobs: Blobs, most: int) -> list[SourceFile]:
        """All files, written to disk as they arrive; at most ``most``. A failed upload leaves none on disk.

        Raises ``InvalidInput(INVALID_FORM)`` for too many files and for messages out of order.
        """
        files: list[SourceFile] = []
        done = False
        try:
            while (message := await self._next()) is not None:
                match message.WhichOneof("part"):
                    case "file":
                        if len(files) >= most:
                            raise _disorder(f"The upload has more than {most} files; send fewer at once.")
                        header = message.file
                        files.append(await blobs.receive(header.name, header.mime, self._chunks()))
                    case "chunk":
                        raise _disorder("A chunk came before the header of its file.")
                    case _:
                        raise _disorder("The options may come only once, first.")
            done = True
        finally:
            if not done:
                await blobs.discard(files)
        return files

    async def _next(self) -> Any:
        ahead, self._ahead = self._ahead, None
        return ahead if ahead is not None else await anext(self._requests, None)

    async def _chunks(self) -> AsyncIterator[bytes]:
        while (message := await anext(self._requests, None)) is not None:
            if message.WhichOneof("part") != "chunk":
                self._ahead = message
                return
            yield message.chunk


class FormReader:
    """Reads the messages of a multipart form. The first also holds the chatflow's id and the content type."""

    def __init__(self, requests: AsyncIterator[Any]) -> None:
        self._requests = aiter(requests)
        self._first: Any = None

    async def begin(self) -> tuple[str, str]:
        """The chatflow's id and the content type with its boundary."""
        first = await self.first()
        return first.chatflow_id, first.body.content_type

    async def first(self) -> Any:
        """The first message, which holds what the path says. Raises ``InvalidInput(INVALID_FORM)``."""
        self._first = await anext(self._requests, None)
        if self._first is None:
            raise _disorder("The form is empty.")
        return self._first

    async def chunks(self) -> AsyncIterator[bytes]:
        yield self._first.body.data
        self._first = None
        async for message in self._requests:
            yield message.body.data
