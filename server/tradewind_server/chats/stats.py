"""Figures of a chatflow: the rule and its port."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tradewind_server.chatflows.ids import not_found
from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.chats.ports import MessageFilter

MOST_DAYS = 366
"""Days of feedback in one answer: those of a year."""


@dataclass(frozen=True, slots=True)
class FeedbackDay:
    """Feedback that was given on one day, in UTC, ``2025-01-31``."""

    date: str
    positive: int
    negative: int


@dataclass(frozen=True, slots=True)
class ChatflowStats:
    """Counts of messages, their sessions and their feedback; the latest ``MOST_DAYS`` days with feedback, oldest first."""

    messages: int = 0
    sessions: int = 0
    positive: int = 0
    negative: int = 0
    days: Sequence[FeedbackDay] = ()


class ChatflowCounts(Protocol):
    """Counts over one workspace."""

    async def stats(self, workspace_id: str, filters: MessageFilter, most_days: int) -> ChatflowStats:
        """Counts of what ``ChatMessages.list`` shows for the filter."""
        ...


class StatsService:
    """Figures of chatflows that the caller's workspace owns; a foreign chatflow looks like a missing one."""

    def __init__(self, counts: ChatflowCounts, chatflows: Chatflows) -> None:
        self._counts = counts
        self._chatflows = chatflows

    async def stats(self, workspace_id: str, filters: MessageFilter) -> ChatflowStats:
        """Raises ``NotFound(CHATFLOW_NOT_FOUND)``."""
        if await self._chatflows.get(workspace_id, filters.chatflow_id) is None:
            raise not_found(filters.chatflow_id)
        return await self._counts.stats(workspace_id, filters, MOST_DAYS)
