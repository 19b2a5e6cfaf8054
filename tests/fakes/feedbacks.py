"""The port ``Feedbacks`` in memory."""

from __future__ import annotations

from dataclasses import replace

from tradewind_server.chats.message_ids import message_not_found
from tradewind_server.chats.ports import Feedback, FeedbackFilter, FeedbackPage, MessagePlace, PageRequest, Position
from tradewind_server.errors import Conflict, Reason


class FeedbacksInMemory:
    """``places`` are the messages that there are, by id. A list filters nothing, and notes what it is asked."""

    def __init__(self) -> None:
        self.places: dict[str, MessagePlace] = {}
        self.rows: dict[str, tuple[str, Feedback]] = {}
        self.asked: list[tuple[str, FeedbackFilter, PageRequest]] = []

    async def message_place(self, message_id: str) -> MessagePlace | None:
        return self.places.get(message_id)

    async def get_by_id(self, feedback_id: str) -> tuple[str, Feedback] | None:
        return self.rows.get(feedback_id)

    async def add(self, workspace_id: str, feedback: Feedback) -> None:
        if feedback.message_id not in self.places:
            raise message_not_found(feedback.message_id)
        if await self.by_message(workspace_id, feedback.message_id) is not None:
            raise Conflict(Reason.ALREADY_EXISTS, "This message has feedback already.")
        self.rows[feedback.id] = (workspace_id, feedback)

    async def update(self, workspace_id: str, feedback_id: str, rating: str | None, content: str | None) -> Feedback | None:
        if feedback_id not in self.rows:
            return None
        _, row = self.rows[feedback_id]
        changed = replace(row, rating=rating or row.rating, content=row.content if content is None else content)
        self.rows[feedback_id] = (workspace_id, changed)
        return changed

    async def list(self, workspace_id: str, filters: FeedbackFilter, part: PageRequest) -> FeedbackPage:
        self.asked.append((workspace_id, filters, part))
        rows = [row for owner, row in self.rows.values() if owner == workspace_id][part.offset :]
        shown = rows[: part.limit]
        following = Position(shown[-1].created_date, shown[-1].id) if len(rows) > len(shown) else None
        return FeedbackPage(shown, following)

    async def by_message(self, workspace_id: str, message_id: str) -> Feedback | None:
        mine = (row for owner, row in self.rows.values() if owner == workspace_id)
        return next((row for row in mine if row.message_id == message_id), None)
