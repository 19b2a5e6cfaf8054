"""Which pages may call a chatflow."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.chatflows.origins import REFUSAL, check_origin
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.errors import PermissionDenied, Reason

MOMENT = datetime(2025, 1, 1, tzinfo=UTC)


def listing(*origins: Any, **more: Any) -> Chatflow:
    config = json.dumps({"allowedOrigins": list(origins), **more})
    return Chatflow("f", "w", "Flow", "{}", "CHATFLOW", MOMENT, MOMENT, chatbot_config=config)


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
    check_origin(listing("https://other.example", entry), origin)


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
        check_origin(listing(entry), origin)
    assert caught.value.reason == Reason.ORIGIN_NOT_ALLOWED


@pytest.mark.parametrize("config", [None, "", "{", "[]", '{"allowedOrigins": "x"}', '{"allowedOrigins": ["", " ", 7, null]}'])
@pytest.mark.parametrize("origin", ["https://any.example", "http://[", "null"])
def test_without_a_list_any_page_may_call(config: str | None, origin: str) -> None:
    check_origin(Chatflow("f", "w", "Flow", "{}", "CHATFLOW", MOMENT, MOMENT, chatbot_config=config), origin)


@pytest.mark.parametrize("origin", [None, ""])
def test_a_call_without_an_origin_comes_from_no_page(origin: str | None) -> None:
    check_origin(listing("https://good.example"), origin)


@pytest.mark.parametrize(
    ("given", "told"), [("Not from here.", "Not from here."), ("", REFUSAL), (7, REFUSAL), ("x" * 900, "x" * 500)]
)
def test_the_owners_sentence_is_told(given: Any, told: str) -> None:
    with pytest.raises(PermissionDenied) as caught:
        check_origin(listing("https://good.example", allowedOriginsError=given), "https://evil.example")
    assert caught.value.message == told
