"""The conversations of a chatflow as text, page by page."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tradewind_server.chats.filters import Listing
from tradewind_server.chats.ports import ChatMessage, ChatSession, Feedback, MessageFilter
from tradewind_server.errors import NotFound
from tradewind_server.transfer.transcripts import ChatTranscripts

FLOW = "5f0c8a1e-3c1b-4f6e-9d52-0a4b7c9d1e2f"
START = datetime(2026, 11, 27, 6, 40, tzinfo=UTC)


class PagedMessages:
    """Sessions and their messages, two at a time whatever size is asked for."""

    def __init__(self, sessions: dict[str, list[ChatMessage]]) -> None:
        self._sessions = sessions
        self.asked: list[Listing] = []

    async def sessions(self, workspace_id: str, listing: Listing, size: int, token: str) -> tuple[list[ChatSession], int, str]:
        rows = [ChatSession(name, name, len(of), START, START) for name, of in self._sessions.items()]
        first = int(token or 0)
        return rows[first : first + 2], len(rows), str(first + 2) if first + 2 < len(rows) else ""

    async def page(self, workspace_id: str, listing: Listing, size: int, token: str) -> tuple[list[ChatMessage], str]:
        self.asked.append(listing)
        rows = self._sessions[listing.filters.session_id or ""]
        first = int(token or 0)
        return rows[first : first + 2], str(first + 2) if first + 2 < len(rows) else ""


class NoChatflows:
    async def get(self, workspace_id: str, chatflow_id: str) -> None:
        return None


def said(number: int, **fields: Any) -> ChatMessage:
    role: Any = "apiMessage" if number % 2 else "userMessage"
    return ChatMessage(f"m{number}", role, FLOW, f"text {number}", "c", START + timedelta(seconds=number), **fields)


async def transcript(messages: PagedMessages, filters: MessageFilter) -> list[dict[str, Any]]:
    rule = ChatTranscripts(messages, NoChatflows())  # type: ignore[arg-type]
    return json.loads(b"".join([piece async for piece in rule.pieces("w", filters)]))  # type: ignore[no-any-return]


@pytest.mark.parametrize("sessions", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("messages", [1, 2, 3, 5])
async def test_every_session_and_message_is_in_it(sessions: int, messages: int) -> None:
    paged = PagedMessages({f"s{i}": [said(number) for number in range(messages)] for i in range(sessions)})
    found = await transcript(paged, MessageFilter(FLOW))
    assert [session["sessionId"] for session in found] == [f"s{i}" for i in range(sessions)]
    for session in found:
        assert [message["content"] for message in session["messages"]] == [f"text {number}" for number in range(messages)]


async def test_the_filter_holds_for_messages_too() -> None:
    paged = PagedMessages({"s": [said(0)]})
    await transcript(paged, MessageFilter(FLOW, chat_types=("INTERNAL",), ratings=("THUMBS_UP",)))
    (listing,) = paged.asked
    assert (listing.filters.chat_types, listing.filters.ratings) == (("INTERNAL",), ("THUMBS_UP",))
    assert listing.with_feedback and not listing.descending


async def test_a_message_has_what_it_came_with() -> None:
    opinion = Feedback("f", FLOW, "c", "m1", "THUMBS_UP", None, START)
    rows = [
        said(0, lead_email="anna@example.com", file_uploads=[{"name": "a.txt"}, {"mime": "x"}], chat_type="INTERNAL"),
        said(1, source_documents=[{"pageContent": "p"}], used_tools=[], feedback=opinion),
    ]
    (session,) = await transcript(PagedMessages({"s": rows}), MessageFilter(FLOW))
    assert session == {
        "id": "s", "source": "UI", "sessionId": "s", "memoryType": None, "email": "anna@example.com",
        "messages": [
            {"content": "text 0", "role": "user", "time": "2026-11-27T06:40:00.000Z", "filePaths": ["a.txt"]},
            {
                "content": "text 1", "role": "bot", "time": "2026-11-27T06:40:01.000Z",
                "sourceDocuments": [{"pageContent": "p"}], "feedback": "THUMBS_UP",
            },
        ],
    }  # fmt: skip


async def test_a_chatflow_of_another_workspace_has_no_name() -> None:
    with pytest.raises(NotFound):
        await ChatTranscripts(PagedMessages({}), NoChatflows()).file_name("w", FLOW)  # type: ignore[arg-type]
