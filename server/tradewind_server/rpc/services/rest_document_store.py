"""The REST routes of document stores as such (docs/document-stores.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc

from tradewind_server.document_stores.ports import DocumentStore
from tradewind_server.document_stores.service import COMPONENTS, LONGEST, DocumentStoreService
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.rest_stubs import document_store_pb2 as pb
from tradewind_server.rest_stubs import document_store_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.document_store_shapes import entity, view
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import limit_of, positive, values_of

FIELDS: BodyFields = {**dict.fromkeys(LONGEST, BodyKind.TEXT), **dict.fromkeys(COMPONENTS, BodyKind.ANY)}


class DocumentStoreRestServicer(document_store_pb2_grpc.DocumentStoreRestServiceServicer):
    def __init__(self, stores: DocumentStoreService, registry: Registry, bodies: Bodies, *, max_list: int) -> None:
        self._stores = stores
        self._registry = registry
        self._bodies = bodies
        self._max_list = max_list

    async def CreateDocumentStoreEntity(
        self, request: pb.CreateDocumentStoreEntityRequest, context: grpc.aio.ServicerContext
    ) -> pb.DocumentStoreEntity:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, FIELDS)
        return entity(await self._stores.create(workspace, fields), (), self._registry)

    async def ListDocumentStoresArray(
        self, request: pb.ListDocumentStoresArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[pb.DocumentStore]:
        workspace = current_call().workspace_id
        stores, _ = await self._stores.list(workspace, limit=limit_of(values_of(request), self._max_list))
        uses = await self._stores.uses(workspace, stores)
        for store in stores:
            yield view(store, uses.get(store.id, ()), self._registry)

    async def GetDocumentStoreEntity(
        self, request: pb.GetDocumentStoreEntityRequest, context: grpc.aio.ServicerContext
    ) -> pb.DocumentStore:
        return await self._view(await self._stores.get(current_call().workspace_id, request.id))

    async def UpdateDocumentStoreEntity(
        self, request: pb.UpdateDocumentStoreEntityRequest, context: grpc.aio.ServicerContext
    ) -> pb.DocumentStore:
        workspace = current_call().workspace_id
        changes = await self._bodies.json(request.body.data, FIELDS)
        return await self._view(await self._stores.update(workspace, request.id, changes))

    async def DeleteDocumentStoreEntity(
        self, request: pb.DeleteDocumentStoreEntityRequest, context: grpc.aio.ServicerContext
    ) -> pb.DeletedDocumentStores:
        return pb.DeletedDocumentStores(deleted=await self._stores.delete(current_call().workspace_id, request.id))

    async def _view(self, store: DocumentStore) -> pb.DocumentStore:
        uses = await self._stores.uses(store.workspace_id, [store])
        return view(store, uses.get(store.id, ()), self._registry, with_names=True)


class DocumentStorePageRestServicer(document_store_pb2_grpc.DocumentStorePageRestServiceServicer):
    def __init__(self, stores: DocumentStoreService, registry: Registry, *, max_list: int) -> None:
        self._stores = stores
        self._registry = registry
        self._max_list = max_list

    async def ListDocumentStoresPage(
        self, request: pb.ListDocumentStoresPageRequest, context: grpc.aio.ServicerContext
    ) -> pb.DocumentStorePage:
        workspace, values = current_call().workspace_id, values_of(request)
        page, limit = positive(values, "page") or 1, limit_of(values, self._max_list) or self._max_list
        stores, total = await self._stores.list(workspace, (page - 1) * limit, limit)
        uses = await self._stores.uses(workspace, stores)
        data = [view(store, uses.get(store.id, ()), self._registry) for store in stores]
        return pb.DocumentStorePage(total=total, data=data)


def _entities(domain: Domain) -> object:
    stores = domain.rule(DocumentStoreService)
    return DocumentStoreRestServicer(stores, domain.registry, domain.bodies, max_list=domain.settings.max_list)


def _pages(domain: Domain) -> object:
    stores = domain.rule(DocumentStoreService)
    return DocumentStorePageRestServicer(stores, domain.registry, max_list=domain.settings.max_list)


SERVICES = (
    Service(document_store_pb2_grpc.add_DocumentStoreRestServiceServicer_to_server, _entities),
    Service(document_store_pb2_grpc.add_DocumentStorePageRestServiceServicer_to_server, _pages),
)
