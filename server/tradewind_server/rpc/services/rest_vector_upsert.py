"""The REST door of vector upserts: forms."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody
from tradewind.v1 import rest_vector_upsert_pb2, rest_vector_upsert_pb2_grpc

from tradewind_server.files.forms import parse_form, split_fields
from tradewind_server.files.ports import Blobs
from tradewind_server.ingest.upsert import Upserter, UpsertRequest, stop_nodes
from tradewind_server.rpc.admission import Admission
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping import upsert_json
from tradewind_server.rpc.services.requests import origin_of, text_of
from tradewind_server.rpc.uploads import FormReader

FORM_FIELDS = frozenset({"stopNodeId", "overrideConfig", "chatId", "question"})


class VectorUpsertFormRestServicer(rest_vector_upsert_pb2_grpc.VectorUpsertFormRestServiceServicer):
    def __init__(self, upserter: Upserter, admission: Admission, blobs: Blobs, *, max_files: int) -> None:
        self._upserter = upserter
        self._admission = admission
        self._blobs = blobs
        self._max_files = max_files

    async def UpsertForm(
        self,
        request_iterator: AsyncIterator[rest_vector_upsert_pb2.UpsertFormRequest],
        context: grpc.aio.ServicerContext,
    ) -> HttpBody:
        call = current_call()
        origin = origin_of(call)
        reader = FormReader(request_iterator)
        chatflow_id, content_type = await reader.begin()
        await self._admission.admit(call, chatflow_id)
        await self._upserter.check(chatflow_id, call.principal, origin)
        form = await parse_form(content_type, reader.chunks(), self._blobs, self._max_files)
        try:
            body = split_fields(form, FORM_FIELDS)
            request = UpsertRequest(
                chatflow_id=chatflow_id,
                override_config=body["overrideConfig"],
                stop_node_ids=stop_nodes(body.get("stopNodeId")),
                files=form.files,
                origin=origin,
                chat_id=text_of(body, "chatId"),
            )
            prepared = await self._upserter.prepare(request, call.principal)
            result = await self._upserter.run(prepared)
            return HttpBody(content_type="application/json", data=orjson.dumps(upsert_json(result), default=str))
        finally:
            await self._blobs.discard(form.files)
