"""The REST routes of loaders and chunks of document stores (docs/document-stores.md)."""

from __future__ import annotations

import grpc

from tradewind_server.document_stores.chunks import StoreChunkService, conditions_of
from tradewind_server.document_stores.loaders import FIELDS, StoreLoaders, store_id_of
from tradewind_server.document_stores.service import DocumentStoreService
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.rest_stubs import document_store_pb2 as pb
from tradewind_server.rest_stubs import document_store_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.document_store_shapes import chunk_page, loader_entity, view
from tradewind_server.rpc.json_values import fill_struct, fill_value
from tradewind_server.rpc.service import Domain, Service

LOADER: BodyFields = {
    **dict.fromkeys((*FIELDS, "previewChunkCount"), BodyKind.ANY),
    **dict.fromkeys(("storeId", "id"), BodyKind.TEXT),
}
CHUNK: BodyFields = {"pageContent": BodyKind.TEXT, "metadata": BodyKind.ANY}
CONDITIONS: BodyFields = {"source": BodyKind.TEXT, "metadata": BodyKind.ANY}


class StoreLoaderRestServicer(document_store_pb2_grpc.StoreLoaderRestServiceServicer):
    def __init__(
        self, loaders: StoreLoaders, chunks: StoreChunkService, stores: DocumentStoreService, registry: Registry, bodies: Bodies
    ) -> None:
        self._loaders = loaders
        self._chunks = chunks
        self._stores = stores
        self._registry = registry
        self._bodies = bodies

    async def PreviewStoreLoader(self, request: pb.StoreBodyRequest, context: grpc.aio.ServicerContext) -> pb.LoaderPreview:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, LOADER)
        preview = await self._loaders.preview(workspace, fields)
        message = pb.LoaderPreview(total_chunks=preview.total_chunks)
        for document in preview.chunks:
            entry = message.chunks.add(page_content=document.content)
            entry.metadata.SetInParent()
            fill_struct(entry.metadata, document.metadata)
        if fields.get("previewChunkCount") is not None:
            fill_value(message.preview_chunk_count, len(preview.chunks))
        return message

    async def SaveStoreLoader(self, request: pb.StoreBodyRequest, context: grpc.aio.ServicerContext) -> pb.DocumentLoaderEntity:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, LOADER)
        return loader_entity(await self._loaders.save(workspace, fields), self._registry)

    async def ProcessStoreLoader(self, request: pb.LoaderBodyRequest, context: grpc.aio.ServicerContext) -> pb.ChunkPage:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, LOADER)
        store, loader = await self._loaders.process(workspace, store_id_of(fields), request.loader_id, fields)
        return chunk_page(await self._chunks.page(workspace, store.id, loader.id, 1), self._registry)

    async def DeleteStoreLoader(self, request: pb.StoreLoaderRequest, context: grpc.aio.ServicerContext) -> pb.DocumentStore:
        workspace = current_call().workspace_id
        store = await self._loaders.delete(workspace, request.store_id, request.loader_id)
        uses = await self._stores.uses(workspace, [store])
        return view(store, uses.get(store.id, ()), self._registry)


class StoreChunkRestServicer(document_store_pb2_grpc.StoreChunkRestServiceServicer):
    def __init__(self, chunks: StoreChunkService, registry: Registry, bodies: Bodies) -> None:
        self._chunks = chunks
        self._registry = registry
        self._bodies = bodies

    async def ListStoreChunks(self, request: pb.ChunkPageRequest, context: grpc.aio.ServicerContext) -> pb.ChunkPage:
        workspace = current_call().workspace_id
        page = await self._chunks.page(workspace, request.store_id, request.loader_id, page_number(request.page))
        return chunk_page(page, self._registry)

    async def UpdateStoreChunk(self, request: pb.ChunkBodyRequest, context: grpc.aio.ServicerContext) -> pb.ChunkPage:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, CHUNK)
        page = await self._chunks.edit(workspace, request.store_id, request.loader_id, request.chunk_id, fields)
        return chunk_page(page, self._registry)

    async def DeleteStoreChunk(self, request: pb.ChunkRequest, context: grpc.aio.ServicerContext) -> pb.ChunkPage:
        workspace = current_call().workspace_id
        page = await self._chunks.delete(workspace, request.store_id, request.loader_id, request.chunk_id)
        return chunk_page(page, self._registry)

    async def DeleteStoreDocuments(
        self, request: pb.DocumentConditionsRequest, context: grpc.aio.ServicerContext
    ) -> pb.DeletedDocuments:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, CONDITIONS)
        deletion = await self._chunks.delete_documents(workspace, request.store_id, conditions_of(fields))
        return pb.DeletedDocuments(deleted_chunks=deletion.chunks, deleted_loaders=deletion.loaders)


def page_number(text: str) -> int:
    """The number in a path. Raises ``InvalidInput(INVALID_FILTER)``."""
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise InvalidInput(Reason.INVALID_FILTER, "The page of chunks must be a whole number from 1.")
    return int(text)


def _loaders(domain: Domain) -> object:
    return StoreLoaderRestServicer(
        domain.rule(StoreLoaders),
        domain.rule(StoreChunkService),
        domain.rule(DocumentStoreService),
        domain.registry,
        domain.bodies,
    )


def _chunks(domain: Domain) -> object:
    return StoreChunkRestServicer(domain.rule(StoreChunkService), domain.registry, domain.bodies)


SERVICES = (
    Service(document_store_pb2_grpc.add_StoreLoaderRestServiceServicer_to_server, _loaders),
    Service(document_store_pb2_grpc.add_StoreChunkRestServiceServicer_to_server, _chunks),
)
