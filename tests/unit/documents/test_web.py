"""Loaders that fetch: which pages they take, what they make of them, and that they go out through the port only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.ports import Document, LoadContext
from tradewind_server.documents.splitters import RecursiveSplitter
from tradewind_server.documents.web import ApiSource, PageSource
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.outbound.ports import OutboundReply

Page = str | bytes | int | Exception


@dataclass
class Web:
    """Pages by address; numbers are statuses, exceptions are raised."""

    pages: Mapping[str, Page]
    kind: str = "text/html; charset=utf-8"
    charset: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    sent: list[tuple[Mapping[str, str], bytes | None]] = field(default_factory=list)

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 20.0,
    ) -> OutboundReply:
        self.asked.append((method, url))
        self.sent.append((dict(headers or {}), body))
        page = self.pages.get(url, 404)
        if isinstance(page, Exception):
            raise page
        if isinstance(page, int):
            return OutboundReply(page, url, self.kind, b"sorry")
        kind = "application/xml" if url.endswith(".xml") else self.kind
        return OutboundReply(200, url, kind, page.encode() if isinstance(page, str) else page, self.charset)


def linked(text: str, *links: str) -> str:
    return f"<html><body><p>{text}</p>{''.join(f'<a href={one!r}></a>' for one in links)}</body></html>"


SITE = {
    "https://shop.example/": linked("Home", "/menu", "about/", "https://other.example/x", "mailto:mia@x", "/list.pdf", "#top"),
    "https://shop.example/menu": linked("Menu", "/menu/bread", "/"),
    "https://shop.example/menu/bread": linked("Bread", "/menu#prices", "/menu/"),
    "https://shop.example/about/": linked("About", "/broken", "/away"),
    "https://shop.example/broken": 500,
    "https://shop.example/away": Unavailable(Reason.OUTBOUND_FAILED, "away"),
}


def scraper(web: Web, **changes: Any) -> PageSource:
    fields: dict[str, Any] = {
        "node_id": "cheerioWebScraper_0",
        "label": "Cheerio Web Scraper",
        "url": "https://shop.example/",
        "outbound": web,
        "follow": "webCrawl",
        "limit": 10,
        "selector": None,
        "exclusion": None,
        "as_html": False,
        "splitter": None,
        "rules": MetadataRules(),
    }
    return PageSource(**{**fields, **changes})


async def loaded(source: Any) -> list[Document]:
    return [one async for batch in source.load(LoadContext("w", "c")) for one in batch]


async def test_a_crawl_goes_depth_first_over_one_host() -> None:
    web = Web(SITE)
    documents = await loaded(scraper(web))
    assert [one.content for one in documents] == ["Home", "Menu", "Bread", "About"]
    assert [one.metadata["source"] for one in documents] == [
        "https://shop.example",
        "https://shop.example/menu",
        "https://shop.example/menu/bread",
        "https://shop.example/about",
    ]
    asked = [url for _, url in web.asked]
    assert len(asked) == len(set(asked))
    assert not any("other.example" in url or url.endswith(".pdf") for url in asked)


@pytest.mark.parametrize(("limit", "texts"), [(1, ["Home"]), (2, ["Home", "Menu"]), (0, ["Home", "Menu", "Bread", "About"])])
async def test_a_limit_of_pages(limit: int, texts: list[str]) -> None:
    assert [one.content for one in await loaded(scraper(Web(SITE), limit=limit))] == texts


async def test_without_links_one_page_is_taken() -> None:
    web = Web(SITE)
    (document,) = await loaded(scraper(web, follow=None, url="https://shop.example/menu"))
    assert (document.content, document.metadata) == ("Menu", {"source": "https://shop.example/menu"})
    assert len(web.asked) == 1


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://shop.example/menu </loc><priority>1</priority></url><url><loc>https://shop.example/broken</loc></url>
<url><loc>ftp://shop.example/x</loc></url><url><loc>https://other.example/x</loc></url><url></url></urlset>"""


async def test_a_sitemap_names_the_pages() -> None:
    web = Web({**SITE, "https://shop.example/sitemap.xml": SITEMAP, "https://other.example/x": linked("Other")})
    source = scraper(web, follow="scrapeXMLSitemap", url="https://shop.example/sitemap.xml")
    assert [(one.content, one.metadata["source"]) for one in await loaded(source)] == [
        ("Menu", "https://shop.example/menu"),
        ("Other", "https://other.example/x"),
    ]
    limited = scraper(web, follow="scrapeXMLSitemap", url="https://shop.example/sitemap.xml", limit=1)
    assert len(await loaded(limited)) == 1


