"""What every adapter of the ports ``ChatMessages`` and ``Feedbacks`` does."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from tradewind_server.chats.ports import ChatMessage, ChatSession, Deleted, Feedback, MessageFilter, PageRequest, Position
from tradewind_server.errors import Conflict, InvalidInput, Reason

from .conftest import MINE, MOMENT, THEIRS, new_id

FLOW = new_id()
OTHER_FLOW = new_id()
ALL = MessageFilter(FLOW)
WHOLE = PageRequest(1000)


def message(number: int, **fields: Any) -> ChatMessage:
    """The ``number``-th message: even ones ask, odd ones answer."""
    fields.setdefault("session_id", fields.get("chat_id", "c"))
    values = {
        "id": f"{number:08}-0000-4000-8000-000000000000",
        "role": "apiMessage" if number % 2 else "userMessage",
        "chatflow_id": FLOW,
        "content": f"message {number}",
        "chat_id": "c",
        "created_date": MOMENT + timedelta(seconds=number),
        **fields,
    }
    return ChatMessage(**values)


def rated(answer: ChatMessage, rating: str = "THUMBS_UP") -> Feedback:
    return Feedback(new_id(), answer.chatflow_id, answer.chat_id, answer.id, rating, "so", MOMENT)


async def contents(stores: Any, filters: MessageFilter = ALL, part: PageRequest = WHOLE, workspace: str = MINE) -> list[int]:
    """The numbers of the messages a filter selects."""
    page = await stores.chat_messages.list(workspace, filters, part)
    return [int(one.content.split()[1]) for one in page.messages]


async def test_a_message_comes_back_as_it_was_stored(stores: Any) -> None:
    whole = message(
        1,
        content="Straße 東京 🏙 \r\n\t end",
        chat_type="INTERNAL",
        memory_type="Puffer 🧠",
        execution_id=new_id(),
        source_documents=[{"pageContent": "ü", "metadata": {"loc": {"lines": [1, 2]}, "n": 1.5, "none": None}}],
        used_tools=[{"tool": "calc"}],
        file_annotations=[],
        agent_reasoning=[{"a": True}],
        reason_content={"thinking": "hm", "thinkingDuration": 2},
        file_uploads=[{"type": "stored-file", "name": "dot.png"}],
        action={"id": "x"},
        artifacts=[{"type": "png"}],
        lead_email="a@b.example",
        follow_up_prompts='["Why?"]',
    )
    bare = message(2, session_id=None)
    await stores.chat_messages.add(MINE, [whole, bare])
    assert (await stores.chat_messages.list(MINE, ALL, WHOLE)).messages == [whole, bare]


async def test_all_or_nothing(stores: Any) -> None:
    await stores.chat_messages.add(MINE, [message(1)])
    with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
        await stores.chat_messages.add(MINE, [message(2), message(1)])
    await stores.chat_messages.add(MINE, [])
    assert await contents(stores) == [1]


async def test_200_writers_at_once(stores: Any) -> None:
    turns = [
        stores.chat_messages.add(
            MINE, [message(2 * number, chat_id=f"c{number}"), message(2 * number + 1, chat_id=f"c{number}")]
        )
        for number in range(200)
    ]
    await asyncio.gather(*turns)
    assert await contents(stores) == list(range(400))
    histories = await asyncio.gather(*(stores.chat_messages.history(MINE, FLOW, f"c{number}", None) for number in range(200)))
    expected = [
        [("userMessage", f"message {2 * number}"), ("apiMessage", f"message {2 * number + 1}")] for number in range(200)
    ]
    assert histories == expected


async def test_what_a_model_says_is_kept_without_what_is_no_character(stores: Any) -> None:
    odd = message(1, content="a\x00b\ud800c", source_documents=[{"pageContent": "x\x00y\ud800z", 7: 2**70}])
    await stores.chat_messages.add(MINE, [odd, message(2)])
    kept = (await stores.chat_messages.list(MINE, ALL, WHOLE)).messages
    assert kept[0].content == "a\ufffdb\ufffdc"
    assert kept[0].source_documents[0]["pageContent"] == "x\x00y\ufffdz"
    assert kept[1] == message(2)


@pytest.mark.parametrize("name", ["chat_id", "session_id", "memory_type", "lead_email"])
async def test_ids_that_no_database_takes_are_refused(stores: Any, name: str) -> None:
    with pytest.raises(InvalidInput):
        await stores.chat_messages.add(MINE, [message(1, **{name: "a\x00b"})])
    assert await contents(stores) == []


@pytest.mark.parametrize("name", ["chat_id", "session_id", "memory_type", "message_id"])
async def test_filters_that_no_database_takes_are_refused(stores: Any, name: str) -> None:
    filters = replace(ALL, **{name: "a\x00b"})
    for call in (stores.chat_messages.delete(MINE, filters), stores.chat_messages.list(MINE, filters, WHOLE)):
        with pytest.raises(InvalidInput):
            await call
    with pytest.raises(InvalidInput):
        await stores.chat_messages.history(MINE, FLOW, "a\x00b", None)


async def test_a_foreign_workspace_sees_and_changes_nothing(stores: Any) -> None:
    messages, answer = stores.chat_messages, message(1)
    await messages.add(MINE, [message(0), answer])
    await stores.feedbacks.add(MINE, rated(answer))
    for filters in (
        ALL,
        replace(ALL, message_id=answer.id),
        replace(ALL, session_id="c"),
        replace(ALL, ratings=("THUMBS_UP",)),
    ):
        assert (await messages.list(THEIRS, filters, WHOLE, with_feedback=True)).messages == []
        assert (await messages.list_of_sessions(THEIRS, filters, WHOLE, WHOLE)).messages == []
        assert (await messages.sessions(THEIRS, filters, WHOLE)).total == 0
        assert await messages.delete(THEIRS, filters) == Deleted(0, [])
    assert await messages.history(THEIRS, FLOW, "c", None) == []
    assert await stores.feedbacks.by_message(THEIRS, answer.id) is None
    await messages.add(THEIRS, [message(5)])
    assert await contents(stores) == [0, 1]
    (shown,) = (await messages.list(MINE, replace(ALL, message_id=answer.id), WHOLE, with_feedback=True)).messages
    assert shown.feedback is not None


async def test_history_is_the_end_of_one_session_of_one_flow(stores: Any) -> None:
    rows = [message(number) for number in range(6)]
    await stores.chat_messages.add(MINE, [*rows, message(7, chatflow_id=OTHER_FLOW), message(8, session_id="d")])
    everything = [(row.role, row.content) for row in rows]
    assert await stores.chat_messages.history(MINE, FLOW, "c", None) == everything
    assert await stores.chat_messages.history(MINE, FLOW, "c", 2) == everything[-2:]
    assert await stores.chat_messages.history(MINE, FLOW, "c", 0) == []
    assert await stores.chat_messages.history(MINE, FLOW, "nobody", None) == []


async def test_history_is_bounded(open_on: Any) -> None:
    stores = open_on(max_history_messages=4)
    await stores.chat_messages.add(MINE, [message(number) for number in range(10)])
    for limit in (None, 100):
        assert [text for _, text in await stores.chat_messages.history(MINE, FLOW, "c", limit)] == [
            f"message {number}" for number in (6, 7, 8, 9)
        ]


async def test_each_filter_alone_and_together(stores: Any) -> None:
    rows = [
        message(0, chat_id="a", session_id="s", memory_type="M", chat_type="INTERNAL"),
        message(1, chat_id="a", session_id="s", memory_type="M"),
        message(2, chat_id="a", session_id="t", memory_type=""),
        message(3, chat_id="b", session_id="s", chat_type="MCP"),
        message(4, chatflow_id=OTHER_FLOW, chat_id="a", session_id="s", memory_type="M"),
    ]
    await stores.chat_messages.add(MINE, rows)
    cases: list[tuple[dict[str, Any], list[int]]] = [
        ({}, [0, 1, 2, 3]),
        ({"chat_types": ("INTERNAL",)}, [0]),
        ({"chat_types": ("INTERNAL", "MCP")}, [0, 3]),
        ({"chat_id": "a"}, [0, 1, 2]),
        ({"session_id": "s"}, [0, 1, 3]),
        ({"memory_type": "M"}, [0, 1]),
        ({"memory_type": ""}, [2]),
        ({"message_id": rows[3].id}, [3]),
        ({"message_id": rows[4].id}, []),
        ({"start_date": rows[1].created_date}, [1, 2, 3]),
        ({"end_date": rows[1].created_date}, [0, 1]),
        ({"start_date": rows[1].created_date, "end_date": rows[2].created_date}, [1, 2]),
        ({"start_date": rows[3].created_date + timedelta(microseconds=1)}, []),
        ({"chat_id": "a", "session_id": "s", "memory_type": "M", "chat_types": ("EXTERNAL",)}, [1]),
    ]
    for values, expected in cases:
        filters = replace(ALL, **values)
        assert await contents(stores, filters) == expected, values
        assert await contents(stores, filters, replace(WHOLE, descending=True)) == expected[::-1], values


async def test_pages_hold_every_message_once_in_either_order(stores: Any) -> None:
    """Also where dates are equal: the id then decides."""
    rows = [message(number, created_date=MOMENT + timedelta(seconds=number // 5)) for number in range(23)]
    shuffled = random.Random(1).sample(rows, len(rows))
    await stores.chat_messages.add(MINE, shuffled)
    for descending in (False, True):
        for size in (1, 4, 23, 50):
            seen, after, pages = [], None, 0
            while pages == 0 or after is not None:
                page = await stores.chat_messages.list(MINE, ALL, PageRequest(size, descending, after))
                assert len(page.messages) <= size
                seen += page.messages
                after, pages = page.next, pages + 1
            assert seen == sorted(rows, key=lambda row: (row.created_date, row.id), reverse=descending)
            assert pages == -(-23 // size), "the last page knows that it is the last"
    assert await contents(stores, ALL, PageRequest(5, offset=20)) == [20, 21, 22]


async def test_lists_are_bounded_whatever_is_asked(open_on: Any) -> None:
    stores = open_on(max_list=3)
    await stores.chat_messages.add(MINE, [message(number, chat_id=f"c{number}") for number in range(5)])
    page = await stores.chat_messages.list(MINE, ALL, PageRequest(1000))
    assert len(page.messages) == 3
    assert page.next == Position(page.messages[-1].created_date, page.messages[-1].id)
    sessions = await stores.chat_messages.sessions(MINE, ALL, PageRequest(1000))
    assert (len(sessions.sessions), sessions.total, sessions.next is None) == (3, 5, False)


async def test_feedback_joins_where_it_is_asked_for(stores: Any) -> None:
    question, answer = message(0), message(1)
    await stores.chat_messages.add(MINE, [question, answer])
    opinion = rated(answer)
    await stores.feedbacks.add(MINE, opinion)
    assert await stores.feedbacks.by_message(MINE, answer.id) == opinion
    assert await stores.feedbacks.by_message(MINE, question.id) is None
    assert (await stores.chat_messages.list(MINE, ALL, WHOLE)).messages == [question, answer]
    joined = (await stores.chat_messages.list(MINE, ALL, WHOLE, with_feedback=True)).messages
    assert joined == [question, replace(answer, feedback=opinion)]


async def test_a_message_has_one_feedback(stores: Any) -> None:
    answer = message(1)
    await stores.chat_messages.add(MINE, [answer])
    outcomes = await asyncio.gather(*(stores.feedbacks.add(MINE, rated(answer)) for _ in range(10)), return_exceptions=True)
    refused = [one for one in outcomes if one is not None]
    assert len(refused) == 9
    assert {type(one) for one in refused} == {Conflict}
    assert {one.reason for one in refused} == {Reason.ALREADY_EXISTS}


async def some_rated_answers(stores: Any) -> None:
    """Two sessions, interleaved: 0 1 4 5 8 9 in ``a`` and 2 3 6 7 in ``b``; 1 and 7 are liked, 5 and 9 are not."""
    of_a, of_b = (0, 1, 4, 5, 8, 9), (2, 3, 6, 7)
    rows = [message(number, chat_id="a") for number in of_a] + [message(number, chat_id="b") for number in of_b]
    await stores.chat_messages.add(MINE, rows)
    for number, rating in ((1, "THUMBS_UP"), (5, "THUMBS_DOWN"), (7, "THUMBS_UP"), (9, "THUMBS_DOWN")):
        await stores.feedbacks.add(MINE, rated(next(row for row in rows if row.content == f"message {number}"), rating))


async def test_ratings_select_answers_with_their_questions(stores: Any) -> None:
    await some_rated_answers(stores)
    up, down = replace(ALL, ratings=("THUMBS_UP",)), replace(ALL, ratings=("THUMBS_DOWN",))
    assert await contents(stores, up) == [0, 1, 6, 7]
    assert await contents(stores, down) == [4, 5, 8, 9]
    assert await contents(stores, replace(ALL, ratings=("THUMBS_UP", "THUMBS_DOWN"))) == [0, 1, 4, 5, 6, 7, 8, 9]
    assert await contents(stores, up, replace(WHOLE, descending=True)) == [7, 6, 1, 0]
    assert await contents(stores, replace(up, session_id="b")) == [6, 7]
    late = replace(up, start_date=MOMENT + timedelta(seconds=7))
    assert await contents(stores, late) == [6, 7], "the dates are those of the answers"
    joined = await stores.chat_messages.list(MINE, up, WHOLE, with_feedback=True)
    assert [one.feedback and one.feedback.rating for one in joined.messages] == [None, "THUMBS_UP", None, "THUMBS_UP"]


async def test_rated_answers_in_pages(stores: Any) -> None:
    await some_rated_answers(stores)
    both = replace(ALL, ratings=("THUMBS_UP", "THUMBS_DOWN"))
    seen, after = [], None
    while True:
        page = await stores.chat_messages.list(MINE, both, PageRequest(1, after=after))
        seen += [int(one.content.split()[1]) for one in page.messages]
        after = page.next
        if after is None:
            break
    assert seen == [0, 1, 4, 5, 6, 7, 8, 9]


async def test_an_answer_that_follows_a_rated_answer_does_not_show_it_twice(stores: Any) -> None:
    rows = [message(0), message(1), message(2, role="apiMessage"), message(3, role="apiMessage")]
    await stores.chat_messages.add(MINE, rows)
    for row in rows[1:]:
        await stores.feedbacks.add(MINE, rated(row))
    up = replace(ALL, ratings=("THUMBS_UP",))
    assert await contents(stores, up) == [0, 1, 2, 3]
    assert await contents(stores, up, PageRequest(1)) == [0, 1]
    assert await contents(stores, up, PageRequest(1, offset=1)) == [2]
    assert await stores.chat_messages.delete(MINE, up) == Deleted(4, ["c"])


async def test_sessions_are_ordered_by_their_latest_message(stores: Any) -> None:
    await stores.chat_messages.add(
        MINE,
        [
            message(0, chat_id="a1", session_id="a"),
            message(1, chat_id="b1", session_id="b"),
            message(2, chat_id="c1", session_id="c"),
            message(3, chat_id="b2", session_id="b"),
            message(4, chat_id="a2", session_id="a"),
            message(5, chat_id="n", session_id=None),
            message(6, chatflow_id=OTHER_FLOW, session_id="z"),
        ],
    )
    at = [MOMENT + timedelta(seconds=number) for number in range(7)]
    expected = [
        ChatSession("c", "c1", 1, at[2], at[2]),
        ChatSession("b", "b2", 2, at[1], at[3]),
        ChatSession("a", "a2", 2, at[0], at[4]),
    ]
    page = await stores.chat_messages.sessions(MINE, ALL, WHOLE)
    assert (page.sessions, page.total, page.next) == (expected, 3, None)
    newest_first = await stores.chat_messages.sessions(MINE, ALL, replace(WHOLE, descending=True))
    assert newest_first.sessions == expected[::-1]
    part = await stores.chat_messages.sessions(MINE, replace(ALL, end_date=at[3]), WHOLE)
    assert [(one.session_id, one.message_count) for one in part.sessions] == [("a", 1), ("c", 1), ("b", 2)]
    one_chat = await stores.chat_messages.sessions(MINE, replace(ALL, chat_id="b1"), WHOLE)
    assert one_chat.sessions == [ChatSession("b", "b1", 1, at[1], at[1])]


async def test_pages_of_sessions_hold_every_session_once(stores: Any) -> None:
    """Also where their latest messages are of the same moment."""
    rows = [
        message(100 * number + turn, session_id=f"s{number:02}", created_date=MOMENT + timedelta(seconds=number // 4 + turn))
        for number in range(11)
        for turn in range(2)
    ]
    await stores.chat_messages.add(MINE, rows)
    expected = [f"s{number:02}" for number in range(11)]
    for descending in (False, True):
        seen, after = [], None
        while True:
            page = await stores.chat_messages.sessions(MINE, ALL, PageRequest(3, descending, after))
            assert page.total == 11
            seen += [one.session_id for one in page.sessions]
            after = page.next
            if after is None:
                break
        assert seen == (expected[::-1] if descending else expected)


async def test_messages_of_a_part_of_the_sessions(stores: Any) -> None:
    await some_rated_answers(stores)

    async def of(sessions: PageRequest, filters: MessageFilter = ALL, part: PageRequest = WHOLE) -> list[int]:
        page = await stores.chat_messages.list_of_sessions(MINE, filters, sessions, part)
        return [int(one.content.split()[1]) for one in page.messages]

    assert await of(PageRequest(1)) == [2, 3, 6, 7]
    assert await of(PageRequest(1, offset=1)) == [0, 1, 4, 5, 8, 9]
    assert await of(PageRequest(1, offset=2)) == []
    assert await of(PageRequest(1, descending=True)) == [0, 1, 4, 5, 8, 9]
    assert await of(PageRequest(2)) == list(range(10))
    assert await of(PageRequest(1), replace(ALL, ratings=("THUMBS_UP",))) == [0, 1]
    first = await stores.chat_messages.list_of_sessions(MINE, ALL, PageRequest(1), PageRequest(3))
    assert await of(PageRequest(1), part=PageRequest(3, after=first.next)) == [7]


async def test_a_deletion_takes_what_the_list_shows(stores: Any) -> None:
    awkward = ["a_b", "a+b", "a/b", "a%5Fb", "ä 🏙", "a' OR '1'='1"]
    for filters_of in (
        lambda chat: replace(ALL, chat_id=chat),
        lambda chat: replace(ALL, session_id=chat),
    ):
        rows = [message(2 * number + turn, chat_id=chat) for number, chat in enumerate(awkward) for turn in range(2)]
        await stores.chat_messages.add(MINE, rows)
        for row in rows[1::2]:
            await stores.feedbacks.add(MINE, rated(row))
        for number, chat in enumerate(awkward):
            assert await stores.chat_messages.delete(MINE, filters_of(chat)) == Deleted(2, [chat])
            assert await contents(stores) == list(range(2 * number + 2, len(rows)))
            assert await stores.feedbacks.by_message(MINE, rows[2 * number + 1].id) is None
        assert await stores.chat_messages.delete(MINE, filters_of("a_b")) == Deleted(0, [])


async def test_feedback_and_chats_that_keep_messages_stay(stores: Any) -> None:
    rows = [message(0), message(1), message(2), message(3), message(4, chat_id="d"), message(5, chat_id="d")]
    await stores.chat_messages.add(MINE, rows)
    await stores.feedbacks.add(MINE, rated(rows[1]))
    await stores.feedbacks.add(MINE, rated(rows[3], "THUMBS_DOWN"))
    late = replace(ALL, start_date=rows[2].created_date)
    assert await stores.chat_messages.delete(MINE, late) == Deleted(4, ["d"])
    assert await contents(stores) == [0, 1]
    assert await stores.feedbacks.by_message(MINE, rows[1].id) is not None
    assert await stores.feedbacks.by_message(MINE, rows[3].id) is None


async def test_a_deletion_by_rating_takes_the_questions_along(stores: Any) -> None:
    await some_rated_answers(stores)
    assert await stores.chat_messages.delete(MINE, replace(ALL, ratings=("THUMBS_DOWN",))) == Deleted(4, [])
    assert await contents(stores) == [0, 1, 2, 3, 6, 7]
    assert await stores.chat_messages.delete(MINE, replace(ALL, ratings=("THUMBS_UP",))) == Deleted(4, ["a"])
    assert await contents(stores) == [2, 3]


async def test_a_whole_flow_in_many_steps_counts_right(stores: Any) -> None:
    count = 12_345
    rows = [message(number, chat_id=f"chat {number % 3000}") for number in range(count)]
    await stores.chat_messages.add(MINE, rows)
    await stores.chat_messages.add(MINE, [message(count, chatflow_id=OTHER_FLOW)])
    deleted = await stores.chat_messages.delete(MINE, ALL)
    assert deleted == Deleted(count, sorted(f"chat {number}" for number in range(3000)))
    assert await contents(stores) == []
    assert await contents(stores, MessageFilter(OTHER_FLOW)) == [count]


async def test_a_deletion_that_breaks_off_deletes_nothing(stores: Any) -> None:
    rows = [message(number) for number in range(4)]
    await stores.chat_messages.add(MINE, rows)
    await stores.feedbacks.add(MINE, rated(rows[1]))
    made = {
        "sqlite": ["CREATE TRIGGER broken BEFORE DELETE ON chat_message BEGIN SELECT RAISE(ABORT, 'broken'); END"],
        "postgresql": [
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$",
            "CREATE TRIGGER broken BEFORE DELETE ON chat_message FOR EACH ROW EXECUTE FUNCTION broken()",
        ],
    }
    kind = stores.database.engine.dialect.name
    for statement in made[kind]:
        await stores.database.write(lambda connection, one=statement: connection.execute(text(one)) and None)
    with pytest.raises(DBAPIError, match="broken"):
        await stores.chat_messages.delete(MINE, ALL)
    if kind == "postgresql":
        await stores.database.write(lambda connection: connection.execute(text("DROP FUNCTION broken CASCADE")) and None)
    assert await contents(stores) == [0, 1, 2, 3]
    assert await stores.feedbacks.by_message(MINE, rows[1].id) is not None
