"""The REST route of the files of chats (docs/contract.md §6.4)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from urllib.parse import quote

import grpc
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chatflows.admission import Admission
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.files.media_types import served_type
from tradewind_server.flows.predict.attachments import Uploads
from tradewind_server.rest_stubs import files_pb2, files_pb2_grpc
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of

SAFE_HEADERS = (
    # A page or a drawing that somebody uploaded must not act in the name of this server's own pages.
    ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "private, no-cache"),
)
ORIGINAL_METHOD = "x-envoy-original-method"


class FileRestServicer(files_pb2_grpc.FileRestServiceServicer):
    def __init__(self, admission: Admission, uploads: Uploads) -> None:
        self._admission = admission
        self._uploads = uploads

    async def GetUploadFile(
        self, request: files_pb2.GetUploadFileRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[HttpBody]:
        call = current_call()
        admitted = await self._admission.admit(_require(request.chatflow_id, "chatflowId"), caller_of(call), counts=False)
        _require(request.chat_id, "chatId")
        _require(request.file_name, "fileName")
        file = await self._uploads.stored_file(admitted, request.chat_id, request.file_name)
        if file is None:  # A file of another chat looks as if it were not there.
            raise NotFound(Reason.FILE_NOT_FOUND, "There is no such file in this chat.")
        headers = [*SAFE_HEADERS, ("content-disposition", disposition(file.name))]
        content_type = served_type(file.mime)
        if call.headers.get(ORIGINAL_METHOD) == "HEAD":
            await context.send_initial_metadata(headers)
            yield HttpBody(content_type=content_type)
            return
        async with aclosing(self._uploads.read(file)) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                if content_type:  # Only the first message's counts; the file was there to be opened.
                    await context.send_initial_metadata(headers)
                yield HttpBody(content_type=content_type, data=chunk)
                content_type = ""


def _require(value: str, name: str) -> str:
    if not value:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"The parameter {name} is missing.")
    return value


def disposition(name: str) -> str:
    """``Content-Disposition`` of a download with the name in ASCII and in UTF-8 (RFC 6266)."""
    plain = "".join(char if char.isascii() and char.isprintable() and char not in '"\\%;' else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


def _files(domain: Domain) -> object:
    return FileRestServicer(domain.admission, domain.uploads)


SERVICES = (Service(files_pb2_grpc.add_FileRestServiceServicer_to_server, _files),)
