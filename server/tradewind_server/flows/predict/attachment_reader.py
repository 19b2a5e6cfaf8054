"""Files that are attached to a chat before its question: kept under it, their text handed back (docs/contract.md §6.5)."""

from __future__ import annotations

import asyncio
import base64
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tradewind_server.chatflows.admission import Admitted, check_chat
from tradewind_server.chatflows.config import AttachmentTypes
from tradewind_server.chatflows.ids import optional_id
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.files.media_types import UNKNOWN
from tradewind_server.flows.predict.attachments import Uploads, with_ending
from tradewind_server.flows.predict.upload_items import invalid

SAME_TYPES = (
    frozenset({"text/markdown", "text/x-markdown"}),
    frozenset({"text/xml", "application/xml"}),
    frozenset({"text/javascript", "application/javascript", "application/x-javascript"}),
    frozenset({"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"}),
    frozenset({"application/sql", "application/x-sql", "text/x-sql"}),
    frozenset({"application/rtf", "text/rtf"}),
    frozenset({"application/jsonl", "application/x-ndjson", "application/jsonlines", "text/jsonl"}),
)
"""Names of one media type each: canvases, browsers and this server do not write the same one."""
TYPES_OF_ENDINGS = {
    "md": "text/markdown",
    "markdown": "text/markdown",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "sql": "application/sql",
    "jsonl": "application/jsonl",
}
"""Beside those that the standard library knows."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """One attached file. ``size`` is in bytes; ``content`` is its text, or its bytes as base64."""

    name: str
    mime: str
    size: int
    content: str


class AttachmentReader:
    """Reads the files that a chat is to have beside its next question."""

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads

    def check(self, admitted: Admitted, chat_id: str) -> AttachmentTypes:
        """What may be attached to this chat; asked before a file is read.

        Raises ``FailedPrecondition(FEATURE_NOT_SUPPORTED)`` where the owner has not switched attachments on, ``InvalidInput``
        for an id that is none, ``Unauthenticated`` for a chat that could be another's.
        """
        if not optional_id(chat_id, "chatId"):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The id of the chat is missing from the path.")
        check_chat(admitted, chat_id)
        types = admitted.config.attachment_types
        if types is None:
            raise FailedPrecondition(
                Reason.FEATURE_NOT_SUPPORTED,
                "File upload is not enabled for this chatflow; its owner switches it on as fullFileUpload of chatbotConfig.",
            )
        return types

    async def attach(
        self, admitted: Admitted, chat_id: str, files: Sequence[SourceFile], *, as_base64: bool
    ) -> list[AttachedFile]:
        """The contents of received files, in their order; the files are kept under the chat once all of them were read.

        Raises what :meth:`check` does, ``InvalidInput`` with FILE_TYPE_NOT_ALLOWED or FILE_UNREADABLE, naming the file, and
        ``InvalidInput(UPLOAD_INVALID)`` for more text than a question may bring along.
        """
        types = self.check(admitted, chat_id)
        for file in files:
            check_type(file, types)
        attached_files, count = [], 0
        for file in files:
            content = await (self._base64(file) if as_base64 else self._text(file))
            count += 0 if as_base64 else len(content)
            if count > self._uploads.limits.text_chars:
                raise invalid(f"The files hold more than {self._uploads.limits.text_chars} characters of text; send less.")
            attached_files.append(AttachedFile(file.name, media_type(file), file.size, content))
        chatflow = admitted.chatflow
        for file in files:
            await self._uploads.blobs.keep_for_chat(chatflow.workspace_id, chatflow.id, chat_id, file)
        return attached_files

    async def _text(self, file: SourceFile) -> str:
        return await self._uploads.texts.whole_text(replace(file, name=with_ending(file)))

    async def _base64(self, file: SourceFile) -> str:
        data = b"".join([chunk async for chunk in self._uploads.read(file)])
        return (await asyncio.to_thread(base64.b64encode, data)).decode()


def media_type(file: SourceFile) -> str:
    """The media type of a file; by its ending where its bytes do not tell."""
    return file.mime if file.mime != UNKNOWN else _by_ending(file.name) or UNKNOWN


def check_type(file: SourceFile, types: AttachmentTypes) -> None:
    """Refuse a file whose type the owner does not list. Raises ``InvalidInput(FILE_TYPE_NOT_ALLOWED)``."""
    names = {media_type(file), _by_ending(file.name)}
    names.update(*(one for one in SAME_TYPES if one & names))
    if types.names and not names & types.names:
        raise InvalidInput(
            Reason.FILE_TYPE_NOT_ALLOWED,
            f"The file {file.name} is {media_type(file)}, which this chatflow does not take; it takes "
            f"{', '.join(sorted(types.names)[:20])}.",
        )


def _by_ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return TYPES_OF_ENDINGS.get(ending) or mimetypes.guess_type(name)[0] or ""
