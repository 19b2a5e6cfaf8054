"""Document stores in the shapes of the REST routes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tradewind_server.document_stores.configs import text_of
from tradewind_server.document_stores.ports import DocumentStore
from tradewind_server.document_stores.shapes import (
    component_json,
    loader_json,
    shown_loader,
    status_of,
    total_chars,
    total_chunks,
)
from tradewind_server.document_stores.uses import StoreUse
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.rest_stubs import document_store_pb2 as pb
from tradewind_server.rpc.json_values import fill_struct, fill_value, to_value
from tradewind_server.rpc.rest_shapes import iso

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
