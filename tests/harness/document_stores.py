"""Document stores: one call of a case, over REST and over gRPC. A case says ``{create: fields}``, ``{list: query}``,
``{get: id}``, ``{update: fields, id: …}`` or ``{delete: id}``; the answer is that of REST, as far as gRPC has it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import grpc
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from tradewind.v1 import document_store_pb2 as pb
from tradewind.v1 import document_store_pb2_grpc

from harness.typed import NotTyped, stamp, text, whole

Rest = tuple[str, str, dict[str, Any]]
Typed = tuple[Any, Message, Callable[[Any], Any]]
BASE = "/api/v1/document-store"
COMPONENTS = {"vectorStoreConfig": "vector_store", "embeddingConfig": "embedding", "recordManagerConfig": "record_manager"}
MASKED = {**COMPONENTS, "name": "name", "description": "description"}


def struct(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise NotTyped("a text that is no JSON") from None
    if not isinstance(value, dict):
        raise NotTyped("no object")
    return value


def component(value: Any) -> pb.StoreComponent:
    fields = struct(value)
    message = pb.StoreComponent(name=text(fields.get("name", ""), "name"))
    message.config.update(struct(fields.get("config", {})))
    return message


def store_fields(given: Mapping[str, Any]) -> pb.DocumentStore:
    message = pb.DocumentStore()
    for name in ("name", "description"):
        if given.get(name) is not None:
            setattr(message, name, text(given[name], name))
    for name, field in COMPONENTS.items():
        if given.get(name) is not None:
            getattr(message, field).CopyFrom(component(given[name]))
    return message


def status(number: int) -> str:
    return pb.DocumentStoreStatus.Name(number).removeprefix("DOCUMENT_STORE_STATUS_")


def component_json(message: pb.StoreComponent) -> dict[str, Any]:
    return {"name": message.name, "config": whole(MessageToDict(message.config))}


def loader(message: pb.DocumentLoader) -> dict[str, Any]:
    result = {
        "id": message.id,
        "loaderId": message.loader.name,
        "loaderName": message.name,
        "loaderConfig": whole(MessageToDict(message.loader.config)),
        "splitterId": message.splitter.name,
        "splitterName": message.splitter_name,
        "splitterConfig": whole(MessageToDict(message.splitter.config)),
        "totalChunks": message.total_chunks,
        "totalChars": message.total_chars,
        "status": status(message.status),
        "source": message.source,
    }
    if message.files:
        result["files"] = [{"id": one.id, "name": one.name, "mimePrefix": one.mime, "size": one.size} for one in message.files]
    if message.HasField("credential_id"):
        result["credential"] = message.credential_id
    return result


def store(message: pb.DocumentStore, *, named: bool = True) -> dict[str, Any]:
    uses: list[Any] = [{"id": use.chatflow_id, "name": use.name} if named else use.chatflow_id for use in message.uses]
    result = {
        "id": message.id,
        "name": message.name,
        "description": message.description if message.HasField("description") else None,
        "status": status(message.status),
        "createdDate": stamp(message.create_time),
        "updatedDate": stamp(message.update_time),
        "workspaceId": message.workspace_id,
        "totalChars": message.total_chars,
        "totalChunks": message.total_chunks,
    }
    result.update({"loaders": [loader(one) for one in message.loaders]} if message.loaders else {})
    result.update({"whereUsed": uses} if uses else {})  # Empty lists are not there, over gRPC.
    for name, field in COMPONENTS.items():
        result[name] = component_json(getattr(message, field)) if message.HasField(field) else None
    return result


def entity(message: pb.DocumentStore) -> dict[str, Any]:
    """A store as REST answers a new one: with JSON texts."""
    shown = store(message, named=False)
    for name in ("loaders", "whereUsed"):
        shown[name] = json.dumps(shown.get(name, []), separators=(",", ":"))
    for name in COMPONENTS:
        if shown[name] is not None:
            value = shown[name]
            shown[name] = json.dumps({"config": value["config"], "name": value["name"]}, separators=(",", ":"))
    del shown["totalChars"], shown["totalChunks"]
    return shown


def page_of(query: Mapping[str, Any]) -> dict[str, Any]:
    page, limit = query.get("page", 1), query.get("limit", 0)
    if not isinstance(page, int) or not isinstance(limit, int) or page < 1 or limit < 0 or ("page" in query and not limit):
        raise NotTyped("there is no such page")
    return {"page_size": limit, "page_token": str((page - 1) * limit) if page > 1 else ""}


class DocumentStores:
    """How a case speaks of document stores."""

    def rest(self, given: Mapping[str, Any]) -> Rest:
        stores = f"{BASE}/store"
        match given:
            case {"create": fields}:
                return "POST", stores, {"json": fields}
            case {"list": query}:
                return "GET", stores, {"params": query}
            case {"get": key}:
                return "GET", f"{stores}/{key}", {}
            case {"update": fields, "id": key}:
                return "PUT", f"{stores}/{key}", {"json": fields}
            case {"delete": key}:
                return "DELETE", f"{stores}/{key}", {}
        raise AssertionError(given)

    def typed(self, channel: grpc.Channel, given: Mapping[str, Any]) -> Typed:
        stub = document_store_pb2_grpc.DocumentStoreServiceStub(channel)
        match given:
            case {"create": fields}:
                request = pb.CreateDocumentStoreRequest(document_store=store_fields(fields))
                return stub.CreateDocumentStore, request, lambda answer: entity(answer.document_store)
            case {"list": query}:
                listing = pb.ListDocumentStoresRequest(**page_of(query))
                return stub.ListDocumentStores, listing, lambda answer: listed(answer, paged="page" in query)
            case {"get": key}:
                reading = pb.GetDocumentStoreRequest(id=key)
                return stub.GetDocumentStore, reading, lambda answer: store(answer.document_store)
            case {"update": fields, "id": key}:
                change = pb.UpdateDocumentStoreRequest(document_store=store_fields(fields))
                change.document_store.id = key
                if any(value is None for value in fields.values()):
                    change.update_mask.paths.extend(MASKED[name] for name in fields)
                return stub.UpdateDocumentStore, change, lambda answer: store(answer.document_store)
            case {"delete": key}:
                return (
                    stub.DeleteDocumentStore,
                    pb.DeleteDocumentStoreRequest(id=key),
                    lambda answer: {"deleted": answer.deleted},
                )
        raise AssertionError(given)


def listed(answer: Any, *, paged: bool) -> Any:
    rows = [store(one, named=False) for one in answer.document_stores]
    return {"data": rows, "total": answer.total_size} if paged else rows
