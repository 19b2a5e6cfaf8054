"""Qdrant's ``Snapshots`` service, as far as a backup needs it: a snapshot is a folder beside the collections."""

from __future__ import annotations

from typing import Any

from tradewind_server.vectors.engine.collections import Collections
from tradewind_server.vectors.engine.refusals import answering, checked_name, missing
from tradewind_server.vectors.protocol import q


class SnapshotsService(q.SnapshotsServicer):
    """Makes snapshots, which whoever asks for one moves away. Those that nobody fetched go with the next start."""

    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    @answering
    async def Create(self, request: Any) -> Any:
        folder = await self._collections.snapshot(checked_name(request))
        if folder is None:
            raise missing(request.collection_name)
        return q.CreateSnapshotResponse(snapshot_description=q.SnapshotDescription(name=f"{folder.parent.name}/{folder.name}"))
