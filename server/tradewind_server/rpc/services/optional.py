"""Reads optional string fields of REST requests, among them ``page`` and ``limit`` (docs/contract.md §1.5)."""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.message import Message

from tradewind_server.errors import InvalidInput, Reason

NEXT_PAGE = "x-next-page-token"
"""The header of a list that goes on: what to send as ``pageToken``."""


def values_of(request: Message) -> dict[str, str | None]:
    """The ``optional string`` fields that were sent, by field name, empty values included."""
    return {
        descriptor.name: value
        for descriptor, value in request.ListFields()
        if descriptor.has_presence and isinstance(value, str)
    }


def positive(values: Mapping[str, str | None], name: str) -> int | None:
    """A whole number from 1 to 999,999,999, or None when it was not sent. Raises ``InvalidInput(INVALID_FILTER)``."""
    text = values.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise InvalidInput(Reason.INVALID_FILTER, f"{name} must be a whole number from 1.")
    return int(text)


def limit_of(values: Mapping[str, str | None], most: int) -> int | None:
    """``limit``, or None. Raises ``InvalidInput(INVALID_FILTER)`` above ``most``, and for a ``page`` without it."""
    limit = positive(values, "limit")
    if limit is None and values.get("page") is not None:
        raise InvalidInput(Reason.INVALID_FILTER, "page needs a limit; send limit too.")
    if limit is not None and limit > most:
        raise InvalidInput(Reason.INVALID_FILTER, f"limit must be at most {most}.")
    return limit


def without_token(token: str) -> None:
    """Refuse a page token beside a page number. Raises ``InvalidInput(INVALID_FILTER)``."""
    if token:
        raise InvalidInput(Reason.INVALID_FILTER, "pageToken and page contradict each other; send one of them.")
