"""Texts that the canvas's editor saved as HTML, as the markdown that models are sent."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

BLOCK = re.compile(r"\A\s*<(?:p|div|h[1-6]|ul|ol|blockquote|pre|table)\b[^>]{0,2000}>", re.IGNORECASE)
BLANK_LINES = re.compile(r"\n{3,}")
MENTION = re.compile(r'<span class="variable"[^<>]{0,500}>([^<>]{0,500})</span>')
"""A token as the editor draws it, in a text that is no HTML beside it."""
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~"}
PARAGRAPHS = frozenset({"p", "div", "blockquote", "table", "tr"})
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}


class _Markdown(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._lists: list[int | None] = []
        self._links: list[str] = []
        self._in_block = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKS:
            self.parts.append(MARKS[tag])
        elif tag == "code" and not self._in_block:
            self.parts.append("`")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "hr":
            self.parts.append("\n\n---\n\n")
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
            self.parts.append("[" if self._links[-1] else "")
        elif tag == "img":
            self.parts.append(f"![{dict(attrs).get('alt') or ''}]({dict(attrs).get('src') or ''})")
        elif tag in HEADINGS:
            self.parts.append("\n\n" + HEADINGS[tag])
        elif tag == "pre":
            self._in_block += 1
            self.parts.append("\n\n```\n")
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
            self.parts.append("\n")
        elif tag == "li":
            self._item()
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag in PARAGRAPHS and not self._after_item():
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS:
            self.parts.append(MARKS[tag])
        elif tag == "code" and not self._in_block:
            self.parts.append("`")
        elif tag == "a" and self._links:
            address = self._links.pop()
            self.parts.append(f"]({address})" if address else "")
        elif tag == "pre":
            self._in_block = max(0, self._in_block - 1)
            self.parts.append("\n```\n\n")
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self.parts.append("\n")
        elif tag in HEADINGS or (tag in PARAGRAPHS and not self._lists):
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def _item(self) -> None:
        number = self._lists[-1] if self._lists else None
        indent = "   " * max(0, len(self._lists) - 1)
        if number is None:
            self.parts.append(f"\n{indent}- ")
        else:
            self._lists[-1] = number + 1
            self.parts.append(f"\n{indent}{number + 1}. ")

    def _after_item(self) -> bool:
        return bool(self._lists) and bool(self.parts) and self.parts[-1].rstrip(" ").endswith(("-", "."))


def plain_text(text: str) -> str:
    """The text; where it begins with a block of the editor's HTML, as markdown. A token keeps its braces."""
    if "<" not in text:
        return text
    if not BLOCK.match(text):
        return MENTION.sub(lambda match: unescape(match.group(1)), text)
    parser = _Markdown()
    parser.feed(text)
    parser.close()
    return BLANK_LINES.sub("\n\n", "".join(parser.parts)).strip()
