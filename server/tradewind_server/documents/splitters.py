"""Text splitters that cut where Flowise's (LangChain for JavaScript) cut, with the lines each chunk came from.

Lengths are characters. Written here rather than taken from the Python port: that one merges with other separators, knows
no line numbers, holds the whole text with all its chunks, and loads 70 MB. A text is read a block at a time; what is in
memory is a block and the piece between two separators.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from tradewind_server.documents.ports import Document
from tradewind_server.documents.reading import Notice, Text, WholeText, document_of, text_of

RECURSIVE_SEPARATORS = ("\n\n", "\n", " ", "")
MARKDOWN_SEPARATORS = (
    "\n## ",
    "\n### ",
    "\n#### ",
    "\n##### ",
    "\n###### ",
    "```\n\n",
    "\n\n***\n\n",
    "\n\n---\n\n",
    "\n\n___\n\n",
    *RECURSIVE_SEPARATORS,
)


@runtime_checkable
class Streaming(Protocol):
    """A splitter that takes texts longer than memory."""

    def stream(self, text: Text) -> Iterator[Document]:
        """The chunks of one text in order."""
        ...


def chunks_of(items: Iterable[Document | Text | Notice], splitter: object | None) -> Iterator[Document | Notice]:
    """What a splitter makes of documents and texts, one after the other; without a splitter they stay whole."""
    for item in items:
        if isinstance(item, Notice):
            yield item
        elif splitter is None:
            yield document_of(item)
        elif isinstance(splitter, Streaming):
            yield from splitter.stream(text_of(item))
        else:
            yield from splitter.split([document_of(item)])  # type: ignore[attr-defined]


class Splitting:
    """The two ways to call a splitter, over :meth:`pieces`."""

    __slots__ = ()

    def pieces(self, text: Text) -> Iterator[str]:
        raise NotImplementedError

    def stream(self, text: Text) -> Iterator[Document]:
        return with_positions(text, self)

    def split(self, documents: Sequence[Document]) -> list[Document]:
        return [chunk for document in documents for chunk in self.stream(text_of(document))]


@dataclass(frozen=True, slots=True)
class CharacterSplitter(Splitting):
    """Cuts at one separator, which is dropped, and merges the pieces up to ``size`` with ``overlap``."""

    size: int
    overlap: int
    separator: str = "\n\n"

    def pieces(self, text: Text) -> Iterator[str]:
        if not self.separator:
            return windows(text.blocks(), self.size, self.overlap)
        return merge(parts_between(text.blocks(), self.separator), self.separator, self.size, self.overlap)


@dataclass(frozen=True, slots=True)
class RecursiveSplitter(Splitting):
    """Cuts at the first separator that occurs, and what is still too long at the next; separators stay with the text."""

    size: int
    overlap: int
    separators: tuple[str, ...] = RECURSIVE_SEPARATORS

    def pieces(self, text: Text) -> Iterator[str]:
        return self._pieces(text, self.separators)

    def _pieces(self, text: Text, separators: Sequence[str]) -> Iterator[str]:
        at = text.first_of(separators)  # The empty separator occurs in every text.
        separator = separators[at]
        following = tuple(separators[at + 1 :]) if separator and at >= 0 else ()
        if not separator:
            yield from windows(text.blocks(), self.size, self.overlap)
            return
        size, overlap = self.size, self.overlap
        current: deque[str] = deque()
        total = 0
        for part in parts_before(text.blocks(), separator):
            length = len(part)
            if length >= size:
                yield from _chunk(current)
                current.clear()
                total = 0
                if following:
                    yield from self._pieces(WholeText(part), following)
                else:
                    yield part
                continue
            if total + length > size and current:
                yield from _chunk(current)
                while total > overlap or (total + length > size and total > 0):
                    total -= len(current.popleft())
            current.append(part)
            total += length
        yield from _chunk(current)


@dataclass(frozen=True, slots=True)
class HeaderSplitter(Splitting):
    """Cuts Markdown at its headers down to ``level``, then each section that is longer than a chunk like ``within``."""

    level: int
    within: RecursiveSplitter

    def pieces(self, text: Text) -> Iterator[str]:
        for section in re.split(rf"(?m)^(?=#{{1,{self.level}}}\s)", text.whole()):
            body = section.strip()
            if len(body) <= self.within.size:
                if body:
                    yield body
            else:
                yield from self.within.pieces(WholeText(section))


def parts_before(blocks: Iterable[str], separator: str) -> Iterator[str]:
    """The text cut in front of each occurrence of the separator."""
    buffer = ""
    for block in blocks:
        buffer += block
        start, position = 0, buffer.find(separator, 1)
        while position > 0:
            yield buffer[start:position]
            start, position = position, buffer.find(separator, position + 1)
        buffer = buffer[start:]
    if buffer:
        yield buffer


def parts_between(blocks: Iterable[str], separator: str) -> Iterator[str]:
    """What lies between the separators; nothing where two of them touch."""
    buffer = ""
    for block in blocks:
        *parts, buffer = (buffer + block).split(separator)
        yield from (part for part in parts if part)
    if buffer:
        yield buffer


def windows(blocks: Iterable[str], size: int, overlap: int) -> Iterator[str]:
    """Pieces of exactly ``size`` characters, each beginning with the last ``overlap`` of the one before."""
    buffer = ""
    for block in blocks:
        buffer += block
        start = 0
        while start + size < len(buffer):
            if piece := buffer[start : start + size].strip():
                yield piece
            start += size - overlap
        buffer = buffer[start:]
    if piece := buffer.strip():
        yield piece


def merge(parts: Iterable[str], separator: str, size: int, overlap: int) -> Iterator[str]:
    """Neighbouring parts joined into chunks of at most ``size``; each begins with up to ``overlap`` of the one before."""
    current: deque[str] = deque()
    total = 0  # Characters of the parts alone, as Flowise counts them: separators come on top at each comparison.
    for part in parts:
        if total + len(part) + len(current) * len(separator) > size and current:
            yield from _chunk(current, separator)
            while total > overlap or (total + len(part) + len(current) * len(separator) > size and total > 0):
                total -= len(current.popleft())
        current.append(part)
        total += len(part)
    yield from _chunk(current, separator)


def _chunk(parts: Iterable[str], separator: str = "") -> Iterator[str]:
    if chunk := separator.join(parts).strip():
        yield chunk


class LineCounter:
    """The lines that chunks came from (1-based), counted while the text passes."""

    __slots__ = ("_at", "_line", "_window")

    def __init__(self) -> None:
        self._window = ""
        self._at = -1
        """Where the chunk before begins in the window; what lies before that is not needed any more."""
        self._line = 1
        """The line of that place."""

    def passing(self, blocks: Iterable[str]) -> Iterator[str]:
        for block in blocks:
            start = max(self._at, 0)
            self._window = self._window[start:] + block
            self._at -= start
            yield block

    def position_of(self, chunk: str) -> dict[str, int]:
        position = self._window.find(chunk, self._at + 1)
        if position >= 0:
            self._line += self._window.count("\n", max(self._at, 0), position)
            self._at = position
        return {"from": self._line, "to": self._line + chunk.count("\n")}


@dataclass(frozen=True, slots=True)
class _Passing:
    """A text whose blocks are seen by a line counter the first time they are read in order."""

    text: Text
    lines: LineCounter

    @property
    def metadata(self) -> dict[str, object]:
        return self.text.metadata

    def blocks(self) -> Iterator[str]:
        return self.lines.passing(self.text.blocks())

    def first_of(self, separators: Sequence[str]) -> int:
        return self.text.first_of(separators)

    def whole(self) -> str:
        return "".join(self.blocks())


def with_positions(text: Text, splitter: Splitting) -> Iterator[Document]:
    """The chunks of a text, with ``loc.lines`` saying from which line to which they reach."""
    metadata = text.metadata
    place = metadata.get("loc")
    around = place if isinstance(place, dict) else {}
    lines = LineCounter()
    for chunk in splitter.pieces(_Passing(text, lines)):
        yield Document(chunk, {**metadata, "loc": {**around, "lines": lines.position_of(chunk)}})
