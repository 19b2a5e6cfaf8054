"""What is told of a store beside its fields: where its loaders read from, how many chunks it has, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.document_stores.configs import public_config
from tradewind_server.document_stores.ports import DocumentStore, StoreComponent, StoreLoader, StoreStatus
from tradewind_server.documents.sources import file_names
from tradewind_server.flows.nodes.registry import Registry

NO_SOURCE = "None"
SOURCE_INPUTS = ("url", "webUrl", "repoLink", "filePath", "folderPath")
"""Inputs that say where documents come from, the first that is set."""
FILE_INPUT = "file"
LONGEST_SOURCE = 1000


def source_of(loader: StoreLoader, registry: Registry) -> str:
    """Where the documents of a loader come from: the names of its files, an address, or ``None``."""
    node_type = registry.type_named(loader.loader_id)
    file_inputs = node_type.file_inputs if node_type else frozenset()
    names = [name for one in sorted(file_inputs) for name in file_names(loader.loader_config.get(one))]
    if names:
        return ", ".join(names)[:LONGEST_SOURCE]
    for name in SOURCE_INPUTS:
        value = loader.loader_config.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()[:LONGEST_SOURCE]
    return NO_SOURCE


def total_chunks(store: DocumentStore) -> int:
    return sum(loader.total_chunks for loader in store.loaders)


def total_chars(store: DocumentStore) -> int:
    return sum(loader.total_chars for loader in store.loaders)


def status_of(store: DocumentStore) -> StoreStatus:
    """The status of a store as it is told: ``STALE`` while one of its loaders has not been processed."""
    if store.status == "NEW" or any(loader.status == "NEW" for loader in store.loaders):
        return "UPSERTING"
    return "STALE" if any(loader.status != "SYNC" for loader in store.loaders) else store.status


def loader_status(loader: StoreLoader) -> StoreStatus:
    """As it is told: one in the making has not been processed."""
    return "SYNCING" if loader.status == "NEW" else loader.status


def component_json(component: StoreComponent | None, registry: Registry) -> dict[str, Any] | None:
    if component is None:
        return None
    return {"config": public_config(component.name, component.config, registry), "name": component.name}


def loader_json(loader: StoreLoader, registry: Registry) -> dict[str, Any]:
    """A loader as the entity holds it, without its secrets."""
    result: dict[str, Any] = {
        "id": loader.id,
        "loaderId": loader.loader_id,
        "loaderName": loader.loader_name,
        "loaderConfig": public_config(loader.loader_id, loader.loader_config, registry),
        "splitterId": loader.splitter_id,
        "splitterName": loader.splitter_name,
        "splitterConfig": public_config(loader.splitter_id, loader.splitter_config, registry),
        "totalChunks": loader.total_chunks,
        "totalChars": loader.total_chars,
        "status": loader_status(loader),
    }
    if loader.files:
        result["files"] = [dict(file) for file in loader.files]
    if loader.credential:
        result["credential"] = loader.credential
    return result


def shown_loader(loader: StoreLoader, registry: Registry) -> Mapping[str, Any]:
    """The same with its source, as lists have it."""
    return {**loader_json(loader, registry), "source": source_of(loader, registry)}
