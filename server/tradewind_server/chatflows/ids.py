"""Ids of chatflows, chats and sessions as callers send them."""

from __future__ import annotations

import re
import uuid
from typing import Any

from tradewind_server.errors import InvalidInput, NotFound, Reason

UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
LONGEST_ID = 255
"""Most characters of a conversation's or a session's id: the width of its database column."""


def check_id(chatflow_id: str) -> str:
    """The chatflow's id in lower case. Raises ``InvalidInput(INVALID_CHATFLOW_ID)`` for a text that is not a UUID."""
    if not UUID.fullmatch(chatflow_id):
        raise InvalidInput(Reason.INVALID_CHATFLOW_ID, "Invalid Chatflow ID: it must be a UUID.")
    return str(uuid.UUID(chatflow_id)) if chatflow_id != chatflow_id.lower() else chatflow_id


def not_found(chatflow_id: str) -> NotFound:
    """What is said of a chatflow that is not there, or that is another workspace's."""
    return NotFound(Reason.CHATFLOW_NOT_FOUND, f"Chatflow {chatflow_id} not found")


def optional_id(value: Any, name: str) -> str | None:
    """The id of a conversation or a session; None for null and for an empty text.

    ``name`` is the field's name in error messages. Raises ``InvalidInput(INVALID_ARGUMENT)`` for another type, for more than
    ``LONGEST_ID`` characters and for U+0000.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"Invalid {name}: must be a string.")
    if len(value) > LONGEST_ID:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"Invalid {name}: must have at most {LONGEST_ID} characters.")
    if "\x00" in value:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"Invalid {name}: must not hold the character U+0000.")
    return value
