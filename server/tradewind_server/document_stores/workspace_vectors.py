"""What the chatflows and document stores of a workspace have left in vector stores, taken out when the workspace is deleted."""

from __future__ import annotations

from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.document_stores.ports import DocumentStores
from tradewind_server.document_stores.vector_keys import keys_in
from tradewind_server.flows.nodes.retrieval.vector_stores import typed_keys
from tradewind_server.ingest.upsert import Upserter

ROWS_AT_ONCE = 50


class UpsertedVectors:
    """The port ``WorkspaceVectors`` over the journal of upserts."""

    def __init__(self, upserter: Upserter, chatflows: Chatflows, document_stores: DocumentStores) -> None:
        self._upserter = upserter
        self._chatflows = chatflows
        self._document_stores = document_stores

    async def prepare(self, workspace_id: str) -> None:
        offset, total = 0, 1
        while offset < total:
            flows, total = await self._chatflows.list(workspace_id, offset=offset, limit=ROWS_AT_ONCE)
            for flow in flows:
                self._upserter.remember_keys(flow.id, typed_keys(flow))
            offset += ROWS_AT_ONCE
        offset, total = 0, 1
        while offset < total:
            stores, total = await self._document_stores.list(workspace_id, offset=offset, limit=ROWS_AT_ONCE)
            for store in stores:
                self._upserter.remember_keys(store.id, keys_in(store))
            offset += ROWS_AT_ONCE

    async def clear(self) -> None:
        await self._upserter.clear_orphans()
