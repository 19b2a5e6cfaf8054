from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chats.feedback import FeedbackDraft, FeedbackService, feedback_listing
from tradewind_server.chats.ports import FeedbackFilter, MessagePlace, PageRequest
from tradewind_server.errors import Conflict, InvalidInput, NotFound, Reason

from fakes.admission import let_in
from fakes.feedbacks import FeedbacksInMemory

FLOW = "11111111-1111-4111-8111-111111111111"
OTHER = "22222222-2222-4222-8222-222222222222"
UNKNOWN = "33333333-3333-4333-8333-333333333333"
MESSAGE = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
FEEDBACK = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
DRAFT = FeedbackDraft(MESSAGE, rating="THUMBS_UP")


def chatflow(flow_id: str = FLOW, workspace_id: str = DEFAULT_WORKSPACE) -> Chatflow:
    return Chatflow(flow_id, workspace_id, "Flow", "{}", "CHATFLOW", MOMENT, MOMENT)


class Chatflows:
    async def get_by_id(self, chatflow_id: str) -> Chatflow | None:
        return chatflow(chatflow_id) if chatflow_id in (FLOW, OTHER) else None

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow | None:
        return await self.get_by_id(chatflow_id) if workspace_id == DEFAULT_WORKSPACE else None


@pytest.fixture
def feedbacks() -> FeedbacksInMemory:
    found = FeedbacksInMemory()
    found.places[MESSAGE] = MessagePlace(DEFAULT_WORKSPACE, FLOW, "c")
    return found


@pytest.fixture
def service(feedbacks: FeedbacksInMemory) -> FeedbackService:
    chatflows: Any = Chatflows()
    return FeedbackService(feedbacks, chatflows, 100, new_id=lambda: FEEDBACK, now=lambda: MOMENT)


@pytest.mark.parametrize(
    ("draft", "path", "expected"),
    [
        (DRAFT, "", FLOW),
        (DRAFT, "anything", FLOW),
        (DRAFT, UNKNOWN, FLOW),
        (DRAFT, OTHER, OTHER),
        (FeedbackDraft(), OTHER.upper(), OTHER),
        (FeedbackDraft(MESSAGE, OTHER), FLOW, OTHER),
        (FeedbackDraft(MESSAGE, UNKNOWN), "", UNKNOWN),
        (FeedbackDraft(MESSAGE.upper()), "", FLOW),
    ],
)
async def test_the_chatflow_is_the_one_named_else_that_of_the_message(
    service: FeedbackService, draft: FeedbackDraft, path: str, expected: str
) -> None:
    assert await service.chatflow_of_draft(draft, path) == expected


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        (FeedbackDraft(), InvalidInput),
        (FeedbackDraft(""), InvalidInput),
        (FeedbackDraft("m"), InvalidInput),
        (FeedbackDraft(MESSAGE, "x"), InvalidInput),
        (FeedbackDraft(UNKNOWN), NotFound),
    ],
)
async def test_a_draft_that_names_nothing_is_refused(service: FeedbackService, draft: FeedbackDraft, error: Any) -> None:
    with pytest.raises(error):
        await service.chatflow_of_draft(draft, "x")


async def test_the_place_of_the_message_is_stored(service: FeedbackService, feedbacks: FeedbacksInMemory) -> None:
    stored = await service.create(let_in(chatflow()), DRAFT)
    assert (stored.id, stored.chatflow_id, stored.chat_id, stored.created_date) == (FEEDBACK, FLOW, "c", MOMENT)
    assert feedbacks.rows == {FEEDBACK: (DEFAULT_WORKSPACE, stored)}
    with pytest.raises(Conflict):
        await service.create(let_in(chatflow()), DRAFT)


