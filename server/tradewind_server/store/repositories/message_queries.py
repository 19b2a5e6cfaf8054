"""The statements behind lists of chat messages: which rows, in which order, from where on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, distinct, func, select, tuple_

from tradewind_server.chats.ports import MessageFilter, PageRequest
from tradewind_server.store.repositories.lists import part_of, within
from tradewind_server.store.repositories.repository import table_of
from tradewind_server.store.tables import ChatMessageRow, FeedbackRow

MESSAGES = table_of(ChatMessageRow)
FEEDBACK = table_of(FeedbackRow)
ORDER = (MESSAGES.c.created_date, MESSAGES.c.id)


def conditions(workspace_id: str, filters: MessageFilter) -> list[ColumnElement[bool]]:
    """What a row must be for the filter; ratings are a matter of :func:`matching`."""
    columns = MESSAGES.c
    clauses: list[ColumnElement[bool]] = [columns.workspace_id == workspace_id, columns.chatflow_id == filters.chatflow_id]
    equals = {
        columns.chat_id: filters.chat_id,
        columns.session_id: filters.session_id,
        columns.memory_type: filters.memory_type,
        columns.id: filters.message_id,
    }
    clauses += [column == value for column, value in equals.items() if value is not None]
    if filters.chat_types:
        clauses.append(columns.chat_type.in_(filters.chat_types))
    return [*clauses, *within(columns.created_date, filters.start_date, filters.end_date)]


def matching(statement: Select[Any], workspace_id: str, filters: MessageFilter) -> Select[Any]:
    """A select over messages, narrowed to the filter; with ratings, to the answers that were rated so."""
    statement = statement.where(*conditions(workspace_id, filters))
    if not filters.ratings:
        return statement
    rating_matches = and_(
        FEEDBACK.c.workspace_id == MESSAGES.c.workspace_id,
        FEEDBACK.c.message_id == MESSAGES.c.id,
        FEEDBACK.c.rating.in_(filters.ratings),
    )
    return statement.join(FEEDBACK, rating_matches).where(MESSAGES.c.role == "apiMessage")


def question_id() -> ColumnElement[Any]:
    """Id of the message just before a message in its session and chat."""
    earlier = MESSAGES.alias("earlier")
    return (
        select(earlier.c.id)
        .where(
            earlier.c.workspace_id == MESSAGES.c.workspace_id,
            earlier.c.chatflow_id == MESSAGES.c.chatflow_id,
            earlier.c.session_id == MESSAGES.c.session_id,
            earlier.c.chat_id == MESSAGES.c.chat_id,
            tuple_(earlier.c.created_date, earlier.c.id) < tuple_(*ORDER),
        )
        .order_by(earlier.c.created_date.desc(), earlier.c.id.desc())
        .limit(1)
        .correlate(MESSAGES)
        .scalar_subquery()
    )


def sessions(workspace_id: str, filters: MessageFilter, part: PageRequest) -> Select[Any]:
    """Session id, count, first and last date of each session with matching messages, ordered by the last."""
    columns = MESSAGES.c
    last = func.max(columns.created_date)
    statement = select(
        columns.session_id.label("session_id"),
        func.count().label("messages"),
        func.min(columns.created_date).label("first"),
        last.label("last"),
    )
    statement = matching(statement, workspace_id, filters).where(columns.session_id.is_not(None))
    return part_of(statement.group_by(columns.session_id), part, (last, columns.session_id), by_group=True)


def session_ids(workspace_id: str, filters: MessageFilter, part: PageRequest) -> Select[Any]:
    """The ids of a part of the sessions."""
    page = sessions(workspace_id, filters, part).limit(part.limit).subquery("chosen")
    return select(page.c.session_id)


def session_count(workspace_id: str, filters: MessageFilter) -> Select[Any]:
    return matching(select(func.count(distinct(MESSAGES.c.session_id))), workspace_id, filters)


def with_latest_chat(by_group: FromClause, workspace_id: str, filters: MessageFilter) -> Select[Any]:
    """The grouped sessions, each with the chat id of its latest message."""
    latest = MESSAGES.alias("latest")
    chat = select(latest.c.chat_id).where(
        latest.c.workspace_id == workspace_id,
        latest.c.chatflow_id == filters.chatflow_id,
        latest.c.session_id == by_group.c.session_id,
        latest.c.created_date == by_group.c.last,
    )
    if filters.chat_id is not None:
        chat = chat.where(latest.c.chat_id == filters.chat_id)
    chat_id = chat.order_by(latest.c.id.desc()).limit(1).correlate(by_group).scalar_subquery()
    return select(by_group, chat_id.label("chat_id"))
