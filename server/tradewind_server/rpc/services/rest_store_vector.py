"""The REST routes of the vector stores of document stores, and upserts into them (docs/document-stores.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody
from google.protobuf.json_format import MessageToDict

from tradewind_server.document_stores.ports import DocumentStore
from tradewind_server.document_stores.service import DocumentStoreService
from tradewind_server.document_stores.upserts import StoreUpserts
from tradewind_server.document_stores.vector_settings import BODY, VectorSettings
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.forms import parse_form
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.rest_stubs import document_store_pb2 as pb
from tradewind_server.rest_stubs import document_store_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.document_store_shapes import entity, found_chunks, store_upsert_json
from tradewind_server.rpc.rest_shapes import upsert_json
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.uploads import FormReader

SETTINGS: BodyFields = {
    **dict.fromkeys(("isStrictSave", *(name for names in BODY.values() for name in names)), BodyKind.ANY),
    **dict.fromkeys(("storeId", "docId"), BodyKind.TEXT),
}
QUERY: BodyFields = {"storeId": BodyKind.TEXT, "query": BodyKind.TEXT, "inputs": BodyKind.ANY}
UPSERT_FIELDS = (
    "docId",
    "metadata",
    "replaceExisting",
    "createNewDocStore",
    "docStore",
    "loaderName",
    "loader",
    "splitter",
    "embedding",
    "vectorStore",
    "recordManager",
    "replace",
)
STORE_UPSERT: BodyFields = {**dict.fromkeys(UPSERT_FIELDS, BodyKind.ANY), "docId": BodyKind.TEXT}
REFRESH: BodyFields = {"items": BodyKind.ANY}
JSON = "application/json"


def json_answer(value: Any) -> HttpBody:
    return HttpBody(content_type=JSON, data=orjson.dumps(value, default=str))


class StoreVectorRestServicer(document_store_pb2_grpc.StoreVectorRestServiceServicer):
    def __init__(
        self,
        settings: VectorSettings,
        upserts: StoreUpserts,
        stores: DocumentStoreService,
        registry: Registry,
        bodies: Bodies,
    ) -> None:
        self._settings = settings
        self._upserts = upserts
        self._stores = stores
        self._registry = registry
        self._bodies = bodies

    async def _entity(self, store: DocumentStore) -> pb.DocumentStoreEntity:
        uses = await self._stores.uses(store.workspace_id, [store])
        return entity(store, uses.get(store.id, ()), self._registry)

    async def SaveStoreVectors(
        self, request: pb.VectorBodyRequest, context: grpc.aio.ServicerContext
    ) -> pb.DocumentStoreEntity:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, SETTINGS)
        return await self._entity(await self._settings.save(workspace, fields))

    async def InsertStoreVectors(self, request: pb.VectorBodyRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, SETTINGS)
        return json_answer(upsert_json(await self._upserts.insert(workspace, fields)))

    async def UpdateStoreVectors(self, request: pb.VectorBodyRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, SETTINGS)
        store = await self._settings.update(workspace, fields)
        return json_answer({} if store is None else MessageToDict(await self._entity(store)))

    async def QueryStoreVectors(self, request: pb.QueryBodyRequest, context: grpc.aio.ServicerContext) -> pb.FoundChunks:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, QUERY)
        return found_chunks(await self._settings.query(workspace, fields))

    async def DeleteStoreVectors(self, request: pb.DeleteStoreVectorsRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        doc_id = request.doc_id if request.HasField("doc_id") else None
        await self._settings.delete_vectors(current_call().workspace_id, request.store_id, doc_id)
        return HttpBody(content_type=JSON)


class StoreUpsertRestServicer(document_store_pb2_grpc.StoreUpsertRestServiceServicer):
    def __init__(self, upserts: StoreUpserts, bodies: Bodies) -> None:
        self._upserts = upserts
        self._bodies = bodies

    async def UpsertStoreDocument(self, request: pb.StoreUpsertBodyRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, STORE_UPSERT)
        return json_answer(store_upsert_json(await self._upserts.upsert(workspace, request.store_id, fields)))

    async def RefreshStore(self, request: pb.RefreshBodyRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        workspace = current_call().workspace_id
        items = (await self._bodies.json(request.body.data, REFRESH)).get("items") or []
        if not isinstance(items, list):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "items must be a list of objects.")
        refresh = self._upserts.refresh(workspace, request.store_id, items)
        return json_answer([store_upsert_json(upsert) async for upsert in refresh])


class StoreUpsertFormRestServicer(document_store_pb2_grpc.StoreUpsertFormRestServiceServicer):
    def __init__(self, upserts: StoreUpserts, blobs: Blobs, bodies: Bodies, *, max_files: int) -> None:
        self._upserts = upserts
        self._blobs = blobs
        self._bodies = bodies
        self._max_files = max_files

    async def UpsertStoreForm(
        self, request_iterator: AsyncIterator[pb.UpsertFormPiece], context: grpc.aio.ServicerContext
    ) -> HttpBody:
        call = current_call()
        reader = FormReader(request_iterator)
        first = await reader.first()
        store_id: str = first.store_id
        form = await parse_form(
            first.body.content_type, self._bodies.pieces(reader.chunks(), call), self._blobs, self._max_files
        )
        try:
            fields = {name: value for name, value in form.fields if name in STORE_UPSERT}
            upsert = await self._upserts.upsert(call.workspace_id, store_id, fields, form.files)
            return json_answer(store_upsert_json(upsert))
        finally:
            await self._blobs.discard(form.files)


def _vectors(domain: Domain) -> object:
    return StoreVectorRestServicer(
        domain.rule(VectorSettings),
        domain.rule(StoreUpserts),
        domain.rule(DocumentStoreService),
        domain.registry,
        domain.bodies,
    )


def _upserts(domain: Domain) -> object:
    return StoreUpsertRestServicer(domain.rule(StoreUpserts), domain.bodies)


def _forms(domain: Domain) -> object:
    return StoreUpsertFormRestServicer(
        domain.rule(StoreUpserts), domain.blobs, domain.bodies, max_files=domain.settings.max_files
    )


SERVICES = (
    Service(document_store_pb2_grpc.add_StoreVectorRestServiceServicer_to_server, _vectors),
    Service(document_store_pb2_grpc.add_StoreUpsertRestServiceServicer_to_server, _upserts),
    Service(document_store_pb2_grpc.add_StoreUpsertFormRestServiceServicer_to_server, _forms),
)
