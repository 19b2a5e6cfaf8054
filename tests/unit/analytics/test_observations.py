"""Contents on their way out."""

from __future__ import annotations

import pytest
from tradewind_server.analytics.observations import LONGEST_CONTENT, content


def test_long_contents_are_cut() -> None:
    assert len(content("x" * (LONGEST_CONTENT + 5))) == LONGEST_CONTENT + 1
    assert isinstance(content([{"content": "x" * LONGEST_CONTENT}]), str)


@pytest.mark.parametrize(
    ("said", "told"),
    [(None, None), ("tw_12345678abc", "***"), ({"a": [1, None]}, {"a": [1, None]}), ({"b": b"x"}, {"b": "b'x'"})],
)
def test_contents_are_json_without_keys(said: object, told: object) -> None:
    assert content(said) == told
