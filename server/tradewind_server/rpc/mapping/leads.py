"""Maps leads and requests of ``LeadService``."""

from __future__ import annotations

from tradewind.v1 import common_pb2
from tradewind.v1 import lead_pb2 as pb

from tradewind_server.chatflows.ids import check_id
from tradewind_server.chats.dates import end_of_millisecond
from tradewind_server.chats.leads import Lead, LeadDraft, LeadFilter, LeadListing
from tradewind_server.rpc.mapping.chat_messages import moment
from tradewind_server.rpc.mapping.parts import timestamp


def new_lead(request: pb.CreateLeadRequest) -> LeadDraft:
    return LeadDraft(
        chat_id=request.chat_id if request.HasField("chat_id") else None,
        name=request.name if request.HasField("name") else None,
        email=request.email if request.HasField("email") else None,
        phone=request.phone if request.HasField("phone") else None,
    )


def lead_listing(request: pb.ListLeadsRequest) -> LeadListing:
    """Raises ``InvalidInput(INVALID_FILTER)`` for a timestamp outside the years 1 to 9999."""
    filters = LeadFilter(
        chatflow_id=check_id(request.chatflow_id),
        chat_id=request.chat_id if request.HasField("chat_id") else None,
        start_date=moment(request.start_time, "startTime") if request.HasField("start_time") else None,
        end_date=end_of_millisecond(moment(request.end_time, "endTime")) if request.HasField("end_time") else None,
    )
    return LeadListing(filters, request.order == common_pb2.SORT_ORDER_DESC)


def lead(row: Lead) -> pb.Lead:
    return pb.Lead(
        id=row.id,
        chatflow_id=row.chatflow_id,
        chat_id=row.chat_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        create_time=timestamp(row.created_date),
    )
