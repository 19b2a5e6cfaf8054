"""Texts as loaders hand them to splitters: whole, or read from a file a block at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Document, SourceFile

BLOCK_BYTES = 1 << 20
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@runtime_checkable
class Text(Protocol):
    """A text before it is split. ``blocks`` may be asked for more than once."""

    @property
    def metadata(self) -> dict[str, Any]: ...

    def blocks(self) -> Iterator[str]:
        """The text in order, in pieces of any length."""
        ...

    def first_of(self, separators: Sequence[str]) -> int:
        """The position of the first of these separators that occurs anywhere in the text; -1 when none does."""
        ...

    def whole(self) -> str: ...


@dataclass(frozen=True, slots=True)
class WholeText:
    """A text in memory."""

    text: str
    metadata: dict[str, Any] = field(default_factory=dict)

    def blocks(self) -> Iterator[str]:
        yield self.text

    def first_of(self, separators: Sequence[str]) -> int:
        return next((at for at, one in enumerate(separators) if one in self.text), -1)

    def whole(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class FileText:
    """A text file of any length; about one block of it is in memory at a time."""

    path: str
    encoding: str
    metadata: dict[str, Any]

    def blocks(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        with Path(self.path).open("rb") as file:
            while raw := file.read(BLOCK_BYTES):
                if text := decoder.decode(raw):
                    yield text
        if rest := decoder.decode(b"", final=True):
            yield rest

    def first_of(self, separators: Sequence[str]) -> int:
        best, before = len(separators), ""
        longest = max((len(one) for one in separators), default=0)
        for block in self.blocks():
            window = before + block
            best = next((at for at, one in enumerate(separators[:best]) if one in window), best)
            if best == 0:
                break
            before = window[-(longest - 1) :] if longest > 1 else ""
        return best if best < len(separators) else -1

    def whole(self) -> str:
        return "".join(self.blocks())


def text_of(document: Document | Text) -> Text:
    return WholeText(document.content, document.metadata) if isinstance(document, Document) else document


def document_of(text: Document | Text) -> Document:
    return text if isinstance(text, Document) else Document(text.whole(), text.metadata)


def open_text(file: SourceFile, metadata: dict[str, Any]) -> FileText:
    """A text file in the encoding it has: UTF-8, UTF-16 by its mark, else Latin-1. Line ends stay as they are.

    Raises ``InvalidInput(FILE_UNREADABLE)`` when the bytes are no text.
    """
    found = FileText(file.path, _encoding(file.path), metadata)
    if found.encoding == "utf-16":
        if any("\x00" in block for block in found.blocks()):
            raise not_text(file)
    elif _has_zero(file.path):
        raise not_text(file)
    return found


def read_text(file: SourceFile) -> str:
    """The whole text of a file."""
    return open_text(file, {}).whole()


def not_text(file: SourceFile) -> InvalidInput:
    return InvalidInput(Reason.FILE_UNREADABLE, f"The file {file.name} cannot be read as text; check that it is whole.")


def _raw_blocks(path: str) -> Iterator[bytes]:
    with Path(path).open("rb") as file:
        while raw := file.read(BLOCK_BYTES):
            yield raw


def _has_zero(path: str) -> bool:
    return any(b"\x00" in raw for raw in _raw_blocks(path))


def _encoding(path: str) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        for number, raw in enumerate(_raw_blocks(path)):
            if number == 0 and raw.startswith(UTF16_MARKS):
                return "utf-16"
            decoder.decode(raw)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"
