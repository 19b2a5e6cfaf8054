"""The REST routes of chat messages: list, edit, branch, deletion and abort (docs/contract.md §8, §5.4)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import grpc

from tradewind_server.chats.editor import ChatEditor
from tradewind_server.chats.filters import check_deletion, flag, invalid, listing, message_filter
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.flows.agentflow.execution_service import ExecutionService
from tradewind_server.rest_stubs import chat_message_pb2, chat_message_pb2_grpc
from tradewind_server.rpc.abort import Aborts
from tradewind_server.rpc.bodies import CHAT_MESSAGE, Bodies
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.rest_shapes import chat_message, chat_messages
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import NEXT_PAGE, limit_of, positive, values_of

INTERNAL = "INTERNAL"
ABORT_RESPONSE = chat_message_pb2.AbortChatMessageResponse(status=200, message="Chat message aborted")


class ChatMessageRestServicer(chat_message_pb2_grpc.ChatMessageRestServiceServicer):
    def __init__(
        self,
        messages: ChatMessageService,
        editor: ChatEditor,
        executions: ExecutionService,
        bodies: Bodies,
        *,
        max_list: int,
    ) -> None:
        self._messages = messages
        self._executions = executions
        self._editor = editor
        self._bodies = bodies
        self._max_list = max_list

    async def ListChatMessagesArray(
        self, request: chat_message_pb2.ListChatMessagesArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[chat_message_pb2.ChatMessage]:
        for message in await self._array(request, context, request.chat_type):
            yield message

    async def ListInternalChatMessagesArray(
        self, request: chat_message_pb2.ListChatMessagesArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[chat_message_pb2.ChatMessage]:
        if any(type_ != INTERNAL for type_ in request.chat_type):
            raise invalid(f"chatType can only be {INTERNAL} here; leave it out, or ask /chatmessage instead.")
        for message in await self._array(request, context, (INTERNAL,)):
            yield message

    async def _array(
        self,
        request: chat_message_pb2.ListChatMessagesArrayRequest,
        context: grpc.aio.ServicerContext,
        types: Sequence[str],
    ) -> list[chat_message_pb2.ChatMessage]:
        """All rows of the list, read before the first is sent: an error behind it would look like the end of the list."""
        values = values_of(request)
        ratings = (*request.feedback_type, *request.feedback_type_list)
        feedback = flag(values.get("feedback"), "feedback")
        query = listing(request.chatflow_id, values, types, ratings, feedback=feedback)
        page, limit = positive(values, "page"), limit_of(values, self._max_list)
        workspace_id, token = current_call().workspace_id, request.page_token
        if page and limit:
            rows, following = await self._messages.numbered_page(workspace_id, query, page, limit, token)
        else:
            rows, following = await self._messages.page(workspace_id, query, limit or 0, token)
        executions = await self._executions.of_messages(workspace_id, (row.execution_id for row in rows))
        messages = await chat_messages(rows, with_feedback=query.with_feedback, executions=executions)
        if following:
            await context.send_initial_metadata(((NEXT_PAGE, following),))
        return messages

    async def UpdateChatMessageEntity(
        self, request: chat_message_pb2.UpdateChatMessageEntityRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.ChatMessage:
        fields = await self._bodies.json(request.body.data, CHAT_MESSAGE)
        workspace_id = current_call().workspace_id
        return chat_message(await self._editor.edit(workspace_id, request.chatflow_id, request.id, fields.get("content")))

    async def BranchChatMessage(
        self, request: chat_message_pb2.BranchChatMessageRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.ChatBranch:
        await self._bodies.json(request.body.data, {})
        branch = await self._editor.branch(current_call().workspace_id, request.chatflow_id, request.id)
        return chat_message_pb2.ChatBranch(session_id=branch.session_id, chat_id=branch.session_id, copied=branch.message_count)


class ChatMessageDeleteRestServicer(chat_message_pb2_grpc.ChatMessageDeleteRestServiceServicer):
    def __init__(self, messages: ChatMessageService) -> None:
        self._messages = messages

    async def DeleteChatMessagesByQuery(
        self, request: chat_message_pb2.DeleteChatMessagesByQueryRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.DeletedChatMessages:
        values = values_of(request)
        ratings = (*request.feedback_type, *request.feedback_type_list)
        filters = message_filter(request.chatflow_id, values, request.chat_type, ratings)
        check_deletion(filters, all_named=None, with_order="sort" in values or "order" in values)
        count = await self._messages.delete(current_call().workspace_id, filters)
        return chat_message_pb2.DeletedChatMessages(affected=count)


class ChatMessageAbortRestServicer(chat_message_pb2_grpc.ChatMessageAbortRestServiceServicer):
    def __init__(self, aborts: Aborts) -> None:
        self._aborts = aborts

    async def AbortChatMessage(
        self, request: chat_message_pb2.AbortChatMessageRequest, context: grpc.aio.ServicerContext
    ) -> chat_message_pb2.AbortChatMessageResponse:
        await self._aborts.abort(request.chatflow_id, request.chat_id, current_call())
        return ABORT_RESPONSE


def _lists(domain: Domain) -> object:
    return ChatMessageRestServicer(
        domain.rule(ChatMessageService),
        domain.rule(ChatEditor),
        domain.rule(ExecutionService),
        domain.bodies,
        max_list=domain.settings.max_list,
    )


def _deletions(domain: Domain) -> object:
    return ChatMessageDeleteRestServicer(domain.rule(ChatMessageService))


def _aborts(domain: Domain) -> object:
    return ChatMessageAbortRestServicer(domain.aborts)


SERVICES = (
    Service(chat_message_pb2_grpc.add_ChatMessageRestServiceServicer_to_server, _lists),
    Service(chat_message_pb2_grpc.add_ChatMessageDeleteRestServiceServicer_to_server, _deletions),
    Service(chat_message_pb2_grpc.add_ChatMessageAbortRestServiceServicer_to_server, _aborts),
)
