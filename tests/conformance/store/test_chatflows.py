"""What every adapter of the port ``Chatflows`` does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chats.leads import Lead, LeadFilter
from tradewind_server.chats.ports import ChatMessage, Feedback, MessageFilter, PageRequest
from tradewind_server.errors import InvalidInput
from tradewind_server.ingest.ports import UpsertHistoryEntry

from .conftest import MINE, MOMENT, THEIRS, new_id


def chatflow(number: int = 0, **fields: Any) -> Chatflow:
    values = {
        "id": new_id(),
        "workspace_id": MINE,
        "name": f"Flow {number}",
        "flow_data": '{"nodes": [], "edges": []}',
        "type": "CHATFLOW",
        "created_date": MOMENT,
        "updated_date": MOMENT + timedelta(seconds=number),
        **fields,
    }
    return Chatflow(**values)


async def test_a_chatflow_comes_back_byte_for_byte(stores: Any) -> None:
    flow = chatflow(
        name="Straße 東京 🏙",
        flow_data='{ "nodes" : [ ],\n"edges":[], "ü": "\\u0000" }',
        deployed=False,
        is_public=True,
        apikeyid=new_id(),
        chatbot_config='{"a" :1}',
        api_config="{}",
        analytic="{}",
        category="a;b",
        speech_to_text="{}",
        text_to_speech="{}",
        follow_up_prompts="{}",
        mcp_server_config="{}",
    )
    bare = chatflow(1)
    for one in (flow, bare):
        assert await stores.chatflows.create(one) == one
        assert await stores.chatflows.get(MINE, one.id) == one
        assert await stores.chatflows.get_by_id(one.id) == one


async def test_foreign_and_missing_look_the_same(stores: Any) -> None:
    flow = await stores.chatflows.create(chatflow())
    for workspace, identity in ((THEIRS, flow.id), (MINE, new_id())):
        assert await stores.chatflows.get(workspace, identity) is None
        assert await stores.chatflows.update(workspace, identity, {"name": "x"}) is None
        assert await stores.chatflows.delete(workspace, identity) == 0
    assert await stores.chatflows.list(THEIRS) == ([], 0)
    assert await stores.chatflows.get(MINE, flow.id) == flow


async def test_a_public_call_finds_a_flow_of_any_workspace(stores: Any) -> None:
    flow = await stores.chatflows.create(chatflow(workspace_id=THEIRS))
    found = await asyncio.gather(*(stores.chatflows.get_by_id(flow.id) for _ in range(50)))
    assert found == [flow] * 50
    assert await stores.chatflows.get_by_id(new_id()) is None


async def test_a_change_shows_at_once_here_and_in_a_moment_elsewhere(stores: Any, open_on: Any, clock: Any) -> None:
    other = open_on()
    flow = await stores.chatflows.create(chatflow())
    assert await other.chatflows.get_by_id(flow.id) == flow
    clock.advance(0.2)
    changed = await stores.chatflows.update(MINE, flow.id, {"name": "New"})
    assert changed == replace(flow, name="New", version=2, updated_date=clock.now())
    assert await stores.chatflows.get_by_id(flow.id) == changed
    assert await other.chatflows.get_by_id(flow.id) == flow
    clock.advance(0.1)
    assert await other.chatflows.get_by_id(flow.id) == changed


async def test_no_change_at_once_is_lost(stores: Any) -> None:
    flow = await stores.chatflows.create(chatflow())
    await asyncio.gather(*(stores.chatflows.update(MINE, flow.id, {"name": f"n{number}"}) for number in range(200)))
    assert (await stores.chatflows.get(MINE, flow.id)).version == 201


async def test_lists_are_newest_first_with_a_total(stores: Any) -> None:
    flows = [
        await stores.chatflows.create(chatflow(number // 2, type="CHATFLOW" if number % 3 else "AGENTFLOW"))
        for number in range(9)
    ]
    ordered = sorted(flows, key=lambda flow: flow.id)
    ordered.sort(key=lambda flow: flow.updated_date, reverse=True)
    assert await stores.chatflows.list(MINE) == (ordered, 9)
    pages = [await stores.chatflows.list(MINE, offset=offset, limit=4) for offset in (0, 4, 8, 12)]
    assert [flow for page, _ in pages for flow in page] == ordered
    assert {total for _, total in pages} == {9}
    agents, total = await stores.chatflows.list(MINE, "AGENTFLOW")
    assert ([flow.id for flow in agents], total) == ([flow.id for flow in ordered if flow.type == "AGENTFLOW"], 3)


async def test_those_that_ask_for_a_key_come_by_name(stores: Any, open_on: Any) -> None:
    key = new_id()
    for number, fields in enumerate(
        [{"name": "b"}, {"name": "a"}, {"name": "x", "apikeyid": None}, {"name": "x", "apikeyid": new_id()}]
    ):
        await stores.chatflows.create(chatflow(number, **{"apikeyid": key, **fields}))
    await stores.chatflows.create(chatflow(9, apikeyid=key, workspace_id=THEIRS))
    assert [flow.name for flow in await stores.chatflows.of_key(MINE, key)] == ["a", "b"]
    assert await stores.chatflows.of_key(MINE, new_id()) == []
    assert len(await open_on(max_list=1).chatflows.of_key(MINE, key)) == 1


async def test_lists_are_bounded(open_on: Any) -> None:
    stores = open_on(max_list=3)
    for number in range(5):
        await stores.chatflows.create(chatflow(number))
    for limit in (None, 100):
        flows, total = await stores.chatflows.list(MINE, limit=limit)
        assert (len(flows), total) == (3, 5)


async def test_everything_of_a_flow_goes_with_it(stores: Any) -> None:
    flow, other = await stores.chatflows.create(chatflow()), await stores.chatflows.create(chatflow(1))
    for one in (flow, other):
        message = ChatMessage(new_id(), "apiMessage", one.id, "hi", "c", MOMENT, session_id="c")
        await stores.chat_messages.add(MINE, [message])
        await stores.feedbacks.add(MINE, Feedback(new_id(), one.id, "c", message.id, "THUMBS_UP", None, MOMENT))
        await stores.upsert_history.add(MINE, UpsertHistoryEntry(new_id(), one.id, {}, [], MOMENT))
        await stores.leads.add(MINE, Lead(new_id(), one.id, "c", "Ana", None, None, MOMENT))
    assert await stores.chatflows.delete(MINE, flow.id) == 1
    assert await stores.chatflows.get_by_id(flow.id) is None
    assert (await stores.upsert_history.list(MINE, flow.id, PageRequest(10)))[0] == []
    assert (await stores.leads.list(MINE, LeadFilter(flow.id), PageRequest(9))).leads == []
    assert len((await stores.leads.list(MINE, LeadFilter(other.id), PageRequest(9))).leads) == 1
    assert (await stores.chat_messages.list(MINE, MessageFilter(flow.id), PageRequest(9))).messages == []
    (kept,) = (await stores.chat_messages.list(MINE, MessageFilter(other.id), PageRequest(9), with_feedback=True)).messages
    assert kept.feedback is not None
    assert len((await stores.upsert_history.list(MINE, other.id, PageRequest(10)))[0]) == 1


async def test_a_name_that_no_database_takes_is_refused(stores: Any) -> None:
    with pytest.raises(InvalidInput):
        await stores.chatflows.create(chatflow(name="a\x00b"))
    assert await stores.chatflows.list(MINE) == ([], 0)
