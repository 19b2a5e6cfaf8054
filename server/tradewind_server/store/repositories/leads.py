"""Leads in the relational store."""

from __future__ import annotations

from dataclasses import fields, replace

from sqlalchemy import Connection, delete, insert, select

from tradewind_server.chatflows.ids import not_found
from tradewind_server.chats.leads import Lead, LeadFilter, LeadPage
from tradewind_server.chats.ports import PageRequest, Position
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.lists import part_of, within
from tradewind_server.store.repositories.repository import Repository, storable, table_of
from tradewind_server.store.tables import ChatflowRow, LeadRow

COLUMNS = tuple(field.name for field in fields(Lead))
TEXTS = ("name", "email", "phone")


class SqlLeads(Repository):
    """The port ``Leads`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, LeadRow)
        self._max_list = max_list
        self._chatflows = table_of(ChatflowRow)

    async def add(self, workspace_id: str, lead: Lead) -> None:
        values = {name: getattr(lead, name) for name in COLUMNS} | {"workspace_id": workspace_id}
        values |= {name: storable(values[name]) for name in TEXTS if values[name] is not None}
        columns = self._chatflows.c
        # Locked where several write at once: a deletion of the chatflow waits, and then takes the lead along.
        chatflow = (
            select(columns.id)
            .where(columns.id == lead.chatflow_id, columns.workspace_id == workspace_id)
            .with_for_update(read=True, key_share=True)
        )

        def work(connection: Connection) -> None:
            if connection.execute(chatflow).first() is None:
                raise not_found(lead.chatflow_id)
            connection.execute(insert(self._table), values)

        await self._database.write(work)

    async def list(self, workspace_id: str, filters: LeadFilter, part: PageRequest) -> LeadPage:
        columns = self._table.c
        statement = select(self._table).where(self._mine(workspace_id), columns.chatflow_id == filters.chatflow_id)
        if filters.chat_id is not None:
            statement = statement.where(columns.chat_id == filters.chat_id)
        statement = statement.where(*within(columns.created_date, filters.start_date, filters.end_date))
        bounded = replace(part, limit=min(part.limit, self._max_list))
        statement = part_of(statement, bounded, (columns.created_date, columns.id))

        def work(connection: Connection) -> LeadPage:
            rows = connection.execute(statement).all()
            page_rows = rows[: bounded.limit]
            following = Position(page_rows[-1].created_date, page_rows[-1].id) if len(rows) > len(page_rows) else None
            return LeadPage([Lead(**{name: row._mapping[name] for name in COLUMNS}) for row in page_rows], following)

        return await self._database.read(work)

    async def delete(self, workspace_id: str, lead_id: str) -> int:
        statement = delete(self._table).where(self._mine(workspace_id), self._table.c.id == lead_id)
        return await self._database.write(lambda connection: int(connection.execute(statement).rowcount))
