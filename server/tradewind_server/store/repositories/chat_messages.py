"""Chat messages in the relational store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from tradewind_server.chats.ports import (
    ChatMessage,
    ChatSession,
    Deleted,
    MessageFilter,
    MessagePage,
    MessageRole,
    PageRequest,
    Position,
    SessionPage,
)
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories import message_queries as queries
from tradewind_server.store.repositories.feedback import feedback_of
from tradewind_server.store.repositories.histories import histories, newest_of
from tradewind_server.store.repositories.lists import part_of
from tradewind_server.store.repositories.message_rows import message_of, row_of
from tradewind_server.store.repositories.repository import CHUNK, Repository, chunks
from tradewind_server.store.tables import ChatMessageRow

STEP = 5 * CHUNK
"""Messages one step of a deletion holds in memory."""


class SqlChatMessages(Repository):
    """The port ``ChatMessages`` over SQL."""

    def __init__(self, database: Database, max_history: int = 200, max_list: int = 1000) -> None:
        super().__init__(database, ChatMessageRow)
        self._max_history = max_history
        self._max_list = max_list
        self._histories = histories(database.dialect)
        self._add = database.dialect.insertion(self._table)

    async def add(self, workspace_id: str, messages: Sequence[ChatMessage]) -> None:
        rows = [row_of(workspace_id, message) for message in messages]
        if rows:
            await self._database.write_together(self._add, rows)

    async def history(
        self, workspace_id: str, chatflow_id: str, session_id: str, limit: int | None
    ) -> list[tuple[MessageRole, str]]:
        most = min(limit, self._max_history) if limit is not None else self._max_history
        return await self._database.lookup_together(self._histories, newest_of(workspace_id, chatflow_id, session_id, most))

    async def list(
        self, workspace_id: str, filters: MessageFilter, part: PageRequest, *, with_feedback: bool = False
    ) -> MessagePage:
        statement = queries.matching(select(self._table), workspace_id, filters)
        return await self._page(statement, workspace_id, filters, part, with_feedback)

    async def list_of_sessions(
        self,
        workspace_id: str,
        filters: MessageFilter,
        sessions: PageRequest,
        part: PageRequest,
        *,
        with_feedback: bool = False,
    ) -> MessagePage:
        page = queries.session_ids(workspace_id, filters, replace(sessions, limit=min(sessions.limit, CHUNK)))
        ids = await self._database.read(lambda connection: [row[0] for row in connection.execute(page)])
        statement = queries.matching(select(self._table), workspace_id, filters).where(self._table.c.session_id.in_(ids))
        return await self._page(statement, workspace_id, filters, part, with_feedback)

    async def _page(
        self, statement: Select[Any], workspace_id: str, filters: MessageFilter, part: PageRequest, with_feedback: bool
    ) -> MessagePage:
        bounded = replace(part, limit=min(part.limit, self._max_list))
        if filters.ratings:
            statement = statement.add_columns(queries.question_id().label("question_id"))
        statement = part_of(statement, bounded, queries.ORDER)

        def work(connection: Connection) -> MessagePage:
            rows = connection.execute(statement).all()
            page_rows = rows[: bounded.limit]
            following = Position(page_rows[-1].created_date, page_rows[-1].id) if len(rows) > len(page_rows) else None
            messages = [message_of(row) for row in page_rows]
            if filters.ratings:
                messages += self._questions(connection, workspace_id, filters, page_rows)
                messages.sort(key=lambda message: (message.created_date, message.id), reverse=bounded.descending)
            if with_feedback:
                messages = [*self._with_feedback(connection, workspace_id, messages)]
            return MessagePage(messages, following)

        return await self._database.read(work)

    def _questions(
        self, connection: Connection, workspace_id: str, filters: MessageFilter, answers: Sequence[Row[Any]]
    ) -> Sequence[ChatMessage]:
        """The messages before these answers, but for those that match themselves: they have a place of their own."""
        ids = sorted({row.question_id for row in answers if row.question_id} - {row.id for row in answers})
        questions = []
        column = self._table.c.id
        for some in chunks(ids):
            matching = queries.matching(select(column).where(column.in_(some)), workspace_id, filters)
            answers_too = {row[0] for row in connection.execute(matching)}
            statement = select(self._table).where(column.in_(some))  # By id alone: see _delete_some.
            questions += [message_of(row) for row in connection.execute(statement) if row.id not in answers_too]
        return questions

    @staticmethod
    def _with_feedback(connection: Connection, workspace_id: str, messages: Sequence[ChatMessage]) -> Iterator[ChatMessage]:
        table = queries.FEEDBACK
        feedbacks = {}
        for some in chunks([message.id for message in messages]):
            statement = select(table).where(table.c.workspace_id == workspace_id, table.c.message_id.in_(some))
            feedbacks.update({row.message_id: feedback_of(row) for row in connection.execute(statement)})
        return (replace(message, feedback=feedbacks.get(message.id)) for message in messages)

    async def sessions(self, workspace_id: str, filters: MessageFilter, part: PageRequest) -> SessionPage:
        bounded = replace(part, limit=min(part.limit, self._max_list))
        groups = queries.sessions(workspace_id, filters, bounded)
        statement = queries.with_latest_chat(groups.subquery("grouped"), workspace_id, filters)
        count = queries.session_count(workspace_id, filters)

        def work(connection: Connection) -> SessionPage:
            rows = sorted(connection.execute(statement), key=lambda row: (row.last, row.session_id), reverse=bounded.descending)
            chat_sessions = [ChatSession(row.session_id, row.chat_id, row.messages, row.first, row.last) for row in rows]
            page_rows = chat_sessions[: bounded.limit]
            following = (
                Position(page_rows[-1].last_date, page_rows[-1].session_id) if len(chat_sessions) > len(page_rows) else None
            )
            return SessionPage(page_rows, int(connection.execute(count).scalar_one()), following)

        return await self._database.read(work)

    async def delete(self, workspace_id: str, filters: MessageFilter) -> Deleted:
        def work(connection: Connection) -> Deleted:
            count = 0
            chats: set[str] = set()
            for step in self._rows_to_delete(connection, workspace_id, filters):
                chats.update(step.values())
                count += sum(self._delete_some(connection, workspace_id, some) for some in chunks(list(step)))
            return Deleted(count, [*self._without_messages(connection, workspace_id, filters.chatflow_id, chats)])

        return await self._database.write(work)

    def _rows_to_delete(self, connection: Connection, workspace_id: str, filters: MessageFilter) -> Iterator[dict[str, str]]:
        """Ids of what a filter selects, with their chats, a bounded number at a time."""
        columns = self._table.c
        if filters.ratings:
            yield self._ratings(connection, workspace_id, filters)
            return
        statement = queries.matching(select(columns.id, columns.chat_id, columns.created_date), workspace_id, filters)
        after: Position | None = None
        while True:
            rows = connection.execute(part_of(statement, PageRequest(STEP, after=after), queries.ORDER)).all()
            if rows:
                yield {row.id: row.chat_id for row in rows}
                after = Position(rows[-1].created_date, rows[-1].id)
            if len(rows) <= STEP:
                return

    def _ratings(self, connection: Connection, workspace_id: str, filters: MessageFilter) -> dict[str, str]:
        """Rated answers and their questions, all at once: with some of them gone, others would seem to come before."""
        columns = self._table.c
        question = queries.question_id().label("question_id")
        statement = queries.matching(select(columns.id, columns.chat_id, question), workspace_id, filters)
        result: dict[str, str] = {}
        for row in connection.execute(statement):
            result[row.id] = row.chat_id
            if row.question_id is not None:
                result[row.question_id] = row.chat_id
        return result

    def _delete_some(self, connection: Connection, workspace_id: str, ids: Sequence[str]) -> int:
        # By id alone: the ids were found within the workspace in this transaction, and with the workspace named too SQLite
        # would walk through all of its messages.
        count = int(connection.execute(delete(self._table).where(self._table.c.id.in_(ids))).rowcount)
        # Second: where feedback was being stored meanwhile, the messages were locked until it was there.
        feedback = queries.FEEDBACK.c
        connection.execute(delete(queries.FEEDBACK).where(feedback.workspace_id == workspace_id, feedback.message_id.in_(ids)))
        return count

    def _without_messages(self, connection: Connection, workspace_id: str, chatflow_id: str, chats: set[str]) -> Sequence[str]:
        columns = self._table.c
        for some in chunks(sorted(chats)):
            remaining = (
                select(columns.chat_id)
                .where(self._mine(workspace_id), columns.chatflow_id == chatflow_id, columns.chat_id.in_(some))
                .distinct()
            )
            chats = chats - {row[0] for row in connection.execute(remaining)}
        return sorted(chats)
