"""Keys are taken as people paste them."""

from __future__ import annotations

import pytest
from tradewind_server.header_values import key_fault, pasted_key

KEY = "sk-Test_123.abc/d+e=="


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"  {KEY}\r\n",
        f"\ufeff{KEY}\n",
        f"\u200b{KEY[:4]}\u00ad\u200d{KEY[4:]}\u2060\u00a0",
        f"Bearer {KEY}",
        f"bearer\u00a0{KEY}",
        f"Authorization: Bearer {KEY}",
        f"x-api-key: {KEY}",
        f'"{KEY}"',
        f"'{KEY}',",
        f"`{KEY}`",
        f"\u201c{KEY}\u201d",
        f"<{KEY}>",
        f'export OPENAI_API_KEY="{KEY}"',
        f"OPENAI_API_KEY={KEY};",
        f"$env:OPENAI_API_KEY = '{KEY}'",
        f'"Bearer {KEY}"',
        f'"apiKey": "{KEY}",',
    ],
)
def test_what_was_pasted_with_a_key_is_left_out(text: str) -> None:
    assert pasted_key(text) == KEY
    assert key_fault(pasted_key(text)) is None


@pytest.mark.parametrize("text", ["", " \n", "\ufeff", "Bearer ", "''", '"'])
def test_nothing_is_no_key(text: str) -> None:
    assert pasted_key(text).strip('"') == ""


@pytest.mark.parametrize("text", ["sk-a b", "sk-a\nb", "sk\u2013a", "x" * 9000])
def test_what_is_inside_a_key_is_left_and_told(text: str) -> None:
    assert pasted_key(text) == text
    assert key_fault(text)


def test_no_text_takes_long() -> None:
    pasted_key("'" * 1_000_000)
    pasted_key("Bearer " * 200_000)
