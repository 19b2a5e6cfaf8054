"""Stored chat messages: what the rules of a chat need of a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

MessageRole = Literal["userMessage", "apiMessage"]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One row of a chat (contract §5.3). JSON columns hold parsed values; None prints as null."""

    id: str
    role: MessageRole
    chatflow_id: str
    content: str
    chat_id: str
    created_date: datetime
    chat_type: str = "EXTERNAL"
    session_id: str | None = None
    memory_type: str | None = None
    execution_id: str | None = None
    source_documents: list[Any] | None = None
    used_tools: list[Any] | None = None
    file_annotations: list[Any] | None = None
    agent_reasoning: list[Any] | None = None
    reason_content: dict[str, Any] | None = None
    file_uploads: list[Any] | None = None
    action: dict[str, Any] | None = None
    artifacts: list[Any] | None = None
    lead_email: str | None = None
    follow_up_prompts: str | None = None


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """Which messages of one chatflow (contract §5.1). None leaves a filter out; dates are inclusive and aware."""

    chatflow_id: str
    chat_types: tuple[str, ...] = ()
    chat_id: str | None = None
    session_id: str | None = None
    memory_type: str | None = None
    message_id: str | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    descending: bool = False
    limit: int | None = None
    after: tuple[datetime, str] | None = None
    """Continue behind this row, in the order asked for: its ``created_date`` and id."""


class ChatMessages(Protocol):
    """Every method is scoped to one workspace; rows of another look as if they were not there."""

    async def add(self, workspace_id: str, messages: Sequence[ChatMessage]) -> None:
        """Store all or none; returns after the commit."""
        ...

    async def history(
        self, workspace_id: str, chatflow_id: str, session_id: str, limit: int | None
    ) -> list[tuple[MessageRole, str]]:
        """Role and content of a session's last ``limit`` messages (None: the configured bound), oldest first."""
        ...

    async def list(self, workspace_id: str, filters: MessageFilter) -> list[ChatMessage]: ...

    async def delete(self, workspace_id: str, filters: MessageFilter) -> int:
        """Delete what the filter matches, with what hangs on it, in one transaction; returns the number of messages."""
        ...
