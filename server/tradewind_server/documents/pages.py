"""Web pages: their text, their links, their Markdown. Synchronous and CPU-bound; callers run this in threads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult
from xml.etree import ElementTree

from tradewind_server.documents.ports import Document
from tradewind_server.documents.reading import Text, WholeText
from tradewind_server.documents.splitters import MARKDOWN_SEPARATORS, RecursiveSplitter, Splitting
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.outbound.addresses import join_url

HEAD_BEGIN, HEAD_END = re.compile(r"<head\b", re.IGNORECASE), re.compile(r"</head\s{0,100}>", re.IGNORECASE)
SILENT_TAGS = ["script", "style", "template"]
BLOCKS = (
    "address,article,aside,blockquote,br,button,caption,dd,details,dialog,div,dl,dt,fieldset,figcaption,figure,footer,form,"
    "h1,h2,h3,h4,h5,h6,header,hr,legend,li,main,nav,ol,option,p,pre,section,select,summary,table,tbody,textarea,tfoot,thead,tr,ul"
)
CELLS = "td,th"
LINE, CELL = "\ufdd0", "\ufdd1"
"""Stand for the borders of blocks and cells until the text is whole; no page may hold these characters."""
BORDERS = re.compile(f"[{LINE}{CELL}]+")
DESCRIPTIONS = ('meta[name="description"]', 'meta[property="og:description"]', 'meta[name="twitter:description"]')
LONGEST_DESCRIPTION = 1000
MOST_LINKS = 1000
ENTRY_TEXTS = ("id", "title", "published", "summary")
ATOM = "{http://www.w3.org/2005/Atom}"


class BadSelector(ValueError):
    """A CSS selector that cannot be read."""


@dataclass(frozen=True, slots=True)
class HtmlToMarkdownSplitter(Splitting):
    """Turns HTML into Markdown and cuts that; lines are those of the Markdown."""

    size: int
    overlap: int

    def pieces(self, text: Text) -> Iterator[str]:
        return RecursiveSplitter(self.size, self.overlap, MARKDOWN_SEPARATORS).pieces(text)

    def stream(self, text: Text) -> Iterator[Document]:
        return Splitting.stream(self, WholeText(to_markdown(text.whole()), text.metadata))


def to_markdown(html: str) -> str:
    """A page's body as Markdown. Text without a tag stays as it is."""
    from kreuzberg import ExtractionConfig, KreuzbergError, extract_bytes_sync

    if "<" not in html:
        return html
    body = _without_head(html)  # Else its title comes as a block of properties before the text.
    config = ExtractionConfig(use_cache=False, output_format="markdown")
    try:
        content: str = extract_bytes_sync(body.encode("utf-8", "replace"), "text/html", config=config).content
    except KreuzbergError:
        raise InvalidInput(Reason.FILE_UNREADABLE, "A document cannot be read as HTML; check what is loaded.") from None
    # What is nested too deeply for that comes without its marks rather than not at all.
    return content if content.strip() else page_text(body, None, None, as_html=False)


def _without_head(html: str) -> str:
    """A page without what stands between its head's tags. One that does not end stays; a text is gone over once."""
    lines, position = [], 0
    while (begin := HEAD_BEGIN.search(html, position)) and (end := HEAD_END.search(html, begin.end())):
        lines.append(html[position : begin.start()])
        position = end.end()
    return "".join((*lines, html[position:]))


