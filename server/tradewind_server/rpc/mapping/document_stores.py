"""Maps document stores between ``tradewind.v1`` messages and domain fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from google.protobuf.field_mask_pb2 import FieldMask
from tradewind.v1 import document_store_pb2 as pb

from tradewind_server.document_stores.configs import public_config
from tradewind_server.document_stores.ports import DocumentStore, StoreChunk, StoreComponent, StoreLoader
from tradewind_server.document_stores.shapes import loader_status, source_of, status_of, total_chars, total_chunks
from tradewind_server.document_stores.uses import StoreUse
from tradewind_server.document_stores.vector_settings import BODY
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.ingest.ports import UpsertResult
from tradewind_server.rpc.json_values import fill_struct, from_struct
from tradewind_server.rpc.mapping.parts import source_documents, timestamp

PREFIX = "DOCUMENT_STORE_STATUS_"
OVERRIDES = {
    "loader": "loader",
    "splitter": "splitter",
    "embedding": "embedding",
    "vector_store": "vectorStore",
    "record_manager": "recordManager",
}
"""Nodes of an upsert, with their names in REST bodies."""
SETTABLE = {
    "name": "name",
    "description": "description",
    "vector_store": "vectorStoreConfig",
    "embedding": "embeddingConfig",
    "record_manager": "recordManagerConfig",
}
"""Message fields that a caller sets, with the entity's public name."""


def document_store(store: DocumentStore, uses: Sequence[StoreUse], registry: Registry) -> pb.DocumentStore:
    return pb.DocumentStore(
        id=store.id,
        name=store.name,
        description=store.description,
        loaders=[document_loader(loader, registry) for loader in store.loaders],
        uses=[pb.StoreUse(chatflow_id=use.chatflow_id, name=use.name) for use in uses],
        status=f"{PREFIX}{status_of(store)}",
        vector_store=component_message(store.vector_store, registry),
        embedding=component_message(store.embedding, registry),
        record_manager=component_message(store.record_manager, registry),
        total_chunks=total_chunks(store),
        total_chars=total_chars(store),
        create_time=timestamp(store.created_date),
        update_time=timestamp(store.updated_date),
        workspace_id=store.workspace_id,
    )


def document_loader(loader: StoreLoader, registry: Registry) -> pb.DocumentLoader:
    splitter = StoreComponent(loader.splitter_id, loader.splitter_config) if loader.splitter_id else None
    return pb.DocumentLoader(
        id=loader.id,
        loader=component_message(StoreComponent(loader.loader_id, loader.loader_config), registry),
        name=loader.loader_name,
        splitter=component_message(splitter, registry),
        splitter_name=loader.splitter_name,
        credential_id=loader.credential,
        files=list(_files(loader)),
        source=source_of(loader, registry),
        total_chunks=loader.total_chunks,
        total_chars=loader.total_chars,
        status=f"{PREFIX}{loader_status(loader)}",
    )


def _files(loader: StoreLoader) -> Iterator[pb.StoreFile]:
    for file in loader.files or ():
        message = pb.StoreFile(
            id=str(file.get("id") or ""),
            name=str(file.get("name") or ""),
            mime=str(file.get("mimePrefix") or ""),
            size=int(file.get("size") or 0),
        )
        try:
            moment = datetime.fromisoformat(str(file.get("uploaded")))
        except ValueError:
            yield message
            continue
        message.upload_time.CopyFrom(timestamp(moment.astimezone(UTC)))
        yield message


def component_message(component: StoreComponent | None, registry: Registry) -> pb.StoreComponent | None:
    if component is None:
        return None
    message = pb.StoreComponent(name=component.name)
    message.config.SetInParent()
    fill_struct(message.config, public_config(component.name, component.config, registry))
    return message


def component_fields(message: pb.StoreComponent) -> dict[str, Any]:
    """``{name, config}`` of a node."""
    return {"name": message.name, "config": from_struct(message.config)}


