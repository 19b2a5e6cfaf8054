"""Headers that a flow, a credential or a caller names, on their way to another server: one strict form for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}")
"""The token of RFC 9110. With a colon or a blank in it a name would be another header, and part of its value."""
LONGEST_VALUE = 16_384
THE_CONNECTIONS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that belong to the connection and are never taken from elsewhere; nor are those that begin with ``proxy-``."""


def own_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that may be sent, without those of the connection. Raises ``ValueError`` for one that is no header."""
    return {name: value for name, value in headers.items() if _is_header(name, value) and not _is_the_connections(name)}


def _is_header(name: str, value: str) -> bool:
    if not NAME.fullmatch(name) or not is_header_value(value):
        raise ValueError("no header")
    return True


def is_header_value(value: str) -> bool:
    """Whether a text may stand in a header: no line break and no other control character, whole characters only."""
    if len(value) > LONGEST_VALUE or any((char < " " and char != "\t") or char == "\x7f" for char in value):
        return False
    return not any("\ud800" <= char <= "\udfff" for char in value)


def _is_the_connections(name: str) -> bool:
    return name.lower() in THE_CONNECTIONS or name.lower().startswith("proxy-")
