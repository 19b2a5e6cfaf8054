"""Reads the bodies of REST calls: JSON and forms, plain or gzip (docs/contract.md §1.3). Large ones are read in a thread."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from google.api.httpbody_pb2 import HttpBody

from tradewind_server.bounded_json import read_json, utf8
from tradewind_server.chatflows.admission import Admission, Admitted
from tradewind_server.errors import InvalidInput, Reason, ResourceExhausted
from tradewind_server.files.forms import Form, split_fields, urlencoded
from tradewind_server.files.types import charset_of
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.services.requests import caller_of

T = TypeVar("T")
THE_BODY = "The body"
AT_ONCE = 16 * 1024
"""Largest body, in bytes, that is read on the event loop: handing a smaller one to a thread costs more than reading it."""
PIECE = 256 * 1024
DENSEST = 1032
"""Most bytes that one byte of gzip can unpack to."""
FORM = "application/x-www-form-urlencoded"


class BodyKind(Enum):
    """The JSON type of a field, as error messages name it. Null is allowed for every field and counts as absent."""

    TEXT = "a text"
    OBJECT = "an object"
    SWITCH = "true or false"
    ANY = "any value"


TYPES: Mapping[BodyKind, tuple[type, ...]] = {
    BodyKind.TEXT: (str,),
    BodyKind.OBJECT: (dict,),
    BodyKind.SWITCH: (bool, str),
    BodyKind.ANY: (object,),
}


class Request(Protocol):
    """A request with a body for one chatflow."""

    @property
    def chatflow_id(self) -> str: ...

    @property
    def body(self) -> HttpBody: ...


BodyFields = Mapping[str, BodyKind]
PREDICTION: BodyFields = {
    "question": BodyKind.TEXT,
    "overrideConfig": BodyKind.OBJECT,
    "history": BodyKind.ANY,
    "chatId": BodyKind.TEXT,
    "streaming": BodyKind.SWITCH,
    "uploads": BodyKind.ANY,
    "leadEmail": BodyKind.TEXT,
    "form": BodyKind.ANY,
    "humanInput": BodyKind.ANY,
    "action": BodyKind.ANY,
    "background": BodyKind.SWITCH,
    "keepRun": BodyKind.SWITCH,
    "restart": BodyKind.SWITCH,
}
UPSERT: BodyFields = {"stopNodeId": BodyKind.ANY, "overrideConfig": BodyKind.OBJECT, "chatId": BodyKind.TEXT}
UPSERT_FORM = frozenset({*UPSERT, "question"})
CHATFLOW: BodyFields = {
    "name": BodyKind.TEXT,
    "flowData": BodyKind.TEXT,
    "type": BodyKind.TEXT,
    **dict.fromkeys(("deployed", "isPublic", "apikeyid", "chatbotConfig", "apiConfig", "analytic", "category"), BodyKind.ANY),
    **dict.fromkeys(("speechToText", "textToSpeech", "followUpPrompts", "mcpServerConfig"), BodyKind.ANY),
}
FEEDBACK: BodyFields = dict.fromkeys(("messageId", "chatId", "chatflowid", "rating", "content"), BodyKind.TEXT)
LEAD: BodyFields = dict.fromkeys(("chatflowid", "chatId", "name", "email", "phone"), BodyKind.TEXT)
CHAT_MESSAGE: BodyFields = {"content": BodyKind.TEXT}
IMPORT: BodyFields = {"data": BodyKind.ANY, "name": BodyKind.TEXT}


class Bodies:
    """Reads bodies. Those larger than ``AT_ONCE`` share one thread, so that at most one competes with the event loop."""

    def __init__(self, *, most_bytes: int, most_form_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._most_form_bytes = most_form_bytes
        self._thread = ThreadPoolExecutor(1, "bodies")

    async def form_or_json(
        self, body: HttpBody, packing: str, fields: BodyFields, form_fields: frozenset[str]
    ) -> dict[str, Any]:
        """The fields of a JSON object or of an urlencoded form, without nulls. ``packing`` is the ``Content-Encoding``.

        Raises ``InvalidInput``, and ``ResourceExhausted(PAYLOAD_TOO_LARGE)`` for a body that is too large unpacked.
        """

        def read() -> dict[str, Any]:
            has_packing = is_packed(packing)
            text = utf8(decompress(body.data, self._most_bytes) if has_packing else body.data, THE_BODY)
            if is_form(body.content_type) and not text.lstrip().startswith(b"{"):
                return split_fields(urlencoded(text, charset_of(body.content_type)), form_fields)
            return {name: value for name, value in fields_of(text, fields).items() if value is not None}

        return await self._run(len(body.data) * (DENSEST if is_packed(packing) else 1), read)

    async def admit(
        self, request: Request, call: Call, admission: Admission, fields: BodyFields, form_fields: frozenset[str]
    ) -> tuple[Admitted, dict[str, Any]]:
        """The fields of a body of one chatflow's caller, who is let in before a large one is read. A small one is read
        first: who sends no JSON is told so, whatever else is wrong."""
        body = request.body
        if len(body.data) > AT_ONCE or is_packed(packing_of(call)):
            admitted = await admission.admit(request.chatflow_id, caller_of(call))
            return admitted, await self.form_or_json(body, packing_of(call), fields, form_fields)
        values = await self.form_or_json(body, packing_of(call), fields, form_fields)
        return await admission.admit(request.chatflow_id, caller_of(call)), values

    async def json(self, data: bytes, fields: BodyFields) -> dict[str, Any]:
        """The fields of a JSON object, nulls included. Raises ``InvalidInput``."""
        return await self._run(len(data), lambda: fields_of(data, fields))

    async def value(self, data: bytes, what: str) -> Any:
        """The JSON value of a file. ``what`` names the file in error messages. Raises ``InvalidInput``."""
        return await self._run(len(data), lambda: read_json(data, what))

    async def form(self, form: Form, field_names: frozenset[str]) -> dict[str, Any]:
        """The fields of a multipart form. Raises ``InvalidInput``."""
        return await self._run(sum(len(text) for _, text in form.fields), lambda: split_fields(form, field_names))

    def pieces(self, pieces: AsyncIterator[bytes], call: Call) -> AsyncIterator[bytes]:
        """The bytes of a multipart form as they arrive, unpacked. Raises as :func:`decompress_pieces` does."""
        return decompress_pieces(pieces, packing_of(call), self._most_form_bytes)

    async def _run(self, size: int, read: Callable[[], T]) -> T:
        if size <= AT_ONCE:
            return read()
        return await asyncio.get_running_loop().run_in_executor(self._thread, read)


def packing_of(call: Call) -> str:
    return str(call.headers.get("content-encoding", ""))


def is_packed(packing: str) -> bool:
    return packing.strip().lower() == "gzip"


def decompress(data: bytes, most: int) -> bytes:
    """The bytes behind gzip, ``most`` at most. Raises ``InvalidInput`` and ``ResourceExhausted``."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = unpacker.decompress(data, most + 1)
    except zlib.error:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"{THE_BODY} is not gzip, although Content-Encoding says so.") from None
    if len(content) > most:
        raise too_large()
    if not unpacker.eof:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"{THE_BODY} breaks off inside its gzip packing; send it whole.")
    return content


