"""What callers may say about messages, and what it means (contract §5.1, §5.4). The doors pass plain values."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from tradewind_server.chats.ports import ChatMessage, MessageFilter
from tradewind_server.errors import InvalidInput, Reason

CHAT_TYPES = ("INTERNAL", "EXTERNAL", "EVALUATION", "MCP", "SCHEDULED", "WEBHOOK")
SELECTING = ("chat_id", "session_id", "memory_type", "message_id", "start_date", "end_date")
PUBLIC_NAMES = {
    "chat_id": "chatId",
    "session_id": "sessionId",
    "memory_type": "memoryType",
    "message_id": "messageId",
    "start_date": "startDate",
    "end_date": "endDate",
}


def invalid(message: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_FILTER, message)


def parse_date(text: str, name: str) -> datetime:
    """An ISO 8601 date or date-time; a date alone is midnight, and what names no zone is UTC."""
    try:
        moment = datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else text.strip())
    except ValueError:
        raise invalid(f"{name} is not a date; write it like 2025-01-31 or 2025-01-31T08:00:00Z.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def chat_types(values: Sequence[str]) -> tuple[str, ...]:
    """The chat types asked for: single, repeated, or a JSON array text."""
    names: list[Any] = []
    for value in values:
        if value.startswith("["):
            try:
                parsed = orjson.loads(value)
            except orjson.JSONDecodeError:
                raise invalid("chatType is not a JSON array.") from None
            names += parsed
        else:
            names.append(value)
    for name in names:
        if name not in CHAT_TYPES:
            raise invalid(f"chatType must be one of {', '.join(CHAT_TYPES)}.")
    return tuple(names)


def is_descending(order: str | None, sort: str | None) -> bool:
    """``sort`` is the seeds' word for ``order``; ``order`` wins where both stand."""
    name, value = ("order", order) if order is not None else ("sort", sort)
    if value is None:
        return False
    if value.upper() not in ("ASC", "DESC"):
        raise invalid(f"{name} must be ASC or DESC.")
    return value.upper() == "DESC"


def message_filter(
    chatflow_id: str, given: Mapping[str, str | None], types: Sequence[str] = (), *, descending: bool = False
) -> MessageFilter:
    """The filter behind a caller's values; None is absent, and an empty value is refused rather than read as "all"."""
    values = {name: given.get(name) for name in SELECTING}
    for name, value in values.items():
        if value == "":
            raise invalid(f"{PUBLIC_NAMES[name]} is empty; leave it out to select all.")
    start, end = values["start_date"], values["end_date"]
    return MessageFilter(
        chatflow_id=chatflow_id,
        chat_types=chat_types(types),
        chat_id=values["chat_id"],
        session_id=values["session_id"],
        memory_type=values["memory_type"],
        message_id=values["message_id"],
        start_date=parse_date(start, "startDate") if start else None,
        end_date=parse_date(end, "endDate") if end else None,
        descending=descending,
    )


def selects_all(filters: MessageFilter) -> bool:
    """Whether a filter leaves nothing out."""
    return filters == MessageFilter(filters.chatflow_id, descending=filters.descending)


def check_deletion(filters: MessageFilter, *, all_named: bool | None, ordered: bool) -> None:
    """Refuse deletions that are wider than they look.

    ``all_named`` is None where the bare call clears the chatflow by documented habit (REST), else whether the caller
    asked for all by name. ``ordered`` says that an order was given: alone it hints at a lost filter.
    """
    if not selects_all(filters):
        if all_named:
            raise invalid("all_of_chatflow and a filter contradict each other; send one of them.")
        return
    if ordered:
        raise invalid("sort and order do not select messages to delete; add a filter, or leave them out to delete all.")
    if all_named is False:
        raise invalid("Nothing selects the messages to delete; add a filter, or set all_of_chatflow.")


def page_token(message: ChatMessage) -> str:
    """An opaque token that continues behind a message."""
    raw = orjson.dumps([message.created_date.isoformat(), message.id])
    return base64.urlsafe_b64encode(raw).decode()


def parse_page_token(token: str) -> tuple[datetime, str] | None:
    if not token:
        return None
    try:
        moment, identity = orjson.loads(base64.urlsafe_b64decode(token))
        return datetime.fromisoformat(moment), str(identity)
    except (ValueError, TypeError, binascii.Error):
        raise invalid("The page token is not one of ours; start again without it.") from None
