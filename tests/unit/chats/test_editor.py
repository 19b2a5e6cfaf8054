"""Edits and branches: what is checked before the store is asked, and what its answers mean."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.chats.editor import Branch, ChatEditor, EditLimits
from tradewind_server.chats.ports import ChatMessage
from tradewind_server.errors import FailedPrecondition, InvalidInput, NotFound, Reason

FLOW = "11111111-1111-4111-8111-11111111111a"
MESSAGE = "22222222-2222-4222-8222-22222222222b"
WORKSPACE = "w"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
STORED = ChatMessage(MESSAGE, "userMessage", FLOW, "two", "c", MOMENT)


class Chatflows:
    async def get(self, workspace_id: str, chatflow_id: str) -> object | None:
        return object() if (workspace_id, chatflow_id) == (WORKSPACE, FLOW) else None


class Edits:
    """Notes what it is asked and answers with what it is given."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.message: ChatMessage | None = STORED
        self.count: int | None = 2

    async def edit(self, *arguments: Any) -> ChatMessage | None:
        self.asked.append(arguments)
        return self.message

    async def branch(self, *arguments: Any) -> int | None:
        self.asked.append(arguments)
        return self.count


@pytest.fixture
def edits() -> Edits:
    return Edits()


@pytest.fixture
def editor(edits: Edits) -> ChatEditor:
    return ChatEditor(
        edits,
        Chatflows(),  # type: ignore[arg-type]
        EditLimits(content_chars=5, branch_messages=3),
        new_id=lambda: "new",
        new_message_id=lambda: "first",
        now=lambda: MOMENT,
    )


async def test_an_edit_names_the_rows_as_they_are_stored(editor: ChatEditor, edits: Edits) -> None:
    assert await editor.edit(WORKSPACE, FLOW.upper(), MESSAGE.upper(), "a🏙bcd") is STORED
    assert edits.asked == [(WORKSPACE, FLOW, MESSAGE, "a🏙bcd", MOMENT)]


@pytest.mark.parametrize("content", [None, "", " \n", "abcdef"])
async def test_a_text_that_is_no_text_or_too_long_changes_nothing(
    editor: ChatEditor, edits: Edits, content: str | None
) -> None:
    with pytest.raises(InvalidInput, match="content") as error:
        await editor.edit(WORKSPACE, FLOW, MESSAGE, content)
    assert (error.value.reason, edits.asked) == (Reason.INVALID_ARGUMENT, [])


async def test_a_branch_has_one_new_id_for_session_and_chat(editor: ChatEditor, edits: Edits) -> None:
    assert await editor.branch(WORKSPACE, FLOW, MESSAGE) == Branch("new", 2)
    assert edits.asked == [(WORKSPACE, FLOW, MESSAGE, "new", "first", 3)]


async def test_a_branch_of_more_messages_than_allowed_names_the_setting(editor: ChatEditor, edits: Edits) -> None:
    edits.count = 3
    assert (await editor.branch(WORKSPACE, FLOW, MESSAGE)).message_count == 3
    edits.count = 4
    with pytest.raises(FailedPrecondition, match=r"more than 3 messages.*TRADEWIND_MAX_BRANCH_MESSAGES"):
        await editor.branch(WORKSPACE, FLOW, MESSAGE)


async def test_a_message_that_is_not_there(editor: ChatEditor, edits: Edits) -> None:
    edits.message = edits.count = None
    for call in (editor.edit(WORKSPACE, FLOW, MESSAGE, "two"), editor.branch(WORKSPACE, FLOW, MESSAGE)):
        with pytest.raises(NotFound, match=MESSAGE) as error:
            await call
        assert error.value.reason is Reason.CHAT_MESSAGE_NOT_FOUND


@pytest.mark.parametrize(("workspace", "flow"), [("other", FLOW), (WORKSPACE, MESSAGE)])
async def test_a_foreign_chatflow_is_not_there(editor: ChatEditor, edits: Edits, workspace: str, flow: str) -> None:
    for call in (editor.edit(workspace, flow, MESSAGE, "two"), editor.branch(workspace, flow, MESSAGE)):
        with pytest.raises(NotFound) as error:
            await call
        assert error.value.reason is Reason.CHATFLOW_NOT_FOUND
    assert edits.asked == []


@pytest.mark.parametrize(
    ("flow", "message", "reason"),
    [("x", MESSAGE, Reason.INVALID_CHATFLOW_ID), (FLOW, "x", Reason.INVALID_ARGUMENT), (FLOW, "", Reason.INVALID_ARGUMENT)],
)
async def test_ids_are_uuids(editor: ChatEditor, edits: Edits, flow: str, message: str, reason: Reason) -> None:
    for call in (editor.edit(WORKSPACE, flow, message, "two"), editor.branch(WORKSPACE, flow, message)):
        with pytest.raises(InvalidInput) as error:
            await call
        assert error.value.reason is reason
    assert edits.asked == []
