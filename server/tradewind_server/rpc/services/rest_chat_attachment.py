"""The REST route of files that are attached to a chat (docs/contract.md §6.5)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chatflows.admission import Admission
from tradewind_server.files.forms import parse_form
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.predict.attachment_reader import AttachedFile, AttachmentReader
from tradewind_server.rest_stubs import chat_attachment_pb2, chat_attachment_pb2_grpc
from tradewind_server.rpc.bodies import Bodies
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of, text_of
from tradewind_server.rpc.uploads import FormReader

FORM_FIELDS = frozenset({"base64"})
NO = frozenset({"", "0", "false", "no"})
"""What the field ``base64`` may say for no."""


class ChatAttachmentFormRestServicer(chat_attachment_pb2_grpc.ChatAttachmentFormRestServiceServicer):
    def __init__(
        self,
        attachments: AttachmentReader,
        admission: Admission,
        blobs: Blobs,
        bodies: Bodies,
        *,
        max_files: int,
        seconds: float,
    ) -> None:
        """``seconds`` bounds the reading of the files, once the form is here."""
        self._attachments = attachments
        self._admission = admission
        self._blobs = blobs
        self._bodies = bodies
        self._max_files = max_files
        self._seconds = seconds

    async def AttachForm(
        self, request_iterator: AsyncIterator[chat_attachment_pb2.AttachFormRequest], context: grpc.aio.ServicerContext
    ) -> HttpBody:
        call = current_call()
        reader = FormReader(request_iterator)
        first = await reader.first()
        admitted = await self._admission.admit(first.chatflow_id, caller_of(call))
        self._attachments.check(admitted, first.chat_id)
        pieces = self._bodies.pieces(reader.chunks(), call)
        form = await parse_form(first.body.content_type, pieces, self._blobs, self._max_files)
        try:
            fields = await self._bodies.form(form, FORM_FIELDS)
            call.due_within(self._seconds)
            attached_files = await self._attachments.attach(admitted, first.chat_id, form.files, as_base64=wants_base64(fields))
        finally:
            await self._blobs.discard(form.files)
        return HttpBody(content_type="application/json", data=await asyncio.to_thread(entities, attached_files))


def wants_base64(fields: Mapping[str, Any]) -> bool:
    return (text_of(fields, "base64") or "").strip().lower() not in NO


def entities(files: Sequence[AttachedFile]) -> bytes:
    """The array of a list of files, as JSON."""
    return orjson.dumps(
        [{"name": file.name, "mimeType": file.mime, "size": file.size, "content": file.content} for file in files]
    )


def _forms(domain: Domain) -> object:
    return ChatAttachmentFormRestServicer(
        AttachmentReader(domain.uploads),
        domain.admission,
        domain.blobs,
        domain.bodies,
        max_files=domain.settings.max_files,
        seconds=domain.settings.request_timeout,
    )


SERVICES = (Service(chat_attachment_pb2_grpc.add_ChatAttachmentFormRestServiceServicer_to_server, _forms),)
