"""Frames of ``application/vnd.amazon.eventstream``: lengths, headers, a payload, and checksums of both."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PRELUDE = struct.Struct(">III")
LENGTH = struct.Struct(">H")
CHECKSUM = 4
LARGEST_FRAME = 16 << 20
TEXT = 7
SIZES = {0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16}
"""Bytes of a header's value by its kind; texts (7) and bytes (6) tell their length."""


@dataclass(frozen=True, slots=True)
class StreamFrame:
    """One frame. Headers that are no texts are left out."""

    headers: dict[str, str]
    payload: bytes


class FrameBuffer:
    """Puts frames together out of the pieces they arrive in. Raises ``ValueError`` for what is no frame."""

    def __init__(self) -> None:
        self._rest = b""

    def add(self, piece: bytes) -> Iterator[StreamFrame]:
        """The frames that are whole with this piece."""
        data = self._rest + piece
        position = 0
        while len(data) - position >= PRELUDE.size:
            total, headers, checksum = PRELUDE.unpack_from(data, position)
            if zlib.crc32(data[position : position + 8]) != checksum or not 16 + headers <= total <= LARGEST_FRAME:
                raise ValueError("no frame")
            if len(data) - position < total:
                break
            yield frame_of(data[position : position + total], headers)
            position += total
        self._rest = data[position:]


def frame_of(data: bytes, headers_length: int) -> StreamFrame:
    if zlib.crc32(data[:-CHECKSUM]) != int.from_bytes(data[-CHECKSUM:]):
        raise ValueError("a damaged frame")
    start = PRELUDE.size
    return StreamFrame(headers_of(data[start : start + headers_length]), data[start + headers_length : -CHECKSUM])


def headers_of(data: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    position = 0
    try:
        while position < len(data):
            name_end = position + 1 + data[position]
            name, kind = data[position + 1 : name_end].decode(), data[name_end]
            position = name_end + 1
            if kind in (6, TEXT):
                (size,) = LENGTH.unpack_from(data, position)
                position += LENGTH.size
            else:
                size = SIZES[kind]
            if kind == TEXT:
                headers[name] = data[position : position + size].decode()
            position += size
    except (LookupError, struct.error) as error:
        raise ValueError("headers of another form") from error
    return headers
