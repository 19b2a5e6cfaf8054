"""Media types that callers declare. They are stored and go out as a header, so one strict form counts, in and out."""

from __future__ import annotations

import re

from tradewind_server.errors import InvalidInput, Reason

UNKNOWN = "application/octet-stream"
# The names of RFC 6838, in small letters.
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
LONGEST_DECLARED = 500
"""Characters, parameters included."""
INLINE_TYPES = frozenset({
    "application/pdf", "text/plain", "text/csv", "text/markdown",
    "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/tiff", "image/x-icon", "image/heic",
    "audio/aac", "audio/amr", "audio/flac", "audio/m4a", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "audio/webm",
    "video/mp4", "video/ogg", "video/webm",
})  # fmt: skip
"""What a browser shows, plays or saves without running anything."""


def declared_type(text: str, what: str) -> str:
    """The media type in a declaration, without its parameters, in small letters; "" where it is none that can be read.

    ``what`` names the file in messages. Raises ``InvalidInput(UPLOAD_INVALID)`` for characters that no header may hold.
    """
    if len(text) > LONGEST_DECLARED or not all(" " <= char <= "~" or char == "\t" for char in text):
        raise InvalidInput(
            Reason.UPLOAD_INVALID, f"{what} has no valid media type; send one such as application/pdf, or leave it out."
        )
    media_type = text.partition(";")[0].strip().lower()
    return media_type if MEDIA_TYPE.fullmatch(media_type) else ""


def stored_type(value: object) -> str:
    """A media type as it was stored, perhaps by an earlier version of this server; ``UNKNOWN`` where it is none."""
    return value if isinstance(value, str) and MEDIA_TYPE.fullmatch(value) else UNKNOWN


def served_type(mime: str) -> str:
    """The media type under which a stored file goes out: its own if a browser runs nothing of that type."""
    return mime if mime in INLINE_TYPES else UNKNOWN
