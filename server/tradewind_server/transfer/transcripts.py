"""The conversations of a chatflow as one JSON text, in pieces: no more than a page of messages is held at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import orjson

from tradewind_server.chatflows.ids import not_found
from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.chats.filters import Listing
from tradewind_server.chats.ports import ChatMessage, ChatSession, MessageFilter
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.transfer.entries import iso

FILE_ENDING = "-Message.json"
PAGE = 200
"""Sessions, and messages of a session, that are read at once."""
SOURCES = {"INTERNAL": "UI", "EXTERNAL": "API/Embed"}
PARTS = {
    "sourceDocuments": "source_documents",
    "usedTools": "used_tools",
    "fileAnnotations": "file_annotations",
    "agentReasoning": "agent_reasoning",
    "artifacts": "artifacts",
}
"""What a message has beside its text, by its name in the file."""


class ChatTranscripts:
    """Reads sessions in the order of their latest message, the newest first, and their messages as they were said.

    Sessions that get a message meanwhile may be in it or not: it is read page by page, not at one moment.
    """

    def __init__(self, messages: ChatMessageService, chatflows: Chatflows) -> None:
        self._messages = messages
        self._chatflows = chatflows

    async def file_name(self, workspace_id: str, chatflow_id: str) -> str:
        """Raises ``NotFound(CHATFLOW_NOT_FOUND)``."""
        chatflow = await self._chatflows.get(workspace_id, chatflow_id)
        if chatflow is None:
            raise not_found(chatflow_id)
        return chatflow.name + FILE_ENDING

    async def pieces(self, workspace_id: str, filters: MessageFilter) -> AsyncIterator[bytes]:
        """The text: a list of sessions with their messages, each of a page or less."""
        newest_first = Listing(filters, descending=True, with_feedback=False)
        mark, token = b"[", ""
        while True:
            sessions, _, token = await self._messages.sessions(workspace_id, newest_first, PAGE, token)
            for session in sessions:
                async for piece in self._session(workspace_id, filters, session):
                    yield mark + piece
                    mark = b""
                mark = b","
            if not token:
                break
        yield b"[]" if mark == b"[" else b"]"

    async def _session(self, workspace_id: str, filters: MessageFilter, session: ChatSession) -> AsyncIterator[bytes]:
        own = Listing(replace(filters, session_id=session.session_id), descending=False, with_feedback=True)
        is_first, token = True, ""
        while is_first or token:
            rows, token = await self._messages.page(workspace_id, own, PAGE, token)
            head = _head(session, rows) if is_first else b"," if rows else b""
            yield head + b",".join(orjson.dumps(_message(row)) for row in rows)
            is_first = False
        yield b"]}"


def _head(session: ChatSession, rows: list[ChatMessage]) -> bytes:
    """A session up to its messages."""
    first = rows[0] if rows else None
    head = {
        "id": session.chat_id,
        "source": SOURCES.get(first.chat_type, first.chat_type) if first else None,
        "sessionId": session.session_id,
        "memoryType": first.memory_type if first else None,
        "email": next((row.lead_email for row in rows if row.lead_email), None),
    }
    return orjson.dumps(head)[:-1] + b',"messages":['


def _message(row: ChatMessage) -> dict[str, Any]:
    message: dict[str, Any] = {
        "content": row.content,
        "role": "bot" if row.role == "apiMessage" else "user",
        "time": iso(row.created_date),
    }
    files = [item.get("name") for item in row.file_uploads or () if isinstance(item, dict) and item.get("name")]
    if files:
        message["filePaths"] = files
    message |= {name: value for name, attribute in PARTS.items() if (value := getattr(row, attribute))}
    if row.feedback:
        message["feedback"] = row.feedback.content or row.feedback.rating
    return message
