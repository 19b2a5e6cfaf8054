"""Web pages that may call a chatflow: those whose origin its owner listed, or any where the list is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tradewind_server.errors import PermissionDenied, Reason

PORTS = {"http": 80, "https": 443}
LONGEST = 1000
LONGEST_SENTENCE = 500
REFUSAL = "This site is not allowed to access this chatbot"
Origin = tuple[str, str, int | None]
"""Scheme, host and port. The scheme is "" and the port None where an entry of the list leaves them open."""


@dataclass(frozen=True, slots=True)
class AllowedOrigins:
    """The web pages that may call a chatflow. ``origins`` is None where its owner listed none: then any page may."""

    origins: tuple[Origin, ...] | None = None
    refusal: str = REFUSAL

    def check(self, origin: str | None) -> None:
        """Refuse pages that are not listed. A call without an Origin header comes from no page.

        Raises ``PermissionDenied(ORIGIN_NOT_ALLOWED)`` with the owner's sentence.
        """
        if not origin or self.origins is None:
            return
        page = read_origin(origin)
        if page is None or not page[0] or not any(_matches(page, entry) for entry in self.origins):
            raise PermissionDenied(Reason.ORIGIN_NOT_ALLOWED, self.refusal)


def allowed_origins(values: Any, sentence: Any) -> AllowedOrigins:
    """``allowedOrigins`` and ``allowedOriginsError`` of a ``chatbotConfig``. Entries that are no origin match no page."""
    entries = [one for one in values if isinstance(one, str) and one.strip()] if isinstance(values, list) else []
    if not entries:
        return AllowedOrigins()
    origins = tuple(origin for origin in map(read_origin, entries) if origin is not None)
    return AllowedOrigins(origins, _sentence(sentence))


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


def _sentence(text: Any) -> str:
    return text[:LONGEST_SENTENCE] if isinstance(text, str) and text.strip() else REFUSAL
