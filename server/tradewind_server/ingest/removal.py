"""What chatflows that are no more have left in vector stores, taken out."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import replace

from tradewind_server.chatflows.ports import Chatflow, Chatflows
from tradewind_server.errors import InvalidInput, TradewindError
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.nodes.retrieval.vector_stores import may_name
from tradewind_server.flows.vector_ports import CollectionSpec, VectorIndex, VectorIndexes
from tradewind_server.ingest.filled_stores import ChatUpload, FilledStore, FilledStores
from tradewind_server.ingest.fills import DELETE_BATCH, delete_numbered
from tradewind_server.ingest.journal import ANY_DATE, Journal, records_lock
from tradewind_server.ingest.ports import Locks, RecordManager
from tradewind_server.ingest.recovery import Outcome, is_away, worse

AT_ONCE = 100
FLOWS_AT_ONCE = 50
Place = tuple[str, str | None]
"""A chatflow and the address of a Qdrant server."""


class Removal:
    """A collection of one chatflow alone is dropped; of any other go the chunks that are the chatflow's own or its chats'.

    Collections that a Qdrant node names are never dropped.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        stores: FilledStores,
        records: RecordManager,
        chatflows: Chatflows,
        locks: Locks,
        indexes: VectorIndexes,
    ) -> None:
        self._journal = journal
        self._stores = stores
        self._records = records
        self._chatflows = chatflows
        self._locks = locks
        self._indexes = indexes
        self._keys: dict[Place, str] = {}

    def remember_keys(self, chatflow_id: str, keys: Mapping[str, str]) -> None:
        """Keys that only the drawing held, by address; for as long as this process lives."""
        self._keys.update({(chatflow_id, url): key for url, key in keys.items()})

    async def clear(self, chatflow_id: str | None = None) -> Outcome:
        """Take out what is left of one or of all; of chatflows whose upserts still run, later."""
        stores, uploads = await self._stores.orphans(AT_ONCE, chatflow_id)
        if not stores and not uploads:
            if chatflow_id is None:
                self._keys.clear()
            return "clear"
        outcome: Outcome = "held" if AT_ONCE in (len(stores), len(uploads)) else "clear"
        running = {open_run.run.chatflow_id for open_run in await self._journal.open_runs()}
        away: set[str | None] = set()
        for upload in uploads:
            outcome = worse(outcome, await self._try(upload, running, away))
        for store in stores:
            outcome = worse(outcome, await self._try(store, running, away))
        return outcome

    async def _try(self, entry: FilledStore | ChatUpload, running: set[str], away: set[str | None]) -> Outcome:
        url = entry.collection.url
        if entry.chatflow_id in running:
            return "held"
        if url in away:
            return "away"
        try:
            if isinstance(entry, ChatUpload):
                await self._clear_upload(entry)
                return "clear"
            return await self._clear_locked(entry)
        except (TradewindError, OSError) as error:
            if not is_away(error):
                return "held"
            away.add(url)
            return "away"

    def _index(self, chatflow_id: str, collection: CollectionSpec) -> VectorIndex | None:
        """None for a name that no store takes: nothing can be there."""
        key = self._keys.get((chatflow_id, collection.url)) if collection.url else None
        try:
            return self._indexes.index(replace(collection, api_key=key))
        except InvalidInput:
            return None

    async def _clear_upload(self, upload: ChatUpload) -> None:
        index = self._index(upload.chatflow_id, upload.collection)
        if index is not None:
            await delete_numbered(index, uuid.UUID(upload.id), upload.chunks)
        await self._stores.forget_upload(upload)

    async def _clear_locked(self, store: FilledStore) -> Outcome:
        if store.records is None:
            await self._clear_store(store)
            return "clear"
        async with self._locks.attempt(records_lock(store.workspace_id, store.records)) as mine:
            if mine:
                await self._clear_store(store)
        return "clear" if mine else "held"

    async def _clear_store(self, store: FilledStore) -> None:
        index = self._index(store.chatflow_id, store.collection)
        if index is not None:
            if store.holding in ("own", "shared") and await self._is_alone(store):
                await index.drop()
            elif store.records is not None:
                await self._delete_recorded(store, store.records, index)
        await self._stores.forget(store)

    async def _delete_recorded(self, store: FilledStore, records: str, index: VectorIndex) -> None:
        """The points of its records; where the collection outlives chatflows, those of its chats only."""
        while True:
            if store.holding == "named":
                page = await self._records.of_chats(store.workspace_id, records, DELETE_BATCH)
            else:
                page = await self._records.stale(store.workspace_id, records, ANY_DATE, None, DELETE_BATCH)
            if not page:
                return
            await index.delete([one.point_id for one in page])
            await self._records.remove(store.workspace_id, records, [one.key for one in page])

    async def _is_alone(self, store: FilledStore) -> bool:
        """Whether no other chatflow has filled the collection, and none names it in its drawing."""
        name = store.collection.name
        for other in await self._stores.fillers(store.workspace_id, name):
            if other.chatflow_id != store.chatflow_id or other.holding == "named":
                return False
        offset = 0
        while True:
            flows, _ = await self._chatflows.list(store.workspace_id, offset=offset, limit=FLOWS_AT_ONCE)
            for flow in flows:
                if await asyncio.to_thread(names_collection, flow, name):
                    return False
            if len(flows) < FLOWS_AT_ONCE:
                return True
            offset += len(flows)


def names_collection(chatflow: Chatflow, collection: str) -> bool:
    flow = parse_flow(chatflow.flow_data)
    return any(may_name(node, chatflow.id, collection) for node in flow.nodes.values())
