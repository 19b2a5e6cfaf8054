"""``ChatMessageService``: what was said, and stopping what is being said."""

from __future__ import annotations

import grpc
from tradewind.v1 import chat_message_pb2, chat_message_pb2_grpc

from tradewind_server.chats.filters import check_deletion, listing, message_filter
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.flows.run import FlowAccess, Predictor
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping import chat_messages, chat_session
from tradewind_server.rpc.relay import AbortRelay, is_relayed
from tradewind_server.rpc.services.optional import given
from tradewind_server.rpc.services.requests import origin_of

ABORTED = chat_message_pb2.AbortChatMessageResponse(status=200, message="Chat message aborted")


class ChatMessageServicer(chat_message_pb2_grpc.ChatMessageServiceServicer):
    """Maps in, asks the :class:`ChatMessageService`, maps out."""

    def __init__(self, messages: ChatMessageService, predictor: Predictor, access: FlowAccess, relay: AbortRelay) -> None:
        self._messages = messages
        self._predictor = predictor
        self._access = access
        self._relay = relay

    async def ListChatMessages(
        self, request: chat_message_pb2.ListChatMessagesRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.ListChatMessagesResponse:
        feedback = request.feedback if request.HasField("feedback") else None
        asked = listing(request.chatflow_id, given(request), request.chat_type, request.feedback_type, feedback=feedback)
        rows, token = await self._messages.page(current_call().workspace_id, asked, request.page_size, request.page_token)
        messages = await chat_messages(rows, with_feedback=asked.with_feedback)
        return chat_message_pb2.ListChatMessagesResponse(messages=messages, next_page_token=token)

    async def ListChatSessions(
        self, request: chat_message_pb2.ListChatSessionsRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.ListChatSessionsResponse:
        asked = listing(request.chatflow_id, given(request), request.chat_type, request.feedback_type)
        sessions, total, token = await self._messages.sessions(
            current_call().workspace_id, asked, request.page_size, request.page_token
        )
        return chat_message_pb2.ListChatSessionsResponse(
            sessions=[chat_session(one) for one in sessions], next_page_token=token, total=total
        )

    async def DeleteChatMessages(
        self, request: chat_message_pb2.DeleteChatMessagesRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.DeleteChatMessagesResponse:
        filters = message_filter(request.chatflow_id, given(request), request.chat_type, request.feedback_type)
        check_deletion(filters, all_named=request.all_of_chatflow, ordered=False)
        affected = await self._messages.delete(current_call().workspace_id, filters)
        return chat_message_pb2.DeleteChatMessagesResponse(affected=affected)

    async def AbortChatMessage(
        self, request: chat_message_pb2.AbortChatMessageRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.AbortChatMessageResponse:
        if is_relayed(current_call()):
            self._predictor.abort(request.chatflow_id, request.chat_id)
            return ABORTED
        chatflow = await self._predictor.shown(request.chatflow_id, origin_of(current_call()))
        self._access.check_flow(current_call().principal, chatflow)
        self._predictor.abort(chatflow.id, request.chat_id)
        await self._relay.tell(request)
        return ABORTED
