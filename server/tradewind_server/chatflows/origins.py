"""Web pages that may call a chatflow: those whose origin its owner listed, or any where the list is empty."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import orjson

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.errors import PermissionDenied, Reason

PORTS = {"http": 80, "https": 443}
LONGEST = 1000
LONGEST_SENTENCE = 500
REFUSAL = "This site is not allowed to access this chatbot"
Origin = tuple[str, str, int | None]
"""Scheme, host and port. The scheme is "" and the port None where an entry of the list leaves them open."""


def check_origin(chatflow: Chatflow, origin: str | None) -> None:
    """Refuse web pages that the owner did not list. A call without an Origin header comes from no page."""
    if not origin or not chatflow.chatbot_config:
        return
    try:
        config = orjson.loads(chatflow.chatbot_config)
    except orjson.JSONDecodeError:
        return
    listed = config.get("allowedOrigins") if isinstance(config, dict) else None
    wanted = [one for one in listed if isinstance(one, str) and one.strip()] if isinstance(listed, list) else []
    if wanted and not _is_listed(origin, wanted):
        raise PermissionDenied(Reason.ORIGIN_NOT_ALLOWED, _sentence(config.get("allowedOriginsError")))


def _is_listed(origin: str, wanted: list[str]) -> bool:
    page = read_origin(origin)
    if page is None or not page[0]:
        return False
    return any(_matches(page, entry) for entry in map(read_origin, wanted) if entry is not None)


def _matches(page: Origin, entry: Origin) -> bool:
    """Scheme, host and port; an entry without a scheme, such as ``example.com``, means the host over http and https alike."""
    scheme, host, port = entry
    return page[1] == host and scheme in ("", page[0]) and (port or PORTS.get(page[0])) == page[2]


def read_origin(text: str) -> Origin | None:
    """The origin in a header or in the owner's list; None for what is none, such as ``null`` or a damaged address."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return None
    if not host:
        return None
    return parts.scheme, host.lower().rstrip("."), port or PORTS.get(parts.scheme)


def _sentence(given: Any) -> str:
    return given[:LONGEST_SENTENCE] if isinstance(given, str) and given.strip() else REFUSAL
