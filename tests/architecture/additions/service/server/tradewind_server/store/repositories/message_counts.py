"""Counts of messages in the relational store."""

from __future__ import annotations

from sqlalchemy import func, select
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import ChatMessageRow


class SqlMessageCounts(Repository):
    """The port ``MessageCounts`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ChatMessageRow)

    async def messages(self, workspace_id: str, chatflow_id: str) -> int:
        of_chatflow = (self._mine(workspace_id), self._table.c.chatflow_id == chatflow_id)
        statement = select(func.count()).select_from(self._table).where(*of_chatflow)
        return await self._database.read(lambda connection: int(connection.execute(statement).scalar_one()))
