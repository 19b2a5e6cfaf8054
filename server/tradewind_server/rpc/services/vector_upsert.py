"""``VectorUpsertService``: filling vector stores over gRPC and REST JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import grpc
from tradewind.v1 import vector_upsert_pb2, vector_upsert_pb2_grpc

from tradewind_server.files.ports import Blobs
from tradewind_server.flows.components import SourceFile
from tradewind_server.ingest.upsert import Upserter, UpsertRequest, stop_nodes
from tradewind_server.rpc.admission import Admission
from tradewind_server.rpc.call import Call, current_call
from tradewind_server.rpc.json_values import from_struct, from_value
from tradewind_server.rpc.mapping import fill_upsert
from tradewind_server.rpc.services.requests import origin_of
from tradewind_server.rpc.uploads import UploadReader


class VectorUpsertServicer(vector_upsert_pb2_grpc.VectorUpsertServiceServicer):
    """Maps in, asks the :class:`Upserter`, maps out."""

    def __init__(self, upserter: Upserter, admission: Admission, blobs: Blobs, *, max_files: int) -> None:
        self._upserter = upserter
        self._admission = admission
        self._blobs = blobs
        self._max_files = max_files

    async def Upsert(
        self, request: vector_upsert_pb2.UpsertRequest, context: grpc.aio.ServicerContext
    ) -> vector_upsert_pb2.UpsertResponse:
        call = current_call()
        await self._admission.admit(call, request.chatflow_id)
        return await self._upsert(request, call, ())

    async def UploadUpsert(
        self, request_iterator: AsyncIterator[vector_upsert_pb2.UploadUpsertRequest], context: grpc.aio.ServicerContext
    ) -> vector_upsert_pb2.UploadUpsertResponse:
        call = current_call()
        reader = UploadReader(request_iterator)
        options = await reader.options()
        await self._admission.admit(call, options.chatflow_id)
        await self._upserter.check(options.chatflow_id, call.principal, origin_of(call))
        files = await reader.files(self._blobs, self._max_files)
        try:
            result = await self._upsert(options, call, files)
            return vector_upsert_pb2.UploadUpsertResponse(result=result)
        finally:
            await self._blobs.discard(files)

    async def _upsert(
        self, message: vector_upsert_pb2.UpsertRequest, call: Call, files: Sequence[SourceFile]
    ) -> vector_upsert_pb2.UpsertResponse:
        request = UpsertRequest(
            chatflow_id=message.chatflow_id,
            override_config=from_struct(message.override_config),
            stop_node_ids=stop_nodes(from_value(message.stop_node_id)),
            files=files,
            origin=origin_of(call),
        )
        prepared = await self._upserter.prepare(request, call.principal)
        response = vector_upsert_pb2.UpsertResponse()
        fill_upsert(response, await self._upserter.run(prepared))
        return response