async def test_what_is_no_sitemap_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="sitemap") as caught:
        await loaded(scraper(Web(SITE), follow="scrapeXMLSitemap"))
    assert caught.value.reason == Reason.NODE_INPUT_INVALID


@pytest.mark.parametrize("follow", [None, "webCrawl", "scrapeXMLSitemap"])
async def test_a_first_page_that_cannot_be_had_is_an_error_without_secrets(follow: Any) -> None:
    url = "https://bob:canary@shop.example/gone?token=canary"
    with pytest.raises(Unavailable, match="404") as caught:
        await loaded(scraper(Web(SITE), follow=follow, url=url))
    assert caught.value.reason == Reason.OUTBOUND_FAILED
    assert "canary" not in caught.value.message


async def test_the_guard_of_the_way_out_has_the_last_word() -> None:
    refusal = InvalidInput(Reason.OUTBOUND_REFUSED, "Private addresses may not be reached.")
    with pytest.raises(InvalidInput, match="Private"):
        await loaded(scraper(Web({"http://169.254.169.254/": refusal}), url="http://169.254.169.254/"))


PAGE = """<html><head><title>no</title><style>no</style></head><body><nav>links</nav><div class="main">Bread &amp; <b>rolls</b>
<script>no()</script></div><div class="main">Cake</div></body></html>"""


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"exclusion": "nav, .none"}, "Bread & rolls\nCake"),
        ({"selector": "div.main"}, "Bread & rolls\nCake"),
        ({"selector": "div.main", "as_html": True}, "Bread &amp; <b>rolls</b>\n<script>no()</script>"),
        ({"selector": "b"}, "rolls"),
    ],
)
async def test_what_is_taken_of_a_page(settings: dict[str, Any], text: str) -> None:
    (document,) = await loaded(scraper(Web({"https://shop.example/": PAGE}), follow=None, **settings))
    assert document.content.strip() == text


async def test_a_bad_selector_is_named_with_its_node() -> None:
    with pytest.raises(InvalidInput, match=r"cheerioWebScraper_0.*div >"):
        await loaded(scraper(Web(SITE), selector="div >"))


async def test_pages_are_split_and_get_their_metadata() -> None:
    page = linked("one two three four five six")
    source = scraper(
        Web({"https://shop.example/": page}), follow=None, splitter=RecursiveSplitter(14, 0), rules=MetadataRules({"k": "v"})
    )
    chunks = await loaded(source)
    assert [one.content for one in chunks] == ["one two three", "four five six"]
    assert chunks[0].metadata["k"] == "v"


def api(web: Web, **changes: Any) -> ApiSource:
    fields: dict[str, Any] = {
        "node_id": "apiLoader_0",
        "label": "API Loader",
        "method": "GET",
        "url": "https://api.example/items?api_key=canary",
        "outbound": web,
        "headers": {"X-Token": "canary"},
        "body": None,
        "splitter": None,
        "rules": MetadataRules(),
    }
    return ApiSource(**{**fields, **changes})


async def test_json_of_an_api_is_indented() -> None:
    web = Web({"https://api.example/items?api_key=canary": '{"items":["süß",1]}'}, "application/json")
    (document,) = await loaded(api(web))
    assert document.content == '{\n  "items": [\n    "süß",\n    1\n  ]\n}'
    assert document.metadata == {"url": "https://api.example/items?api_key=******"}
    assert web.sent == [({"X-Token": "canary"}, None)]


async def test_a_post_sends_its_body_as_json() -> None:
    web = Web({"https://api.example/items?api_key=canary": "plain words"})
    (document,) = await loaded(api(web, method="POST", body={"a": 1}))
    assert document.content == "plain words"
    ((headers, body),) = web.sent
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body or b"") == {"a": 1}


async def test_a_failing_api_is_an_error_without_secrets() -> None:
    with pytest.raises(Unavailable) as caught:
        await loaded(api(Web({})))
    assert "canary" not in caught.value.message
    assert "canary" not in repr(api(Web({}))).replace("api_key=canary", "")


async def read_from(source: PageSource | ApiSource) -> tuple[list[str], list[str]]:
    """Texts, and what was said of them."""
    said: list[str] = []
    context = LoadContext("w", "c", warn=said.append)
    return [one.content async for batch in source.load(context) for one in batch], said