@pytest.mark.parametrize(
    "draft",
    [
        FeedbackDraft(MESSAGE),
        FeedbackDraft(MESSAGE, rating="MAYBE"),
        FeedbackDraft(MESSAGE, rating="THUMBS_UP", content="x" * 10_001),
        FeedbackDraft(MESSAGE, rating="THUMBS_UP", chat_id="other"),
        FeedbackDraft(MESSAGE, rating="THUMBS_UP", chatflow_id=OTHER),
    ],
)
async def test_new_feedback_that_does_not_fit_is_refused(
    service: FeedbackService, feedbacks: FeedbacksInMemory, draft: FeedbackDraft
) -> None:
    with pytest.raises(InvalidInput):
        await service.create(let_in(chatflow()), draft)
    assert feedbacks.rows == {}


async def test_who_was_let_in_elsewhere_rates_nothing_here(service: FeedbackService, feedbacks: FeedbacksInMemory) -> None:
    with pytest.raises(InvalidInput, match="does not belong to chatflow"):
        await service.create(let_in(chatflow(OTHER)), DRAFT)
    with pytest.raises(NotFound):
        await service.create(let_in(chatflow(workspace_id="theirs")), DRAFT)
    stored = await service.create(let_in(chatflow()), DRAFT)
    with pytest.raises(NotFound) as raised:
        await service.update(let_in(chatflow(OTHER)), stored.id, FeedbackDraft(content="x"))
    assert raised.value.reason is Reason.FEEDBACK_NOT_FOUND
    assert feedbacks.rows == {FEEDBACK: (DEFAULT_WORKSPACE, stored)}


async def test_a_change_keeps_what_it_does_not_hold(service: FeedbackService) -> None:
    await service.create(let_in(chatflow()), DRAFT)
    assert await service.chatflow_of_feedback(FEEDBACK.upper()) == FLOW
    changed = await service.update(let_in(chatflow()), FEEDBACK.upper(), FeedbackDraft(MESSAGE.upper(), FLOW, "c", content="x"))
    assert (changed.rating, changed.content) == ("THUMBS_UP", "x")
    with pytest.raises(NotFound):
        await service.chatflow_of_feedback(UNKNOWN)


@pytest.mark.parametrize(
    "draft",
    [
        FeedbackDraft(UNKNOWN),
        FeedbackDraft(chatflow_id=OTHER),
        FeedbackDraft(chat_id="d"),
        FeedbackDraft(rating=""),
        FeedbackDraft(content="x" * 10_001),
    ],
)
async def test_a_change_that_does_not_fit_is_refused(service: FeedbackService, draft: FeedbackDraft) -> None:
    stored = await service.create(let_in(chatflow()), DRAFT)
    with pytest.raises(InvalidInput):
        await service.update(let_in(chatflow()), FEEDBACK, draft)
    assert (await service.page(DEFAULT_WORKSPACE, feedback_listing(FLOW, {}), 0, ""))[0] == [stored]


async def test_lists_are_bounded_and_of_ones_own_workspace(service: FeedbackService, feedbacks: FeedbacksInMemory) -> None:
    asked = feedback_listing(FLOW, {"sort_order": "desc", "chat_id": "c"}, ["THUMBS_UP"])
    filters = FeedbackFilter(FLOW, "c", ("THUMBS_UP",))
    await service.page(DEFAULT_WORKSPACE, asked, 0, "")
    await service.numbered_page(DEFAULT_WORKSPACE, asked, 3, 20)
    assert [(filters, part) for _, filters, part in feedbacks.asked] == [
        (filters, PageRequest(100, True)),
        (filters, PageRequest(20, True, offset=40)),
    ]
    with pytest.raises(NotFound):
        await service.page("theirs", asked, 0, "")
    with pytest.raises(InvalidInput):
        await service.numbered_page(DEFAULT_WORKSPACE, asked, 10**9, 100)


@pytest.mark.parametrize("values", [{"chat_id": ""}, {"start_date": "soon"}, {"order": "x"}, {"sort_order": "x"}])
def test_filters_that_are_none_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        feedback_listing(FLOW, values)
