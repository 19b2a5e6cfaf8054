"""The tool that reads web pages: one that the model names, those it leads to, or those of its site's sitemap."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tradewind_server.documents.jobs import Parsing, read_job, sitemap_job, summary_job, value_of
from tradewind_server.errors import InvalidInput, TradewindError, Unavailable
from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.nodes.tools.builtin import CATEGORY, one_text
from tradewind_server.flows.ports import ToolSpec
from tradewind_server.outbound.addresses import display_url, web_parts
from tradewind_server.outbound.ports import Outbound, OutboundReply

TOOL = "web_scraper_tool"
MOST_PAGES, DEFAULT_PAGES = 50, 10
DEEPEST = 5
MOST_SECONDS, DEFAULT_SECONDS = 120.0, 60.0
"""For one page."""
ALL_SECONDS = 300.0
"""For all pages of one call."""
CONCURRENT_PAGES = 4
MOST_CHARS = 100_000
"""Of all pages of one call: what a model's context may hold."""
ScraperPage = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WebScraperTool:
    """Answers with a JSON list of pages: ``url``, ``title``, ``description``, ``body_text``, or ``error``.

    Pages of the depth 1 are those the model names, those of the depth 2 what they link to.
    """

    spec: ToolSpec
    outbound: Outbound
    parsing: Parsing
    uses_sitemap: bool
    depth: int
    most_pages: int
    seconds: float
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        url = str(arguments["input"]).strip()
        if web_parts(url) is None:
            problem = "The input must be an address that begins with https:// or http://."
            return ToolResult(problem, error=problem)
        pages: list[ScraperPage] = []
        try:
            async with asyncio.timeout(ALL_SECONDS):
                links = await self._sitemap(url) if self.uses_sitemap else []
                if links:
                    pages += await self._read_all(links[: self.most_pages])
                else:
                    await self._follow(url, pages)
        except TimeoutError:
            pages.append({"url": url, "error": f"Not all pages were read within {ALL_SECONDS:g} seconds."})
        problem = str(pages[0].get("error") or "") if len(pages) == 1 else ""
        return ToolResult(json.dumps(pages, ensure_ascii=False), error=problem or None)

    async def _follow(self, url: str, pages: list[ScraperPage]) -> None:
        """Level by level, so that a limit leaves out what is far away."""
        level, addresses_seen = [url], {url}
        for depth in range(1, self.depth + 1):
            links: list[str] = []
            for start in range(0, len(level), CONCURRENT_PAGES):
                for page in await self._read_all(level[start : start + CONCURRENT_PAGES]):
                    links += page.pop("links", [])
                    pages.append(page)
            room = self.most_pages - len(pages)
            level = list(dict.fromkeys(link for link in links if link not in addresses_seen and "#" not in link))[:room]
            addresses_seen.update(level)
            if depth == self.depth or not level:
                return

    async def _read_all(self, urls: Sequence[str]) -> list[ScraperPage]:
        gate = asyncio.Semaphore(CONCURRENT_PAGES)

        async def read(url: str) -> ScraperPage:
            async with gate:
                return await self._read(url)

        return list(await asyncio.gather(*(read(url) for url in urls)))

    async def _read(self, url: str) -> ScraperPage:
        try:
            reply = await self.outbound.request("GET", url, timeout=self.seconds)
            if reply.status >= 400:
                return {"url": url, "error": f"The page answered with the status {reply.status}."}
            if "html" not in reply.content_type.lower():
                return {"url": url, "error": "The page is no HTML."}
            label, most = f"The page {display_url(url)}", MOST_CHARS // self.most_pages
            text = await self._text(reply)
            return {"url": url, **await value_of(self.parsing, summary_job(text, label, reply.url, most))}
        except (InvalidInput, Unavailable) as error:
            return {"url": url, "error": error.message}

    async def _sitemap(self, url: str) -> list[str]:
        """The pages of the site's sitemap; none where it has none that can be read."""
        parts = urlsplit(url)
        try:
            reply = await self.outbound.request("GET", f"{parts.scheme}://{parts.netloc}/sitemap.xml", timeout=self.seconds)
            if reply.status >= 400:
                return []
            links = await value_of(self.parsing, sitemap_job(await self._text(reply), "The sitemap"))
        except TradewindError:
            return []
        return [link for link in dict.fromkeys(links or ()) if web_parts(link) is not None]

    async def _text(self, reply: OutboundReply) -> str:
        return str((await value_of(self.parsing, read_job(reply, f"The answer of {display_url(reply.url)}")))[0])


def build(inputs: NodeInputs, context: BuildContext) -> WebScraperTool:
    assert context.outbound is not None, "the composition root gives a way out"
    uses_sitemap = inputs.choice("scrapeMode", {"recursive": False, "sitemap": True}, False)
    seconds = inputs.number("timeoutS")
    way = "the pages of its site's sitemap" if uses_sitemap else "what it links to"
    description = (
        f"Reads the web page at an address, and {way} where that is set up. Answers with a JSON list of pages: title, "
        "description and text."
    )
    return WebScraperTool(
        ToolSpec(TOOL, inputs.text("description").strip() or description, one_text("The address of the page.")),
        context.outbound,
        context.parsing,
        uses_sitemap,
        min(inputs.integer("maxDepth", 0) or 1, DEEPEST),
        min(inputs.integer("maxPages", 0) or DEFAULT_PAGES, MOST_PAGES),
        min(seconds, MOST_SECONDS) if seconds and seconds > 0 else DEFAULT_SECONDS,
    )


NODES = (
    NodeType(
        "webScraperTool",
        "Web Scraper Tool",
        CATEGORY,
        (
            Input("scrapeMode", "choice"),
            Input("maxDepth", "number"),
            Input("maxPages", "number"),
            Input("timeoutS", "number"),
            Input("description"),
        ),
        build,
        f"reads at most {MOST_PAGES} pages of {DEEPEST} levels in a call, without a browser.",
    ),
)
