"""Document stores in the shapes of the REST routes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tradewind_server.document_stores.chunks import ALL, ChunkPage
from tradewind_server.document_stores.configs import text_of
from tradewind_server.document_stores.ports import DocumentStore, StoreLoader
from tradewind_server.document_stores.shapes import (
    component_json,
    loader_json,
    loader_status,
    shown_loader,
    status_of,
    total_chars,
    total_chunks,
)
from tradewind_server.document_stores.upserts import StoreUpsert
from tradewind_server.document_stores.uses import StoreUse
from tradewind_server.document_stores.vector_settings import QueryResult
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.rest_stubs import document_store_pb2 as pb
from tradewind_server.rpc.json_values import fill_struct, fill_value, to_value
from tradewind_server.rpc.rest_shapes import iso, upsert_json

COMPONENTS = {
    "vector_store_config": "vector_store",
    "embedding_config": "embedding",
    "record_manager_config": "record_manager",
}


def entity(store: DocumentStore, uses: Sequence[StoreUse], registry: Registry) -> pb.DocumentStoreEntity:
    """A store as it is kept: settings, loaders and uses are JSON texts."""
    message = pb.DocumentStoreEntity(
        id=store.id,
        name=store.name,
        loaders=text_of([loader_json(loader, registry) for loader in store.loaders]),
        where_used=text_of([use.chatflow_id for use in uses]),
        status=store.status,
        created_date=iso(store.created_date),
        updated_date=iso(store.updated_date),
        workspace_id=store.workspace_id,
    )
    fill_value(message.description, store.description)
    for name, source in COMPONENTS.items():
        value = component_json(getattr(store, source), registry)
        fill_value(getattr(message, name), None if value is None else text_of(value))
    return message


def view(store: DocumentStore, uses: Sequence[StoreUse], registry: Registry, *, with_names: bool = False) -> pb.DocumentStore:
    """A store as it is listed. ``with_names`` gives the names of the chatflows that name it too."""
    message = pb.DocumentStore(
        id=store.id,
        name=store.name,
        status=status_of(store),
        created_date=iso(store.created_date),
        updated_date=iso(store.updated_date),
        workspace_id=store.workspace_id,
        total_chars=total_chars(store),
        total_chunks=total_chunks(store),
    )
    fill_value(message.description, store.description)
    for name, source in COMPONENTS.items():
        fill_value(getattr(message, name), component_json(getattr(store, source), registry))
    for loader in store.loaders:
        fill_struct(message.loaders.add(), shown_loader(loader, registry))
    for use in uses:
        value: Any = {"id": use.chatflow_id, "name": use.name} if with_names else use.chatflow_id
        message.where_used.append(to_value(value))
    return message


def loader_entity(loader: StoreLoader, registry: Registry) -> pb.DocumentLoaderEntity:
    display = shown_loader(loader, registry)
    message = pb.DocumentLoaderEntity(
        id=loader.id,
        loader_id=loader.loader_id,
        loader_name=loader.loader_name,
        splitter_id=loader.splitter_id,
        splitter_name=loader.splitter_name,
        total_chunks=loader.total_chunks,
        total_chars=loader.total_chars,
        status=loader_status(loader),
        source=display["source"],
    )
    for name, public_name in (("loader_config", "loaderConfig"), ("splitter_config", "splitterConfig")):
        target = getattr(message, name)
        target.SetInParent()
        fill_struct(target, display[public_name])
    for name in ("files", "credential"):
        if name in display:
            fill_value(getattr(message, name), display[name])
    return message


def chunk_page(page: ChunkPage, registry: Registry) -> pb.ChunkPage:
    store = page.store
    message = pb.ChunkPage(
        chunks=[
            pb.ChunkEntity(
                id=chunk.id,
                doc_id=chunk.loader_id,
                store_id=chunk.store_id,
                chunk_no=chunk.number,
                page_content=chunk.page_content,
                metadata=text_of(chunk.metadata),
            )
            for chunk in page.chunks
        ],
        count=page.count,
        current_page=page.page,
        store_name=store.name,
        workspace_id=store.workspace_id,
        doc_id=page.loader.id if page.loader else ALL,
        characters=page.characters,
    )
    fill_value(message.description, store.description)
    if page.loader is not None:
        fill_value(message.file, shown_loader(page.loader, registry))
    return message


def found_chunks(result: QueryResult) -> pb.FoundChunks:
    message = pb.FoundChunks(time_taken=result.milliseconds)
    for document, chunk_id, number in zip(result.documents, result.chunk_ids, result.numbers, strict=True):
        entry = message.docs.add(page_content=document.content, id=chunk_id, chunk_no=number)
        entry.metadata.SetInParent()
        fill_struct(entry.metadata, document.metadata)
    return message


def store_upsert_json(upsert: StoreUpsert) -> dict[str, Any]:
    """What an upsert did, with the id of its loader, and of the store where one was made for it."""
    answer = {**upsert_json(upsert.result), "docId": upsert.loader_id}
    return {**answer, "storeId": upsert.store_id} if upsert.in_new_store else answer
