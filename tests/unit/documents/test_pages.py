"""HTML as text, links and Markdown."""

from __future__ import annotations

import pytest
from tradewind_server.documents.pages import (
    HtmlToMarkdownSplitter,
    _without_head,
    links_of,
    page_key,
    page_text,
    sitemap_urls,
    to_markdown,
)
from tradewind_server.documents.ports import Document
from tradewind_server.outbound.addresses import web_parts

PAGE = """<html><head><title>Title</title><style>p {}</style></head><body><h1>Bread</h1><p>Costs <b>four</b> &euro;.</p>
<h2>Cake</h2><ul><li>apple</li><li>plum</li></ul><script>x()</script><h2>Pie</h2><p>none</p></body></html>"""


def test_html_becomes_markdown() -> None:
    text = to_markdown(PAGE)
    assert text.startswith("# Bread\n")
    assert "Costs **four** €." in text
    assert "- apple\n- plum" in text
    assert "x()" not in text
    assert "Title" not in text


@pytest.mark.parametrize("text", ["plain words", "3 > 2", ""])
def test_text_that_is_no_html_stays(text: str) -> None:
    assert to_markdown(text) == text


def test_pages_are_cut_at_their_headers() -> None:
    chunks = HtmlToMarkdownSplitter(30, 0).split([Document(PAGE, {"source": "a"})])
    assert [chunk.content.split("\n")[0] for chunk in chunks] == ["# Bread", "## Cake", "## Pie"]
    assert chunks[0].metadata == {"source": "a", "loc": {"lines": {"from": 1, "to": 3}}}


def test_html_nested_without_measure_does_no_harm() -> None:
    assert "deep" in to_markdown("<div>" * 3000 + "deep" + "</div>" * 3000)


def test_links_are_absolute_and_of_the_web() -> None:
    hrefs = [
        "b?c=1",
        "/d#e",
        "http://[bad",
        "http://a.example:99999/",
        "http://a.example:x/",
        "http://",
        "mailto:x",
        " //f.g/ ",
    ]
    page = "<a>none</a>" + "".join(f"<a href='{href}'>x</a>" for href in hrefs)
    assert links_of(page, "https://a.example/x/y") == ["https://a.example/x/b?c=1", "https://a.example/d#e", "https://f.g/"]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.example/", "https://a.example"),
        ("https://a.example/b/?c=1#d", "https://a.example/b/?c=1"),
        ("http://bob:x@A.example:8080/b/", "https://a.example:8080/b"),
    ],
)
def test_one_name_for_one_page(url: str, key: str) -> None:
    parts = web_parts(url)
    assert parts is not None and page_key(parts, "https") == key


def test_what_is_no_xml_is_no_sitemap() -> None:
    assert sitemap_urls(b"<html><p></html>") is None
    assert sitemap_urls(b"<urlset/>") == []


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<html><head><title>T</title></head><body>x</body>", "<html><body>x</body>"),
        ("<HEAD lang='a'>a</HEAD  >b<head>c</head>d", "bd"),
        ("<header>a</header>", "<header>a</header>"),
        ("<head>a", "<head>a"),
        ("<head ><head a</head>b", "b"),
        ("a</head>", "a</head>"),
    ],
)
def test_a_page_without_its_head(html: str, kept: str) -> None:
    assert _without_head(html) == kept


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><tr><th>item</th><th>price</th></tr><tr><td>Bread</td><td>4</td></tr></table>", "item price\nBread 4"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li>x</li><li>y</li></ul>z", "x\ny\nz"),
        ("<h1>Title</h1>text<p>more</p><div>end</div>", "Title\ntext\nmore\nend"),
        ("<p>a</p>\n<p>b</p>", "a\nb"),
        ("wo<b>rd</b>s <i>of</i> <span>one</span>line", "words of oneline"),
        ("a<wbr>b&shy;c", "ab\u00adc"),
    ],
)
def test_words_of_neighbouring_blocks_stay_apart(html: str, text: str) -> None:
    assert page_text(html, None, None, as_html=False) == text


def test_finds_of_a_selector_stay_apart() -> None:
    assert page_text("<p>a</p><p>b</p>", "p", None, as_html=False) == "a\nb"
    assert page_text("<p>a<br>b</p>", "p", None, as_html=True) == "a<br>b"
