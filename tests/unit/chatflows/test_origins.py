"""Which pages may call a chatflow."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.chatflows.origins import REFUSAL, AllowedOrigins, allowed_origins
from tradewind_server.errors import PermissionDenied, Reason


def listing(*origins: Any, sentence: Any = None) -> AllowedOrigins:
    return allowed_origins(list(origins), sentence)


@pytest.mark.parametrize(
    ("entry", "origin"),
    [
        ("https://good.example", "https://good.example"),
        ("https://good.example/", "https://good.example"),
        ("https://good.example/path?x=1", "https://good.example"),
        ("HTTPS://Good.Example", "https://good.example"),
        ("https://good.example:443", "https://good.example"),
        ("https://good.example", "https://good.example:443"),
        ("http://good.example:8080", "http://good.example:8080"),
        ("good.example", "https://good.example"),
        ("good.example", "http://good.example"),
        ("localhost:3000", "http://localhost:3000"),
        (" https://good.example ", "https://good.example"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("chrome-extension://abcdef", "chrome-extension://abcdef"),
    ],
)
def test_a_listed_page_may_call(entry: str, origin: str) -> None:
    listing("https://other.example", entry).check(origin)


@pytest.mark.parametrize(
    ("entry", "origin"),
    [
        ("https://good.example", "http://good.example"),
        ("http://good.example", "https://good.example"),
        ("https://good.example", "https://good.example:8443"),
        ("https://good.example:8443", "https://good.example"),
        ("good.example", "https://good.example:8443"),
        ("https://good.example", "https://good.example.evil.example"),
        ("https://good.example", "https://evil.example/good.example"),
        ("https://good.example", "https://good.example@evil.example"),
        ("https://good.example", "good.example"),
        ("https://good.example", "null"),
        ("null", "null"),
        ("https://good.example", "http://["),
        ("http://[", "http://["),
        ("https://good.example", "https://good.example:99999"),
        ("https://good.example", "https://good.example:x"),
        ("https://good.example", "://"),
        ("https://good.example", "https://"),
        ("https://good.example", "https://" + "a" * 5000),
        ("https://good.example", "https://\ud800.example"),
        ("https://good.example", "https://" + "ä" * 300),
        ("https://good.example", "\x00"),
    ],
)
def test_every_other_page_is_refused_and_nothing_breaks(entry: str, origin: str) -> None:
    with pytest.raises(PermissionDenied, match=REFUSAL) as caught:
        listing(entry).check(origin)
    assert caught.value.reason == Reason.ORIGIN_NOT_ALLOWED


@pytest.mark.parametrize("listed", [None, "x", {}, [], ["", " ", 7, None]])
@pytest.mark.parametrize("origin", ["https://any.example", "http://[", "null"])
def test_without_a_list_any_page_may_call(listed: Any, origin: str) -> None:
    allowed_origins(listed, "Not from here.").check(origin)


@pytest.mark.parametrize("origin", [None, ""])
def test_a_call_without_an_origin_comes_from_no_page(origin: str | None) -> None:
    listing("https://good.example").check(origin)


@pytest.mark.parametrize(
    ("given", "told"), [("Not from here.", "Not from here."), ("", REFUSAL), (7, REFUSAL), ("x" * 900, "x" * 500)]
)
def test_the_owners_sentence_is_told(given: Any, told: str) -> None:
    with pytest.raises(PermissionDenied) as caught:
        listing("https://good.example", sentence=given).check("https://evil.example")
    assert caught.value.message == told
