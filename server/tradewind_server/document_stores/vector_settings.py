"""The vector store of a store: its settings, what is asked of it, and its vectors (docs/document-stores.md)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tradewind_server.document_stores.assembly import Assembler
from tradewind_server.document_stores.configs import invalid, json_object, node_config, node_name
from tradewind_server.document_stores.loaders import StoreLoaders, store_id_of
from tradewind_server.document_stores.ports import (
    DocumentStore,
    DocumentStores,
    StoreChange,
    StoreChunks,
    StoreComponent,
)
from tradewind_server.document_stores.service import existing, not_found, whole_component
from tradewind_server.document_stores.vectors import StoreVectors, VectorWork
from tradewind_server.documents.ports import Document
from tradewind_server.flows.nodes.registry import Registry

BODY = {
    "embedding": ("embeddingName", "embeddingConfig"),
    "vector_store": ("vectorStoreName", "vectorStoreConfig"),
    "record_manager": ("recordManagerName", "recordManagerConfig"),
}
"""Where the name and the inputs of each node stand in a body."""
LONGEST_QUERY = 20_000


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Chunks nearest to a query, best first: each with the id and the number of the chunk, where it is known."""

    documents: Sequence[Document]
    chunk_ids: Sequence[str]
    numbers: Sequence[int]
    """-1 for a chunk that the store does not have."""
    milliseconds: int


class VectorSettings:
    """Saves settings, answers queries, takes vectors out."""

    def __init__(
        self,
        *,
        stores: DocumentStores,
        chunks: StoreChunks,
        loaders: StoreLoaders,
        vectors: StoreVectors,
        assembler: Assembler,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._chunks = chunks
        self._loaders = loaders
        self._vectors = vectors
        self._assembler = assembler
        self._now = now

    async def save(self, workspace_id: str, fields: Mapping[str, Any]) -> DocumentStore:
        """Save the settings of embeddings, vector store and record manager; what is not sent is cleared."""
        async with self._loaders.alone(workspace_id, store_id_of(fields)) as store:
            values = settings_values(fields, store, self._assembler.registry, is_strict=True)
            for component in values.values():
                if component is not None:
                    self._assembler.check_type(component.name)
            values["status"] = "UPSERTED" if store.status == "UPSERTED" else "SYNC"
            return await self._change(store, values)

    async def update(self, workspace_id: str, fields: Mapping[str, Any]) -> DocumentStore | None:
        """Save the inputs of the vector store alone; None, and nothing is done, where none is named."""
        if not fields.get("vectorStoreName"):
            await existing(self._stores, workspace_id, store_id_of(fields))
            return None
        async with self._loaders.alone(workspace_id, store_id_of(fields)) as store:
            values = settings_values(fields, store, self._assembler.registry, is_strict=False)
            self._assembler.check_type(values["vector_store"].name)
            return await self._change(store, {"vector_store": values["vector_store"]})

    async def _change(self, store: DocumentStore, values: Mapping[str, Any]) -> DocumentStore:
        values = {**values, "updated_date": self._now()}
        if not await self._stores.change(store.workspace_id, store.id, StoreChange(values)):
            raise not_found(store.id)
        return replace(store, **values)

    async def query(self, workspace_id: str, fields: Mapping[str, Any]) -> QueryResult:
        """The chunks nearest to ``query``. ``inputs`` replace settings of the vector store for this query: ``topK``."""
        begin = time.monotonic()
        query = fields.get("query")
        if not isinstance(query, str) or not query.strip() or len(query) > LONGEST_QUERY:
            raise invalid(f"query must be a text of 1 to {LONGEST_QUERY:,} characters.")
        store = await existing(self._stores, workspace_id, store_id_of(fields))
        inputs = json_object(fields.get("inputs"), "inputs")
        vector_store = await self._assembler.vector_store(store, inputs)
        documents = await vector_store.retrieve(query)
        points = [document.id or "" for document in documents]
        chunks_by_point = {chunk.point_id: chunk for chunk in await self._chunks.at_points(workspace_id, store.id, points)}
        return QueryResult(
            documents,
            [chunks_by_point[point].id if point in chunks_by_point else point for point in points],
            [chunks_by_point[point].number if point in chunks_by_point else -1 for point in points],
            round((time.monotonic() - begin) * 1000),
        )

    async def delete_vectors(self, workspace_id: str, store_id: str, loader_id: str | None = None) -> None:
        """Take the vectors of all chunks, or of one loader's, out of the vector store; the chunks stay."""
        async with self._loaders.alone(workspace_id, store_id) as store:
            loaders = store.loaders if loader_id is None else (StoreLoaders.loader(store, loader_id),)
            await self._assembler.vector_store(store)  # Who has no vector store is told so.
            if store.vectors is None:
                return
            await self._chunks.discard(workspace_id, store.id)
            drafts = [await self._loaders.drafts.with_new_points(workspace_id, loader) for loader in loaders]
            new = [replace(one, generation=draft.generation) for one, draft in zip(loaders, drafts, strict=True)]
            values: dict[str, Any] = {"updated_date": self._now()}
            if loader_id is None:
                status = "SYNC" if store.loaders else "EMPTY"
                values |= {"vectors": None, "status": status if store.status == "UPSERTED" else store.status}
            changed_loaders = [loader.id for loader in loaders]
            await self._vectors.carry_out(store, StoreChange(values, loaders=new), VectorWork(touched_loaders=changed_loaders))


def settings_values(fields: Mapping[str, Any], store: DocumentStore, registry: Registry, *, is_strict: bool) -> dict[str, Any]:
    """The settings in a body, by the fields of a store. ``is_strict`` clears what is not sent. Raises ``InvalidInput``."""
    values: dict[str, Any] = {}
    for field, (name, config) in BODY.items():
        type_name = node_name(fields.get(name), name)
        if type_name:
            component = StoreComponent(type_name, node_config(fields.get(config), config))
            values[field] = whole_component(component, getattr(store, field), registry)
        elif is_strict:
            values[field] = None
    return values
