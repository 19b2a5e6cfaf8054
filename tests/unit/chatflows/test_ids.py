"""Ids as callers write them."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.chatflows.ids import check_id, optional_id
from tradewind_server.errors import InvalidInput, Reason

FLOW = "0f8fad5b-d9cb-469f-a165-70867728950e"


def test_ids_are_uuids_in_lower_case() -> None:
    assert check_id(FLOW) == FLOW
    assert check_id(FLOW.upper()) == FLOW


@pytest.mark.parametrize("text", ["", "abc", FLOW[:-1], FLOW + "0", f" {FLOW}", f"{{{FLOW}}}", FLOW.replace("-", "")])
def test_anything_else_is_no_id(text: str) -> None:
    with pytest.raises(InvalidInput) as error:
        check_id(text)
    assert error.value.reason is Reason.INVALID_CHATFLOW_ID


@pytest.mark.parametrize("value", [None, ""])
def test_an_empty_conversation_id_is_absent(value: Any) -> None:
    assert optional_id(value, "chatId") is None


def test_conversation_ids_may_be_any_text() -> None:
    assert optional_id("customer+0_1/ä", "chatId") == "customer+0_1/ä"


@pytest.mark.parametrize(
    ("value", "told"),
    [(7, "string"), (True, "string"), ({}, "string"), (["a"], "string"), ("x" * 256, "255"), ("a\x00b", r"U\+0000")],
)
def test_what_cannot_be_a_conversation_id_is_refused_by_name(value: Any, told: str) -> None:
    with pytest.raises(InvalidInput, match=f"chatId.*{told}"):
        optional_id(value, "chatId")
