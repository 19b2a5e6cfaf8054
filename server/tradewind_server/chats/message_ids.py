"""Ids of chat messages: UUIDs that grow with time."""

from __future__ import annotations

import secrets
import uuid

from tradewind_server.errors import NotFound, Reason

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
