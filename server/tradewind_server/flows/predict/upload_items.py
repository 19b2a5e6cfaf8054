"""The items of ``uploads`` in a JSON body, and the bytes that stand in them (docs/contract.md §6.1)."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.media_types import declared_type

URL, FULL, RAG, AUDIO = "url", "file:full", "file:rag", "audio"
STORED_FILE, STORED_FILE_FULL = "stored-file", "stored-file:full"
SORTS = ("file", RAG, FULL, AUDIO, URL, STORED_FILE, STORED_FILE_FULL)
WEB = ("http://", "https://")
LONGEST_NAME = 1000
BASE64 = ";base64,"
LONGEST_HEAD = 300
OF_URLS = str.maketrans("-_", "+/")
PIECE = 1 << 18
"""Characters of base64 decoded at once; a multiple of four."""


def invalid(message: str) -> InvalidInput:
    return InvalidInput(Reason.UPLOAD_INVALID, message)


@dataclass(frozen=True, slots=True)
class UploadItem:
    """One item of ``uploads``. ``place`` names it in messages: ``uploads[0]``. ``mime`` is as declared, with parameters."""

    place: str
    sort: str
    name: str
    mime: str
    media_type: str
    """What of ``mime`` is stored: strictly a media type, or nothing."""
    data: str = field(repr=False)


def parse_items(uploads: Any) -> list[UploadItem]:
    """The items of ``uploads``; null items are skipped."""
    if not uploads:
        return []
    if not isinstance(uploads, list):
        raise invalid("uploads must be a list of {data, type, name, mime} items.")
    return [_item(f"uploads[{index}]", raw) for index, raw in enumerate(uploads) if raw is not None]


def _item(place: str, raw: Any) -> UploadItem:
    if not isinstance(raw, dict):
        raise invalid(f"{place} must be an object with data, type, name and mime.")
    values: dict[str, str] = {}
    for name in ("type", "name", "mime", "data"):
        value = raw.get(name)
        if value is not None and not isinstance(value, str):
            raise invalid(f"{place}.{name} must be a text.")
        values[name] = value or ""
    sort, data = values["type"], _plain_uri(values["data"])
    if sort not in SORTS:
        raise invalid(f"{place}.type must be one of {', '.join(SORTS)}.")
    # The two are told apart by the data as well: examples leave open which type goes with which.
    if sort in ("file", AUDIO) and data.startswith(WEB):
        if sort == AUDIO and not values["mime"].startswith("audio/"):
            values["mime"] = "audio/mpeg"
        sort = URL
    elif sort == URL and data.startswith("data:"):
        sort = "file"
    if not data and sort not in (STORED_FILE, STORED_FILE_FULL, RAG):
        raise invalid(f"{place}.data is missing.")
    return UploadItem(place, sort, _display_name(values["name"]), values["mime"], declared_type(values["mime"], place), data)


def _plain_uri(data: str) -> str:
    """A data URI with its scheme and its mark of base64 in small letters, which mean the same; other texts as they are."""
    head = data[:LONGEST_HEAD].partition(",")[0]
    return head.lower() + data[len(head) :] if head[:5].lower() == "data:" and not head.islower() else data


def _display_name(name: str) -> str:
    """A name as it is stored and shown: nothing invisible in it, of a bounded length."""
    plain = "".join(char for char in name if char.isprintable())
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 20] + plain[-20:]


def data_uri(mime: str, data: bytes) -> str:
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


def _decode_base64(text: str) -> bytes:
    """The bytes behind base64, also in the alphabet of URLs, percent-encoded or in lines. Raises ``ValueError``."""
    if "%" in text:
        text = unquote(text)
    if "-" in text or "_" in text:
        text = text.translate(OF_URLS)
    if " " in text and "\n" not in text:  # What forms make of a plus sign; else blanks between groups.
        with suppress(ValueError):
            return _decode_plain(text.strip().replace(" ", "+"))
    if any(space in text for space in " \r\n\t"):
        text = "".join(text.split())
    return _decode_plain(text)


def _decode_plain(text: str) -> bytes:
    """Piece by piece: one call over a large text would hold up every other thread."""
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)] or [""]
    pieces[-1] += "=" * (-len(text) % 4)
    return b"".join(binascii.a2b_base64(piece, strict_mode=True) for piece in pieces)


def decode(item: UploadItem) -> tuple[str, bytes]:
    """Media type, with its parameters, and bytes of a data URI; the type of the item where the URI names none."""
    if not item.data.startswith("data:"):
        raise invalid(f"{item.place}.data must be a data URI, such as data:image/png;base64,….")
    head, mark, body = item.data.partition(BASE64)
    if mark and len(head) <= LONGEST_HEAD:
        try:
            data = _decode_base64(body)
        except ValueError:
            raise invalid(f"{item.place}.data is not valid base64; send it whole.") from None
    else:
        head, _, body = item.data.partition(",")
        data = unquote_to_bytes(body)
    return head[5:].strip().lower() if head[5:6] not in ("", ";") else item.mime + head[5:], data
