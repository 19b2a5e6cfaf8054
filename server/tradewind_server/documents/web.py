"""Document loaders that fetch: web pages and their neighbours, sitemaps, answers of an API. All through the one way out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tradewind_server.documents.jobs import (
    Parsing,
    ParsingJob,
    indent_job,
    links_job,
    page_job,
    read_job,
    sitemap_job,
    value_of,
)
from tradewind_server.documents.masking import mask
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.pages import page_key
from tradewind_server.documents.ports import Document, LoadContext, TextSplitter
from tradewind_server.documents.sources import text_chunks
from tradewind_server.documents.threads import ThreadParsing
from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.outbound.addresses import display_url, is_web_address, web_parts
from tradewind_server.outbound.ports import Outbound, OutboundReply

MOST_PAGES = 1000
"""Pages of one crawl where the node asks for all."""
DEEPEST_CRAWL = 200
FIRST_FAILURE = 400
Follow = Literal["webCrawl", "scrapeXMLSitemap"]
Warn = Callable[[str], None]


def refusal(reply: OutboundReply) -> Unavailable:
    return Unavailable(Reason.OUTBOUND_FAILED, f"{display_url(reply.url)} answered with the status {reply.status}.")


@dataclass(frozen=True, slots=True)
class PageSource:
    """The scraper of the canvas: one page, or also those it leads to on the same host, or those of a sitemap.

    Pages beyond the first that cannot be had are left out, as are those that are no HTML.
    """

    node_id: str
    label: str
    url: str
    outbound: Outbound
    follow: Follow | None
    limit: int
    """Most pages; 0 for as many as there are, up to :data:`MOST_PAGES`."""
    selector: str | None
    exclusion: str | None
    as_html: bool
    splitter: TextSplitter | None
    rules: MetadataRules
    parsing: Parsing = field(default_factory=ThreadParsing)

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        async for source, html in self._pages(context.warn):
            context.on_load(1)
            label = f"The page {display_url(source)}"
            text = await value_of(self.parsing, self._page(html, label))
            async for batch in text_chunks(self.parsing, text, label, {"source": mask(source)}, self, context.warn):
                yield batch

    async def addresses(self, warn: Warn) -> list[str]:
        """The pages that would be read: those of a sitemap without asking for them, those of a crawl as it finds them."""
        if self.follow == "scrapeXMLSitemap":
            links = await self._sitemap_links(await text_of(self.parsing, await self._first(), warn))
            return [one for one in links or () if is_web_address(one)][: self._most]
        return [address async for address, _ in self._pages(warn)]

    def _page(self, html: str, label: str) -> ParsingJob:
        node = f"{self.label} ({self.node_id})"
        return page_job(html, label, self.selector, self.exclusion, as_html=self.as_html, node=node)

    async def _links(self, html: str, url: str) -> Iterator[str]:
        return iter(await value_of(self.parsing, links_job(html, f"The page {display_url(url)}", url)))

    @property
    def _most(self) -> int:
        return min(self.limit or MOST_PAGES, MOST_PAGES)

    async def _pages(self, warn: Warn) -> AsyncIterator[tuple[str, str]]:
        """Address and HTML of each page."""
        if self.follow == "scrapeXMLSitemap":
            reply = await self._first()
            links = await self._sitemap_links(await text_of(self.parsing, reply, warn))
            if not links:
                raise InvalidInput(
                    Reason.NODE_INPUT_INVALID, f"{display_url(self.url)} is no XML sitemap with pages; check {self.label}."
                )
            for url in [one for one in links if is_web_address(one)][: self._most]:
                if (html := await self._neighbour(url, warn)) is not None:
                    yield url, html
            return
        reply = await self._first()
        if self.follow is None:
            yield self.url, await text_of(self.parsing, reply, warn)
            return
        async for page in self._crawl(reply, warn):
            yield page

    async def _crawl(self, first: OutboundReply, warn: Warn) -> AsyncIterator[tuple[str, str]]:
        """Depth first, as the canvas's crawler goes, so that a limit picks the same pages."""
        home = web_parts(self.url)
        if home is None:
            raise InvalidInput(Reason.OUTBOUND_REFUSED, "The address must begin with http:// or https:// and a host.")
        keys_seen = {page_key(home, home.scheme)}
        html: str | None = await text_of(self.parsing, first, warn)
        yield page_key(home, home.scheme), html or ""
        waiting = [await self._links(html or "", first.url)]
        while waiting and len(keys_seen) < self._most:
            url = next(waiting[-1], None)
            if url is None:
                waiting.pop()
                continue
            parts = web_parts(url)
            if parts is None or parts.hostname != home.hostname:
                continue
            key = page_key(parts, home.scheme)
            if key in keys_seen:
                continue
            keys_seen.add(key)
            if (html := await self._neighbour(url, warn)) is not None:
                yield key, html
                if len(waiting) < DEEPEST_CRAWL:
                    waiting.append(await self._links(html, url))

    async def _sitemap_links(self, xml: str) -> list[str] | None:
        links: list[str] | None = await value_of(self.parsing, sitemap_job(xml, f"The sitemap {display_url(self.url)}"))
        return links

    async def _first(self) -> OutboundReply:
        reply = await self.outbound.request("GET", self.url)
        if reply.status >= FIRST_FAILURE:
            raise refusal(reply)
        return reply

    async def _neighbour(self, url: str, warn: Warn) -> str | None:
        parts = web_parts(url)
        if parts is None or parts.path.lower().endswith(".pdf"):
            return None
        try:
            reply = await self.outbound.request("GET", url)
        except TradewindError:
            return None
        if reply.status >= FIRST_FAILURE or "html" not in reply.content_type.lower():
            return None
        try:
            return await text_of(self.parsing, reply, warn)
        except TradewindError as unreadable:
            warn(f"{display_url(url)} was left out: {unreadable.message}")
            return None


@dataclass(frozen=True, slots=True)
class ApiSource:
    """One document: what an address answers, as indented JSON, or as its text where it is no JSON."""

    node_id: str
    label: str
    method: Literal["GET", "POST"]
    url: str
    outbound: Outbound
    headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)
    splitter: TextSplitter | None
    rules: MetadataRules
    parsing: Parsing = field(default_factory=ThreadParsing)

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        headers, body = dict(self.headers), None
        if self.method == "POST":
            body = json.dumps(self.body if self.body is not None else {}).encode()
            headers.setdefault("Content-Type", "application/json")
        reply = await self.outbound.request(self.method, self.url, headers=headers, body=body)
        if reply.status >= FIRST_FAILURE:
            raise refusal(reply)
        context.on_load(1)
        label = f"The answer of {display_url(self.url)}"
        text = await value_of(self.parsing, indent_job(await text_of(self.parsing, reply, context.warn), label))
        async for batch in text_chunks(self.parsing, text, label, {"url": mask(self.url)}, self, context.warn):
            yield batch


async def text_of(parsing: Parsing, reply: OutboundReply, warn: Warn) -> str:
    """The text of an answer; ``warn`` is told where its encoding was guessed or it is damaged."""
    text, warning = await value_of(parsing, read_job(reply, f"The answer of {display_url(reply.url)}"))
    if warning:
        warn(f"{display_url(reply.url)} {warning}.")
    return str(text)
