"""Feedback in the relational store."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from tradewind_server.chats.message_ids import message_not_found
from tradewind_server.chats.ports import Feedback, FeedbackFilter, FeedbackPage, MessagePlace, PageRequest, Position
from tradewind_server.errors import Conflict, Reason
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.lists import part_of, within
from tradewind_server.store.repositories.repository import Repository, storable, table_of
from tradewind_server.store.tables import ChatMessageRow, FeedbackRow

COLUMNS = tuple(field.name for field in fields(Feedback))


class SqlFeedbacks(Repository):
    """The port ``Feedbacks`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, FeedbackRow)
        self._max_list = max_list
        self._messages = table_of(ChatMessageRow)
        self._insert = self._insert_unless_present()

    async def message_place(self, message_id: str) -> MessagePlace | None:
        columns = self._messages.c
        statement = select(columns.workspace_id, columns.chatflow_id, columns.chat_id).where(columns.id == message_id)

        def work(connection: Connection) -> MessagePlace | None:
            row = connection.execute(statement).first()
            return MessagePlace(*row) if row else None

        return await self._database.lookup(work)

    async def get_by_id(self, feedback_id: str) -> tuple[str, Feedback] | None:
        statement = select(self._table).where(self._table.c.id == feedback_id)

        def work(connection: Connection) -> tuple[str, Feedback] | None:
            row = connection.execute(statement).first()
            return (row.workspace_id, feedback_of(row)) if row else None

        return await self._database.lookup(work)

    async def add(self, workspace_id: str, feedback: Feedback) -> None:
        values = {name: getattr(feedback, name) for name in COLUMNS} | {"workspace_id": workspace_id}
        values["content"] = _storable(feedback.content)
        columns = self._messages.c
        # Locked where several write at once: a deletion of the message waits, and then takes the feedback along.
        message = (
            select(columns.id)
            .where(columns.id == feedback.message_id)
            .where(columns.workspace_id == workspace_id, columns.chatflow_id == feedback.chatflow_id)
            .with_for_update(read=True, key_share=True)
        )

        def work(connection: Connection) -> int:
            if connection.execute(message).first() is None:
                raise message_not_found(feedback.message_id)
            return int(connection.execute(self._insert, values).rowcount)

        if not await self._database.write(work):
            raise Conflict(Reason.ALREADY_EXISTS, "This message has feedback already; change that instead.")

    async def update(self, workspace_id: str, feedback_id: str, rating: str | None, content: str | None) -> Feedback | None:
        mine = (self._mine(workspace_id), self._table.c.id == feedback_id)
        values = {"rating": rating, "content": _storable(content)}
        changes = {name: value for name, value in values.items() if value is not None}

        def work(connection: Connection) -> Feedback | None:
            if changes:
                connection.execute(update(self._table).where(*mine).values(**changes))
            row = connection.execute(select(self._table).where(*mine)).first()
            return feedback_of(row) if row else None

        return await self._database.write(work)

    async def list(self, workspace_id: str, filters: FeedbackFilter, part: PageRequest) -> FeedbackPage:
        columns = self._table.c
        statement = select(self._table).where(self._mine(workspace_id), columns.chatflow_id == filters.chatflow_id)
        if filters.chat_id is not None:
            statement = statement.where(columns.chat_id == filters.chat_id)
        if filters.ratings:
            statement = statement.where(columns.rating.in_(filters.ratings))
        statement = statement.where(*within(columns.created_date, filters.start_date, filters.end_date))
        bounded = replace(part, limit=min(part.limit, self._max_list))
        statement = part_of(statement, bounded, (columns.created_date, columns.id))

        def work(connection: Connection) -> FeedbackPage:
            rows = connection.execute(statement).all()
            page_rows = rows[: bounded.limit]
            following = Position(page_rows[-1].created_date, page_rows[-1].id) if len(rows) > len(page_rows) else None
            return FeedbackPage([feedback_of(row) for row in page_rows], following)

        return await self._database.read(work)

    async def by_message(self, workspace_id: str, message_id: str) -> Feedback | None:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.message_id == message_id)

        def work(connection: Connection) -> Feedback | None:
            row = connection.execute(statement).first()
            return feedback_of(row) if row else None

        return await self._database.read(work)


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def feedback_of(row: Row[Any]) -> Feedback:
    values = row._mapping
    return Feedback(**{name: values[name] for name in COLUMNS})
