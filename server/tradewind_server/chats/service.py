"""Listing and deleting the messages of a chatflow."""

from __future__ import annotations

import asyncio
from typing import Protocol

from tradewind_server.chatflows.ids import not_found
from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.chats.filters import FURTHEST_ROW, Listing, invalid, page_token, parse_page_token
from tradewind_server.chats.ports import ChatMessage, ChatMessages, ChatSession, MessageFilter, MessagePage, PageRequest

MOST_SESSIONS = 1000
"""Sessions whose messages one page holds."""


class ChatFiles(Protocol):
    """The files that were uploaded in a chat."""

    async def delete_chat(self, workspace_id: str, chatflow_id: str, chat_id: str) -> int:
        """Remove the files of a chat; how many there were."""
        ...


class ChatMessageService:
    """Messages of chatflows that the caller's workspace owns; a foreign chatflow looks like a missing one.

    Lists are bounded by ``max_list``; each answers with a token that asks for what follows, empty at the end.
    """

    def __init__(
        self, chat_messages: ChatMessages, chatflows: Chatflows, max_list: int, files: ChatFiles | None = None
    ) -> None:
        self._messages = chat_messages
        self._chatflows = chatflows
        self._max_list = max_list
        self._files = files
        self._deletions: set[asyncio.Task[int]] = set()

    async def _own(self, workspace_id: str, chatflow_id: str) -> None:
        if await self._chatflows.get(workspace_id, chatflow_id) is None:
            raise not_found(chatflow_id)

    async def page(self, workspace_id: str, listing: Listing, size: int, token: str) -> tuple[list[ChatMessage], str]:
        """At most ``size`` messages (0: as many as are allowed) behind the token."""
        part = self._part(listing, size, token)
        await self._own(workspace_id, listing.filters.chatflow_id)
        page = await self._messages.list(workspace_id, listing.filters, part, with_feedback=listing.with_feedback)
        return _answer(page, listing)

    async def numbered_page(
        self, workspace_id: str, listing: Listing, page: int, limit: int, token: str
    ) -> tuple[list[ChatMessage], str]:
        """Page number ``page``, from 1.

        With feedback and neither session nor message named, a page holds the messages of ``limit`` sessions
        (docs/contract.md §8.1), and the token goes on within it; else it holds ``limit`` messages.
        """
        offset = (page - 1) * limit
        filters = listing.filters
        by_session = listing.with_feedback and filters.session_id is None and filters.message_id is None
        most = min(self._max_list, MOST_SESSIONS) if by_session else self._max_list
        if limit > most or offset > FURTHEST_ROW:
            raise invalid(f"limit must be at most {most}, and page within the list.")
        if token and not by_session:
            raise invalid("pageToken and page contradict each other; send one of them.")
        page_request = PageRequest(limit, listing.descending, offset=offset)
        part = self._part(listing, 0, token)
        await self._own(workspace_id, filters.chatflow_id)
        if by_session:
            return _answer(
                await self._messages.list_of_sessions(workspace_id, filters, page_request, part, with_feedback=True), listing
            )
        message_page = await self._messages.list(workspace_id, filters, page_request, with_feedback=listing.with_feedback)
        return message_page.messages, ""

    async def sessions(self, workspace_id: str, listing: Listing, size: int, token: str) -> tuple[list[ChatSession], int, str]:
        """At most ``size`` sessions behind the token, ordered by their latest message, and how many there are in all."""
        part = self._part(listing, size, token)
        await self._own(workspace_id, listing.filters.chatflow_id)
        session_page = await self._messages.sessions(workspace_id, listing.filters, part)
        return session_page.sessions, session_page.total, page_token(session_page.next, descending=listing.descending)

    async def delete(self, workspace_id: str, filters: MessageFilter) -> int:
        """Delete what a list with this filter shows; how many messages that were.

        Feedback goes in the same transaction; the files of a chat go once none of its messages is left. A caller that
        leaves meanwhile does not stop it half-way.
        """
        await self._own(workspace_id, filters.chatflow_id)
        deletion = asyncio.ensure_future(self._delete(workspace_id, filters))
        self._deletions.add(deletion)
        deletion.add_done_callback(self._deletions.discard)
        return await asyncio.shield(deletion)

    async def _delete(self, workspace_id: str, filters: MessageFilter) -> int:
        deleted = await self._messages.delete(workspace_id, filters)
        if self._files is not None:
            for chat_id in deleted.emptied_chats:
                await self._files.delete_chat(workspace_id, filters.chatflow_id, chat_id)
        return deleted.count

    def _part(self, listing: Listing, size: int, token: str) -> PageRequest:
        after = parse_page_token(token, descending=listing.descending)
        return PageRequest(min(size or self._max_list, self._max_list), listing.descending, after)


def _answer(page: MessagePage, listing: Listing) -> tuple[list[ChatMessage], str]:
    return page.messages, page_token(page.next, descending=listing.descending)
