"""The pages of a web site: by their links and in a sitemap, within bounds."""

from __future__ import annotations

import pytest
from tradewind_server.documents.links import LinkFinder
from tradewind_server.documents.threads import ThreadParsing
from tradewind_server.errors import InvalidInput, Reason, Unavailable

from .test_web import Web, linked

SITE = {
    "https://shop.example/": linked("Home", "/menu", "/broken", "https://other.example/x", "/list.pdf"),
    "https://shop.example/menu": linked("Menu", "/menu/bread", "/"),
    "https://shop.example/menu/bread": linked("Bread"),
    "https://shop.example/sitemap.xml": "<urlset><url><loc>https://shop.example/a</loc></url>"
    "<url><loc>ftp://shop.example/b</loc></url><url><loc>https://shop.example/c</loc></url></urlset>",
}


def finder(web: Web) -> LinkFinder:
    return LinkFinder(web, ThreadParsing())


async def test_a_crawl_stays_on_its_host() -> None:
    links = await finder(Web(SITE)).links("https://shop.example/", crawls=True, limit=0)
    assert links == ["https://shop.example", "https://shop.example/menu", "https://shop.example/menu/bread"]
    assert len(await finder(Web(SITE)).links("https://shop.example/", crawls=True, limit=2)) == 2


async def test_a_sitemap_is_read_and_its_pages_are_not() -> None:
    web = Web(SITE)
    links = await finder(web).links("https://shop.example/sitemap.xml", crawls=False, limit=10)
    assert links == ["https://shop.example/a", "https://shop.example/c"]
    assert web.asked == [("GET", "https://shop.example/sitemap.xml")]
    assert len(await finder(web).links("https://shop.example/sitemap.xml", crawls=False, limit=1)) == 1


@pytest.mark.parametrize("url", ["", "shop.example", "file:///etc/passwd", "javascript:alert(1)"])
async def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        await finder(Web(SITE)).links(url, crawls=True, limit=1)


@pytest.mark.parametrize("limit", [-1, 1001])
async def test_a_limit_has_bounds(limit: int) -> None:
    with pytest.raises(InvalidInput, match="limit"):
        await finder(Web(SITE)).links("https://shop.example/", crawls=True, limit=limit)


async def test_failures_are_told() -> None:
    web = Web({"https://shop.example/": InvalidInput(Reason.OUTBOUND_REFUSED, "Private.")})
    with pytest.raises(InvalidInput) as raised:
        await finder(web).links("https://shop.example/", crawls=False, limit=1)
    assert raised.value.reason is Reason.OUTBOUND_REFUSED
    with pytest.raises(Unavailable):
        await finder(Web({})).links("https://shop.example/", crawls=True, limit=1)
