"""The REST route of vector upserts: JSON bodies and forms (docs/contract.md §7)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chatflows.admission import Admission
from tradewind_server.files.forms import parse_form
from tradewind_server.files.ports import Blobs
from tradewind_server.ingest.ports import UpsertResult
from tradewind_server.ingest.upsert import Upserter, UpsertRequest, stop_nodes
from tradewind_server.rest_stubs import vector_upsert_pb2, vector_upsert_pb2_grpc
from tradewind_server.rpc.bodies import UPSERT, UPSERT_FORM, Bodies
from tradewind_server.rpc.call import Call, current_call
from tradewind_server.rpc.once import Once, body_of, key_of, upsert_once
from tradewind_server.rpc.rest_shapes import upsert_json
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of, text_of
from tradewind_server.rpc.timing import send_timing
from tradewind_server.rpc.uploads import FormReader


def upsert_request(body: Mapping[str, Any]) -> UpsertRequest:
    """The request of an upsert, from the fields of a body or a form. Raises ``InvalidInput``."""
    return UpsertRequest(
        override_config=body.get("overrideConfig") or {},
        stop_node_ids=stop_nodes(body.get("stopNodeId")),
        chat_id=text_of(body, "chatId") or None,
    )


class VectorUpsertRestServicer(vector_upsert_pb2_grpc.VectorUpsertRestServiceServicer):
    def __init__(self, upserter: Upserter, once: Once, admission: Admission, bodies: Bodies) -> None:
        self._upserter = upserter
        self._once = once
        self._admission = admission
        self._bodies = bodies

    async def UpsertBody(self, request: vector_upsert_pb2.UpsertBodyRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        call = current_call()
        admitted, body = await self._bodies.admit(request, call, self._admission, UPSERT, UPSERT_FORM)
        question = upsert_request(body)
        if (key := key_of(call)) is not None:
            content = body_of("upsert", body)
            return await _answer(await upsert_once(self._upserter, self._once, key, call, admitted, content, question), call)
        prepared = await self._upserter.prepare(admitted, question)
        return await _answer(await self._upserter.run(prepared), call)


class VectorUpsertFormRestServicer(vector_upsert_pb2_grpc.VectorUpsertFormRestServiceServicer):
    def __init__(
        self, upserter: Upserter, once: Once, admission: Admission, blobs: Blobs, bodies: Bodies, *, max_files: int
    ) -> None:
        self._upserter = upserter
        self._once = once
        self._admission = admission
        self._blobs = blobs
        self._bodies = bodies
        self._max_files = max_files

    async def UpsertForm(
        self,
        request_iterator: AsyncIterator[vector_upsert_pb2.UpsertFormRequest],
        context: grpc.aio.ServicerContext,
    ) -> HttpBody:
        call = current_call()
        reader = FormReader(request_iterator)
        chatflow_id, content_type = await reader.begin()
        admitted = await self._admission.admit(chatflow_id, caller_of(call))
        form = await parse_form(content_type, self._bodies.pieces(reader.chunks(), call), self._blobs, self._max_files)
        is_ours = True
        try:
            body = await self._bodies.form(form, UPSERT_FORM)
            request = upsert_request(body)
            request.files = form.files
            if (key := key_of(call)) is not None:
                is_ours = False  # They are discarded when the first call with the key ends.
                content = body_of("upsert", body)
                first = await upsert_once(self._upserter, self._once, key, call, admitted, content, request)
                return await _answer(first, call)
            prepared = await self._upserter.prepare(admitted, request)
            return await _answer(await self._upserter.run(prepared), call)
        finally:
            if is_ours:
                await self._blobs.discard(form.files)


async def _answer(result: UpsertResult, call: Call) -> HttpBody:
    await send_timing(call)
    return HttpBody(content_type="application/json", data=orjson.dumps(upsert_json(result), default=str))


def _bodies(domain: Domain) -> object:
    return VectorUpsertRestServicer(domain.upserter, domain.once, domain.admission, domain.bodies)


def _forms(domain: Domain) -> object:
    return VectorUpsertFormRestServicer(
        domain.upserter, domain.once, domain.admission, domain.blobs, domain.bodies, max_files=domain.settings.max_files
    )


SERVICES = (
    Service(vector_upsert_pb2_grpc.add_VectorUpsertRestServiceServicer_to_server, _bodies),
    Service(vector_upsert_pb2_grpc.add_VectorUpsertFormRestServiceServicer_to_server, _forms),
)
