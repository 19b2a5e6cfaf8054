"""Secrets in values of nodes are hidden wherever they stand, and honest text stays."""

from __future__ import annotations

import base64
from typing import Any

import orjson
import pytest
from tradewind_server.documents.masking import LONGEST_TEXT, MASK, mask, masked_value

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://anna:pa55@db:5432/x", f"postgresql://anna:{MASK}@db:5432/x"),
        ("https://h/x?a=1&api_key=abc&b=2", f"https://h/x?a=1&api_key={MASK}&b=2"),
        ("https://h/x?X-Amz-Signature=abc;sig=d", f"https://h/x?X-Amz-Signature={MASK}"),
        ("https://h/x?key?key=abc", f"https://h/x?key?key={MASK}"),
        ("https://h/x?page=2&monkeys=3", f"https://h/x?page=2&monkeys={MASK}"),
        ("Authorization: Bearer   abcdef123456", f"Authorization: Bearer {MASK}"),
        ("use sk-abcdef123456 here", f"use {MASK} here"),
        (f"{TOKEN} x-{TOKEN} a.{TOKEN}", f"{MASK} x-{MASK} a.{MASK}"),
        ("https://h:8080/a@b?x=1", "https://h:8080/a@b?x=1"),
        ("When does the ferry leave?", "When does the ferry leave?"),
    ],
)
def test_a_text(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"url": "x://a:b@c", "password": "p"}, {"url": f"x://a:{MASK}@c", "password": MASK}),
        ('{"headers": {"x-api-key": "abc"}}', orjson.dumps({"headers": {"x-api-key": MASK}}).decode()),
        ([["sk-abcdef123456"]], [[MASK]]),
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
