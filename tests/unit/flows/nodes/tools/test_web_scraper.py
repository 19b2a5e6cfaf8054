"""The Web Scraper Tool: which pages it reads, and that it keeps within its bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Turn
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import NodeInputs
from tradewind_server.outbound.ports import OutboundReply

from fakes.flow_engine import Engine

TURN = Turn("w", "c", "chat", "session", "q")


class Site:
    """Pages by address; numbers are statuses, exceptions are raised."""

    def __init__(self, **pages: Any) -> None:
        self.pages = {f"https://x.example/{name}": page for name, page in pages.items()}
        self.asked: list[str] = []

    async def request(self, method: str, url: str, *, timeout: float = 20.0, **_: Any) -> OutboundReply:
        self.asked.append(url)
        page = self.pages.get(url, 404)
        if isinstance(page, Exception):
            raise page
        kind = "application/xml" if url.endswith(".xml") else "text/html"
        if isinstance(page, int):
            return OutboundReply(page, url, kind, b"")
        return OutboundReply(200, url, kind, page.encode())


def html(title: str, *links: str, body: str = "") -> str:
    anchors = "".join(f'<a href="{link}">x</a>' for link in links)
    return (
        f"<html><head><title> {title}\n</title><meta name='description' content='About {title}'></head>"
        f"<body><script>no()</script><p>Text  of {title}.</p>{body}{anchors}</body></html>"
    )


def tool(site: Any, **inputs: Any) -> Any:
    engine = Engine()
    engine.outbound = site
    node = Node("webScraperTool_0", "webScraperTool", "Scraper", "Tools", inputs)
    context = engine.context_of(type("F", (), {"workspace_id": "w", "id": "c"})())  # type: ignore[arg-type]
    return builtin_registry().type_of(node).build(NodeInputs(node, inputs), context)


async def scrape(site: Any, url: str = "https://x.example/a", **inputs: Any) -> tuple[list[Mapping[str, Any]], str | None]:
    result = await tool(site, **inputs).call({"input": url}, TURN)
    return json.loads(result.text), result.error


async def test_one_page_by_itself() -> None:
    site = Site(a=html("A", "/b"), b=html("B"))
    pages, error = await scrape(site)
    assert error is None and site.asked == ["https://x.example/a"]
    assert pages == [{"url": "https://x.example/a", "title": "A", "description": "About A", "body_text": "Text of A."}] or (
        pages[0]["title"] == "A" and pages[0]["body_text"] == "Text of A."
    )


async def test_what_it_links_to_level_by_level() -> None:
    site = Site(a=html("A", "/b", "/b", "/a", "#top", "/c#x", "mailto:x@y"), b=html("B", "/d"), d=html("D"))
    pages, _ = await scrape(site, maxDepth="2")
    assert [page["url"][-1] for page in pages] == ["a", "b"]
    pages, _ = await scrape(site, maxDepth="3")
    assert [page["url"][-1] for page in pages] == ["a", "b", "d"] and not any("links" in page for page in pages)


async def test_a_limit_of_pages_holds() -> None:
    names = [f"p{number}" for number in range(30)]
    site = Site(a=html("A", *(f"/{name}" for name in names)), **{name: html(name) for name in names})
    pages, _ = await scrape(site, maxDepth="2", maxPages="7")
    assert len(pages) == 7 == len(site.asked)
    pages, _ = await scrape(site, maxDepth="2")
    assert len(pages) == 10


async def test_the_pages_of_a_sitemap() -> None:
    urls = "".join(f"<url><loc>https://x.example/{name}</loc></url>" for name in ("b", "d", "b"))
    site = Site(a=html("A"), b=html("B"), d=html("D"), **{"sitemap.xml": f"<urlset>{urls}</urlset>"})
    pages, _ = await scrape(site, scrapeMode="sitemap")
    assert [page["title"] for page in pages] == ["B", "D"]


@pytest.mark.parametrize("sitemap", [404, "<a", "<urlset></urlset>", InvalidInput(Reason.OUTBOUND_REFUSED, "no")])
async def test_without_a_sitemap_the_page_itself_is_read(sitemap: Any) -> None:
    pages, _ = await scrape(Site(a=html("A"), **{"sitemap.xml": sitemap}), scrapeMode="sitemap")
    assert [page["title"] for page in pages] == ["A"]


@pytest.mark.parametrize("page", [500, InvalidInput(Reason.OUTBOUND_REFUSED, "x.example is not in the public internet")])
async def test_a_page_that_cannot_be_had_is_a_failure_the_model_can_read(page: Any) -> None:
    pages, error = await scrape(Site(a=page))
    assert error and pages[0]["error"] == error


@pytest.mark.parametrize("url", ["", "x.example", "file:///etc/passwd", "http://"])
async def test_what_is_no_address_is_said(url: str) -> None:
    result = await tool(Site()).call({"input": url}, TURN)
    assert result.error and "begins with https://" in result.text


async def test_long_pages_are_cut() -> None:
    pages, _ = await scrape(Site(a=html("A", body=f"<p>{'word ' * 50_000}</p>")), maxPages="50")
    assert len(pages[0]["body_text"]) == 2000


async def test_all_pages_together_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from tradewind_server.flows.nodes.tools import web_scraper

    class Slow(Site):
        async def request(self, method: str, url: str, **fields: Any) -> OutboundReply:
            await asyncio.sleep(10)
            raise AssertionError

    monkeypatch.setattr(web_scraper, "ALL_SECONDS", 0.05)
    pages, error = await scrape(Slow())
    assert error and "within" in pages[0]["error"]


def test_bounds_of_the_inputs() -> None:
    large = tool(Site(), maxDepth="99", maxPages="9999", timeoutS="9999", description="Reads.")
    assert (large.depth, large.most_pages, large.seconds, large.spec.description) == (5, 50, 120.0, "Reads.")
    plain = tool(Site(), maxDepth="", maxPages="0")
    assert (plain.depth, plain.most_pages, plain.seconds, plain.spec.name) == (1, 10, 60.0, "web_scraper_tool")