NEWS = "Новости гавани: паром отправляется в семь часов утра"


@pytest.mark.parametrize(
    ("page", "charset"),
    [
        (f"<html><body><p>{NEWS}</p></body></html>", "windows-1251"),
        (f'<html><head><meta charset="windows-1251"></head><body><p>{NEWS}</p></body></html>', ""),
        (f'<head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><p>{NEWS}</p>', ""),
        (f'<?xml version="1.0" encoding="windows-1251"?><html><body><p>{NEWS}</p></body></html>', ""),
        (f"<head><meta charset=utf-8></head><p>{NEWS}</p>", "cp1251"),
    ],
)
@pytest.mark.parametrize("follow", [None, "webCrawl"])
async def test_a_page_is_read_in_the_encoding_it_declares(page: str, charset: str, follow: str | None) -> None:
    web = Web({"https://shop.example/": page.encode("cp1251")}, charset=charset)
    assert await read_from(scraper(web, follow=follow)) == ([NEWS], [])


async def test_a_page_that_declares_nothing_is_guessed_and_said() -> None:
    web = Web({"https://shop.example/": f"<p>{NEWS}</p>".encode("cp1251")})
    texts, said = await read_from(scraper(web, follow=None))
    assert texts == [NEWS]
    assert len(said) == 1 and said[0].startswith("https://shop.example/ is not UTF-8") and "Windows-1251" in said[0]


async def test_neighbours_and_sitemaps_are_read_in_their_encodings() -> None:
    home = linked("Home", "/news", "/broken").encode()
    pages = {
        "https://shop.example/": home,
        "https://shop.example/news": NEWS.encode("cp1251"),
        "https://shop.example/broken": b"\x00\x01\xff",
    }
    texts, said = await read_from(scraper(Web(pages)))
    assert texts == ["Home", NEWS]
    assert any("https://shop.example/broken was left out" in one for one in said)
    listed = "<?xml version='1.0' encoding='gb2312'?><urlset><url><loc>https://shop.example/渡</loc></url></urlset>"
    web = Web({"https://shop.example/map.xml": listed.encode("gb2312"), "https://shop.example/渡": NEWS})
    assert (await read_from(scraper(web, url="https://shop.example/map.xml", follow="scrapeXMLSitemap")))[0] == [NEWS]


@pytest.mark.parametrize(
    ("encoding", "charset"), [("cp1251", "windows-1251"), ("cp1251", ""), ("utf-16", ""), ("utf-8-sig", "")]
)
async def test_answers_of_an_api_are_read_in_their_encoding(encoding: str, charset: str) -> None:
    for text, expected in ((NEWS, NEWS), (f'{{"a": "{NEWS}"}}', f'{{\n  "a": "{NEWS}"\n}}')):
        web = Web({"https://api.example/items?api_key=canary": text.encode(encoding)}, charset=charset)
        assert (await read_from(api(web)))[0] == [expected]


async def test_an_answer_that_is_no_text_is_refused_without_secrets() -> None:
    web = Web({"https://api.example/items?api_key=canary": b"\x00\x01\x02\xff" * 9})
    with pytest.raises(Unavailable, match=r"api\.example cannot be read as text") as caught:
        await read_from(api(web))
    assert "canary" not in caught.value.message


BROKEN_LINKS = (
    "http://shop.example:99999/x",
    "http://shop.example:x/",
    "http://[",
    "http://[::1",
    "https://shop.example:-1/",
    "//",
)


async def test_links_that_lead_nowhere_are_passed_over() -> None:
    pages = {"https://shop.example/": linked("Home", *BROKEN_LINKS, "/menu"), "https://shop.example/menu": linked("Menu")}
    assert [one.content for one in await loaded(scraper(Web(pages)))] == ["Home", "Menu"]


async def test_a_sitemap_with_broken_addresses_gives_the_others() -> None:
    listed = "".join(f"<url><loc>{one}</loc></url>" for one in (*BROKEN_LINKS, "https://shop.example/menu"))
    pages = {"https://shop.example/s.xml": f"<urlset>{listed}</urlset>", "https://shop.example/menu": linked("Menu")}
    source = scraper(Web(pages), follow="scrapeXMLSitemap", url="https://shop.example/s.xml")
    assert [one.content for one in await loaded(source)] == ["Menu"]
