"""What every adapter of the port ``ChatflowCounts`` does: it counts what a list of messages shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.chats.ports import ChatMessage, Feedback, MessageFilter, PageRequest
from tradewind_server.chats.stats import ChatflowStats, FeedbackDay

from .conftest import MINE, MOMENT, THEIRS, new_id

FLOW = new_id()
ALL = MessageFilter(FLOW)


async def conversation(stores: Any, chat: str, turns: int, flow: str = FLOW, start: int = 0) -> list[ChatMessage]:
    """Turns of a question and an answer each; the answers."""
    rows = [
        ChatMessage(
            new_id(),
            "apiMessage" if number % 2 else "userMessage",
            flow,
            "text",
            chat,
            MOMENT + timedelta(seconds=start + number),
            session_id=chat,
        )
        for number in range(2 * turns)
    ]
    await stores.chat_messages.add(MINE, rows)
    return rows[1::2]


async def rate(stores: Any, answer: ChatMessage, rating: str, days: float = 0) -> None:
    moment = MOMENT + timedelta(days=days)
    row = Feedback(new_id(), answer.chatflow_id, answer.chat_id, answer.id, rating, None, moment)
    await stores.feedbacks.add(MINE, row)


async def test_an_empty_chatflow_has_no_figures(stores: Any) -> None:
    assert await stores.chatflow_counts.stats(MINE, ALL, 10) == ChatflowStats()
    assert await stores.chatflow_counts.stats(MINE, replace(ALL, ratings=("THUMBS_UP",)), 10) == ChatflowStats()


async def test_messages_sessions_and_feedback_are_counted(stores: Any) -> None:
    first = await conversation(stores, "a", 3)
    second = await conversation(stores, "b", 1, start=100)
    elsewhere = await conversation(stores, "a", 1, flow=new_id())
    for answer, rating, days in (
        (first[0], "THUMBS_UP", 0.0),
        (first[1], "THUMBS_DOWN", 1.0),
        (second[0], "THUMBS_UP", 1.5),  # 12 hours on, past midnight: the day after that.
        (elsewhere[0], "THUMBS_UP", 0.0),
    ):
        await rate(stores, answer, rating, days)
    days = (FeedbackDay("2025-01-01", 1, 0), FeedbackDay("2025-01-02", 1, 1))
    found = await stores.chatflow_counts.stats(MINE, ALL, 10)
    assert found == ChatflowStats(8, 2, 2, 1, days)
    assert (await stores.chatflow_counts.stats(MINE, replace(ALL, session_id="b"), 10)) == ChatflowStats(
        2, 1, 1, 0, (FeedbackDay("2025-01-02", 1, 0),)
    )
    assert (await stores.chatflow_counts.stats(MINE, ALL, 1)).days == days[1:]
    assert await stores.chatflow_counts.stats(THEIRS, ALL, 10) == ChatflowStats()


async def test_days_are_those_of_utc(stores: Any) -> None:
    (answer,) = await conversation(stores, "a", 1)
    await rate(stores, answer, "THUMBS_DOWN", 12.4 / 24)
    (other,) = await conversation(stores, "b", 1)
    await rate(stores, other, "THUMBS_DOWN", 12.6 / 24)
    days = (await stores.chatflow_counts.stats(MINE, ALL, 10)).days
    assert days == (FeedbackDay("2025-01-01", 0, 1), FeedbackDay("2025-01-02", 0, 1))


@pytest.mark.parametrize("ratings", [(), ("THUMBS_UP",), ("THUMBS_DOWN",), ("THUMBS_UP", "THUMBS_DOWN")])
async def test_the_number_of_messages_is_that_of_the_list(stores: Any, ratings: tuple[str, ...]) -> None:
    """Also where an answer comes right after another one, which then is its question."""
    answers = await conversation(stores, "a", 4)
    follow_up = ChatMessage(new_id(), "apiMessage", FLOW, "and", "a", answers[3].created_date, session_id="a")
    follow_up = replace(follow_up, created_date=answers[3].created_date + timedelta(seconds=1))
    await stores.chat_messages.add(MINE, [follow_up])
    for answer, rating in (
        (answers[0], "THUMBS_UP"),
        (answers[3], "THUMBS_UP"),
        (follow_up, "THUMBS_UP"),
        (answers[1], "THUMBS_DOWN"),
    ):
        await rate(stores, answer, rating)
    for filters in (
        ALL,
        replace(ALL, start_date=answers[1].created_date),
        replace(ALL, chat_id="a"),
        replace(ALL, chat_id="b"),
    ):
        asked = replace(filters, ratings=ratings)
        listed = (await stores.chat_messages.list(MINE, asked, PageRequest(100), with_feedback=True)).messages
        found = await stores.chatflow_counts.stats(MINE, asked, 10)
        assert found.messages == len(listed)
        assert found.sessions == len({row.session_id for row in listed})
        if not ratings:
            given = [row.feedback.rating for row in listed if row.feedback]
            assert (found.positive, found.negative) == (given.count("THUMBS_UP"), given.count("THUMBS_DOWN"))
