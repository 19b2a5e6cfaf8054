"""The names in a form part's ``Content-Disposition``, however its client writes what is not ASCII."""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote_to_bytes

from python_multipart.multipart import parse_options_header

from tradewind_server.text.charsets import codec_of

EXTENDED_PARAMETER = re.compile(r'[;\s](name|filename)\*(\d{0,2})(\*?)[ \t]*=[ \t]*("[^"]*"|[^;]*)', re.IGNORECASE)
ENCODED_WORD = re.compile(r"=\?[^?\s]{1,40}\?[bq]\?[^?\s]*\?=", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
MOST_PARAMETERS = 100
"""Reading them takes time that grows with the square of their number."""


def disposition_of(header: bytes) -> tuple[str, str | None]:
    """Name of the field, empty for none, and name of the file if the part is one.

    ``filename*`` wins over ``filename`` (RFC 6266), also in pieces (RFC 2231); encoded words (RFC 2047), as .NET and Java
    write them, are decoded; bytes that are not UTF-8 are read as Windows-1252. Control characters become ``_``.
    """
    if header.count(b";") > MOST_PARAMETERS:
        return "", None
    _, options = parse_options_header(header)
    plain = {key.decode("latin-1"): _decode_words(_text(value)) for key, value in options.items()}
    names = {**plain, **_extended_parameters(_text(header))}
    filename = names.get("filename")
    return CONTROL.sub("_", names.get("name", "")), None if filename is None else CONTROL.sub("_", filename)


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _decode_words(text: str) -> str:
    if not ENCODED_WORD.search(text):
        return text
    try:
        return "".join(_decode(piece, charset) for piece, charset in decode_header(text)) or text
    except (HeaderParseError, Base64Error, LookupError, ValueError):
        return text


def _decode(piece: bytes | str, charset: str | None) -> str:
    """Raises ``LookupError`` for an encoding that no text has."""
    if isinstance(piece, str):
        return piece
    codec = codec_of(charset or "utf-8")
    if codec is None:
        raise LookupError(charset)
    return piece.decode(codec)


def _extended_parameters(header: str) -> dict[str, str]:
    """``name*`` and ``filename*``, those that can be read."""
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, number, is_encoded, value in EXTENDED_PARAMETER.findall(header):
        whole = not number and not is_encoded
        text = value.strip().removeprefix('"').removesuffix('"')
        pieces.setdefault(name.lower(), {})[int(number or 0)] = (whole or bool(is_encoded), text)
    values = {}
    for name, segments in pieces.items():
        text = _join([segments[number] for number in sorted(segments)])
        if text:
            values[name] = text
    return values


def _join(pieces: list[tuple[bool, str]]) -> str | None:
    """The text of an extended value: the first piece names the charset."""
    charset, data = "utf-8", b""
    for index, (is_encoded, text) in enumerate(pieces):
        if is_encoded and index == 0:
            charset, _, rest = text.partition("'")
            text = rest.partition("'")[2]
        data += unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "replace")
    try:
        return _decode(data, charset)
    except (LookupError, ValueError):
        return None