async def decompress_pieces(pieces: AsyncIterator[bytes], packing: str, most: int) -> AsyncIterator[bytes]:
    """The bytes of a form as they arrive, unpacked when ``packing`` is gzip.

    Raises ``InvalidInput(INVALID_FORM)`` for damaged gzip, and ``ResourceExhausted`` for more than ``most`` bytes.
    """
    if not is_packed(packing):
        async for piece in pieces:
            yield piece
        return
    unpacker, count = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    async for piece in pieces:
        while piece:
            try:
                content = await asyncio.to_thread(unpacker.decompress, piece, PIECE)
            except zlib.error:
                raise InvalidInput(Reason.INVALID_FORM, "The form is not gzip, although Content-Encoding says so.") from None
            count += len(content)
            if count > most:
                raise too_large()
            yield content
            piece = b"" if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise InvalidInput(Reason.INVALID_FORM, "The form breaks off inside its gzip packing; send it whole.")


def too_large() -> ResourceExhausted:
    """The error for a body above its limit. The gate turns it into a 413 that names the settings."""
    return ResourceExhausted(Reason.PAYLOAD_TOO_LARGE, f"{THE_BODY} is too large; send less at once.")


def is_form(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == FORM


async def collect(requests: AsyncIterator[Any], most: int) -> bytes:
    """The bytes of a body that comes in pieces. Raises ``ResourceExhausted`` for more than ``most`` of them."""
    data = bytearray()
    async for request in requests:
        data += request.body.data
        if len(data) > most:
            raise too_large()
    return bytes(data)


def fields_of(data: bytes, fields: BodyFields) -> dict[str, Any]:
    """The known fields of a JSON object, by JSON name. The snake_case spelling of a field is read too; an empty body is ``{}``.

    Raises ``InvalidInput(INVALID_ARGUMENT)`` for another JSON value and for a field of the wrong type.
    """
    body = read_json(data, THE_BODY) if data.strip() else {}
    if not isinstance(body, dict):
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"{THE_BODY} must be a JSON object, not {type_name(body)}.")
    values = {}
    for name, kind in fields.items():
        for spelling in (name, snake(name)):
            if spelling in body:
                check(spelling, body[spelling], kind)
                values[name] = body[spelling]
                break
    return values


def check(name: str, value: Any, kind: BodyKind) -> None:
    """Check the type of a field. Raises ``InvalidInput(INVALID_ARGUMENT)`` that names the field as the caller spelt it."""
    if value is not None and not isinstance(value, TYPES[kind]):
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"{name} must be {kind.value}, not {type_name(value)}.")


def type_name(value: Any) -> str:
    """The type of a JSON value, as error messages name it."""
    names = {bool: "true or false", str: "a text", dict: "an object", list: "a list", type(None): "null"}
    return names.get(type(value), "a number")


@lru_cache(maxsize=256)
def snake(name: str) -> str:
    return re.sub("([A-Z])", r"_\1", name).lower()
