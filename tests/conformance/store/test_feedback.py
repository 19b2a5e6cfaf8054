"""What every adapter of the port ``Feedbacks`` does; joins with messages stand in ``test_chat_messages.py``."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.chats.ports import ChatMessage, Feedback, FeedbackFilter, MessageFilter, MessagePlace, PageRequest
from tradewind_server.errors import NotFound, Reason

from .conftest import MINE, MOMENT, THEIRS, new_id

FLOW = new_id()
OTHER_FLOW = new_id()
ALL = FeedbackFilter(FLOW)
WHOLE = PageRequest(1000)


def answer(number: int, flow: str = FLOW, chat: str = "c") -> ChatMessage:
    moment = MOMENT + timedelta(seconds=number)
    identity = f"{number:08}-0000-4000-8000-{flow[-12:]}"
    return ChatMessage(identity, "apiMessage", flow, "hi", chat, moment, session_id=chat)


def opinion(message: ChatMessage, number: int = 0, **fields: Any) -> Feedback:
    """Two share each moment; ids grow with the number."""
    moment = MOMENT + timedelta(seconds=number // 2)
    row = Feedback(
        f"{number:08}-0000-4000-9000-{message.chatflow_id[-12:]}", message.chatflow_id, message.chat_id, message.id,
        "THUMBS_UP", "so 🏙", moment,
    )  # fmt: skip
    return replace(row, **fields)


async def stored(stores: Any, count: int, **fields: Any) -> list[Feedback]:
    messages = [answer(number, **fields) for number in range(count)]
    await stores.chat_messages.add(MINE, messages)
    rows = [opinion(message, number) for number, message in enumerate(messages)]
    await asyncio.gather(*(stores.feedbacks.add(MINE, row) for row in rows))
    return rows


async def test_feedback_comes_back_as_it_was_stored(stores: Any) -> None:
    message = answer(1)
    await stores.chat_messages.add(MINE, [message])
    row = opinion(message, content=None)
    await stores.feedbacks.add(MINE, row)
    assert await stores.feedbacks.get_by_id(row.id) == (MINE, row)
    assert await stores.feedbacks.by_message(MINE, message.id) == row
    assert await stores.feedbacks.message_place(message.id) == MessagePlace(MINE, FLOW, "c")
    assert await stores.feedbacks.get_by_id(new_id()) is None
    assert await stores.feedbacks.message_place(new_id()) is None


async def test_a_message_that_is_not_there_takes_none(stores: Any) -> None:
    message = answer(1)
    await stores.chat_messages.add(MINE, [message])
    wrong = [(MINE, opinion(answer(2))), (THEIRS, opinion(message)), (MINE, opinion(message, chatflow_id=OTHER_FLOW))]
    for workspace, row in wrong:
        with pytest.raises(NotFound) as raised:
            await stores.feedbacks.add(workspace, row)
        assert raised.value.reason is Reason.CHAT_MESSAGE_NOT_FOUND
    assert await stores.feedbacks.by_message(MINE, message.id) is None


async def test_what_is_no_character_is_replaced(stores: Any) -> None:
    message = answer(1)
    await stores.chat_messages.add(MINE, [message])
    row = opinion(message, content="a\x00b\ud800")
    await stores.feedbacks.add(MINE, row)
    (found,) = (await stores.feedbacks.list(MINE, ALL, WHOLE)).feedback
    assert found.content == "a\ufffdb\ufffd"
    changed = await stores.feedbacks.update(MINE, row.id, None, "\x00")
    assert changed.content == "\ufffd"


async def test_a_change_keeps_what_is_none(stores: Any) -> None:
    first, second = await stored(stores, 2)
    assert await stores.feedbacks.update(MINE, first.id, None, None) == first
    assert await stores.feedbacks.update(MINE, first.id, "THUMBS_DOWN", None) == replace(first, rating="THUMBS_DOWN")
    changed = replace(first, rating="THUMBS_DOWN", content="")
    assert await stores.feedbacks.update(MINE, first.id, None, "") == changed
    assert await stores.feedbacks.update(THEIRS, first.id, "THUMBS_UP", "x") is None
    assert await stores.feedbacks.update(MINE, new_id(), "THUMBS_UP", "x") is None
    assert (await stores.feedbacks.list(MINE, ALL, WHOLE)).feedback == [changed, second]


async def test_lists_by_filter(stores: Any) -> None:
    rows = await stored(stores, 6)
    other = answer(9, OTHER_FLOW)
    chat = answer(20, chat="d")
    await stores.chat_messages.add(MINE, [other, chat])
    in_chat = opinion(chat, 20, rating="THUMBS_DOWN")
    for row in (opinion(other), in_chat):
        await stores.feedbacks.add(MINE, row)

    async def found(**fields: Any) -> list[Feedback]:
        page = await stores.feedbacks.list(MINE, replace(ALL, **fields), WHOLE)
        rows: list[Feedback] = page.feedback
        return rows

    assert await found() == [*rows, in_chat]
    assert await found(chat_id="d") == [in_chat]
    assert await found(ratings=("THUMBS_UP",)) == rows
    assert await found(ratings=("THUMBS_UP", "THUMBS_DOWN")) == [*rows, in_chat]
    assert await found(start_date=rows[2].created_date, end_date=rows[2].created_date) == rows[2:4]
    assert await found(start_date=in_chat.created_date + timedelta(microseconds=1)) == []
    assert (await stores.feedbacks.list(THEIRS, ALL, WHOLE)).feedback == []


@pytest.mark.parametrize("descending", [False, True])
async def test_pages_hold_each_row_once(stores: Any, descending: bool) -> None:
    rows = await stored(stores, 7)
    rows = rows[::-1] if descending else rows
    found, part = [], PageRequest(2, descending)
    while True:
        page = await stores.feedbacks.list(MINE, ALL, part)
        found += page.feedback
        if page.next is None:
            break
        part = replace(part, after=page.next)
    assert found == rows
    assert (await stores.feedbacks.list(MINE, ALL, PageRequest(2, descending, offset=4))).feedback == rows[4:6]


async def test_lists_are_bounded(open_on: Any) -> None:
    stores = open_on(max_list=3)
    rows = await stored(stores, 5)
    page = await stores.feedbacks.list(MINE, ALL, PageRequest(100))
    assert page.feedback == rows[:3]
    assert page.next is not None


async def test_a_deletion_at_the_same_moment_leaves_no_feedback_without_its_message(open_on: Any) -> None:
    one, other = open_on(), open_on()
    for number in range(20):
        message = answer(number)
        await one.chat_messages.add(MINE, [message])
        selected = MessageFilter(FLOW, message_id=message.id)
        await asyncio.gather(
            one.feedbacks.add(MINE, opinion(message, number)),
            other.chat_messages.delete(MINE, selected),
            return_exceptions=True,
        )
    assert (await one.feedbacks.list(MINE, ALL, WHOLE)).feedback == []
