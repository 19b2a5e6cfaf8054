"""How much a packed file unfolds to, counted by unpacking it: what its own directory says of that is the sender's word."""

from __future__ import annotations

import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from tradewind_server.documents.loaders import LoaderOptions, unreadable
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, Reason

MOST_UNPACKED_OPTION = "mostUnpacked"
"""The option of a loader that bounds the bytes a file may unfold to."""
MOST_UNPACKED = 200 << 20
DAMAGE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises for damaged packed files."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_SEARCHED = 64 << 20
LARGEST_PART = 64 << 20
"""Bytes of one packed file that are read at once."""
PIECE = 1 << 16
LOCAL_HEAD = struct.Struct("<4s22xHH")
TEXT_FIELD = b"/Tx"
KIND_OF_FIELD = re.compile(rb"/FT\s{0,9}/Tx\b")
FIELD_VALUE = re.compile(rb"/V\s{0,9}(?:\([^)]|<[0-9A-Fa-f])")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
DICTIONARY = 1024
"""Bytes in front of a stream in which its dictionary is looked for."""
MOST_LAYERS = 4
"""Streams of a PDF that are packed several times over are followed so far."""
WRONG_FOR_ZLIB = 31


class TooMuch(Exception):
    """The file unfolds to more than it may."""


class Counter:
    """Bytes so far, and whether a form was seen in them that somebody has filled in."""

    __slots__ = ("_remaining", "has_form")

    def __init__(self, most: int) -> None:
        self._remaining = most
        self.has_form = False

    def look(self, content: bytes | mmap.mmap) -> None:
        """Look for fields of forms with a value."""
        if not self.has_form and content.find(TEXT_FIELD) >= 0:
            self.has_form = bool(KIND_OF_FIELD.search(content) and FIELD_VALUE.search(content))

    def add(self, size: int) -> None:
        self._remaining -= size
        if self._remaining < 0:
            raise TooMuch


def most_unpacked(options: Mapping[str, Any]) -> int:
    return int(options.get(MOST_UNPACKED_OPTION) or MOST_UNPACKED)


def too_much(name: str, most: int) -> InvalidInput:
    return InvalidInput(
        Reason.DOCUMENT_TOO_COMPLEX, f"The file {name} unpacks to more than {most >> 20} MB; split it into smaller files."
    )


def count_zip(path: str, most: int) -> None:
    """Raises :class:`TooMuch`, or ``zipfile.BadZipFile`` where a part is packed in a way that documents are not."""
    counter = Counter(most)
    with zipfile.ZipFile(path) as archive, Path(path).open("rb") as raw:
        for entry in archive.infolist():
            raw.seek(entry.header_offset)
            head = raw.read(LOCAL_HEAD.size)
            if len(head) < LOCAL_HEAD.size or not head.startswith(b"PK\x03\x04"):
                raise zipfile.BadZipFile
            _, name, extra = LOCAL_HEAD.unpack(head)
            raw.seek(name + extra, 1)
            if entry.compress_type == zipfile.ZIP_STORED:
                counter.add(entry.compress_size)
            elif entry.compress_type == zipfile.ZIP_DEFLATED:
                for piece in inflate(_pieces(raw, entry.compress_size), -zlib.MAX_WBITS):
                    counter.add(len(piece))
            else:
                raise zipfile.BadZipFile


def _pieces(raw: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (piece := raw.read(min(PIECE, size))):
        size -= len(piece)
        yield piece


def count_pdf(path: str, most: int) -> bool:
    """Whether it holds a form with values. Raises :class:`TooMuch`.

    Pictures are left out: nobody unpacks them for the text.
    """
    counter = Counter(most)
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        counter.look(data)
        for mark in STREAM.finditer(data):
            about = data[max(0, mark.start() - DICTIONARY) : mark.start()].rpartition(b" obj")[2]
            if b"/Image" not in about:
                _count_layers(_views(data, mark.end()), counter)
    return counter.has_form


def _views(data: mmap.mmap, start: int) -> Iterator[bytes]:
    """What stands from ``start`` on. A packed stream says itself where it ends."""
    while piece := data[start : start + PIECE]:
        start += len(piece)
        yield piece


def _count_layers(pieces: Iterator[bytes], counter: Counter, depth: int = 0) -> None:
    """All that comes out of a packed stream, and out of that where it is packed again."""
    first = next(pieces, b"")
    if depth >= MOST_LAYERS or not _is_zlib(first):
        return
    content = _count(inflate(chain([first], pieces), zlib.MAX_WBITS), counter)
    head = next(content, b"")
    _count_layers(chain([head], content), counter, depth + 1)
    for _ in content:
        pass


def _count(pieces: Iterable[bytes], counter: Counter) -> Iterator[bytes]:
    for piece in pieces:
        counter.add(len(piece))
        counter.look(piece)
        yield piece


def _is_zlib(head: bytes) -> bool:
    return len(head) > 1 and head[0] & 15 == zlib.DEFLATED and int.from_bytes(head[:2]) % WRONG_FOR_ZLIB == 0


def inflate(pieces: Iterable[bytes], window_bits: int) -> Iterator[bytes]:
    """What comes out, a bounded piece at a time, as far as it can be unpacked."""
    unpacker = zlib.decompressobj(window_bits)
    try:
        for piece in pieces:
            waiting = piece
            while waiting:
                if out := unpacker.decompress(waiting, 16 * PIECE):
                    yield out
                waiting = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        return


def password_error(file: SourceFile, what: str) -> InvalidInput:
    return InvalidInput(
        Reason.FILE_UNREADABLE, f"The file {file.name} is {what} with a password; save it without one and send that."
    )


def check_unpacked(file: SourceFile, options: LoaderOptions, what: str) -> None:
    """Refuse packed files that unfold to more than they may, before anything unpacks them."""
    most = most_unpacked(options)
    try:
        if is_encrypted(file.path):
            raise password_error(file, what)
        if zipfile.is_zipfile(file.path):
            count_zip(file.path, most)
    except TooMuch:
        raise too_much(file.name, most) from None
    except DAMAGE_ERRORS:
        raise unreadable(file, what) from None


def is_encrypted(path: str) -> bool:
    """Whether it is an Office file behind a password: such a one is packed into a container of the older kind."""
    with open(path, "rb") as file:
        if file.read(len(OLE)) != OLE:
            return False
        file.seek(0)
        return "EncryptedPackage".encode("utf-16-le") in file.read(OLE_SEARCHED)
