from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.store.repositories.repository import CHUNK, chunks, dump, load, storable


@pytest.mark.parametrize("value", [{}, [], {"ü": [1, 1.5, None, True, "🏙"]}, "text", 0, [{"a": {"b": []}}]])
def test_json_comes_back(value: Any) -> None:
    assert load(dump(value)) == value


def test_none_stays_null_and_what_is_no_json_stays_text() -> None:
    assert dump(None) is None
    assert load(None) is None
    assert load("not json") == "not json"


def test_what_json_does_not_know_spoils_nothing() -> None:
    assert load(dump([{1: 2**70, "half": "a\ud800"}])) == [{"1": float(2**70), "half": "a\ufffd"}]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("plain", "plain"), ("a\x00b", "a\ufffdb"), ("ü🏙", "ü🏙"), ("ü\x00", "ü\ufffd"), ("a\ud800b", "a\ufffdb"), ("", "")],
)
def test_text_that_both_databases_take(text: str, kept: str) -> None:
    assert storable(text) == kept


def test_chunks_leave_nothing_out() -> None:
    values = list(range(2 * CHUNK + 1))
    pieces = list(chunks(values))
    assert [len(piece) for piece in pieces] == [CHUNK, CHUNK, 1]
    assert [value for piece in pieces for value in piece] == values
    assert list(chunks([])) == []
