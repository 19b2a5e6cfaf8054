"""Text splitters that cut where Flowise's (LangChain for JavaScript) cut, with the lines each chunk came from.

Lengths are characters. Written here rather than taken from the Python port: that one merges with other separators, knows
no line numbers, and loads 70 MB.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tradewind_server.flows.components import Document

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


@dataclass(frozen=True, slots=True)
class CharacterSplitter:
    """Cuts at one separator, which is dropped, and merges the pieces up to ``size`` with ``overlap``."""

    size: int
    overlap: int
    separator: str = "\n\n"

    def split(self, documents: Sequence[Document]) -> list[Document]:
        return with_lines(documents, self.pieces)

    def pieces(self, text: str) -> list[str]:
        parts = text.split(self.separator) if self.separator else list(text)
        return merge([part for part in parts if part], self.separator, self.size, self.overlap)


@dataclass(frozen=True, slots=True)
class RecursiveSplitter:
    """Cuts at the first separator that occurs, and what is still too long at the next; separators stay with the text."""

    size: int
    overlap: int
    separators: tuple[str, ...] = RECURSIVE_SEPARATORS

    def split(self, documents: Sequence[Document]) -> list[Document]:
        return with_lines(documents, self.pieces)

    def pieces(self, text: str) -> list[str]:
        return self._pieces(text, self.separators)

    def _pieces(self, text: str, separators: Sequence[str]) -> list[str]:
        separator = separators[-1]
        following: tuple[str, ...] = ()
        for position, candidate in enumerate(separators):
            if not candidate or candidate in text:
                separator = candidate
                following = tuple(separators[position + 1 :]) if candidate else ()
                break
        chunks: list[str] = []
        small: list[str] = []
        for part in split_before(text, separator):
            if len(part) < self.size:
                small.append(part)
                continue
            chunks += merge(small, "", self.size, self.overlap)
            small = []
            chunks += self._pieces(part, following) if following else [part]
        return chunks + merge(small, "", self.size, self.overlap)


@dataclass(frozen=True, slots=True)
class HeaderSplitter:
    """Cuts Markdown at its headers down to ``level``, then each section like ``within``."""

    level: int
    within: RecursiveSplitter

    def split(self, documents: Sequence[Document]) -> list[Document]:
        return with_lines(documents, self.pieces)

    def pieces(self, text: str) -> list[str]:
        sections = re.split(rf"(?m)^(?=#{{1,{self.level}}} )", text)
        return [piece for section in sections if section.strip() for piece in self.within.pieces(section)]


def split_before(text: str, separator: str) -> list[str]:
    """The text cut in front of each occurrence of the separator; single characters for the empty one."""
    if not separator:
        return list(text)
    return [part for part in re.split(f"(?={re.escape(separator)})", text) if part]


def merge(parts: Sequence[str], separator: str, size: int, overlap: int) -> list[str]:
    """Neighbouring parts joined into chunks of at most ``size``; each begins with up to ``overlap`` of the one before."""
    chunks: list[str] = []
    current: deque[str] = deque()
    total = 0  # Characters of the parts alone, as Flowise counts them: separators come on top at each comparison.
    for part in parts:
        if total + len(part) + len(current) * len(separator) > size and current:
            _add(chunks, current, separator)
            while total > overlap or (total + len(part) + len(current) * len(separator) > size and total > 0):
                total -= len(current.popleft())
        current.append(part)
        total += len(part)
    _add(chunks, current, separator)
    return chunks


def _add(chunks: list[str], parts: Sequence[str] | deque[str], separator: str) -> None:
    chunk = separator.join(parts).strip()
    if chunk:
        chunks.append(chunk)


def with_lines(documents: Sequence[Document], pieces: Callable[[str], list[str]]) -> list[Document]:
    """Each document's chunks, with ``loc.lines`` saying from which line to which they reach (1-based)."""
    result = []
    for document in documents:
        breaks = [match.start() for match in re.finditer("\n", document.content)]
        position = -1
        for chunk in pieces(document.content):
            found = document.content.find(chunk, position + 1)
            position = found if found >= 0 else max(position, 0)
            first = 1 + bisect_left(breaks, position)
            place = document.metadata.get("loc")
            lines = {"from": first, "to": first + chunk.count("\n")}
            location = {**(place if isinstance(place, dict) else {}), "lines": lines}
            result.append(Document(chunk, {**document.metadata, "loc": location}))
    return result
