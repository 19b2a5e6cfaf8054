"""Changing what was said: edits of stored messages, and conversations that go on from an earlier turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tradewind_server.chatflows.ids import UUID, check_id, not_found
from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.chats.message_ids import message_not_found
from tradewind_server.chats.ports import ChatMessage, MessageEdits
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason


@dataclass(frozen=True, slots=True)
class EditLimits:
    """Bounds of edits and branches."""

    content_chars: int
    """Longest text of a message, in characters."""
    branch_messages: int
    """Most messages that a branch copies."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A new session, and how many messages it begins with. Its chat has the same id."""

    session_id: str
    message_count: int


class ChatEditor:
    """Edits messages of chatflows that the caller's workspace owns; what is foreign looks like what is missing.

    Both calls raise ``InvalidInput`` for an id that is no UUID, and ``NotFound`` for a chatflow or a message that is not
    there.
    """

    def __init__(
        self,
        edits: MessageEdits,
        chatflows: Chatflows,
        limits: EditLimits,
        *,
        new_id: Callable[[], str],
        new_message_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._edits = edits
        self._chatflows = chatflows
        self._limits = limits
        self._new_id = new_id
        self._new_message_id = new_message_id
        self._now = now

    async def edit(self, workspace_id: str, chatflow_id: str, message_id: str, content: str | None) -> ChatMessage:
        """Give a question or an answer another text, which memory reads from then on; the message as it is stored then.

        Raises ``InvalidInput(INVALID_ARGUMENT)`` for a blank text and for one that is longer than a question may be.
        """
        flow, message = check_id(chatflow_id), _check(message_id)
        if content is None or not content.strip():
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The new text is missing; send it as `content`.")
        if len(content) > self._limits.content_chars:
            raise InvalidInput(
                Reason.INVALID_ARGUMENT, f"content is longer than {self._limits.content_chars} characters; shorten it."
            )
        await self._own(workspace_id, flow)
        new_message = await self._edits.edit(workspace_id, flow, message, content, self._now())
        if new_message is None:
            raise message_not_found(message)
        return new_message

    async def branch(self, workspace_id: str, chatflow_id: str, message_id: str) -> Branch:
        """Copy a message's session up to and with this message to a new session, whole or not at all.

        Raises ``FailedPrecondition(INVALID_ARGUMENT)`` where that are more messages than a branch may have.
        """
        flow, message = check_id(chatflow_id), _check(message_id)
        await self._own(workspace_id, flow)
        session_id, most = self._new_id(), self._limits.branch_messages
        count = await self._edits.branch(workspace_id, flow, message, session_id, self._new_message_id(), most)
        if count is None:
            raise message_not_found(message)
        if count > most:
            raise FailedPrecondition(
                Reason.INVALID_ARGUMENT,
                f"The session has more than {most} messages up to this one (TRADEWIND_MAX_BRANCH_MESSAGES); branch from an "
                "earlier one.",
            )
        return Branch(session_id, count)

    async def _own(self, workspace_id: str, chatflow_id: str) -> None:
        if await self._chatflows.get(workspace_id, chatflow_id) is None:
            raise not_found(chatflow_id)


def _check(message_id: str) -> str:
    """A message's id in lower case, as it is stored."""
    if not UUID.fullmatch(message_id):
        raise InvalidInput(Reason.INVALID_ARGUMENT, "Invalid message id: it must be a UUID.")
    return message_id.lower()
