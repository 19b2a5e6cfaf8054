"""Document stores: one call of a case, over REST and over gRPC. A case says ``{create: fields}``, ``{list: query}``,
``{get: id}``, ``{update: fields, id: …}`` or ``{delete: id}``; of a store (``of: id``)
``{preview|save|upsert|insert|query: fields}``,
``{process|delete_loader: loader}``, ``{chunks: page, loader: …}``, ``{edit: fields, …}``, ``{delete_chunk: id, …}``,
``{delete_vectors: loader}`` or ``{delete_documents: fields}``. The answer is that of REST, as far as gRPC has it.
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
        return self.rest_part(given, given["of"])

    def rest_part(self, given: Mapping[str, Any], of: str) -> Rest:
        """Calls about loaders, chunks and vectors of a store."""
        bodies = {
            "preview": "loader/preview",
            "save": "loader/save",
            "insert": "vectorstore/insert",
            "query": "vectorstore/query",
            "settings": "vectorstore/save",
        }
        match given:
            case {"process": key}:
                return "POST", f"{BASE}/loader/process/{key}", {"json": {"storeId": of}}
            case {"delete_loader": key}:
                return "DELETE", f"{BASE}/loader/{of}/{key}", {}
            case {"chunks": page, "loader": key}:
                return "GET", f"{BASE}/chunks/{of}/{key}/{page}", {}
            case {"edit": fields, "loader": key, "chunk": chunk}:
                return "PUT", f"{BASE}/chunks/{of}/{key}/{chunk}", {"json": fields}
            case {"delete_chunk": chunk, "loader": key}:
                return "DELETE", f"{BASE}/chunks/{of}/{key}/{chunk}", {}
            case {"upsert": fields}:
                return "POST", f"{BASE}/upsert/{of}", {"json": fields}
            case {"delete_documents": fields}:
                return "POST", f"{BASE}/documents/delete/{of}", {"json": fields}
        name = next(name for name in bodies if name in given)
        return "POST", f"{BASE}/{bodies[name]}", {"json": {"storeId": of, **given[name]}}

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
        return typed_part(stub, given, given["of"])


def typed_part(stub: Any, given: Mapping[str, Any], of: str) -> Typed:
    """Calls about loaders, chunks and vectors of a store."""
    match given:
        case {"preview": fields}:
            count = max(fields.get("previewChunkCount", 0), 0)
            preview = pb.PreviewLoaderRequest(store_id=of, loader=loader_fields(fields), chunk_count=count)
            return stub.PreviewLoader, preview, previewed
        case {"save": fields}:
            save = pb.SaveLoaderRequest(store_id=of, loader=loader_fields(fields))
            return stub.SaveLoader, save, lambda answer: loader(answer.loader)
        case {"process": key}:
            process = pb.ProcessLoaderRequest(store_id=of, loader_id=key)
            return stub.ProcessLoader, process, lambda answer: page(answer.chunks, len(answer.chunks))
        case {"delete_loader": key}:
            return (
                stub.DeleteLoader,
                pb.DeleteLoaderRequest(store_id=of, loader_id=key),
                lambda answer: store(answer.document_store),
            )
        case {"chunks": number, "loader": key}:
            listing = pb.ListChunksRequest(store_id=of, page_token=str((number - 1) * 50) if number > 1 else "")
            if key != "all":
                listing.loader_id = key
            return stub.ListChunks, listing, lambda answer: page(answer.chunks, answer.total_size)
        case {"edit": fields, "loader": key, "chunk": chunk}:
            edit = pb.UpdateChunkRequest(store_id=of, loader_id=key, chunk_id=chunk)
            if fields.get("pageContent") is not None:
                edit.page_content = text(fields["pageContent"], "pageContent")
            if fields.get("metadata") is not None:
                edit.metadata.update(struct(fields["metadata"]))
            return stub.UpdateChunk, edit, lambda answer: page(answer.chunks, answer.total_size)
        case {"delete_chunk": chunk, "loader": key}:
            deletion = pb.DeleteChunkRequest(store_id=of, loader_id=key, chunk_id=chunk)
            return stub.DeleteChunk, deletion, lambda answer: page(answer.chunks, answer.total_size)
        case {"upsert": fields}:
            return stub.UpsertDocument, upsert_request(of, fields), lambda answer: counts(answer.result)
        case {"delete_documents": fields}:
            documents = pb.DeleteDocumentsRequest(store_id=of, source=fields.get("source"))
            documents.metadata.update(struct(fields.get("metadata", {})))
            return (
                stub.DeleteDocuments,
                documents,
                lambda answer: {"deletedChunks": answer.chunks, "deletedLoaders": list(answer.loader_ids)},
            )
        case {"insert": fields}:
            insert = pb.InsertVectorsRequest(store_id=of, settings=settings(fields), loader_id=fields.get("docId"))
            return stub.InsertVectors, insert, lambda answer: counts(answer.result)
        case {"settings": fields}:
            save_settings = pb.SaveVectorStoreRequest(store_id=of, settings=settings(fields))
            return stub.SaveVectorStore, save_settings, lambda answer: entity(answer.document_store)
        case {"query": fields}:
            query = pb.QueryDocumentStoreRequest(store_id=of, query=text(fields.get("query", ""), "query"))
            query.inputs.update(struct(fields.get("inputs", {})))
            return stub.QueryDocumentStore, query, found
    raise AssertionError(given)


def loader_fields(given: Mapping[str, Any]) -> pb.DocumentLoader:
    message = pb.DocumentLoader(id=given.get("id", ""), name=given.get("loaderName", ""))
    if given.get("loaderId"):
        message.loader.CopyFrom(component({"name": given["loaderId"], "config": given.get("loaderConfig", {})}))
    if given.get("splitterId"):
        message.splitter.CopyFrom(component({"name": given["splitterId"], "config": given.get("splitterConfig", {})}))
    return message


def settings(given: Mapping[str, Any]) -> pb.VectorStoreSettings:
    message = pb.VectorStoreSettings()
    names = {"embedding": "embedding", "vector_store": "vectorStore", "record_manager": "recordManager"}
    for field, name in names.items():
        if given.get(f"{name}Name"):
            value = {"name": given[f"{name}Name"], "config": given.get(f"{name}Config", {})}
            getattr(message, field).CopyFrom(component(value))
    return message


def upsert_request(of: str, given: Mapping[str, Any]) -> pb.UpsertDocumentRequest:
    message = pb.UpsertDocumentRequest(store_id=of, loader_id=given.get("docId"))
    message.replace_existing = given.get("replaceExisting") in (True, "true")
    names = {"loader": "loader", "splitter": "splitter", "embedding": "embedding", "vectorStore": "vector_store"}
    for name, field in {**names, "recordManager": "record_manager"}.items():
        if name in given:
            value = struct(given[name])
            target = getattr(message, field)
            target.name = value.get("name", "")
            target.config.update(struct(value.get("config", {})))
    if given.get("createNewDocStore") in (True, "true"):
        message.new_store.CopyFrom(store_fields(struct(given.get("docStore", {}))))
    if "metadata" in given:
        message.metadata.update(struct(given["metadata"]))
    if "replace" in given:
        message.replace_where.update({**struct(given["replace"].get("metadata", {})), "source": given["replace"]["source"]})
    return message


def document(message: Any) -> dict[str, Any]:
    return {"pageContent": message.page_content, "metadata": whole(MessageToDict(message.metadata))}


def previewed(answer: Any) -> dict[str, Any]:
    return {"chunks": [document(chunk) for chunk in answer.chunks], "totalChunks": answer.total_chunks}


def page(chunks: Any, count: int) -> dict[str, Any]:
    rows = []
    for chunk in chunks:
        row = {"id": chunk.id, "docId": chunk.loader_id, "chunkNo": chunk.number, "pageContent": chunk.page_content}
        rows.append({**row, "metadata": json.dumps(whole(MessageToDict(chunk.metadata)), separators=(",", ":"))})
    return {"chunks": rows, "count": count}


def counts(message: pb.StoreUpsertResult) -> dict[str, Any]:
    return {
        "numAdded": message.num_added,
        "numUpdated": message.num_updated,
        "numSkipped": message.num_skipped,
        "numDeleted": message.num_deleted,
        "addedDocs": [document(one) for one in message.added_docs],
        "docId": message.loader_id,
        "storeId": message.store_id,
    }


def found(answer: Any) -> dict[str, Any]:
    docs = [{**document(one), "id": one.id, "chunkNo": one.number} for one in answer.chunks]
    return {"timeTaken": answer.milliseconds, "docs": docs}


def listed(answer: Any, *, paged: bool) -> Any:
    rows = [store(one, named=False) for one in answer.document_stores]
    return {"data": rows, "total": answer.total_size} if paged else rows
