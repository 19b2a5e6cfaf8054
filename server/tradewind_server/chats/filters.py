"""Filters of message lists and deletions, from the callers' plain values (docs/contract.md §8.1, §8.4)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from tradewind_server.chatflows.ids import check_id
from tradewind_server.chats.dates import end_of_millisecond, parse_date
from tradewind_server.chats.ports import MessageFilter, Position
from tradewind_server.errors import InvalidInput, Reason

CHAT_TYPES = ("INTERNAL", "EXTERNAL", "EVALUATION", "MCP", "SCHEDULED", "WEBHOOK")
RATINGS = ("THUMBS_UP", "THUMBS_DOWN")
PUBLIC_NAMES = {
    "chat_id": "chatId",
    "session_id": "sessionId",
    "memory_type": "memoryType",
    "message_id": "messageId",
    "start_date": "startDate",
    "end_date": "endDate",
}
FURTHEST_ROW = 2**31
"""Most rows before a numbered page."""
YES = ("true", "1")
NO = ("false", "0", "")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as a caller asks for it, but for the part of it."""

    filters: MessageFilter
    descending: bool = False
    with_feedback: bool = False


def invalid(message: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_FILTER, message)


def date_of(text: str, name: str) -> datetime:
    try:
        return parse_date(text)
    except ValueError:
        raise invalid(f"{name} is not a date; write it like 2025-01-31 or 2025-01-31T08:00:00Z.") from None


def choices(values: Sequence[str], name: str, options: Sequence[str]) -> tuple[str, ...]:
    """Values out of a few: a single one, repeated ones, or a JSON array text. Nothing named is no filter; an empty list is
    refused."""
    words: list[Any] = []
    for value in values:
        if value.startswith("["):
            try:
                value_list = orjson.loads(value)
            except orjson.JSONDecodeError:
                raise invalid(f"{name} is not a JSON array.") from None
            words += value_list or [None]
        else:
            words.append(value)
    for word in words:
        if word not in options:
            raise invalid(f"{name} must be one of {', '.join(options)}.")
    return tuple(dict.fromkeys(words))


def is_descending(order: str | None, alias: str | None, alias_name: str = "sort") -> bool:
    """``alias`` is the value under another name of ``order``, one in published documentation; ``order`` wins where both
    stand."""
    name, value = ("order", order) if order is not None else (alias_name, alias)
    if value is None:
        return False
    if value.upper() not in ("ASC", "DESC"):
        raise invalid(f"{name} must be ASC or DESC.")
    return value.upper() == "DESC"


def flag(text: str | None, name: str) -> bool | None:
    """A boolean as text; "false" is false. None where nothing was said."""
    if text is None:
        return None
    if text.lower() not in YES + NO:
        raise invalid(f"{name} must be true or false.")
    return text.lower() in YES


def period(values: Mapping[str, str | None]) -> tuple[datetime | None, datetime | None]:
    """The dates behind ``start_date`` and ``end_date``; of the latter the whole millisecond counts.

    Raises ``InvalidInput(INVALID_FILTER)``.
    """
    start, end = values.get("start_date"), values.get("end_date")
    return (
        date_of(start, "startDate") if start else None,
        end_of_millisecond(date_of(end, "endDate")) if end else None,
    )


def unless_empty(values: Mapping[str, str | None], names: Mapping[str, str]) -> None:
    """Refuse empty values of filters, which must not be read as "all". ``names`` are their public names."""
    for name, public in names.items():
        if values.get(name) == "":
            raise invalid(f"{public} is empty; leave it out to select all.")


def message_filter(
    chatflow_id: str, parameters: Mapping[str, str | None], types: Sequence[str] = (), ratings: Sequence[str] = ()
) -> MessageFilter:
    """The filter behind a caller's values; None is absent, and an empty value is refused rather than read as "all"."""
    values = {name: parameters.get(name) for name in PUBLIC_NAMES}
    unless_empty(values, PUBLIC_NAMES)
    message_id = values["message_id"]
    start, end = period(values)
    return MessageFilter(
        chatflow_id=check_id(chatflow_id),
        chat_types=choices(types, "chatType", CHAT_TYPES),
        chat_id=values["chat_id"],
        session_id=values["session_id"],
        memory_type=values["memory_type"],
        message_id=message_id.lower() if message_id else None,
        start_date=start,
        end_date=end,
        ratings=choices(ratings, "feedbackType", RATINGS),
    )


def listing(
    chatflow_id: str,
    parameters: Mapping[str, str | None],
    types: Sequence[str] = (),
    ratings: Sequence[str] = (),
    *,
    feedback: bool | None = None,
) -> Listing:
    """A list as asked for. Ratings ask for the feedback too, unless the caller said that it is not wanted."""
    filters = message_filter(chatflow_id, parameters, types, ratings)
    descending = is_descending(parameters.get("order"), parameters.get("sort"))
    return Listing(filters, descending, bool(filters.ratings) if feedback is None else feedback)


def selects_all(filters: MessageFilter) -> bool:
    """Whether a filter leaves nothing out."""
    return filters == MessageFilter(filters.chatflow_id)


def check_deletion(filters: MessageFilter, *, all_named: bool | None, with_order: bool) -> None:
    """Refuse deletions that are wider than they look.

    ``all_named`` is None where the bare call clears the chatflow by documented habit (REST), else whether the caller
    asked for all by name. ``with_order`` says that an order was given: alone it hints at a lost filter.
    """
    if not selects_all(filters):
        if all_named:
            raise invalid("all_of_chatflow and a filter contradict each other; send one of them.")
        return
    if with_order:
        raise invalid("sort and order do not select messages to delete; add a filter, or leave them out to delete all.")
    if all_named is False:
        raise invalid("Nothing selects the messages to delete; add a filter, or set all_of_chatflow.")


def page_token(position: Position | None, *, descending: bool) -> str:
    """An opaque token that continues behind a position; empty where nothing follows."""
    if position is None:
        return ""
    raw = orjson.dumps([position.date.isoformat(), position.id, descending])
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def parse_page_token(token: str, *, descending: bool) -> Position | None:
    """The position behind which a list goes on. Raises ``InvalidInput`` also for a token of the other order."""
    if not token:
        return None
    try:
        date, identity, direction = orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        position = Position(datetime.fromisoformat(date).astimezone(UTC), str(identity))
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise invalid("The page token is not one of ours; start again without it.") from None
    if direction is not descending:
        raise invalid("The page token belongs to a list of the other order; keep order and sort as they were.")
    return position
