"""Ids of chat messages: UUIDs that grow with time."""

from __future__ import annotations

import secrets
import uuid

from tradewind_server.errors import NotFound, Reason

COUNTED_DIGITS = 12
"""Hexadecimal digits at the end of an id that count in ids of one batch: those of the last group."""

RANDOM_BITS = 74
VERSION_7, VARIANT = 7, 0b10


def message_id(unix_ms: int) -> str:
    """A UUID of version 7 (RFC 9562 §5.7) for a moment, in milliseconds since 1970.

    A new row then goes to the end of the table's first index, beside the last ones. With random ids each goes to a page of
    its own, which is half of what storing a turn costs once there are a hundred thousand messages.
    """
    random = secrets.randbits(RANDOM_BITS)
    high = (unix_ms & 0xFFFF_FFFF_FFFF) << 16 | VERSION_7 << 12 | random >> 62
    low = VARIANT << 62 | random & (1 << 62) - 1
    return str(uuid.UUID(int=high << 64 | low))


def message_not_found(message_id: str) -> NotFound:
    """What is said of a message that is not there, or that is another chatflow's."""
    return NotFound(Reason.CHAT_MESSAGE_NOT_FOUND, f"Message {message_id} not found")


def counted_from(first_id: str) -> tuple[str, int]:
    """What ids of one batch have in common, and the number that the first of them ends with.

    They count up from a random number (RFC 9562 §6.2, method 2). Half of all numbers stay free above it.
    """
    return first_id[:-COUNTED_DIGITS], int(first_id[-COUNTED_DIGITS:], 16) >> 1
