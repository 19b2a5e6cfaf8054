"""The REST routes of feedback (docs/contract.md §8.3)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chatflows.ids import optional_id
from tradewind_server.chats.feedback import FeedbackDraft, FeedbackService, feedback_listing
from tradewind_server.rest_stubs import feedback_pb2, feedback_pb2_grpc
from tradewind_server.rpc.bodies import FEEDBACK, Bodies
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.feedback_calls import FeedbackCalls
from tradewind_server.rpc.rest_shapes import feedback_message
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import NEXT_PAGE, limit_of, positive, values_of, without_token

UPDATED = feedback_pb2.UpdateFeedbackBodyResponse(status="OK")


class FeedbackRestServicer(feedback_pb2_grpc.FeedbackRestServiceServicer):
    def __init__(self, rule: FeedbackService, calls: FeedbackCalls, bodies: Bodies, *, max_list: int) -> None:
        self._feedback = rule
        self._calls = calls
        self._bodies = bodies
        self._max_list = max_list

    async def CreateFeedbackBody(
        self, request: feedback_pb2.CreateFeedbackBodyRequest, context: grpc.aio.ServicerContext
    ) -> feedback_pb2.Feedback:
        draft = await self._draft(request.body)
        return feedback_message(await self._calls.create(draft, current_call(), request.chatflow_id))

    async def UpdateFeedbackBody(
        self, request: feedback_pb2.UpdateFeedbackBodyRequest, context: grpc.aio.ServicerContext
    ) -> feedback_pb2.UpdateFeedbackBodyResponse:
        await self._calls.update(request.feedback_id, await self._draft(request.body), current_call())
        return UPDATED

    async def ListFeedbackArray(
        self, request: feedback_pb2.ListFeedbackArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[feedback_pb2.Feedback]:
        values = values_of(request)
        query = feedback_listing(request.chatflow_id, values, (*request.feedback_type, *request.feedback_type_list))
        page, limit = positive(values, "page"), limit_of(values, self._max_list)
        workspace_id = current_call().workspace_id
        if page and limit:
            without_token(request.page_token)
            rows = await self._feedback.numbered_page(workspace_id, query, page, limit)
        else:
            rows, following = await self._feedback.page(workspace_id, query, limit or 0, request.page_token)
            if following:
                await context.send_initial_metadata(((NEXT_PAGE, following),))
        # The whole list first: a failure behind the first row would reach the caller as a valid, shorter array.
        for message in [feedback_message(row) for row in rows]:
            yield message

    async def _draft(self, body: HttpBody) -> FeedbackDraft:
        """What a body holds; an explicit null and an empty id count as absent. Raises ``InvalidInput``."""
        fields = await self._bodies.json(body.data, FEEDBACK)
        return FeedbackDraft(
            message_id=fields.get("messageId"),
            chatflow_id=fields.get("chatflowid") or None,
            chat_id=optional_id(fields.get("chatId"), "chatId"),
            rating=fields.get("rating"),
            content=fields.get("content"),
        )


def _feedback(domain: Domain) -> object:
    rule = domain.rule(FeedbackService)
    calls = FeedbackCalls(rule, domain.admission)
    return FeedbackRestServicer(rule, calls, domain.bodies, max_list=domain.settings.max_list)


SERVICES = (Service(feedback_pb2_grpc.add_FeedbackRestServiceServicer_to_server, _feedback),)
