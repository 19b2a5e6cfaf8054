from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chats.leads import LeadDraft, LeadFilter, LeadService, lead_listing
from tradewind_server.chats.ports import PageRequest
from tradewind_server.errors import InvalidInput, NotFound, Reason

from fakes.admission import let_in
from fakes.leads import LeadsInMemory

FLOW = "11111111-1111-4111-8111-111111111111"
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
CHATFLOW = Chatflow(FLOW, DEFAULT_WORKSPACE, "Flow", "{}", "CHATFLOW", MOMENT, MOMENT)


class Chatflows:
    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow | None:
        return CHATFLOW if (workspace_id, chatflow_id) == (DEFAULT_WORKSPACE, FLOW) else None


@pytest.fixture
def leads() -> LeadsInMemory:
    return LeadsInMemory()


@pytest.fixture
def service(leads: LeadsInMemory) -> LeadService:
    numbers: Iterator[int] = iter(range(1, 100))
    chatflows: Any = Chatflows()

    def new_id() -> str:
        return f"{next(numbers):08}-0000-4000-8000-000000000000"

    return LeadService(leads, chatflows, 100, new_id=new_id, now=lambda: MOMENT)


async def test_a_lead_without_a_chat_gets_one(service: LeadService, leads: LeadsInMemory) -> None:
    made = await service.create(let_in(CHATFLOW), LeadDraft(email="a@example.com"))
    assert made.chat_id and made.chat_id != made.id
    given = await service.create(let_in(CHATFLOW), LeadDraft(chat_id="c+1", name="", phone="1"))
    assert (given.chat_id, given.name, given.email, given.phone, given.created_date) == ("c+1", "", None, "1", MOMENT)
    assert [row for _, row in leads.rows.values()] == [made, given]


@pytest.mark.parametrize("name", ["name", "email", "phone"])
async def test_texts_are_bounded(service: LeadService, leads: LeadsInMemory, name: str) -> None:
    with pytest.raises(InvalidInput, match=name):
        await service.create(let_in(CHATFLOW), LeadDraft(**{name: "x" * 321}))
    await service.create(let_in(CHATFLOW), LeadDraft(**{name: "x" * 320}))
    assert len(leads.rows) == 1


async def test_lists_are_bounded_and_of_ones_own_workspace(service: LeadService, leads: LeadsInMemory) -> None:
    asked = lead_listing(FLOW.upper(), {"chat_id": "c", "start_date": "2025", "end_date": "2025-02-01", "order": "desc"})
    filters = LeadFilter(FLOW, "c", MOMENT, datetime(2025, 2, 1, tzinfo=UTC) + timedelta(microseconds=999))
    assert asked.filters == filters
    await service.page(DEFAULT_WORKSPACE, asked, 10**9, "")
    await service.numbered_page(DEFAULT_WORKSPACE, asked, 2, 20)
    assert [part for _, _, part in leads.asked] == [PageRequest(100, True), PageRequest(20, True, offset=20)]
    with pytest.raises(NotFound):
        await service.page("theirs", asked, 0, "")
    with pytest.raises(InvalidInput):
        await service.numbered_page(DEFAULT_WORKSPACE, asked, 10**9, 100)


async def test_a_list_goes_on_where_its_token_says(service: LeadService) -> None:
    rows = [await service.create(let_in(CHATFLOW), LeadDraft(name=str(number))) for number in range(2)]
    asked = lead_listing(FLOW, {})
    found, token = await service.page(DEFAULT_WORKSPACE, asked, 1, "")
    assert found == rows[:1] and token
    await service.page(DEFAULT_WORKSPACE, asked, 1, token)
    with pytest.raises(InvalidInput):
        await service.page(DEFAULT_WORKSPACE, lead_listing(FLOW, {"order": "DESC"}), 1, token)


async def test_a_deletion_names_one_lead_of_ones_own(service: LeadService) -> None:
    stored = await service.create(let_in(CHATFLOW), LeadDraft())
    for workspace, error in (("theirs", NotFound), (DEFAULT_WORKSPACE, InvalidInput)):
        with pytest.raises(error):
            await service.delete(workspace, stored.id if error is NotFound else "x")
    assert await service.delete(DEFAULT_WORKSPACE, stored.id.upper()) == 1
    with pytest.raises(NotFound) as raised:
        await service.delete(DEFAULT_WORKSPACE, stored.id)
    assert raised.value.reason is Reason.LEAD_NOT_FOUND
