"""Addresses as people and pages write them."""

from __future__ import annotations

import pytest
from tradewind_server.outbound.addresses import display_url, is_web_address, join_url, private_host, web_parts

MALFORMED = [
    "",
    "http://",
    "http://[",
    "http://[::1",
    "http://]",
    "http://a.example:x/",
    "http://a.example:99999/",
    "http://a.example:-1/",
    "http://a.example:²/",
    "//a.example",
    "ftp://a.example",
    "javascript:alert(1)",
    "http:///path",
    "http://\uff0f.example@x:y",
    "http://" + "a" * 9000,
]


@pytest.mark.parametrize("text", MALFORMED)
def test_what_is_no_address_is_none_and_nothing_breaks(text: str) -> None:
    assert web_parts(text) is None and not is_web_address(text)
    assert display_url(text) == "The address"


@pytest.mark.parametrize("link", [one for one in MALFORMED if ":" in one and not one.startswith(("http:///", "//"))])
def test_a_link_that_leads_nowhere_is_none(link: str) -> None:
    assert join_url("https://a.example/x", link) is None


def test_a_link_is_read_from_its_page() -> None:
    assert join_url("https://a.example/x/y", " ../z?q=1 ") == "https://a.example/z?q=1"
    assert join_url("https://a.example/x/y", "//b.example") == "https://b.example"


def test_what_is_shown_holds_no_secret() -> None:
    assert display_url("https://bob:pw@a.example:8080/b?key=1") == "https://a.example:8080/b"
    assert display_url("http://[::1]:90/b") == "http://[::1]:90/b"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("http://localhost:6333", "localhost"),
        ("http://QDRANT.:6333/", "qdrant"),
        ("10.0.0.7:6333", "10.0.0.7"),
        ("http://[::1]", "::1"),
        ("https://store.internal", "store.internal"),
        ("https://xyz.cloud.qdrant.io:6333", ""),
        ("https://8.8.8.8", ""),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_a_host_that_lies_inside_by_its_name(text: str, host: str) -> None:
    assert private_host(text) == host
