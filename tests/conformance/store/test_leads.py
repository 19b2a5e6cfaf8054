"""What every adapter of the port ``Leads`` does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chats.leads import Lead, LeadFilter
from tradewind_server.chats.ports import PageRequest
from tradewind_server.errors import NotFound, Reason

from .conftest import MINE, MOMENT, THEIRS, new_id

FLOW = new_id()
ALL = LeadFilter(FLOW)
WHOLE = PageRequest(1000)


def lead(number: int, **fields: Any) -> Lead:
    """Two share each moment; ids grow with the number."""
    identity = f"{number:08}-0000-4000-8000-000000000000"
    moment = MOMENT + timedelta(seconds=number // 2)
    return replace(Lead(identity, FLOW, "c", f"Ñandú {number} 🏙", "a@example.com", None, moment), **fields)


async def with_chatflow(stores: Any, chatflow_id: str = FLOW) -> Any:
    await stores.chatflows.create(Chatflow(chatflow_id, MINE, "Flow", "{}", "CHATFLOW", MOMENT, MOMENT))
    return stores


async def test_leads_come_back_oldest_first(stores: Any) -> None:
    await with_chatflow(stores)
    rows = [lead(number) for number in range(6)]
    await asyncio.gather(*(stores.leads.add(MINE, row) for row in reversed(rows)))
    assert (await stores.leads.list(MINE, ALL, WHOLE)).leads == rows
    assert (await stores.leads.list(MINE, ALL, PageRequest(1000, True))).leads == rows[::-1]
    assert (await stores.leads.list(THEIRS, ALL, WHOLE)).leads == []
    assert (await stores.leads.list(MINE, LeadFilter(new_id()), WHOLE)).leads == []


async def test_a_chatflow_that_is_not_there_takes_none(stores: Any) -> None:
    await with_chatflow(stores)
    for workspace, row in ((THEIRS, lead(1)), (MINE, lead(2, chatflow_id=new_id()))):
        with pytest.raises(NotFound) as raised:
            await stores.leads.add(workspace, row)
        assert raised.value.reason is Reason.CHATFLOW_NOT_FOUND
    assert (await stores.leads.list(MINE, ALL, WHOLE)).leads == []


async def test_what_is_no_character_is_replaced(stores: Any) -> None:
    await with_chatflow(stores)
    await stores.leads.add(MINE, lead(1, name="a\x00", email="\ud800", phone=""))
    (found,) = (await stores.leads.list(MINE, ALL, WHOLE)).leads
    assert (found.name, found.email, found.phone) == ("a\ufffd", "\ufffd", "")


async def test_lists_by_filter(stores: Any) -> None:
    await with_chatflow(stores)
    rows = [lead(number, chat_id="even" if number % 2 == 0 else "odd") for number in range(6)]
    for row in rows:
        await stores.leads.add(MINE, row)
    assert (await stores.leads.list(MINE, replace(ALL, chat_id="odd"), WHOLE)).leads == rows[1::2]
    at_once = replace(ALL, start_date=rows[2].created_date, end_date=rows[2].created_date)
    assert (await stores.leads.list(MINE, at_once, WHOLE)).leads == rows[2:4]
    after = replace(ALL, start_date=rows[5].created_date + timedelta(microseconds=1))
    assert (await stores.leads.list(MINE, after, WHOLE)).leads == []


@pytest.mark.parametrize("descending", [False, True])
async def test_pages_hold_each_lead_once(stores: Any, descending: bool) -> None:
    await with_chatflow(stores)
    rows = [lead(number) for number in range(7)]
    for row in rows:
        await stores.leads.add(MINE, row)
    found, part = [], PageRequest(2, descending)
    while True:
        page = await stores.leads.list(MINE, ALL, part)
        found += page.leads
        if page.next is None:
            break
        part = replace(part, after=page.next)
    assert found == (rows[::-1] if descending else rows)
    assert (await stores.leads.list(MINE, ALL, PageRequest(2, offset=4))).leads == rows[4:6]


async def test_lists_are_bounded(open_on: Any) -> None:
    stores = await with_chatflow(open_on(max_list=3))
    rows = [lead(number) for number in range(5)]
    for row in rows:
        await stores.leads.add(MINE, row)
    page = await stores.leads.list(MINE, ALL, PageRequest(100))
    assert page.leads == rows[:3]
    assert page.next is not None


async def test_a_lead_is_deleted_by_its_owner_alone(stores: Any) -> None:
    await with_chatflow(stores)
    rows = [lead(number) for number in range(2)]
    for row in rows:
        await stores.leads.add(MINE, row)
    assert await stores.leads.delete(THEIRS, rows[0].id) == 0
    assert await stores.leads.delete(MINE, rows[0].id) == 1
    assert await stores.leads.delete(MINE, rows[0].id) == 0
    assert (await stores.leads.list(MINE, ALL, WHOLE)).leads == rows[1:]


async def test_leads_go_with_their_chatflow_even_at_the_same_moment(open_on: Any) -> None:
    one, other = open_on(), open_on()
    for number in range(10):
        flow = new_id()
        await with_chatflow(one, flow)
        calls = one.leads.add(MINE, lead(number, chatflow_id=flow)), other.chatflows.delete(MINE, flow)
        await asyncio.gather(*calls, return_exceptions=True)
        assert (await one.leads.list(MINE, LeadFilter(flow), WHOLE)).leads == []
