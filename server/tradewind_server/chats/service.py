"""Listing and deleting the messages of a chatflow."""

from __future__ import annotations

from dataclasses import replace

from tradewind_server.chats.filters import page_token, parse_page_token
from tradewind_server.chats.ports import ChatMessage, ChatMessages, MessageFilter
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.chatflows import Chatflows
from tradewind_server.flows.prediction import check_id


class ChatMessageService:
    """Messages of chatflows that the caller's workspace owns; a foreign chatflow looks like a missing one."""

    def __init__(self, chat_messages: ChatMessages, chatflows: Chatflows, max_list: int) -> None:
        self._messages = chat_messages
        self._chatflows = chatflows
        self._max_list = max_list

    async def _own(self, workspace_id: str, chatflow_id: str) -> None:
        if await self._chatflows.get(workspace_id, check_id(chatflow_id)) is None:
            raise NotFound(Reason.CHATFLOW_NOT_FOUND, f"Chatflow {chatflow_id} not found")

    async def page(self, workspace_id: str, filters: MessageFilter, size: int, token: str) -> tuple[list[ChatMessage], str]:
        """One page and the token of the next; the token is empty on the last page."""
        if size < 0:
            raise InvalidInput(Reason.INVALID_FILTER, "page_size cannot be negative.")
        size = min(size or self._max_list, self._max_list)
        await self._own(workspace_id, filters.chatflow_id)
        wanted = replace(filters, after=parse_page_token(token), limit=size)
        rows = await self._messages.list(workspace_id, wanted)
        return rows, page_token(rows[-1]) if len(rows) == size else ""

    async def delete(self, workspace_id: str, filters: MessageFilter) -> int:
        await self._own(workspace_id, filters.chatflow_id)
        return await self._messages.delete(workspace_id, filters)

    async def list(self, workspace_id: str, filters: MessageFilter) -> list[ChatMessage]:
        await self._own(workspace_id, filters.chatflow_id)
        return await self._messages.list(workspace_id, filters)
