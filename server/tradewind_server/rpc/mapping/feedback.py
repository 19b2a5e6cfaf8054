"""Maps requests of ``FeedbackService`` to drafts and lists of feedback."""

from __future__ import annotations

from tradewind.v1 import common_pb2
from tradewind.v1 import feedback_pb2 as pb

from tradewind_server.chatflows.ids import check_id
from tradewind_server.chats.dates import end_of_millisecond
from tradewind_server.chats.feedback import FeedbackDraft, FeedbackListing
from tradewind_server.chats.ports import FeedbackFilter
from tradewind_server.rpc.mapping.chat_messages import moment
from tradewind_server.rpc.mapping.parts import RATING_NAMES


def new_feedback(request: pb.CreateFeedbackRequest) -> FeedbackDraft:
    return FeedbackDraft(
        message_id=request.message_id,
        chatflow_id=request.chatflow_id if request.HasField("chatflow_id") else None,
        chat_id=request.chat_id if request.HasField("chat_id") else None,
        rating=RATING_NAMES.get(request.rating),
        content=request.content if request.HasField("content") else None,
    )


def changed_feedback(request: pb.UpdateFeedbackRequest) -> FeedbackDraft:
    return FeedbackDraft(
        rating=RATING_NAMES.get(request.rating), content=request.content if request.HasField("content") else None
    )


def feedback_listing(request: pb.ListFeedbackRequest) -> FeedbackListing:
    """Raises ``InvalidInput(INVALID_FILTER)`` for a timestamp outside the years 1 to 9999."""
    filters = FeedbackFilter(
        chatflow_id=check_id(request.chatflow_id),
        chat_id=request.chat_id if request.HasField("chat_id") else None,
        ratings=tuple(RATING_NAMES[one] for one in dict.fromkeys(request.ratings)),
        start_date=moment(request.start_time, "startTime") if request.HasField("start_time") else None,
        end_date=end_of_millisecond(moment(request.end_time, "endTime")) if request.HasField("end_time") else None,
    )
    return FeedbackListing(filters, request.order == common_pb2.SORT_ORDER_DESC)
