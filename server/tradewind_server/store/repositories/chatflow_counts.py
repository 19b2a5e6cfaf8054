"""Counts of a chatflow's messages and feedback in the relational store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, distinct, func, select

from tradewind_server.chats.ports import MessageFilter
from tradewind_server.chats.stats import ChatflowStats, FeedbackDay
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.message_queries import FEEDBACK, MESSAGES, matching, question_id
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import ChatMessageRow

COUNTS: Sequence[ColumnElement[Any]] = (func.count(), func.count(distinct(MESSAGES.c.session_id)))
POSITIVE = func.coalesce(func.sum(case((FEEDBACK.c.rating == "THUMBS_UP", 1), else_=0)), 0)
NEGATIVE = func.coalesce(func.sum(case((FEEDBACK.c.rating == "THUMBS_DOWN", 1), else_=0)), 0)


class SqlChatflowCounts(Repository):
    """The port ``ChatflowCounts`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ChatMessageRow)

    async def stats(self, workspace_id: str, filters: MessageFilter, most_days: int) -> ChatflowStats:
        messages = matching(select(*COUNTS).select_from(MESSAGES), workspace_id, filters)
        questions = _questions(workspace_id, filters) if filters.ratings else None
        ratings = _of_feedback(select(POSITIVE, NEGATIVE), workspace_id, filters)
        day = self._database.dialect.day(FEEDBACK.c.created_date).label("day")
        days = _of_feedback(select(day, POSITIVE, NEGATIVE), workspace_id, filters)
        days = days.group_by(day).order_by(day.desc()).limit(most_days)

        def work(connection: Connection) -> ChatflowStats:
            count, sessions = connection.execute(messages).one()
            count += connection.execute(questions).scalar_one() if questions is not None else 0
            positive, negative = connection.execute(ratings).one()
            by_day = [FeedbackDay(str(date), int(good), int(bad)) for date, good, bad in connection.execute(days)]
            return ChatflowStats(int(count), int(sessions), int(positive), int(negative), tuple(reversed(by_day)))

        return await self._database.read(work)


def _of_feedback(statement: Select[Any], workspace_id: str, filters: MessageFilter) -> Select[Any]:
    """A select over feedback, narrowed to that of the messages of a filter."""
    statement = statement.select_from(MESSAGES)
    if not filters.ratings:  # With ratings the filter itself joins the feedback.
        of_message = and_(FEEDBACK.c.workspace_id == MESSAGES.c.workspace_id, FEEDBACK.c.message_id == MESSAGES.c.id)
        statement = statement.join(FEEDBACK, of_message)
    return matching(statement, workspace_id, filters)


def _questions(workspace_id: str, filters: MessageFilter) -> Select[Any]:
    """How many messages stand before rated answers and are none themselves."""
    answers = matching(
        select(MESSAGES.c.id, question_id().label("question_id")).select_from(MESSAGES), workspace_id, filters
    ).cte("answers")
    return select(func.count(distinct(answers.c.question_id))).where(answers.c.question_id.not_in(select(answers.c.id)))
