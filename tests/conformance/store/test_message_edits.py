"""What every adapter of the port ``MessageEdits`` does."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.chats.message_ids import message_id
from tradewind_server.chats.ports import MessageFilter, PageRequest

from .conftest import MINE, MOMENT, THEIRS, new_id
from .test_chat_messages import ALL, FLOW, OTHER_FLOW, WHOLE, message, rated

LATER = MOMENT + timedelta(days=1)
VERSION_7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
FIRST = message_id(1_700_000_000_000)


async def rows(stores: Any, session: str, workspace: str = MINE, flow: str = FLOW) -> list[Any]:
    return list((await stores.chat_messages.list(workspace, MessageFilter(flow, session_id=session), WHOLE)).messages)


async def test_an_edit_changes_the_text_and_nothing_else(stores: Any) -> None:
    whole = message(1, source_documents=[{"pageContent": "ü"}], file_uploads=[{"name": "a"}], usage={"calls": 1})
    await stores.chat_messages.add(MINE, [message(0), whole, message(2)])
    edited = replace(whole, content="Straße 🏙", edited_date=LATER)
    assert await stores.message_edits.edit(MINE, FLOW, whole.id, "Straße 🏙", LATER) == edited
    assert (await stores.chat_messages.list(MINE, ALL, WHOLE)).messages == [message(0), edited, message(2)]


async def test_memory_reads_the_edited_text(stores: Any) -> None:
    await stores.chat_messages.add(MINE, [message(0), message(1)])
    for number in (0, 1):
        await stores.message_edits.edit(MINE, FLOW, message(number).id, f"edited {number}", LATER)
    history = await stores.chat_messages.history(MINE, FLOW, "c", None)
    assert history == [("userMessage", "edited 0"), ("apiMessage", "edited 1")]


async def test_an_edit_keeps_characters_that_are_none_out(stores: Any) -> None:
    await stores.chat_messages.add(MINE, [message(0)])
    edited = await stores.message_edits.edit(MINE, FLOW, message(0).id, "a\x00b\ud800c", LATER)
    assert edited.content == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(
    ("workspace", "flow", "number"), [(THEIRS, FLOW, 1), (MINE, OTHER_FLOW, 1), (MINE, FLOW, 9)], ids=["theirs", "flow", "id"]
)
async def test_a_message_that_is_not_there(stores: Any, workspace: str, flow: str, number: int) -> None:
    stored = [message(0), message(1)]
    await stores.chat_messages.add(MINE, stored)
    assert await stores.message_edits.edit(workspace, flow, message(number).id, "x", LATER) is None
    assert await stores.message_edits.branch(workspace, flow, message(number).id, new_id(), FIRST, 10) is None
    assert (await stores.chat_messages.list(MINE, ALL, WHOLE)).messages == stored


async def test_a_branch_has_the_session_up_to_the_message(stores: Any) -> None:
    session = [message(number, chat_id=f"c-{number % 3}", session_id="s") for number in range(6)]
    others = [
        message(10, session_id="other"),
        message(11, session_id=None),
        message(12, session_id="s", chatflow_id=OTHER_FLOW),
    ]
    await stores.chat_messages.add(MINE, [*session, *others])
    await stores.chat_messages.add(THEIRS, [message(13, session_id="s")])
    new = new_id()
    assert await stores.message_edits.branch(MINE, FLOW, session[3].id, new, FIRST, 10) == 4
    copies = await rows(stores, new)
    assert [replace(one, id="", chat_id="", session_id="") for one in copies] == [
        replace(one, id="", chat_id="", session_id="") for one in session[:4]
    ]
    assert {(one.chat_id, one.session_id) for one in copies} == {(new, new)}
    assert await rows(stores, "s") == session


async def test_ids_of_a_branch_are_new_and_keep_the_order_of_equal_dates(stores: Any) -> None:
    session = [message(number, content=f"said {number}", created_date=MOMENT) for number in range(40)]
    await stores.chat_messages.add(MINE, session)
    new, again = new_id(), new_id()
    assert await stores.message_edits.branch(MINE, FLOW, session[37].id, new, FIRST, 100) == 38
    assert await stores.message_edits.branch(MINE, FLOW, session[37].id, again, message_id(1_700_000_000_000), 100) == 38
    copies = await rows(stores, new)
    assert [one.content for one in copies] == [f"said {number}" for number in range(38)]
    ids = [one.id for one in copies]
    assert all(VERSION_7.fullmatch(one) for one in ids) and ids == sorted(set(ids))
    assert not set(ids) & {one.id for one in await rows(stores, again)}


async def test_files_runs_usage_and_feedback_are_not_copied(stores: Any) -> None:
    answer = message(
        1,
        execution_id=new_id(),
        file_uploads=[{"type": "stored-file", "name": "dot.png"}],
        file_annotations=[{"fileName": "x"}],
        artifacts=[{"type": "png"}],
        action={"id": "x"},
        usage={"calls": 1},
        source_documents=[{"pageContent": "x"}],
        used_tools=[{"tool": "calc"}],
        lead_email="a@b.example",
        edited_date=LATER,
    )
    await stores.chat_messages.add(MINE, [answer])
    await stores.feedbacks.add(MINE, rated(answer))
    new = new_id()
    assert await stores.message_edits.branch(MINE, FLOW, answer.id, new, FIRST, 1) == 1
    page = await stores.chat_messages.list(MINE, MessageFilter(FLOW, session_id=new), WHOLE, with_feedback=True)
    [copy] = page.messages
    bare = dict.fromkeys(("execution_id", "file_uploads", "file_annotations", "artifacts", "action", "usage"))
    assert copy == replace(answer, id=copy.id, chat_id=new, session_id=new, **bare)


async def test_rows_without_a_session_are_branched_by_their_chat(stores: Any) -> None:
    old = [message(number, session_id=None, chat_id="old") for number in range(3)]
    await stores.chat_messages.add(MINE, [*old, message(3, session_id="old"), message(4, session_id=None, chat_id="x")])
    new = new_id()
    assert await stores.message_edits.branch(MINE, FLOW, old[1].id, new, FIRST, 10) == 2
    assert [one.content for one in await rows(stores, new)] == ["message 0", "message 1"]


async def test_a_branch_above_the_bound_copies_nothing(stores: Any) -> None:
    session = [message(number) for number in range(20)]
    await stores.chat_messages.add(MINE, session)
    new = new_id()
    assert await stores.message_edits.branch(MINE, FLOW, session[15].id, new, FIRST, 10) == 11
    assert await rows(stores, new) == []
    assert await stores.message_edits.branch(MINE, FLOW, session[9].id, new, FIRST, 10) == 10


async def test_an_edit_and_a_branch_find_their_rows_among_many(stores: Any) -> None:
    crowd = [message(number, session_id=f"s-{number % 500}") for number in range(2000)]
    await stores.chat_messages.add(MINE, crowd)
    new = new_id()
    assert await stores.message_edits.branch(MINE, FLOW, message(1500).id, new, FIRST, 10) == 4
    assert await stores.message_edits.edit(MINE, FLOW, (await rows(stores, new))[3].id, "message 7", LATER)
    newest = await stores.chat_messages.list(MINE, MessageFilter(FLOW, session_id=new), PageRequest(1, descending=True))
    assert newest.messages[0].content == "message 7"
