"""``FeedbackService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import feedback_pb2, feedback_pb2_grpc

from tradewind_server.chats.feedback import FeedbackService
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.feedback_calls import FeedbackCalls
from tradewind_server.rpc.mapping.feedback import changed_feedback, feedback_listing, new_feedback
from tradewind_server.rpc.mapping.parts import feedback
from tradewind_server.rpc.service import Domain, Service


class FeedbackServicer(feedback_pb2_grpc.FeedbackServiceServicer):
    """Maps requests and responses around :class:`FeedbackService`."""

    def __init__(self, rule: FeedbackService, calls: FeedbackCalls) -> None:
        self._feedback = rule
        self._calls = calls

    async def CreateFeedback(
        self, request: feedback_pb2.CreateFeedbackRequest, context: grpc.aio.ServicerContext
    ) -> feedback_pb2.CreateFeedbackResponse:
        result = await self._calls.create(new_feedback(request), current_call())
        return feedback_pb2.CreateFeedbackResponse(feedback=feedback(result))

    async def UpdateFeedback(
        self, request: feedback_pb2.UpdateFeedbackRequest, context: grpc.aio.ServicerContext
    ) -> feedback_pb2.UpdateFeedbackResponse:
        result = await self._calls.update(request.feedback_id, changed_feedback(request), current_call())
        return feedback_pb2.UpdateFeedbackResponse(feedback=feedback(result))

    async def ListFeedback(
        self, request: feedback_pb2.ListFeedbackRequest, context: grpc.aio.ServicerContext
    ) -> feedback_pb2.ListFeedbackResponse:
        query = feedback_listing(request)
        rows, token = await self._feedback.page(current_call().workspace_id, query, request.page_size, request.page_token)
        return feedback_pb2.ListFeedbackResponse(feedback=[feedback(row) for row in rows], next_page_token=token)


def _feedback(domain: Domain) -> object:
    rule = domain.rule(FeedbackService)
    return FeedbackServicer(rule, FeedbackCalls(rule, domain.admission))


SERVICES = (Service(feedback_pb2_grpc.add_FeedbackServiceServicer_to_server, _feedback),)
