"""Texts as loaders hand them to splitters: whole, or read from a file a block at a time; and what is to be said of them."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.text.encodings import BLOCK_BYTES, NoText, decoding_of, file_blocks

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Notice:
    """What a loader guessed, renamed or left out: a sentence that names the file, among the documents it yields."""

    sentence: str


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


def documents_of(items: Iterable[Document | Text | Notice]) -> Iterator[Document]:
    """The documents alone, whole."""
    return (document_of(one) for one in items if not isinstance(one, Notice))


def open_text(file: SourceFile, metadata: dict[str, Any]) -> tuple[FileText, list[Notice]]:
    """A text file in the encoding it has, and what had to be guessed for it. Line ends stay as they are.

    Raises ``InvalidInput(FILE_UNREADABLE)`` when the bytes are no text, or one whose encoding cannot be told.
    """
    try:
        decoding = decoding_of(partial(file_blocks, file.path), file.charset, markup=True)
    except NoText as wrong:
        # Short of the predicate that says more, a file that should hold text is damaged.
        hint = "; check that it is whole" if "encoding" not in str(wrong) else ""
        raise InvalidInput(Reason.FILE_UNREADABLE, f"{about(file)} {wrong}{hint}.") from None
    notices = [Notice(f"{about(file)} {decoding.warning}.")] if decoding.warning else []
    return FileText(file.path, decoding.encoding, metadata), notices


def about(file: SourceFile) -> str:
    """The subject of a sentence about a file."""
    name = file.name if len(file.name) <= LONGEST_NAME else file.name[: LONGEST_NAME - 1] + "…"
    return f"The file {name}"
