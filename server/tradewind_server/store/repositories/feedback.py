"""Feedback in the relational store."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, select

from tradewind_server.chats.ports import Feedback
from tradewind_server.errors import Conflict, Reason
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import FeedbackRow

COLUMNS = tuple(field.name for field in fields(Feedback))


class SqlFeedbacks(Repository):
    """The port ``Feedbacks`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, FeedbackRow)
        self._insert = self._insert_unless_taken()

    async def add(self, workspace_id: str, feedback: Feedback) -> None:
        values = {name: getattr(feedback, name) for name in COLUMNS} | {"workspace_id": workspace_id}
        added = await self._database.write(lambda connection: connection.execute(self._insert, values).rowcount)
        if not added:
            raise Conflict(Reason.ALREADY_EXISTS, "This message has feedback already; change that instead.")

    async def by_message(self, workspace_id: str, message_id: str) -> Feedback | None:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.message_id == message_id)

        def work(connection: Connection) -> Feedback | None:
            row = connection.execute(statement).first()
            return feedback_of(row) if row else None

        return await self._database.read(work)


def feedback_of(row: Row[Any]) -> Feedback:
    values = row._mapping
    return Feedback(**{name: values[name] for name in COLUMNS})
