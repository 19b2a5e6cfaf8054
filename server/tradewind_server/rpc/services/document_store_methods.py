"""The methods of ``DocumentStoreService`` about loaders, chunks and vectors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any

import grpc
from tradewind.v1 import document_store_pb2 as pb

from tradewind_server.document_stores.catalog import StoreCatalog
from tradewind_server.document_stores.chunks import ALL, PAGE_SIZE, ChunkPage, StoreChunkService, conditions_of
from tradewind_server.document_stores.loaders import StoreLoaders
from tradewind_server.document_stores.upserts import StoreUpserts
from tradewind_server.document_stores.vector_settings import VectorSettings
from tradewind_server.documents.ports import SourceFile
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.ingest.pipeline import ReportProgress
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import fill_struct, from_struct
from tradewind_server.rpc.mapping.chatflows import chatflow_input
from tradewind_server.rpc.mapping.document_stores import (
    document_chunk,
    document_loader,
    document_store,
    loader_fields,
    settings_fields,
    upsert_fields,
    upsert_result,
)
from tradewind_server.rpc.mapping.node_types import node_type
from tradewind_server.rpc.mapping.parts import source_documents
from tradewind_server.rpc.progress import Counts, Feed, watch
from tradewind_server.rpc.services.pages import next_token, offset_of
from tradewind_server.rpc.uploads import UploadReader


class LoaderMethods:
    """Loaders and their chunks."""

    _loaders: StoreLoaders
    _chunks: StoreChunkService
    _registry: Registry

    async def PreviewLoader(
        self, request: pb.PreviewLoaderRequest, context: grpc.aio.ServicerContext
    ) -> pb.PreviewLoaderResponse:
        fields = {**loader_fields(request.loader), "storeId": request.store_id, "previewChunkCount": request.chunk_count or -1}
        preview = await self._loaders.preview(current_call().workspace_id, fields)
        chunks = [{"pageContent": one.content, "metadata": one.metadata} for one in preview.chunks]
        return pb.PreviewLoaderResponse(chunks=source_documents(chunks), total_chunks=preview.total_chunks)

    async def SaveLoader(self, request: pb.SaveLoaderRequest, context: grpc.aio.ServicerContext) -> pb.SaveLoaderResponse:
        fields = {**loader_fields(request.loader), "storeId": request.store_id}
        loader = await self._loaders.save(current_call().workspace_id, fields)
        return pb.SaveLoaderResponse(loader=document_loader(loader, self._registry))

    async def ProcessLoader(
        self, request: pb.ProcessLoaderRequest, context: grpc.aio.ServicerContext
    ) -> pb.ProcessLoaderResponse:
        return await self._process(request)

    async def StreamProcessLoader(
        self, request: pb.StreamProcessLoaderRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[pb.StreamProcessLoaderResponse]:
        async def run(feed: Feed[pb.ProcessLoaderResponse]) -> None:
            await feed.put(await self._process(request.options, feed.report))

        events = watch(run)
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Counts):
                    yield pb.StreamProcessLoaderResponse(progress=_progress(event))
                else:
                    yield pb.StreamProcessLoaderResponse(result=event)

    async def _process(
        self, request: pb.ProcessLoaderRequest, report: ReportProgress | None = None
    ) -> pb.ProcessLoaderResponse:
        workspace, fields = current_call().workspace_id, loader_fields(request.loader)
        store, loader = await self._loaders.process(workspace, request.store_id, request.loader_id, fields, report)
        page = await self._chunks.page(workspace, store.id, loader.id, 1)
        chunks = [document_chunk(chunk) for chunk in page.chunks]
        return pb.ProcessLoaderResponse(loader=document_loader(loader, self._registry), chunks=chunks)

    async def DeleteLoader(self, request: pb.DeleteLoaderRequest, context: grpc.aio.ServicerContext) -> pb.DeleteLoaderResponse:
        store = await self._loaders.delete(current_call().workspace_id, request.store_id, request.loader_id)
        return pb.DeleteLoaderResponse(document_store=document_store(store, (), self._registry))

    async def ListChunks(self, request: pb.ListChunksRequest, context: grpc.aio.ServicerContext) -> pb.ListChunksResponse:
        workspace, offset = current_call().workspace_id, offset_of(request.page_token)
        loader_id = request.loader_id if request.HasField("loader_id") else ALL
        page = await self._chunks.part(workspace, request.store_id, loader_id, offset, request.page_size or PAGE_SIZE)
        return pb.ListChunksResponse(
            chunks=[document_chunk(chunk) for chunk in page.chunks],
            next_page_token=next_token(offset, len(page.chunks), page.count),
            total_size=page.count,
        )

    async def UpdateChunk(self, request: pb.UpdateChunkRequest, context: grpc.aio.ServicerContext) -> pb.UpdateChunkResponse:
        fields: dict[str, Any] = {"pageContent": request.page_content} if request.HasField("page_content") else {}
        if request.HasField("metadata"):
            fields["metadata"] = from_struct(request.metadata)
        workspace = current_call().workspace_id
        page = await self._chunks.edit(workspace, request.store_id, request.loader_id, request.chunk_id, fields)
        return pb.UpdateChunkResponse(chunks=_messages(page), total_size=page.count)

    async def DeleteChunk(self, request: pb.DeleteChunkRequest, context: grpc.aio.ServicerContext) -> pb.DeleteChunkResponse:
        workspace = current_call().workspace_id
        page = await self._chunks.delete(workspace, request.store_id, request.loader_id, request.chunk_id)
        return pb.DeleteChunkResponse(chunks=_messages(page), total_size=page.count)

    async def DeleteDocuments(
        self, request: pb.DeleteDocumentsRequest, context: grpc.aio.ServicerContext
    ) -> pb.DeleteDocumentsResponse:
        fields: dict[str, Any] = {"metadata": from_struct(request.metadata)}
        if request.HasField("source"):
            fields["source"] = request.source
        workspace = current_call().workspace_id
        deletion = await self._chunks.delete_documents(workspace, request.store_id, conditions_of(fields))
        return pb.DeleteDocumentsResponse(chunks=deletion.chunks, loader_ids=deletion.loaders)


def _progress(event: Counts) -> pb.StoreProgress:
    return pb.StoreProgress(loader_id=event.node_id, **event.stages)


def _messages(page: ChunkPage) -> list[pb.DocumentChunk]:
    return [document_chunk(chunk) for chunk in page.chunks]


class VectorMethods:
    """Vector stores, and upserts into them."""

    _settings: VectorSettings
    _upserts: StoreUpserts
    _registry: Registry
    _blobs: Blobs
    _max_files: int

    async def SaveVectorStore(
        self, request: pb.SaveVectorStoreRequest, context: grpc.aio.ServicerContext
    ) -> pb.SaveVectorStoreResponse:
        fields = {**settings_fields(request.settings), "storeId": request.store_id}
        store = await self._settings.save(current_call().workspace_id, fields)
        return pb.SaveVectorStoreResponse(document_store=document_store(store, (), self._registry))

    async def UpdateVectorStore(
        self, request: pb.UpdateVectorStoreRequest, context: grpc.aio.ServicerContext
    ) -> pb.UpdateVectorStoreResponse:
        settings = pb.VectorStoreSettings()
        if request.HasField("vector_store"):
            settings.vector_store.CopyFrom(request.vector_store)
        fields = {**settings_fields(settings), "storeId": request.store_id}
        store = await self._settings.update(current_call().workspace_id, fields)
        if store is None:
            return pb.UpdateVectorStoreResponse()
        return pb.UpdateVectorStoreResponse(document_store=document_store(store, (), self._registry))

    async def InsertVectors(
        self, request: pb.InsertVectorsRequest, context: grpc.aio.ServicerContext
    ) -> pb.InsertVectorsResponse:
        return pb.InsertVectorsResponse(result=await self._insert(request))

    async def StreamInsertVectors(
        self, request: pb.StreamInsertVectorsRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[pb.StreamInsertVectorsResponse]:
        async def run(feed: Feed[pb.StoreUpsertResult]) -> None:
            await feed.put(await self._insert(request.options, feed.report))

        events = watch(run)
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Counts):
                    yield pb.StreamInsertVectorsResponse(progress=_progress(event))
                else:
                    yield pb.StreamInsertVectorsResponse(result=event)

    async def _insert(self, request: pb.InsertVectorsRequest, report: ReportProgress | None = None) -> pb.StoreUpsertResult:
        has_settings = request.HasField("settings")
        fields = {**settings_fields(request.settings), "storeId": request.store_id, "isStrictSave": has_settings}
        if request.HasField("loader_id"):
            fields["docId"] = request.loader_id
        result = await self._upserts.insert(current_call().workspace_id, fields, report)
        return upsert_result(result, request.store_id)

    async def QueryDocumentStore(
        self, request: pb.QueryDocumentStoreRequest, context: grpc.aio.ServicerContext
    ) -> pb.QueryDocumentStoreResponse:
        fields = {"storeId": request.store_id, "query": request.query, "inputs": from_struct(request.inputs)}
        result = await self._settings.query(current_call().workspace_id, fields)
        response = pb.QueryDocumentStoreResponse(milliseconds=result.milliseconds)
        for document, chunk_id, number in zip(result.documents, result.chunk_ids, result.numbers, strict=True):
            chunk = response.chunks.add(id=chunk_id, number=number, page_content=document.content)
            chunk.metadata.SetInParent()
            fill_struct(chunk.metadata, document.metadata)
        return response

    async def DeleteVectors(
        self, request: pb.DeleteVectorsRequest, context: grpc.aio.ServicerContext
    ) -> pb.DeleteVectorsResponse:
        loader_id = request.loader_id if request.HasField("loader_id") else None
        await self._settings.delete_vectors(current_call().workspace_id, request.store_id, loader_id)
        return pb.DeleteVectorsResponse()

    async def UpsertDocument(
        self, request: pb.UpsertDocumentRequest, context: grpc.aio.ServicerContext
    ) -> pb.UpsertDocumentResponse:
        return pb.UpsertDocumentResponse(result=await self._upsert(request))

    async def StreamUpsertDocument(
        self, request: pb.StreamUpsertDocumentRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[pb.StreamUpsertDocumentResponse]:
        async for event in self._watch(request.options):
            if isinstance(event, Counts):
                yield pb.StreamUpsertDocumentResponse(progress=_progress(event))
            else:
                yield pb.StreamUpsertDocumentResponse(result=event)

    async def UploadDocument(
        self, request_iterator: AsyncIterator[pb.UploadDocumentRequest], context: grpc.aio.ServicerContext
    ) -> pb.UploadDocumentResponse:
        reader = UploadReader(request_iterator)
        options: pb.UpsertDocumentRequest = await reader.options()
        files = await reader.files(self._blobs, self._max_files)
        try:
            return pb.UploadDocumentResponse(result=await self._upsert(options, files))
        finally:
            await self._blobs.discard(files)

    async def StreamUploadDocument(
        self, request_iterator: AsyncIterator[pb.StreamUploadDocumentRequest], context: grpc.aio.ServicerContext
    ) -> AsyncIterator[pb.StreamUploadDocumentResponse]:
        reader = UploadReader(request_iterator)
        options: pb.UpsertDocumentRequest = await reader.options()
        files = await reader.files(self._blobs, self._max_files)
        try:
            async for event in self._watch(options, files):
                if isinstance(event, Counts):
                    yield pb.StreamUploadDocumentResponse(progress=_progress(event))
                else:
                    yield pb.StreamUploadDocumentResponse(result=event)
        finally:
            await self._blobs.discard(files)

    async def _watch(
        self, options: pb.UpsertDocumentRequest, files: Sequence[SourceFile] = ()
    ) -> AsyncIterator[Counts | pb.StoreUpsertResult]:
        async def run(feed: Feed[pb.StoreUpsertResult]) -> None:
            await feed.put(await self._upsert(options, files, feed.report))

        events = watch(run)
        async with aclosing(events):
            async for event in events:
                yield event

    async def _upsert(
        self, options: pb.UpsertDocumentRequest, files: Sequence[SourceFile] = (), report: ReportProgress | None = None
    ) -> pb.StoreUpsertResult:
        workspace, fields = current_call().workspace_id, upsert_fields(options)
        upsert = await self._upserts.upsert(workspace, options.store_id, fields, files, report)
        return upsert_result(upsert.result, upsert.store_id, upsert.loader_id)

    async def RefreshDocumentStore(
        self, request: pb.RefreshDocumentStoreRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[pb.RefreshDocumentStoreResponse]:
        workspace, items = current_call().workspace_id, [upsert_fields(item) for item in request.items]

        async def run(feed: Feed[pb.StoreUpsertResult]) -> None:
            async for upsert in self._upserts.refresh(workspace, request.store_id, items, feed.report):
                await feed.put(upsert_result(upsert.result, upsert.store_id, upsert.loader_id))

        events = watch(run)
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Counts):
                    yield pb.RefreshDocumentStoreResponse(progress=_progress(event))
                else:
                    yield pb.RefreshDocumentStoreResponse(result=event)


KINDS = {
    pb.STORE_COMPONENT_KIND_LOADER: "loaders",
    pb.STORE_COMPONENT_KIND_EMBEDDING: "embeddings",
    pb.STORE_COMPONENT_KIND_VECTOR_STORE: "vectorstore",
    pb.STORE_COMPONENT_KIND_RECORD_MANAGER: "recordmanager",
}
"""Kinds of components, by the name that the rules give them."""


class CatalogMethods:
    """What stores can be made of."""

    _catalog: StoreCatalog

    async def ListStoreComponents(
        self, request: pb.ListStoreComponentsRequest, context: grpc.aio.ServicerContext
    ) -> pb.ListStoreComponentsResponse:
        types = self._catalog.types(KINDS[request.kind])
        return pb.ListStoreComponentsResponse(node_types=[node_type(one) for one in types])

    async def ListStoreInputs(
        self, request: pb.ListStoreInputsRequest, context: grpc.aio.ServicerContext
    ) -> pb.ListStoreInputsResponse:
        inputs = await self._catalog.inputs(current_call().workspace_id, request.store_id, request.loader_id)
        return pb.ListStoreInputsResponse(inputs=[chatflow_input(one) for one in inputs])

    async def DescribeDocumentStore(
        self, request: pb.DescribeDocumentStoreRequest, context: grpc.aio.ServicerContext
    ) -> pb.DescribeDocumentStoreResponse:
        model = {"name": request.chat_model.name, "inputs": from_struct(request.chat_model.config)}
        content = await self._catalog.describe(current_call().workspace_id, request.store_id, model)
        return pb.DescribeDocumentStoreResponse(content=content)