def page_text(html: str, selector: str | None, exclusion: str | None, *, as_html: bool) -> str:
    """What the canvas's scraper takes from a page: the text of what a selector finds (the body without one).

    Words of neighbouring blocks and cells stay apart, also where nothing stands between their tags.

    With ``as_html`` the inner HTML of the first find. Scripts and styles are no text. Raises :class:`BadSelector`.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for silent in tree.css(",".join(SILENT_TAGS)) if not as_html else ():
        silent.decompose()
    for element in _select(tree, exclusion) if exclusion else ():
        element.decompose()
    if as_html:
        nodes = _select(tree, selector or "body")
        return nodes[0].inner_html or "" if nodes else ""
    for mark, tags in ((LINE, BLOCKS), (CELL, CELLS)):
        for element in tree.css(tags):
            element.insert_before(mark)
            element.insert_after(mark)
    nodes = _select(tree, selector or "body")
    return _with_borders(LINE.join(node.text(deep=True, separator="", strip=False) for node in nodes))


def _with_borders(text: str) -> str:
    """The text with a line break where blocks, and a blank where cells of a table, would stand together without either."""

    def border(match: re.Match[str]) -> str:
        before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if not before or not behind or before.isspace() or behind.isspace():
            return ""
        return "\n" if LINE in match.group() else " "

    return BORDERS.sub(border, text)


def _select(tree: Any, selector: str) -> list[Any]:
    from selectolax.lexbor import SelectolaxError

    try:
        return list(tree.css(selector))
    except (SelectolaxError, ValueError):
        raise BadSelector(selector) from None


def links_of(html: str, base: str) -> list[str]:
    """The addresses a page links to, absolute, in their order."""
    from selectolax.lexbor import LexborHTMLParser

    links = []
    for node in LexborHTMLParser(html).css("a[href]"):
        target = join_url(base, node.attributes.get("href") or "")
        if target is not None:
            links.append(target)
    return links


def page_summary(html: str, base: str, most_chars: int) -> dict[str, Any]:
    """What a page says of itself, the text of its paragraphs (of its body where it has none), and what it links to."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for silent in tree.css(",".join(SILENT_TAGS)):
        silent.decompose()
    title = tree.css_first("title")
    abouts = (tree.css_first(selector) for selector in DESCRIPTIONS)
    description = next((node.attributes.get("content") for node in abouts if node is not None), None)
    paragraphs = tree.css("p") or tree.css("body")
    text = " ".join(" ".join(node.text(deep=True, separator="", strip=False) for node in paragraphs).split())
    return {
        "title": " ".join(title.text().split()) if title is not None else "",
        "description": " ".join((description or "").split())[:LONGEST_DESCRIPTION],
        "body_text": text[:most_chars],
        "links": links_of(html, base)[:MOST_LINKS],
    }


def feed_entries(xml: str) -> list[dict[str, Any]] | None:
    """The entries of an Atom feed with their plain texts; None when it is no XML."""
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 (as in sitemap_urls)
    except ElementTree.ParseError:
        return None
    entries = []
    for element in root.iter(f"{ATOM}entry"):
        values: dict[str, Any] = {name: " ".join((element.findtext(f"{ATOM}{name}") or "").split()) for name in ENTRY_TEXTS}
        names = (author.findtext(f"{ATOM}name") or "" for author in element.iter(f"{ATOM}author"))
        entries.append({**values, "authors": [" ".join(name.split()) for name in names]})
    return entries


def sitemap_urls(xml: str) -> list[str] | None:
    """The pages that a sitemap lists; None when it is no XML. Entities are not expanded beyond the parser's own bounds."""
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 (expat bounds entity expansion and loads nothing from outside)
    except ElementTree.ParseError:
        return None
    urls = []
    for element in root.iter():
        if element.tag.rpartition("}")[2] == "url":
            place = next((child for child in element if child.tag.rpartition("}")[2] == "loc"), None)
            if place is not None and place.text and place.text.strip():
                urls.append(place.text.strip())
    return urls


def page_key(parts: SplitResult, scheme: str) -> str:
    """One name for the addresses of one page, as the canvas's crawler writes it: without fragment and last slash."""
    query = f"?{parts.query}" if parts.query else ""
    port = f":{parts.port}" if parts.port else ""
    path = f"{parts.hostname or ''}{port}{parts.path}{query}"
    return f"{scheme}://{path.removesuffix('/')}"
