"""Optional fields of a request as a mapping, and what lists make of ``page`` and ``limit``."""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.message import Message

from tradewind_server.errors import InvalidInput, Reason


def given(request: Message) -> dict[str, str | None]:
    """Every ``optional string`` that was sent, also an empty one, which is not the same as none."""
    return {
        descriptor.name: value
        for descriptor, value in request.ListFields()
        if descriptor.has_presence and isinstance(value, str)
    }


def positive(values: Mapping[str, str | None], name: str) -> int | None:
    """A whole number from 1, or None where nothing was sent. Raises ``InvalidInput(INVALID_FILTER)``."""
    text = values.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise InvalidInput(Reason.INVALID_FILTER, f"{name} must be a whole number from 1.")
    return int(text)


def limit_of(values: Mapping[str, str | None], most: int) -> int | None:
    """``limit``, which may stand alone; a ``page`` may not. Raises ``InvalidInput(INVALID_FILTER)``."""
    limit = positive(values, "limit")
    if limit is None and values.get("page") is not None:
        raise InvalidInput(Reason.INVALID_FILTER, "page needs a limit; send limit too.")
    if limit is not None and limit > most:
        raise InvalidInput(Reason.INVALID_FILTER, f"limit must be at most {most}.")
    return limit
