"""Maps stored messages to ``tradewind.v1`` messages, and their filters to domain filters."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from tradewind.v1 import chat_message_pb2 as pb
from tradewind.v1 import common_pb2

from tradewind_server.chatflows.ids import check_id
from tradewind_server.chats.dates import end_of_millisecond
from tradewind_server.chats.filters import Listing
from tradewind_server.chats.ports import ChatMessage, ChatSession, MessageFilter
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.llm.usage import usage_from_json
from tradewind_server.rpc.mapping.parts import (
    CHAT_TYPE_NAMES,
    CHAT_TYPES,
    RATING_NAMES,
    ROLES,
    artifacts,
    feedback,
    file_annotations,
    follow_up_prompts,
    source_documents,
    timestamp,
    token_usage,
    used_tools,
)

ROWS_AT_ONCE = 50
KINDS = {
    "file:full": common_pb2.ATTACHMENT_KIND_FULL_TEXT,
    "stored-file:full": common_pb2.ATTACHMENT_KIND_FULL_TEXT,
    "file:rag": common_pb2.ATTACHMENT_KIND_RETRIEVED,
    "audio": common_pb2.ATTACHMENT_KIND_AUDIO,
}


async def chat_messages(rows: Iterable[ChatMessage], *, with_feedback: bool) -> list[pb.ChatMessage]:
    """The messages of a list. It yields to the event loop now and then, because rows may hold whole documents."""
    messages = []
    for row in rows:
        messages.append(chat_message(row, with_feedback=with_feedback))
        if len(messages) % ROWS_AT_ONCE == 0:
            await asyncio.sleep(0)
    return messages


def chat_message(row: ChatMessage, *, with_feedback: bool = False) -> pb.ChatMessage:
    return pb.ChatMessage(
        id=row.id,
        role=ROLES[row.role],
        chatflow_id=row.chatflow_id,
        content=row.content,
        chat_type=CHAT_TYPES.get(row.chat_type),
        chat_id=row.chat_id,
        session_id=row.session_id,
        memory_type=row.memory_type or None,
        create_time=timestamp(row.created_date),
        source_documents=source_documents(row.source_documents),
        used_tools=used_tools(row.used_tools),
        file_annotations=file_annotations(row.file_annotations),
        artifacts=artifacts(row.artifacts),
        attachments=[_attachment(item) for item in row.file_uploads or () if isinstance(item, Mapping)],
        lead_email=row.lead_email,
        follow_up_prompts=follow_up_prompts(row.follow_up_prompts),
        execution_id=row.execution_id,
        feedback=feedback(row.feedback) if with_feedback and row.feedback else None,
        usage=token_usage(usage_from_json(row.usage)),
        edit_time=timestamp(row.edited_date) if row.edited_date else None,
    )


def _attachment(item: Mapping[str, Any]) -> common_pb2.StoredAttachment:
    kind = KINDS.get(str(item.get("type")), common_pb2.ATTACHMENT_KIND_UNSPECIFIED)
    url = str(item.get("data") or "") if item.get("type") == "url" else None
    return common_pb2.StoredAttachment(name=str(item.get("name") or ""), mime=str(item.get("mime") or ""), kind=kind, url=url)


def chat_session(session: ChatSession) -> pb.ChatSession:
    return pb.ChatSession(
        session_id=session.session_id,
        chat_id=session.chat_id,
        message_count=session.message_count,
        first_time=timestamp(session.first_date),
        last_time=timestamp(session.last_date),
    )


def message_filter(chatflow_id: str, message: pb.ChatMessageFilter) -> MessageFilter:
    """The filter of a request. Raises ``InvalidInput(INVALID_FILTER)``, also for a timestamp outside the years 1 to 9999."""
    return MessageFilter(
        chatflow_id=check_id(chatflow_id),
        chat_types=tuple(CHAT_TYPE_NAMES[one] for one in dict.fromkeys(message.chat_types)),
        chat_id=message.chat_id if message.HasField("chat_id") else None,
        session_id=message.session_id if message.HasField("session_id") else None,
        memory_type=message.memory_type if message.HasField("memory_type") else None,
        message_id=message.message_id.lower() if message.HasField("message_id") else None,
        start_date=moment(message.start_time, "filter.startTime") if message.HasField("start_time") else None,
        end_date=end_of_millisecond(moment(message.end_time, "filter.endTime")) if message.HasField("end_time") else None,
        ratings=tuple(RATING_NAMES[one] for one in dict.fromkeys(message.ratings)),
    )


def listing(filters: MessageFilter, order: int, with_feedback: bool | None = None) -> Listing:
    """The filter, order and feedback of a list request. Ratings imply feedback unless the request excludes it."""
    feedback_wanted = bool(filters.ratings) if with_feedback is None else with_feedback
    return Listing(filters, order == common_pb2.SORT_ORDER_DESC, feedback_wanted)


def moment(value: Timestamp, name: str) -> datetime:
    """The time of a filter's field. Raises ``InvalidInput(INVALID_FILTER)`` outside the years 1 to 9999."""
    try:
        return value.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise InvalidInput(Reason.INVALID_FILTER, f"{name} is no time between the years 1 and 9999.") from None
