"""What document loaders may use of the stored files of a chatflow."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from tradewind_server.documents.ports import LoadContext, SourceFile
from tradewind_server.files.ports import Blobs


def load_context(
    blobs: Blobs, workspace_id: str, chatflow_id: str, files: Sequence[SourceFile], uploads: list[SourceFile]
) -> LoadContext:
    """What loaders of a chatflow may use. Files that they take in are added to ``uploads``; the caller discards them."""

    async def stored_file(name: str) -> SourceFile | None:
        return await blobs.get(workspace_id, chatflow_id, name)

    async def receive(name: str, mime: str, raw: bytes) -> SourceFile:
        async def whole() -> AsyncIterator[bytes]:
            yield raw

        uploads.append(await blobs.receive(name, mime, whole()))
        return uploads[-1]

    return LoadContext(workspace_id, chatflow_id, files, stored_file, receive)
