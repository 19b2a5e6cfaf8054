"""``ChatMessageService`` over gRPC: stored messages, sessions, edits, and the abort of running answers."""

from __future__ import annotations

import grpc
from tradewind.v1 import chat_message_pb2, chat_message_pb2_grpc

from tradewind_server.chats.editor import ChatEditor
from tradewind_server.chats.filters import check_deletion
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.rpc.abort import Aborts
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.chat_messages import chat_message, chat_messages, chat_session, listing, message_filter
from tradewind_server.rpc.service import Domain, Service


class ChatMessageServicer(chat_message_pb2_grpc.ChatMessageServiceServicer):
    """Maps requests and responses around :class:`ChatMessageService` and :class:`ChatEditor`."""

    def __init__(self, messages: ChatMessageService, editor: ChatEditor, aborts: Aborts) -> None:
        self._messages = messages
        self._editor = editor
        self._aborts = aborts

    async def ListChatMessages(
        self, request: chat_message_pb2.ListChatMessagesRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.ListChatMessagesResponse:
        with_feedback = request.with_feedback if request.HasField("with_feedback") else None
        query = listing(message_filter(request.chatflow_id, request.filter), request.order, with_feedback)
        rows, token = await self._messages.page(current_call().workspace_id, query, request.page_size, request.page_token)
        messages = await chat_messages(rows, with_feedback=query.with_feedback)
        return chat_message_pb2.ListChatMessagesResponse(messages=messages, next_page_token=token)

    async def ListChatSessions(
        self, request: chat_message_pb2.ListChatSessionsRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.ListChatSessionsResponse:
        query = listing(message_filter(request.chatflow_id, request.filter), request.order)
        sessions, total, token = await self._messages.sessions(
            current_call().workspace_id, query, request.page_size, request.page_token
        )
        return chat_message_pb2.ListChatSessionsResponse(
            sessions=[chat_session(session) for session in sessions], next_page_token=token, total_size=total
        )

    async def UpdateChatMessage(
        self, request: chat_message_pb2.UpdateChatMessageRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.UpdateChatMessageResponse:
        message = await self._editor.edit(current_call().workspace_id, request.chatflow_id, request.message_id, request.content)
        return chat_message_pb2.UpdateChatMessageResponse(message=chat_message(message))

    async def BranchChatSession(
        self, request: chat_message_pb2.BranchChatSessionRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.BranchChatSessionResponse:
        branch = await self._editor.branch(current_call().workspace_id, request.chatflow_id, request.message_id)
        return chat_message_pb2.BranchChatSessionResponse(
            session_id=branch.session_id, chat_id=branch.session_id, copied=branch.message_count
        )

    async def DeleteChatMessages(
        self, request: chat_message_pb2.DeleteChatMessagesRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.DeleteChatMessagesResponse:
        filters = message_filter(request.chatflow_id, request.filter)
        check_deletion(filters, all_named=request.all_of_chatflow, with_order=False)
        count = await self._messages.delete(current_call().workspace_id, filters)
        return chat_message_pb2.DeleteChatMessagesResponse(affected=count)

    async def AbortChatMessage(
        self, request: chat_message_pb2.AbortChatMessageRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.AbortChatMessageResponse:
        await self._aborts.abort(request.chatflow_id, request.chat_id, current_call())
        return chat_message_pb2.AbortChatMessageResponse()


def _messages(domain: Domain) -> object:
    return ChatMessageServicer(domain.rule(ChatMessageService), domain.rule(ChatEditor), domain.aborts)


SERVICES = (Service(chat_message_pb2_grpc.add_ChatMessageServiceServicer_to_server, _messages),)
