"""Values that neither database stores, so that no data is stuck on one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tradewind_server.errors import InvalidInput, Reason


def unstorable(cause: Exception | None = None) -> InvalidInput:
    """A value that no column takes."""
    error = InvalidInput(
        Reason.INVALID_ARGUMENT,
        "A text is too long for its field or holds a character that cannot be stored, such as U+0000; change it.",
    )
    error.__cause__ = cause
    return error


def refuse_nul(values: Iterable[Any]) -> None:
    """Raises ``InvalidInput`` where one of the values is a text with a U+0000 in it, which Postgres does not take."""
    for value in values:
        if type(value) is str and "\x00" in value:
            raise unstorable()
