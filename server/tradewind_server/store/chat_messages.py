"""Chat messages in the relational store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, or_, select

from tradewind_server.chats.ports import ChatMessage, MessageFilter, MessageRole
from tradewind_server.store.database import Database
from tradewind_server.store.repository import Repository, dump, load, table_of
from tradewind_server.store.tables import ChatMessageRow, FeedbackRow

JSON_COLUMNS = (
    "source_documents",
    "used_tools",
    "file_annotations",
    "agent_reasoning",
    "reason_content",
    "file_uploads",
    "action",
    "artifacts",
)
PLAIN_COLUMNS = (
    "id",
    "role",
    "chatflow_id",
    "content",
    "chat_id",
    "created_date",
    "chat_type",
    "session_id",
    "memory_type",
    "execution_id",
    "lead_email",
    "follow_up_prompts",
)


class SqlChatMessages(Repository):
    """The port ``ChatMessages`` over SQL."""

    def __init__(self, database: Database, max_history: int = 200, max_list: int = 1000) -> None:
        super().__init__(database, ChatMessageRow)
        self._max_history = max_history
        self._max_list = max_list
        columns = self._table.c
        self._insert = insert(self._table)
        self._history = (
            select(columns.role, columns.content)
            .where(
                columns.workspace_id == bindparam("workspace"),
                columns.chatflow_id == bindparam("chatflow"),
                columns.session_id == bindparam("session"),
            )
            .order_by(columns.created_date.desc(), columns.id.desc())
            .limit(bindparam("most"))
        )

    async def add(self, workspace_id: str, messages: Sequence[ChatMessage]) -> None:
        rows = [_row(workspace_id, message) for message in messages]
        statement = self._insert

        def work(connection: Connection) -> None:
            connection.execute(statement, rows)

        await self._database.write(work)

    async def history(
        self, workspace_id: str, chatflow_id: str, session_id: str, limit: int | None
    ) -> list[tuple[MessageRole, str]]:
        most = min(limit, self._max_history) if limit is not None else self._max_history
        values = {"workspace": workspace_id, "chatflow": chatflow_id, "session": session_id, "most": most}
        statement = self._history

        def work(connection: Connection) -> list[tuple[MessageRole, str]]:
            newest_first = connection.execute(statement, values).all()
            return [(row[0], row[1]) for row in reversed(newest_first)]

        return await self._database.read(work)

    async def list(self, workspace_id: str, filters: MessageFilter) -> list[ChatMessage]:
        columns = self._table.c
        order = (columns.created_date, columns.id)
        statement = select(self._table).where(*self._conditions(workspace_id, filters))
        statement = statement.order_by(*(column.desc() if filters.descending else column for column in order))
        statement = statement.limit(min(filters.limit or self._max_list, self._max_list))

        def work(connection: Connection) -> list[ChatMessage]:
            return [_message(row) for row in connection.execute(statement)]

        return await self._database.read(work)

    async def delete(self, workspace_id: str, filters: MessageFilter) -> int:
        feedback = table_of(FeedbackRow)
        ids = select(self._table.c.id).where(*self._conditions(workspace_id, filters))
        remove_feedback = delete(feedback).where(
            feedback.c.workspace_id == workspace_id, feedback.c.message_id.in_(ids.scalar_subquery())
        )
        remove = delete(self._table).where(*self._conditions(workspace_id, filters))

        def work(connection: Connection) -> int:
            connection.execute(remove_feedback)
            return int(connection.execute(remove).rowcount)

        return await self._database.write(work)

    def _conditions(self, workspace_id: str, filters: MessageFilter) -> Sequence[Any]:
        columns = self._table.c
        conditions: list[Any] = [self._mine(workspace_id), columns.chatflow_id == filters.chatflow_id]
        equals = {
            columns.chat_id: filters.chat_id,
            columns.session_id: filters.session_id,
            columns.memory_type: filters.memory_type,
            columns.id: filters.message_id,
        }
        conditions += [column == value for column, value in equals.items() if value is not None]
        if filters.chat_types:
            conditions.append(columns.chat_type.in_(filters.chat_types))
        if filters.start_date is not None:
            conditions.append(columns.created_date >= filters.start_date)
        if filters.end_date is not None:
            conditions.append(columns.created_date <= filters.end_date)
        if filters.after is not None:
            when, identity = filters.after
            beyond, further = (
                (columns.created_date < when, columns.id < identity)
                if filters.descending
                else (columns.created_date > when, columns.id > identity)
            )
            conditions.append(or_(beyond, and_(columns.created_date == when, further)))
        return conditions


def _row(workspace_id: str, message: ChatMessage) -> dict[str, Any]:
    row = {name: getattr(message, name) for name in PLAIN_COLUMNS}
    row["workspace_id"] = workspace_id
    for name in JSON_COLUMNS:
        value = getattr(message, name)
        row[name] = None if value is None else dump(value)
    return row


def _message(row: Row[Any]) -> ChatMessage:
    values = row._mapping
    return ChatMessage(
        **{name: values[name] for name in PLAIN_COLUMNS},
        **{name: load(values[name]) for name in JSON_COLUMNS},
    )
