"""Stored chat messages and what people thought of them: what the rules of a chat need of a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

MessageRole = Literal["userMessage", "apiMessage"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """A person's opinion of one answer (docs/contract.md §8.3). ``rating`` is ``THUMBS_UP`` or ``THUMBS_DOWN``."""

    id: str
    chatflow_id: str
    chat_id: str
    message_id: str
    rating: str
    content: str | None
    created_date: datetime


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One row of a chat (docs/contract.md §8.2). JSON columns hold parsed values; None prints as null."""

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
    usage: dict[str, Any] | None = None
    """What the model calls of an answer used (``TokenUsage.as_json``)."""
    edited_date: datetime | None = None
    """When its content was last changed; None where it stands as it was said."""
    feedback: Feedback | None = None
    """Filled by queries that ask for it; never stored with the message."""


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """Which messages of one chatflow (docs/contract.md §8.1). None leaves a filter out; dates are inclusive and aware.

    With ``ratings`` it means the answers that were rated so, and with each the message just before it in its session:
    the question. The dates then are those of the answers.
    """

    chatflow_id: str
    chat_types: tuple[str, ...] = ()
    chat_id: str | None = None
    session_id: str | None = None
    memory_type: str | None = None
    message_id: str | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    ratings: tuple[str, ...] = ()


class Position(NamedTuple):
    """A place in a list ordered by date, then id: behind this one."""

    date: datetime
    id: str


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of a list: at most ``limit`` entries, after ``offset`` others, behind ``after`` in the order asked for."""

    limit: int
    descending: bool = False
    after: Position | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Messages in the order asked for; ``next`` continues behind them, None at the end."""

    messages: list[ChatMessage] = field(default_factory=list)
    next: Position | None = None


@dataclass(frozen=True, slots=True)
class ChatSession:
    """One session of a chatflow, as its matching messages show it. ``chat_id`` is that of the latest message."""

    session_id: str
    chat_id: str
    message_count: int
    first_date: datetime
    last_date: datetime


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Sessions ordered by their latest message; ``total`` counts all of them."""

    sessions: list[ChatSession] = field(default_factory=list)
    total: int = 0
    next: Position | None = None


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion took: a number of messages, and the chats that have none left."""

    count: int = 0
    emptied_chats: Sequence[str] = field(default_factory=list)


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

    async def list(
        self, workspace_id: str, filters: MessageFilter, part: PageRequest, *, with_feedback: bool = False
    ) -> MessagePage:
        """The messages a filter matches. With ratings, ``part`` counts answers; their questions come on top."""
        ...

    async def list_of_sessions(
        self,
        workspace_id: str,
        filters: MessageFilter,
        sessions: PageRequest,
        part: PageRequest,
        *,
        with_feedback: bool = False,
    ) -> MessagePage:
        """The same, of one part of the sessions only: ``sessions`` chooses at most 1000 of them as in :meth:`sessions`."""
        ...

    async def sessions(self, workspace_id: str, filters: MessageFilter, part: PageRequest) -> SessionPage:
        """The sessions that have matching messages."""
        ...

    async def delete(self, workspace_id: str, filters: MessageFilter) -> Deleted:
        """Delete what :meth:`list` shows for the filter, with its feedback, in one transaction."""
        ...


@dataclass(frozen=True, slots=True)
class FeedbackFilter:
    """Which feedback of one chatflow. None leaves a filter out; dates are those of the feedback, inclusive and aware."""

    chatflow_id: str
    chat_id: str | None = None
    ratings: tuple[str, ...] = ()
    start_date: datetime | None = None
    end_date: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """Feedback in the order asked for; ``next`` continues behind it, None at the end."""

    feedback: list[Feedback] = field(default_factory=list)
    next: Position | None = None


class MessagePlace(NamedTuple):
    """Where a message stands."""

    workspace_id: str
    chatflow_id: str
    chat_id: str


class MessageEdits(Protocol):
    """Changes of what was said. Every method is scoped to one workspace and one chatflow, and is one transaction."""

    async def edit(
        self, workspace_id: str, chatflow_id: str, message_id: str, content: str, moment: datetime
    ) -> ChatMessage | None:
        """Give a message another content and ``moment`` as its edited date. The message as it is stored then; None where
        there is none of this id."""
        ...

    async def branch(
        self, workspace_id: str, chatflow_id: str, message_id: str, session_id: str, first_id: str, most: int
    ) -> int | None:
        """Copy the messages of a message's session, up to and with this one, to the session ``session_id``, which is also
        the copies' chat.

        Copies keep order and dates; they have no files, run, pending action or usage, and nobody's feedback. Their ids
        count up from ``first_id``, a UUID of version 7. How many there are to copy; above ``most`` none is copied, and not
        all are counted. None where there is no such message.
        """
        ...


class Feedbacks(Protocol):
    """Opinions by message, scoped to one workspace but for :meth:`message_place` and :meth:`get_by_id`."""

    async def message_place(self, message_id: str) -> MessagePlace | None:
        """Where a message stands, whoever owns it: a public call names nothing else."""
        ...

    async def get_by_id(self, feedback_id: str) -> tuple[str, Feedback] | None:
        """Feedback by its id, with its workspace, whoever owns it."""
        ...

    async def add(self, workspace_id: str, feedback: Feedback) -> None:
        """Store. Raises ``NotFound(CHAT_MESSAGE_NOT_FOUND)`` where the chatflow has no such message, and
        ``Conflict(ALREADY_EXISTS)`` where it has feedback already."""
        ...

    async def update(self, workspace_id: str, feedback_id: str, rating: str | None, content: str | None) -> Feedback | None:
        """Change what is not None. Answers the feedback as it is then; None where there is none."""
        ...

    async def list(self, workspace_id: str, filters: FeedbackFilter, part: PageRequest) -> FeedbackPage:
        """Feedback by date, then id."""
        ...

    async def by_message(self, workspace_id: str, message_id: str) -> Feedback | None: ...
