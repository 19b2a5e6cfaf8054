"""``VectorUpsertService`` over gRPC."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from functools import partial

import grpc
from tradewind.v1 import vector_upsert_pb2, vector_upsert_pb2_grpc

from tradewind_server.chatflows.admission import Admission, Admitted
from tradewind_server.documents.ports import SourceFile
from tradewind_server.files.ports import Blobs
from tradewind_server.ingest.pipeline import ReportProgress
from tradewind_server.ingest.ports import UpsertResult
from tradewind_server.ingest.upsert import PreparedUpsert, Upserter, UpsertRequest
from tradewind_server.rpc.call import Call, current_call
from tradewind_server.rpc.json_values import from_struct
from tradewind_server.rpc.mapping.upserts import upsert_response
from tradewind_server.rpc.once import Once, key_of, message_of, upsert_once
from tradewind_server.rpc.progress import Counts, Feed, watch
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of, version_of
from tradewind_server.rpc.uploads import UploadReader

WatchEvent = vector_upsert_pb2.UpsertProgress | vector_upsert_pb2.UpsertResponse


class VectorUpsertServicer(vector_upsert_pb2_grpc.VectorUpsertServiceServicer):
    """Maps requests and responses around :class:`Upserter`."""

    def __init__(self, upserter: Upserter, once: Once, admission: Admission, blobs: Blobs, *, max_files: int) -> None:
        self._upserter = upserter
        self._once = once
        self._admission = admission
        self._blobs = blobs
        self._max_files = max_files

    async def Upsert(
        self, request: vector_upsert_pb2.UpsertRequest, context: grpc.aio.ServicerContext
    ) -> vector_upsert_pb2.UpsertResponse:
        call = current_call()
        if (key := key_of(call)) is None:
            return await self._run(await self._admit(request, call))
        admitted = await self._admission.admit(request.chatflow_id, caller_of(call), version=version_of(request))
        content = message_of("Upsert", request)
        result = await upsert_once(self._upserter, self._once, key, call, admitted, content, upsert_request(request, ()))
        return upsert_response(result)

    async def UploadUpsert(
        self, request_iterator: AsyncIterator[vector_upsert_pb2.UploadUpsertRequest], context: grpc.aio.ServicerContext
    ) -> vector_upsert_pb2.UploadUpsertResponse:
        call = current_call()
        admitted, options, files = await self._receive(UploadReader(request_iterator), call)
        if (key := key_of(call)) is not None:
            content, request = message_of("Upsert", options), upsert_request(options, files)
            first = await upsert_once(self._upserter, self._once, key, call, admitted, content, request)
            return vector_upsert_pb2.UploadUpsertResponse(result=upsert_response(first))
        try:
            result = await self._run(await self._prepare(admitted, options, files))
            return vector_upsert_pb2.UploadUpsertResponse(result=result)
        finally:
            await self._blobs.discard(files)

    async def StreamUpsert(
        self, request: vector_upsert_pb2.StreamUpsertRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[vector_upsert_pb2.StreamUpsertResponse]:
        call, options = current_call(), request.options
        if (key := key_of(call)) is None:
            events = self._watch_prepared(await self._admit(options, call))
        else:
            admitted = await self._admission.admit(options.chatflow_id, caller_of(call), version=version_of(options))
            events = self._watch_once(key, call, admitted, options, ())
        async for event in events:
            if isinstance(event, vector_upsert_pb2.UpsertProgress):
                yield vector_upsert_pb2.StreamUpsertResponse(progress=event)
            else:
                yield vector_upsert_pb2.StreamUpsertResponse(result=event)

    async def StreamUploadUpsert(
        self, request_iterator: AsyncIterator[vector_upsert_pb2.StreamUploadUpsertRequest], context: grpc.aio.ServicerContext
    ) -> AsyncIterator[vector_upsert_pb2.StreamUploadUpsertResponse]:
        call = current_call()
        admitted, options, files = await self._receive(UploadReader(request_iterator), call)
        key = key_of(call)
        try:
            if key is None:
                events = self._watch_prepared(await self._prepare(admitted, options, files))
            else:
                events = self._watch_once(key, call, admitted, options, files)
            async for event in events:
                if isinstance(event, vector_upsert_pb2.UpsertProgress):
                    yield vector_upsert_pb2.StreamUploadUpsertResponse(progress=event)
                else:
                    yield vector_upsert_pb2.StreamUploadUpsertResponse(result=event)
        finally:
            if key is None:  # With one they are discarded when the first call with it ends.
                await self._blobs.discard(files)

    async def _receive(
        self, reader: UploadReader, call: Call
    ) -> tuple[Admitted, vector_upsert_pb2.UpsertRequest, list[SourceFile]]:
        """The request of an upload and its files, once the caller may upsert at all."""
        options: vector_upsert_pb2.UpsertRequest = await reader.options()
        admitted = await self._admission.admit(options.chatflow_id, caller_of(call), version=version_of(options))
        return admitted, options, await reader.files(self._blobs, self._max_files)

    async def _admit(self, message: vector_upsert_pb2.UpsertRequest, call: Call) -> PreparedUpsert:
        admitted = await self._admission.admit(message.chatflow_id, caller_of(call), version=version_of(message))
        return await self._prepare(admitted, message, ())

    async def _prepare(
        self, admitted: Admitted, message: vector_upsert_pb2.UpsertRequest, files: Sequence[SourceFile]
    ) -> PreparedUpsert:
        return await self._upserter.prepare(admitted, upsert_request(message, files))

    async def _run(self, prepared: PreparedUpsert) -> vector_upsert_pb2.UpsertResponse:
        return upsert_response(await self._upserter.run(prepared))

    def _watch_prepared(self, prepared: PreparedUpsert) -> AsyncIterator[WatchEvent]:
        """When the reader leaves, the upsert ends and removes its chunks."""
        return watch_upsert(partial(self._upserter.run, prepared))

    def _watch_once(
        self,
        key: str,
        call: Call,
        admitted: Admitted,
        message: vector_upsert_pb2.UpsertRequest,
        files: Sequence[SourceFile],
    ) -> AsyncIterator[WatchEvent]:
        """The first call with a key is told its progress, and goes on when its reader leaves; others wait for its result."""
        content, request = message_of("Upsert", message), upsert_request(message, files)
        return watch_upsert(partial(upsert_once, self._upserter, self._once, key, call, admitted, content, request))


async def watch_upsert(upsert: Callable[[ReportProgress], Awaitable[UpsertResult]]) -> AsyncIterator[WatchEvent]:
    """Progress while the upsert runs, then its result. When the reader leaves, it is cancelled."""

    async def run(feed: Feed[UpsertResult]) -> None:
        await feed.put(await upsert(feed.report))

    events = watch(run)
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Counts):
                yield vector_upsert_pb2.UpsertProgress(node_id=event.node_id, **event.stages)
            else:
                yield upsert_response(event)


def upsert_request(message: vector_upsert_pb2.UpsertRequest, files: Sequence[SourceFile]) -> UpsertRequest:
    return UpsertRequest(
        override_config=from_struct(message.override_config),
        stop_node_ids=list(message.stop_node_ids),
        files=files,
        chat_id=message.chat_id or None,
    )


def _upserts(domain: Domain) -> object:
    return VectorUpsertServicer(
        domain.upserter, domain.once, domain.admission, domain.blobs, max_files=domain.settings.max_files
    )


SERVICES = (Service(vector_upsert_pb2_grpc.add_VectorUpsertServiceServicer_to_server, _upserts),)
