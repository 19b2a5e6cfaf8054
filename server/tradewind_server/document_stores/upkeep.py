"""Stores whose upsert ended with its process: they are told to be tried again, and those that it was making go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from tradewind_server.document_stores.loaders import forget_unmade
from tradewind_server.document_stores.ports import DocumentStores
from tradewind_server.document_stores.vectors import store_lock
from tradewind_server.ingest.ports import Locks
from tradewind_server.ingest.recovery import Outcome

AT_ONCE = 100


class StoreUpkeep:
    """Looks for stores that say they are being upserted while nobody holds their lock."""

    def __init__(
        self,
        stores: DocumentStores,
        locks: Locks,
        delete: Callable[[str, str], Awaitable[int]],
        forget_files: Callable[[str, str], Awaitable[object]],
    ) -> None:
        """``delete`` takes a store away with all that it left, ``forget_files`` those of a loader; by workspace and id."""
        self._stores = stores
        self._delete = delete
        self._forget_files = forget_files
        self._locks = locks

    async def clear(self) -> Outcome:
        busy: Sequence[tuple[str, str]] = await self._stores.busy(AT_ONCE)
        outcome: Outcome = "clear"
        for workspace_id, store_id in busy:
            async with self._locks.attempt(store_lock(store_id)) as mine:
                if not mine:
                    outcome = "held"
                    continue
                store = await self._stores.get(workspace_id, store_id)
                if store is not None and store.status == "NEW":
                    await self._delete(workspace_id, store_id)
                elif store is not None and store.status == "UPSERTING":
                    await forget_unmade(self._stores, workspace_id, store_id, self._forget_files)
        return outcome
