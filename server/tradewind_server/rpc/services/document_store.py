"""``DocumentStoreService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import document_store_pb2 as pb
from tradewind.v1 import document_store_pb2_grpc

from tradewind_server.document_stores.catalog import StoreCatalog
from tradewind_server.document_stores.chunks import StoreChunkService
from tradewind_server.document_stores.loaders import StoreLoaders
from tradewind_server.document_stores.ports import DocumentStore
from tradewind_server.document_stores.service import DocumentStoreService
from tradewind_server.document_stores.upserts import StoreUpserts
from tradewind_server.document_stores.vector_settings import VectorSettings
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.document_stores import changed_fields, document_store, new_fields
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.document_store_methods import CatalogMethods, LoaderMethods, VectorMethods
from tradewind_server.rpc.services.pages import next_token, offset_of


class DocumentStoreServicer(LoaderMethods, VectorMethods, CatalogMethods, document_store_pb2_grpc.DocumentStoreServiceServicer):
    """Maps requests and responses around the rules of document stores."""

    def __init__(self, domain: Domain) -> None:
        self._stores = domain.rule(DocumentStoreService)
        self._loaders = domain.rule(StoreLoaders)
        self._chunks = domain.rule(StoreChunkService)
        self._catalog = domain.rule(StoreCatalog)
        self._settings = domain.rule(VectorSettings)
        self._upserts = domain.rule(StoreUpserts)
        self._registry = domain.registry
        self._blobs = domain.blobs
        self._max_list = domain.settings.max_list
        self._max_files = domain.settings.max_files

    async def _message(self, store: DocumentStore) -> pb.DocumentStore:
        uses = await self._stores.uses(store.workspace_id, [store])
        return document_store(store, uses.get(store.id, ()), self._registry)

    async def CreateDocumentStore(
        self, request: pb.CreateDocumentStoreRequest, context: grpc.aio.ServicerContext
    ) -> pb.CreateDocumentStoreResponse:
        store = await self._stores.create(current_call().workspace_id, new_fields(request.document_store))
        return pb.CreateDocumentStoreResponse(document_store=document_store(store, (), self._registry))

    async def GetDocumentStore(
        self, request: pb.GetDocumentStoreRequest, context: grpc.aio.ServicerContext
    ) -> pb.GetDocumentStoreResponse:
        store = await self._stores.get(current_call().workspace_id, request.id)
        return pb.GetDocumentStoreResponse(document_store=await self._message(store))

    async def ListDocumentStores(
        self, request: pb.ListDocumentStoresRequest, context: grpc.aio.ServicerContext
    ) -> pb.ListDocumentStoresResponse:
        workspace, offset = current_call().workspace_id, offset_of(request.page_token)
        size = min(request.page_size or self._max_list, self._max_list)
        stores, total = await self._stores.list(workspace, offset, size)
        uses = await self._stores.uses(workspace, stores)
        return pb.ListDocumentStoresResponse(
            document_stores=[document_store(store, uses.get(store.id, ()), self._registry) for store in stores],
            next_page_token=next_token(offset, len(stores), total),
            total_size=total,
        )

    async def UpdateDocumentStore(
        self, request: pb.UpdateDocumentStoreRequest, context: grpc.aio.ServicerContext
    ) -> pb.UpdateDocumentStoreResponse:
        message = request.document_store
        changes = changed_fields(message, request.update_mask if request.HasField("update_mask") else None)
        store = await self._stores.update(current_call().workspace_id, message.id, changes)
        return pb.UpdateDocumentStoreResponse(document_store=await self._message(store))

    async def DeleteDocumentStore(
        self, request: pb.DeleteDocumentStoreRequest, context: grpc.aio.ServicerContext
    ) -> pb.DeleteDocumentStoreResponse:
        count = await self._stores.delete(current_call().workspace_id, request.id)
        return pb.DeleteDocumentStoreResponse(deleted=count)


SERVICES = (Service(document_store_pb2_grpc.add_DocumentStoreServiceServicer_to_server, DocumentStoreServicer),)
