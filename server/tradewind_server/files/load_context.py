"""What document loaders may use of the stored files of a chatflow."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from tradewind_server.documents.ports import LoadContext, SourceFile
from tradewind_server.files.ports import Blobs


def load_context(
    blobs: Blobs, workspace_id: str, chatflow_id: str, files: Sequence[SourceFile], received: list[SourceFile]
) -> LoadContext:
    """What loaders of a chatflow may use. Files that they take in are added to ``received``; the caller discards them."""

    async def stored(name: str) -> SourceFile | None:
        return await blobs.find(workspace_id, chatflow_id, name)

    async def receive(name: str, mime: str, raw: bytes) -> SourceFile:
        async def whole() -> AsyncIterator[bytes]:
            yield raw

        received.append(await blobs.receive(name, mime, whole()))
        return received[-1]

    return LoadContext(workspace_id, chatflow_id, files, stored, receive)
