from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from tradewind_server.chats.filters import (
    CHAT_TYPES,
    check_deletion,
    flag,
    is_descending,
    listing,
    message_filter,
    page_token,
    parse_page_token,
)
from tradewind_server.chats.ports import MessageFilter, Position
from tradewind_server.errors import InvalidInput, Reason

FLOW = "11111111-1111-4111-8111-111111111111"
POSITION = Position(datetime(2025, 1, 1, 11, 28, 36, 123456, UTC), "m-1")


def test_nothing_given_selects_all() -> None:
    assert message_filter(FLOW, {}) == MessageFilter(FLOW)
    assert message_filter(FLOW, {"chat_id": None, "order": "ASC"}) == MessageFilter(FLOW)


def test_every_filter_arrives() -> None:
    given = {"chat_id": "a_b+c/d", "session_id": "s", "memory_type": "M", "message_id": "ABCD-1"}
    dates = {"start_date": "2025-01-01", "end_date": "2025-01-13"}
    assert message_filter(FLOW.upper(), {**given, **dates}, ["EXTERNAL"], ["THUMBS_UP"]) == MessageFilter(
        FLOW,
        ("EXTERNAL",),
        "a_b+c/d",
        "s",
        "M",
        "abcd-1",
        datetime(2025, 1, 1, tzinfo=UTC),
        datetime(2025, 1, 13, 0, 0, 0, 999, tzinfo=UTC),
        ("THUMBS_UP",),
    )


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ([], ()),
        (["INTERNAL"], ("INTERNAL",)),
        (["INTERNAL", "EXTERNAL", "INTERNAL"], ("INTERNAL", "EXTERNAL")),
        (['["INTERNAL","MCP"]'], ("INTERNAL", "MCP")),
        (['["INTERNAL"]', "WEBHOOK"], ("INTERNAL", "WEBHOOK")),
        (list(CHAT_TYPES), CHAT_TYPES),
    ],
)
def test_chat_types_come_singly_repeated_or_as_a_json_array(values: list[str], chosen: tuple[str, ...]) -> None:
    assert message_filter(FLOW, {}, values).chat_types == chosen


@pytest.mark.parametrize(
    "bad", ["", "internal", "[]", "[1]", "[null]", '[["INTERNAL"]]', '["INTERNAL"', "INTERNAL,MCP", "[{}]"]
)
def test_a_kind_that_is_none_is_never_read_as_all(bad: str) -> None:
    for arguments in ((["INTERNAL", bad], ()), ((), ["THUMBS_UP", bad])):
        with pytest.raises(InvalidInput) as raised:
            message_filter(FLOW, {}, *arguments)
        assert raised.value.reason is Reason.INVALID_FILTER


@pytest.mark.parametrize("name", ["chat_id", "session_id", "memory_type", "message_id", "start_date", "end_date"])
def test_an_empty_value_is_never_read_as_all(name: str) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        message_filter(FLOW, {name: ""})


def test_what_is_no_date_is_refused_by_name() -> None:
    with pytest.raises(InvalidInput, match="endDate"):
        message_filter(FLOW, {"end_date": "soon"})


def test_an_id_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput) as raised:
        message_filter("abc", {})
    assert raised.value.reason is Reason.INVALID_CHATFLOW_ID


@pytest.mark.parametrize(
    ("order", "sort", "descending"),
    [(None, None, False), ("DESC", None, True), ("desc", None, True), (None, "DESC", True), ("ASC", "DESC", False)],
)
def test_sort_is_an_older_word_for_order(order: str | None, sort: str | None, descending: bool) -> None:
    assert is_descending(order, sort) is descending


@pytest.mark.parametrize("given", [("up", None), ("", None), (None, "")])
def test_an_order_that_is_none_is_refused(given: tuple[str | None, str | None]) -> None:
    with pytest.raises(InvalidInput, match="must be ASC or DESC"):
        is_descending(*given)


def test_false_is_false() -> None:
    assert [flag(text, "feedback") for text in ("true", "TRUE", "1", "false", "False", "0", "", None)] == [
        True, True, True, False, False, False, False, None,
    ]  # fmt: skip
    with pytest.raises(InvalidInput, match="feedback"):
        flag("maybe", "feedback")


def test_ratings_ask_for_feedback_unless_it_is_not_wanted() -> None:
    assert listing(FLOW, {}).with_feedback is False
    assert listing(FLOW, {}, feedback=True).with_feedback is True
    assert listing(FLOW, {}, (), ["THUMBS_DOWN"]).with_feedback is True
    assert listing(FLOW, {}, (), ["THUMBS_DOWN"], feedback=False).with_feedback is False


NARROW = MessageFilter(FLOW, session_id="s")
WHOLE = MessageFilter(FLOW)


@pytest.mark.parametrize(
    ("filters", "values"),
    [
        (NARROW, {"all_named": None, "with_order": True}),
        (NARROW, {"all_named": False, "with_order": False}),
        (WHOLE, {"all_named": None, "with_order": False}),
        (WHOLE, {"all_named": True, "with_order": False}),
        (MessageFilter(FLOW, ratings=("THUMBS_UP",)), {"all_named": False, "with_order": False}),
    ],
)
def test_deletions_that_say_what_they_mean(filters: MessageFilter, values: dict[str, Any]) -> None:
    check_deletion(filters, **values)


@pytest.mark.parametrize(
    ("filters", "values"),
    [
        (WHOLE, {"all_named": None, "with_order": True}),
        (WHOLE, {"all_named": False, "with_order": False}),
        (NARROW, {"all_named": True, "with_order": False}),
    ],
)
def test_deletions_that_are_wider_than_they_look(filters: MessageFilter, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        check_deletion(filters, **values)


@pytest.mark.parametrize("descending", [False, True])
def test_a_page_token_comes_back_as_its_position(descending: bool) -> None:
    token = page_token(POSITION, descending=descending)
    assert token.replace("-", "").replace("_", "").isalnum()
    assert parse_page_token(token, descending=descending) == POSITION
    with pytest.raises(InvalidInput, match="other order"):
        parse_page_token(token, descending=not descending)


def test_no_token_is_the_beginning_and_the_end() -> None:
    assert page_token(None, descending=False) == ""
    assert parse_page_token("", descending=False) is None


def sealed(value: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).decode()


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "ä",
        "%%%%",
        "AAAA",
        sealed([]),
        sealed({}),
        sealed(None),
        sealed([1, 2, False]),
        sealed(["soon", "m", False]),
        sealed(["0001-01-01T00:00:00+01:00", "m", False]),
        sealed(["2025-01-01T00:00:00+00:00", "m"]),
        sealed(["2025-01-01T00:00:00+00:00", "m", 0]),
        "A" * 100_000,
    ],
)
def test_a_token_that_is_not_ours_is_refused(token: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        parse_page_token(token, descending=False)
    assert raised.value.reason is Reason.INVALID_FILTER
