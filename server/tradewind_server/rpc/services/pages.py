"""Page tokens of lists that are read by offset."""

from __future__ import annotations

from tradewind_server.errors import InvalidInput, Reason

LONGEST_TOKEN = 9


def offset_of(token: str) -> int:
    """The rows before a page; 0 for an empty token. Raises ``InvalidInput(INVALID_FILTER)`` for any other text."""
    if not token:
        return 0
    if not token.isascii() or not token.isdigit() or len(token) > LONGEST_TOKEN:
        raise InvalidInput(Reason.INVALID_FILTER, "The page token is not one of ours; start again without it.")
    return int(token)


def next_token(offset: int, count: int, total: int) -> str:
    """The token of the page behind ``count`` rows from ``offset``; empty where nothing follows."""
    behind = offset + count
    return str(behind) if count and behind < total else ""
