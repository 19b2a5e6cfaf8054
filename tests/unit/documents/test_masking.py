"""Secrets in values of nodes are hidden wherever they stand, and honest text stays."""

from __future__ import annotations

import base64
from typing import Any

import orjson
import pytest
from tradewind_server.documents.masking import HIDDEN, LONGEST_TEXT, masked, masked_value

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://anna:pa55@db:5432/x", f"postgresql://anna:{HIDDEN}@db:5432/x"),
        ("https://h/x?a=1&api_key=abc&b=2", f"https://h/x?a=1&api_key={HIDDEN}&b=2"),
        ("https://h/x?X-Amz-Signature=abc;sig=d", f"https://h/x?X-Amz-Signature={HIDDEN}"),
        ("https://h/x?key?key=abc", f"https://h/x?key?key={HIDDEN}"),
        ("https://h/x?page=2&monkeys=3", f"https://h/x?page=2&monkeys={HIDDEN}"),
        ("Authorization: Bearer   abcdef123456", f"Authorization: Bearer {HIDDEN}"),
        ("use sk-abcdef123456 here", f"use {HIDDEN} here"),
        (f"{TOKEN} x-{TOKEN} a.{TOKEN}", f"{HIDDEN} x-{HIDDEN} a.{HIDDEN}"),
        ("https://h:8080/a@b?x=1", "https://h:8080/a@b?x=1"),
        ("When does the ferry leave?", "When does the ferry leave?"),
    ],
)
def test_a_text(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"url": "x://a:b@c", "password": "p"}, {"url": f"x://a:{HIDDEN}@c", "password": HIDDEN}),
        ('{"headers": {"x-api-key": "abc"}}', orjson.dumps({"headers": {"x-api-key": HIDDEN}}).decode()),
        ([["sk-abcdef123456"]], [[HIDDEN]]),
        (3, 3),
    ],
)
def test_a_value(value: Any, shown: Any) -> None:
    assert masked_value(value) == shown


def test_of_a_long_text_the_beginning_is_given_back_without_half_a_secret() -> None:
    words = "word " * (LONGEST_TEXT // 5 - 1)
    assert masked_value(f"{words}sk-{'a' * 40} more") == words.rstrip()
    picture = base64.b64encode(bytes(30_000)).decode()
    assert masked_value(picture) == picture[:LONGEST_TEXT]
