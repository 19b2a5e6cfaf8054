"""What chatflows have put into vector stores: what there is to remove once a chatflow is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tradewind_server.flows.components import Holding
from tradewind_server.flows.vector_ports import CollectionSpec


@dataclass(frozen=True, slots=True)
class FilledStore:
    """A collection that a chatflow has upserted into. ``records`` is the namespace of its records there, if it keeps any."""

    id: str
    workspace_id: str
    chatflow_id: str
    holding: Holding
    collection: CollectionSpec
    records: str | None


@dataclass(frozen=True, slots=True)
class ChatUpload:
    """Points that an upsert without records wrote for one chat. ``id`` is the base of their ids (``journal.Run.base``)."""

    id: str
    workspace_id: str
    chatflow_id: str
    collection: CollectionSpec
    chunks: int


class FilledStores(Protocol):
    """Entries come with the upserts' journal (:class:`Journal`). Each method is one transaction."""

    async def version_of(self, workspace_id: str, chatflow_id: str, collection: str) -> str | None:
        """The digest of the drawing that an in-memory store was last filled from; None while it never was."""
        ...

    async def mark_loaded(self, workspace_id: str, chatflow_id: str, collection: str, digest: str) -> None: ...

    async def orphans(self, limit: int, chatflow_id: str | None = None) -> tuple[Sequence[FilledStore], Sequence[ChatUpload]]:
        """Entries of chatflows that are no more, of one or over all workspaces; at most ``limit`` of each kind."""
        ...

    async def fillers(self, workspace_id: str, collection: str) -> Sequence[FilledStore]:
        """Who has upserted into a collection of our own Qdrant."""
        ...

    async def forget(self, store: FilledStore) -> None:
        """Remove the entry, and the records that it names."""
        ...

    async def forget_upload(self, upload: ChatUpload) -> None: ...
