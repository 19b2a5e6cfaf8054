"""The REST doors of chat messages: the bare array, and deletion by query."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
from tradewind.v1 import chat_message_pb2, common_pb2, rest_chat_message_pb2, rest_chat_message_pb2_grpc

from tradewind_server.chats.filters import check_deletion, is_descending, message_filter
from tradewind_server.chats.ports import ChatMessage, MessageFilter
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping import chat_message
from tradewind_server.rpc.services.optional import given

FURTHEST_ROW = 100_000
OFF = ("", "false", "0")


class ChatMessageRestServicer(rest_chat_message_pb2_grpc.ChatMessageRestServiceServicer):
    def __init__(self, messages: ChatMessageService) -> None:
        self._messages = messages

    async def ListChatMessagesArray(
        self, request: rest_chat_message_pb2.ListChatMessagesArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[chat_message_pb2.ChatMessage]:
        values = given(request)
        wanted = request.feedback_type or request.feedback_type_list or (values.get("feedback") or "").lower() not in OFF
        if wanted:
            raise InvalidInput(Reason.FEATURE_NOT_SUPPORTED, "Feedback is not kept yet; leave feedback and feedbackType out.")
        descending = is_descending(values.get("order"), values.get("sort"))
        filters = message_filter(request.chatflow_id, values, request.chat_type, descending=descending)
        page, limit = _positive(values, "page"), _positive(values, "limit")
        workspace_id = current_call().workspace_id
        if page and limit:
            rows = await self._page(workspace_id, filters, page, limit)
        else:
            rows = await self._messages.list(workspace_id, filters)
        # The whole list first: a failure behind the first row would reach the caller as a valid, shorter array.
        for message in [chat_message(row) for row in rows]:
            yield message

    async def _page(self, workspace_id: str, filters: MessageFilter, page: int, limit: int) -> list[ChatMessage]:
        """The rows of a numbered page, found by walking over those before it."""
        skip = (page - 1) * limit
        if skip > FURTHEST_ROW:
            raise InvalidInput(Reason.INVALID_FILTER, f"page reaches behind row {FURTHEST_ROW}; narrow the filter.")
        token = ""
        while skip:
            rows, token = await self._messages.page(workspace_id, filters, skip, token)
            skip -= len(rows)
            if not token:
                return []
        rows, _ = await self._messages.page(workspace_id, filters, limit, token)
        return rows


class ChatMessageDeleteRestServicer(rest_chat_message_pb2_grpc.ChatMessageDeleteRestServiceServicer):
    def __init__(self, messages: ChatMessageService) -> None:
        self._messages = messages

    async def DeleteChatMessagesByQuery(
        self, request: rest_chat_message_pb2.DeleteChatMessagesByQueryRequest, context: grpc.aio.ServicerContext
    ) -> common_pb2.DeleteResult:
        values = given(request)
        filters = message_filter(request.chatflow_id, values, request.chat_type)
        check_deletion(filters, all_named=None, ordered="sort" in values or "order" in values)
        affected = await self._messages.delete(current_call().workspace_id, filters)
        return common_pb2.DeleteResult(affected=affected)


def _positive(values: dict[str, str | None], name: str) -> int | None:
    text = values.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise InvalidInput(Reason.INVALID_FILTER, f"{name} must be a whole number from 1.")
    return int(text)
