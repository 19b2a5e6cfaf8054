from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.chats.filters import Listing
from tradewind_server.chats.ports import Deleted, MessageFilter, MessagePage, PageRequest, Position, SessionPage
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.errors import InvalidInput, NotFound

FLOW = "11111111-1111-4111-8111-111111111111"
WORKSPACE = "w"
ALL = Listing(MessageFilter(FLOW))
RATED = replace(ALL, with_feedback=True)
BEHIND = Position(datetime(2025, 1, 1, tzinfo=UTC), "m")


class Chatflows:
    async def get(self, workspace_id: str, chatflow_id: str) -> object | None:
        return object() if (workspace_id, chatflow_id) == (WORKSPACE, FLOW) else None


class Messages:
    """Notes what it is asked and answers with what it is given."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.next: Position | None = None
        self.deleted = Deleted()
        self.hold: asyncio.Event | None = None
        self.entered = asyncio.Event()

    async def list(
        self, workspace_id: str, filters: MessageFilter, part: PageRequest, *, with_feedback: bool = False
    ) -> MessagePage:
        self.asked.append(("list", part, with_feedback))
        return MessagePage([], self.next)

    async def list_of_sessions(
        self,
        workspace_id: str,
        filters: MessageFilter,
        sessions: PageRequest,
        part: PageRequest,
        *,
        with_feedback: bool = False,
    ) -> MessagePage:
        self.asked.append(("sessions", sessions, part, with_feedback))
        return MessagePage([], self.next)

    async def sessions(self, workspace_id: str, filters: MessageFilter, part: PageRequest) -> SessionPage:
        self.asked.append(("list sessions", part))
        return SessionPage([], 7, self.next)

    async def delete(self, workspace_id: str, filters: MessageFilter) -> Deleted:
        self.entered.set()
        if self.hold is not None:
            await self.hold.wait()
        self.asked.append(("delete", workspace_id, filters))
        return self.deleted


class Files:
    def __init__(self) -> None:
        self.deleted: list[tuple[str, str, str]] = []
        self.done = asyncio.Event()

    async def delete_chat(self, workspace_id: str, chatflow_id: str, chat_id: str) -> int:
        self.deleted.append((workspace_id, chatflow_id, chat_id))
        self.done.set()
        return 1


@pytest.fixture
def messages() -> Messages:
    return Messages()


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def service(messages: Messages, files: Files) -> ChatMessageService:
    return ChatMessageService(messages, Chatflows(), 100, files)  # type: ignore[arg-type]


async def test_a_flow_that_is_not_the_callers_is_not_found(service: ChatMessageService, messages: Messages) -> None:
    other = Listing(MessageFilter("22222222-2222-4222-8222-222222222222"))
    for workspace, asked in (("foreign", ALL), (WORKSPACE, other)):
        for call in (
            service.page(workspace, asked, 0, ""),
            service.numbered_page(workspace, asked, 1, 1, ""),
            service.sessions(workspace, asked, 0, ""),
            service.delete(workspace, asked.filters),
        ):
            with pytest.raises(NotFound):
                await call
    assert messages.asked == []


async def test_a_list_goes_on_where_its_token_says(service: ChatMessageService, messages: Messages) -> None:
    messages.next = BEHIND
    _, token = await service.page(WORKSPACE, ALL, 10, "")
    messages.next = None
    _, last = await service.page(WORKSPACE, ALL, 10, token)
    assert messages.asked == [("list", PageRequest(10), False), ("list", PageRequest(10, after=BEHIND), False)]
    assert last == ""


@pytest.mark.parametrize(("size", "limit"), [(0, 100), (1, 1), (100, 100), (10**9, 100)])
async def test_lists_are_bounded(service: ChatMessageService, messages: Messages, size: int, limit: int) -> None:
    await service.page(WORKSPACE, ALL, size, "")
    await service.sessions(WORKSPACE, ALL, size, "")
    assert [asked[1] for asked in messages.asked] == [PageRequest(limit)] * 2


async def test_sessions_come_with_their_total(service: ChatMessageService, messages: Messages) -> None:
    messages.next = BEHIND
    sessions, total, token = await service.sessions(WORKSPACE, replace(ALL, descending=True), 5, "")
    assert (sessions, total, token != "") == ([], 7, True)
    await service.sessions(WORKSPACE, replace(ALL, descending=True), 5, token)
    assert messages.asked[-1] == ("list sessions", PageRequest(5, True, BEHIND))


async def test_numbered_pages_of_messages(service: ChatMessageService, messages: Messages) -> None:
    messages.next = BEHIND
    assert await service.numbered_page(WORKSPACE, ALL, 3, 20, "") == ([], "")
    in_a_session = replace(RATED, filters=replace(RATED.filters, session_id="s"))
    await service.numbered_page(WORKSPACE, in_a_session, 1, 20, "")
    assert messages.asked == [("list", PageRequest(20, offset=40), False), ("list", PageRequest(20), True)]


async def test_numbered_pages_of_sessions_with_feedback(service: ChatMessageService, messages: Messages) -> None:
    messages.next = BEHIND
    _, token = await service.numbered_page(WORKSPACE, RATED, 2, 10, "")
    assert token
    await service.numbered_page(WORKSPACE, RATED, 2, 10, token)
    chosen = PageRequest(10, offset=10)
    assert messages.asked == [
        ("sessions", chosen, PageRequest(100), True),
        ("sessions", chosen, PageRequest(100, after=BEHIND), True),
    ]


@pytest.mark.parametrize(("page", "limit", "token"), [(1, 101, ""), (10**8, 100, ""), (1, 10, "any")])
async def test_pages_that_cannot_be_are_refused(service: ChatMessageService, page: int, limit: int, token: str) -> None:
    with pytest.raises(InvalidInput):
        await service.numbered_page(WORKSPACE, ALL, page, limit, token)


async def test_files_go_with_the_last_message_of_their_chat(
    service: ChatMessageService, messages: Messages, files: Files
) -> None:
    messages.deleted = Deleted(5, ["a_b", "c/d"])
    assert await service.delete(WORKSPACE, ALL.filters) == 5
    assert files.deleted == [(WORKSPACE, FLOW, "a_b"), (WORKSPACE, FLOW, "c/d")]


async def test_a_caller_that_leaves_does_not_stop_a_deletion_half_way(
    service: ChatMessageService, messages: Messages, files: Files
) -> None:
    messages.hold, messages.deleted = asyncio.Event(), Deleted(1, ["c"])
    call = asyncio.create_task(service.delete(WORKSPACE, ALL.filters))
    await messages.entered.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    messages.hold.set()
    await asyncio.wait_for(files.done.wait(), 60)
    assert files.deleted == [(WORKSPACE, FLOW, "c")]


async def test_without_a_place_for_files_messages_go_alone(messages: Messages) -> None:
    messages.deleted = Deleted(2, ["c"])
    service = ChatMessageService(messages, Chatflows(), 100)  # type: ignore[arg-type]
    assert await service.delete(WORKSPACE, ALL.filters) == 2
