"""Document loaders that fetch: web pages and their neighbours, sitemaps, answers of an API. All through the one way out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.flows.addresses import is_web_address, shown, web_parts
from tradewind_server.flows.components import Document, LoadContext, TextSplitter
from tradewind_server.flows.outbound import Outbound, OutboundReply
from tradewind_server.ingest.masking import masked
from tradewind_server.ingest.pages import BadSelector, links_of, page_key, page_text, sitemap_urls
from tradewind_server.ingest.sources import MetadataRules, batches, finish

MOST_PAGES = 1000
"""Pages of one crawl where the node asks for all."""
DEEPEST_CRAWL = 200
FIRST_FAILURE = 400
Follow = Literal["webCrawl", "scrapeXMLSitemap"]
Warn = Callable[[str], None]


def refused(reply: OutboundReply) -> Unavailable:
    return Unavailable(Reason.OUTBOUND_FAILED, f"{shown(reply.url)} answered with the status {reply.status}.")


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
    excluded: str | None
    as_html: bool
    splitter: TextSplitter | None
    rules: MetadataRules

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        async for source, html in self._pages(context.warn):
            context.loaded(1)
            text = await asyncio.to_thread(self._text, html)
            chunks = finish([Document(text, {"source": masked(source)})], self.splitter, self.rules)
            async for batch in batches(chunks, context.warn):
                yield batch

    def _text(self, html: str) -> str:
        try:
            return page_text(html, self.selector, self.excluded, as_html=self.as_html)
        except BadSelector as bad:
            raise InvalidInput(
                Reason.NODE_INPUT_INVALID, f"The node {self.label} ({self.node_id}) has no valid CSS selector: {bad}."
            ) from None

    @property
    def _most(self) -> int:
        return min(self.limit or MOST_PAGES, MOST_PAGES)

    async def _pages(self, warn: Warn) -> AsyncIterator[tuple[str, str]]:
        """Address and HTML of each page."""
        if self.follow == "scrapeXMLSitemap":
            reply = await self._first()
            listed = await asyncio.to_thread(sitemap_urls, await text_of(reply, warn))
            if not listed:
                raise InvalidInput(
                    Reason.NODE_INPUT_INVALID, f"{shown(self.url)} is no XML sitemap with pages; check {self.label}."
                )
            for url in [one for one in listed if is_web_address(one)][: self._most]:
                if (html := await self._neighbour(url, warn)) is not None:
                    yield url, html
            return
        reply = await self._first()
        if self.follow is None:
            yield self.url, await text_of(reply, warn)
            return
        async for page in self._crawl(reply, warn):
            yield page

    async def _crawl(self, first: OutboundReply, warn: Warn) -> AsyncIterator[tuple[str, str]]:
        """Depth first, as the canvas's crawler goes, so that a limit picks the same pages."""
        home = web_parts(self.url)
        if home is None:
            raise InvalidInput(Reason.OUTBOUND_REFUSED, "The address must begin with http:// or https:// and a host.")
        seen = {page_key(home, home.scheme)}
        html: str | None = await text_of(first, warn)
        yield page_key(home, home.scheme), html or ""
        waiting = [iter(await asyncio.to_thread(links_of, html or "", first.url))]
        while waiting and len(seen) < self._most:
            url = next(waiting[-1], None)
            if url is None:
                waiting.pop()
                continue
            parts = web_parts(url)
            if parts is None or parts.hostname != home.hostname:
                continue
            key = page_key(parts, home.scheme)
            if key in seen:
                continue
            seen.add(key)
            if (html := await self._neighbour(url, warn)) is not None:
                yield key, html
                if len(waiting) < DEEPEST_CRAWL:
                    waiting.append(iter(await asyncio.to_thread(links_of, html, url)))

    async def _first(self) -> OutboundReply:
        reply = await self.outbound.request("GET", self.url)
        if reply.status >= FIRST_FAILURE:
            raise refused(reply)
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
            return await text_of(reply, warn)
        except TradewindError as unreadable:
            warn(f"{shown(url)} was left out: {unreadable.message}")
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

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        headers, body = dict(self.headers), None
        if self.method == "POST":
            body = json.dumps(self.body if self.body is not None else {}).encode()
            headers.setdefault("Content-Type", "application/json")
        reply = await self.outbound.request(self.method, self.url, headers=headers, body=body)
        if reply.status >= FIRST_FAILURE:
            raise refused(reply)
        context.loaded(1)
        text = await asyncio.to_thread(_indented, await text_of(reply, context.warn))
        chunks = finish([Document(text, {"url": masked(self.url)})], self.splitter, self.rules)
        async for batch in batches(chunks, context.warn):
            yield batch


def _indented(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


async def text_of(reply: OutboundReply, warn: Warn) -> str:
    """The text of an answer; ``warn`` is told where its encoding was guessed or it is damaged."""
    text, warning = await asyncio.to_thread(reply.read)
    if warning:
        warn(f"{shown(reply.url)} {warning}.")
    return text
