"""Document stores with their loaders, and their chunks, as rows and entries. Vectors do not travel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.document_stores.configs import component, json_object, node_config, node_name, public_config
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.transfer.draft import ImportDraft
from tradewind_server.transfer.entries import Column, entry_of, row_of
from tradewind_server.transfer.ports import Entry, Row, TableRows, TransferStore

MOST_LOADERS = 1000
STORE_COLUMNS = (
    Column("id", "id", is_required=True),
    Column("name", "name", is_required=True, longest=255),
    Column("description", "description", longest=10_000),
    Column("createdDate", "created_date", "date", True),
    Column("updatedDate", "updated_date", "date", True),
)
COMPONENTS = {"vectorStoreConfig": "vector_store", "embeddingConfig": "embedding", "recordManagerConfig": "record_manager"}
NO_CHUNKS = "Chunks of document stores that are not there were left out."


async def store_entries(store: TransferStore, workspace_id: str, registry: Registry) -> AsyncIterator[Entry]:
    """The stores of a workspace, each with its loaders; secrets that were typed into their nodes stay here."""
    async for page in store.pages(workspace_id, "document_store", {}):
        for row in page:
            loaders = [
                loader
                async for rows in store.pages(workspace_id, "document_store_loader", {"store_id": row["id"]})
                for loader in rows
            ]
            yield {
                **entry_of(row, STORE_COLUMNS),
                "status": row["status"],
                "loaders": _text([_loader_entry(one, registry) for one in sorted(loaders, key=lambda one: one["position"])]),
                "whereUsed": "[]",
                **{name: _component_text(row[column], registry) for name, column in COMPONENTS.items()},
            }


async def chunk_entries(store: TransferStore, workspace_id: str) -> AsyncIterator[Entry]:
    """The chunks that count, of all stores of a workspace, those of a loader in their order."""
    async for loaders in store.pages(workspace_id, "document_store_loader", {}):
        for loader in loaders:
            if not loader["generation"]:
                continue
            async for rows in store.pages(workspace_id, "document_store_chunk", {"generation": loader["generation"]}):
                for row in rows:
                    yield {
                        "id": row["id"],
                        "docId": row["loader_id"],
                        "chunkNo": row["number"],
                        "storeId": row["store_id"],
                        "pageContent": row["page_content"],
                        "metadata": row["metadata"],
                    }


def loaders_of(entry: Entry) -> Sequence[Mapping[str, Any]]:
    """The loaders of a store. Raises ``InvalidInput``."""
    value = entry.get("loaders") or []
    try:
        loaders = foreign_json(value) if isinstance(value, str) else value
    except ValueError:
        loaders = None
    if not isinstance(loaders, list) or len(loaders) > MOST_LOADERS or not all(isinstance(one, dict) for one in loaders):
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"loaders must be JSON text of a list of at most {MOST_LOADERS} objects.")
    return loaders


def loader_ids(entry: Entry) -> Iterator[tuple[str, str]]:
    """Table and id of each loader: they must be new too."""
    return (("document_store_loader", one["id"]) for one in loaders_of(entry) if isinstance(one.get("id"), str))


def store_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    """A store with its loaders. Raises ``InvalidInput``."""
    row = row_of(entry, STORE_COLUMNS, draft.now)
    components = {column: component(entry.get(name) or None, name) for name, column in COMPONENTS.items()}
    texts = {
        name: _text({"name": one.name, "config": one.config}) if one is not None else None for name, one in components.items()
    }
    loaders = [_loader_row(one, row["id"], number, draft) for number, one in enumerate(loaders_of(entry))]
    has_chunks = any(loader["total_chunks"] for loader in loaders)
    draft.stores.add(row["id"])
    if components["vector_store"] is not None:
        draft.note(f"The document store {row['name']} has no vectors yet: upsert it once.")
    store = {**row, **texts, "status": "SYNC" if has_chunks else "EMPTY", "vectors": None}
    return (TableRows("document_store", [store]), *([TableRows("document_store_loader", loaders)] if loaders else []))


def _loader_row(loader: Mapping[str, Any], store_id: str, position: int, draft: ImportDraft) -> Row:
    loader_id = loader.get("id") if isinstance(loader.get("id"), str) else draft.new_id()
    generation = draft.generations[str(loader_id)] = draft.new_id()
    settings = {
        "loader_id": node_name(loader.get("loaderId"), "loaderId"),
        "loader_name": node_name(loader.get("loaderName"), "loaderName"),
        "loader_config": node_config(loader.get("loaderConfig"), "loaderConfig"),
        "splitter_id": node_name(loader.get("splitterId"), "splitterId"),
        "splitter_name": node_name(loader.get("splitterName"), "splitterName"),
        "splitter_config": node_config(loader.get("splitterConfig"), "splitterConfig"),
        "credential": node_name(loader.get("credential"), "credential") or None,
        "files": loader.get("files") if isinstance(loader.get("files"), list) else None,
    }
    count = _count(loader.get("totalChunks"))
    return {
        "id": loader_id,
        "store_id": store_id,
        "position": position,
        "settings": _text(settings),
        "status": "SYNC" if loader.get("status") == "SYNC" else "SYNCING",
        "total_chunks": count,
        "total_chars": _count(loader.get("totalChars")),
        "generation": generation,
    }


def chunk_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    """A chunk of a loader of the file. Raises ``InvalidInput``."""
    generation = draft.generations.get(str(entry.get("docId")))
    if entry.get("storeId") not in draft.stores or generation is None:
        draft.leave_out(NO_CHUNKS)
        return ()
    content, number = entry.get("pageContent") or "", entry.get("chunkNo")
    if not isinstance(content, str) or not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "A chunk has a text as pageContent and a number as chunkNo.")
    row = {
        "generation": generation,
        "number": number,
        "id": str(entry["id"]),
        "store_id": entry["storeId"],
        "loader_id": entry["docId"],
        "page_content": content,
        "metadata": _text(json_object(entry.get("metadata"), "metadata")),
        "point_id": draft.new_id(),
    }
    return (TableRows("document_store_chunk", [row]),)


def _loader_entry(row: Row, registry: Registry) -> dict[str, Any]:
    settings = orjson.loads(row["settings"])
    entry = {
        "id": row["id"],
        "loaderId": settings["loader_id"],
        "loaderName": settings["loader_name"],
        "loaderConfig": _open_inputs(settings["loader_id"], settings["loader_config"], registry),
        "splitterId": settings["splitter_id"],
        "splitterName": settings["splitter_name"],
        "splitterConfig": _open_inputs(settings["splitter_id"], settings["splitter_config"], registry),
        "totalChunks": row["total_chunks"],
        "totalChars": row["total_chars"],
        "status": row["status"],
    }
    more = {name: settings[name] for name in ("files", "credential") if settings.get(name)}
    return {**entry, **more}


def _component_text(text: str | None, registry: Registry) -> str | None:
    if text is None:
        return None
    value = orjson.loads(text)
    return _text({"config": _open_inputs(value["name"], value["config"], registry), "name": value["name"]})


def _open_inputs(type_name: str, config: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """The inputs of a node that hold no secret."""
    display = public_config(type_name, config, registry)
    return {name: value for name, value in config.items() if display[name] == value}


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()