def new_fields(message: pb.DocumentStore) -> dict[str, Any]:
    """The fields that are set, by the entity's public names."""
    result: dict[str, Any] = {"name": message.name} if message.name else {}
    if message.HasField("description"):
        result["description"] = message.description
    for name in ("vector_store", "embedding", "record_manager"):
        if message.HasField(name):
            result[SETTABLE[name]] = component_fields(getattr(message, name))
    return result


def changed_fields(message: pb.DocumentStore, mask: FieldMask | None) -> Mapping[str, Any]:
    """The changed fields of an update: those of a field mask, where absent ones are cleared, or without one those that are set.

    Raises ``InvalidInput(INVALID_ARGUMENT)`` for a name in the mask that cannot be changed.
    """
    result = new_fields(message)
    if mask is None or not mask.paths:
        return result
    names = tuple(SETTABLE) if "*" in mask.paths else tuple(mask.paths)
    for name in names:
        if name not in SETTABLE:
            fields = ", ".join(SETTABLE)
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"updateMask: {name[:60]} cannot be changed; it takes {fields}.")
    return {SETTABLE[name]: result.get(SETTABLE[name], "" if name == "name" else None) for name in names}


def loader_fields(message: pb.DocumentLoader) -> dict[str, Any]:
    """The fields of a loader that are set, by the names of the REST bodies."""
    result: dict[str, Any] = {"id": message.id or None}
    if message.HasField("loader"):
        result |= {"loaderId": message.loader.name, "loaderConfig": from_struct(message.loader.config)}
    if message.name:
        result["loaderName"] = message.name
    if message.HasField("splitter"):
        result |= {"splitterId": message.splitter.name, "splitterConfig": from_struct(message.splitter.config)}
        result["splitterName"] = message.splitter_name
    if message.HasField("credential_id"):
        result["credential"] = message.credential_id
    return result


def settings_fields(message: pb.VectorStoreSettings) -> dict[str, Any]:
    """The settings that are set, by the names of the REST bodies."""
    result: dict[str, Any] = {}
    for field, (name, config) in BODY.items():
        if message.HasField(field):
            component = getattr(message, field)
            result |= {name: component.name, config: from_struct(component.config)}
    return result


def upsert_fields(message: pb.UpsertDocumentRequest) -> dict[str, Any]:
    """What an upsert brings, by the names of the REST bodies."""
    result: dict[str, Any] = {}
    if message.HasField("loader_id"):
        result |= {"docId": message.loader_id, "replaceExisting": message.replace_existing}
    if message.HasField("new_store"):
        result |= {"createNewDocStore": True, "docStore": new_fields(message.new_store)}
    for field, name in OVERRIDES.items():
        if message.HasField(field):
            override = getattr(message, field)
            result[name] = {"name": override.name, "config": from_struct(override.config)}
    if message.loader_name:
        result["loaderName"] = message.loader_name
    if message.HasField("metadata"):
        result["metadata"] = from_struct(message.metadata)
    if message.HasField("replace_where"):
        result["replace"] = {"metadata": from_struct(message.replace_where)}
    return result


def upsert_result(result: UpsertResult, store_id: str, loader_id: str = "") -> pb.StoreUpsertResult:
    message = pb.StoreUpsertResult(
        store_id=store_id,
        loader_id=loader_id,
        num_added=result.num_added,
        num_updated=result.num_updated,
        num_skipped=result.num_skipped,
        num_deleted=result.num_deleted,
        added_docs=source_documents(result.added),
        warnings=result.warnings,
    )
    if result.added_truncated:
        message.added_docs_truncated = True
    return message


def document_chunk(chunk: StoreChunk) -> pb.DocumentChunk:
    message = pb.DocumentChunk(id=chunk.id, loader_id=chunk.loader_id, number=chunk.number, page_content=chunk.page_content)
    message.metadata.SetInParent()
    fill_struct(message.metadata, chunk.metadata)
    return message
