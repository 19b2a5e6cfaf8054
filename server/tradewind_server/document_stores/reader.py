"""Document stores as nodes of chatflows read them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from cachetools import TTLCache

from tradewind_server.document_stores.assembly import Assembler
from tradewind_server.document_stores.drafts import document_of, pages
from tradewind_server.document_stores.ports import DocumentStores, StoreChunks
from tradewind_server.document_stores.service import existing
from tradewind_server.documents.ports import Document
from tradewind_server.flows.components import VectorStore

KEPT_SECONDS = 0.25
"""How long the settings of a store are taken for those that hold, as with chatflows."""
MOST_KEPT = 256


class StoreReader:
    """The port ``StoredDocuments``. ``assembler`` is asked for at first use: stores and nodes are built of each other."""

    def __init__(
        self,
        stores: DocumentStores,
        chunks: StoreChunks,
        assembler: Callable[[], Assembler],
        monotonic: Callable[[], float],
    ) -> None:
        self._stores = stores
        self._chunks = chunks
        self._assembler = assembler
        self._cache: TTLCache[tuple[str, str], VectorStore] = TTLCache(MOST_KEPT, KEPT_SECONDS, monotonic)

    async def vector_store(self, workspace_id: str, store_id: str) -> VectorStore:
        entry = self._cache.get((workspace_id, store_id))
        if entry is None:
            store = await existing(self._stores, workspace_id, store_id)
            entry = await self._assembler().vector_store(store)
            self._cache[workspace_id, store_id] = entry
        return entry

    async def chunks(self, workspace_id: str, store_id: str) -> AsyncIterator[list[Document]]:
        store = await existing(self._stores, workspace_id, store_id)
        generations = [loader.generation for loader in store.loaders if loader.generation]
        async for page in pages(self._chunks, workspace_id, generations):
            yield [document_of(chunk) for chunk in page]
