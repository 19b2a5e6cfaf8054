"""Edits of chat messages, and branches of sessions, in the relational store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, Select, and_, func, literal, null, select, tuple_, update

from tradewind_server.chats.message_ids import COUNTED_DIGITS, counted_from
from tradewind_server.chats.ports import ChatMessage
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.message_queries import ORDER
from tradewind_server.store.repositories.message_rows import message_of
from tradewind_server.store.repositories.repository import Repository, storable
from tradewind_server.store.tables import ChatMessageRow

NOT_COPIED = ("execution_id", "file_uploads", "file_annotations", "artifacts", "action", "usage")
"""Columns of files, which stay with their chat, and of a run, which happened once."""


class SqlMessageEdits(Repository):
    """The port ``MessageEdits`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ChatMessageRow)

    async def edit(
        self, workspace_id: str, chatflow_id: str, message_id: str, content: str, moment: datetime
    ) -> ChatMessage | None:
        statement = (
            update(self._table)
            .where(self._this(workspace_id, chatflow_id, message_id))
            .values(content=storable(content), edited_date=moment)
            .returning(self._table)
        )

        def work(connection: Connection) -> ChatMessage | None:
            row = connection.execute(statement).first()
            return None if row is None else message_of(row)

        return await self._database.write(work)

    async def branch(
        self, workspace_id: str, chatflow_id: str, message_id: str, session_id: str, first_id: str, most: int
    ) -> int | None:
        columns = self._table.c
        last: Select[Any] = select(columns.session_id, columns.chat_id, *ORDER)
        last = last.where(self._this(workspace_id, chatflow_id, message_id))
        copies = {**dict.fromkeys(NOT_COPIED, null()), "id": self._counted_ids(first_id)}
        copies.update({name: literal(session_id) for name in ("session_id", "chat_id")})
        values = [copies.get(column.name, column) for column in columns]

        def work(connection: Connection) -> int | None:
            end = connection.execute(last).first()
            if end is None:
                return None
            turns = self._until(workspace_id, chatflow_id, end)
            bounded = select(columns.id).where(turns).limit(most + 1).subquery()
            count = int(connection.execute(select(func.count()).select_from(bounded)).scalar_one())
            if count > most:
                return count
            copy = self._table.insert().from_select([column.name for column in columns], select(*values).where(turns))
            return int(connection.execute(copy.execution_options(preserve_rowcount=True)).rowcount)

        return await self._database.write(work)

    def _this(self, workspace_id: str, chatflow_id: str, message_id: str) -> ColumnElement[bool]:
        columns = self._table.c
        return and_(columns.id == message_id, self._mine(workspace_id), columns.chatflow_id == chatflow_id)

    def _until(self, workspace_id: str, chatflow_id: str, end: Row[Any]) -> ColumnElement[bool]:
        """The messages of the session of ``end``, up to it. Rows of older servers have no session: there the chat counts."""
        columns = self._table.c
        mark = tuple_(literal(end.created_date, columns.created_date.type), literal(end.id, columns.id.type))
        if end.session_id is None:
            session = and_(columns.session_id.is_(None), columns.chat_id == end.chat_id)
        else:
            session = columns.session_id == end.session_id
        return and_(self._mine(workspace_id), columns.chatflow_id == chatflow_id, session, tuple_(*ORDER) <= mark)

    def _counted_ids(self, first_id: str) -> ColumnElement[str]:
        """New ids in the order of the messages: where dates are equal, the ids decide."""
        common, start = counted_from(first_id)
        number = func.row_number().over(order_by=ORDER) + literal(start, BigInteger)
        return literal(common) + self._database.dialect.hexadecimal(number, COUNTED_DIGITS)
