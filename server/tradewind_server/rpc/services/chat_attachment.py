"""``ChatAttachmentService`` over gRPC."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
from tradewind.v1 import chat_attachment_pb2, chat_attachment_pb2_grpc

from tradewind_server.chatflows.admission import Admission
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.predict.attachment_reader import AttachmentReader
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of
from tradewind_server.rpc.uploads import UploadReader


class ChatAttachmentServicer(chat_attachment_pb2_grpc.ChatAttachmentServiceServicer):
    """Maps requests and responses around :class:`AttachmentReader`."""

    def __init__(self, attachments: AttachmentReader, admission: Admission, blobs: Blobs, *, max_files: int) -> None:
        self._attachments = attachments
        self._admission = admission
        self._blobs = blobs
        self._max_files = max_files

    async def UploadChatAttachments(
        self,
        request_iterator: AsyncIterator[chat_attachment_pb2.UploadChatAttachmentsRequest],
        context: grpc.aio.ServicerContext,
    ) -> chat_attachment_pb2.UploadChatAttachmentsResponse:
        reader = UploadReader(request_iterator)
        options: chat_attachment_pb2.AttachmentOptions = await reader.options()
        admitted = await self._admission.admit(options.chatflow_id, caller_of(current_call()))
        self._attachments.check(admitted, options.chat_id)
        files = await reader.files(self._blobs, self._max_files)
        try:
            attached_files = await self._attachments.attach(admitted, options.chat_id, files, as_base64=options.base64)
        finally:
            await self._blobs.discard(files)
        return chat_attachment_pb2.UploadChatAttachmentsResponse(
            files=[
                chat_attachment_pb2.AttachedFile(name=file.name, mime=file.mime, size=file.size, content=file.content)
                for file in attached_files
            ]
        )


def _attachments(domain: Domain) -> object:
    reader = AttachmentReader(domain.uploads)
    return ChatAttachmentServicer(reader, domain.admission, domain.blobs, max_files=domain.settings.max_files)


SERVICES = (Service(chat_attachment_pb2_grpc.add_ChatAttachmentServiceServicer_to_server, _attachments),)
