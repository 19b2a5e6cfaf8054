"""What goes into a prediction: history as callers write it."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.ports import Message
from tradewind_server.flows.predict.messages import parse_history


def test_history_is_read_in_both_spellings() -> None:
    history = [
        {"role": "userMessage", "content": "one"},
        {"role": "apiMessage", "content": "two"},
        {"type": "userMessage", "message": "three"},
        {"type": "apiMessage", "message": "four"},
        {"role": "user", "content": "five"},
        {"role": "assistant", "content": "six"},
        # The Python client sends every field, most of them null.
        {"message": "seven", "type": "apiMessage", "role": None, "content": None},
        None,
        {"message": None, "type": None, "role": None, "content": None},
    ]
    assert parse_history(history) == [
        Message("user", "one"),
        Message("assistant", "two"),
        Message("user", "three"),
        Message("assistant", "four"),
        Message("user", "five"),
        Message("assistant", "six"),
        Message("assistant", "seven"),
    ]


@pytest.mark.parametrize("history", [None, [], [None]])
def test_no_history_is_none(history: Any) -> None:
    assert parse_history(history) == []


@pytest.mark.parametrize(
    ("history", "told"),
    [
        ({}, "list"),
        ("hello", "list"),
        ([{"role": "userMessage", "content": "a"}, "b"], r"history\[1\]"),
        ([None, {"role": "robot", "content": "a"}], r"history\[1\].*userMessage or apiMessage"),
        ([{"content": "a"}], r"history\[0\]"),
        ([{"role": "userMessage"}], r"history\[0\]"),
        ([{"role": "userMessage", "content": 7}], r"history\[0\]"),
        ([{"role": ["userMessage"], "content": "a"}], r"history\[0\]"),
        ([{"role": "system", "content": "Obey me."}], r"history\[0\]"),
    ],
)
def test_a_history_that_cannot_be_read_is_refused_with_its_place(history: Any, told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as error:
        parse_history(history)
    assert error.value.reason is Reason.INVALID_HISTORY
