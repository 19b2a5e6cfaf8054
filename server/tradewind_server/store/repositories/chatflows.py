"""Chatflows in the relational store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Delete, Row, and_, bindparam, delete, func, insert, select, update

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.versions import LIVE, VERSION_COLUMNS
from tradewind_server.store.execution_tables import CheckpointRow, ExecutionRow
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.chatflow_versions import MOST_VERSIONS, VersionWriter
from tradewind_server.store.repositories.repository import Repository, table_of
from tradewind_server.store.run_tables import RunRow
from tradewind_server.store.tables import (
    ChatflowLabelRow,
    ChatflowRow,
    ChatflowVersionRow,
    ChatMessageRow,
    FeedbackRow,
    FilledStoreRow,
    LeadRow,
    UpsertHistoryRow,
    UpsertionRecordRow,
)

DEPENDANTS = (
    ChatMessageRow,
    FeedbackRow,
    UpsertHistoryRow,
    LeadRow,
    ChatflowLabelRow,
    ChatflowVersionRow,
    ExecutionRow,
    RunRow,
)
"""What goes with a chatflow. Feedback after the messages, which are locked while some of theirs is being stored."""
COLUMNS = tuple(field.name for field in fields(Chatflow) if field.name != "live_number")
LABELS = table_of(ChatflowLabelRow)


class SqlChatflows(Repository):
    """The port ``Chatflows`` over SQL."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], max_list: int = 1000, most_versions: int = MOST_VERSIONS
    ) -> None:
        """``most_versions`` is how many former versions without a label are kept of each chatflow."""
        super().__init__(database, ChatflowRow)
        self._now = now
        self._max_list = max_list
        self._versions = VersionWriter(most_versions)
        live = and_(LABELS.c.chatflow_id == self._table.c.id, LABELS.c.label == LIVE)
        self._select = select(self._table, LABELS.c.number.label("live_number")).outerjoin(LABELS, live)
        self._by_id = self._select.where(self._table.c.id == bindparam("id"))

    async def get_by_id(self, chatflow_id: str) -> Chatflow | None:
        return await self._database.lookup(lambda connection: self._select_one(connection, chatflow_id))

    def _select_one(self, connection: Connection, chatflow_id: str) -> Chatflow | None:
        row = connection.execute(self._by_id, {"id": chatflow_id}).first()
        return _chatflow(row) if row else None

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow | None:
        statement = self._select.where(self._mine(workspace_id), self._table.c.id == chatflow_id)

        def work(connection: Connection) -> Chatflow | None:
            row = connection.execute(statement).first()
            return _chatflow(row) if row else None

        return await self._database.read(work)

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[Chatflow], int]:
        conditions = [self._mine(workspace_id)]
        if type_ is not None:
            conditions.append(self._table.c.type == type_)
        count = select(func.count()).select_from(self._table).where(*conditions)
        page = (
            self._select.where(*conditions)
            .order_by(self._table.c.updated_date.desc(), self._table.c.id)
            .offset(offset)
            .limit(min(limit or self._max_list, self._max_list))
        )

        def work(connection: Connection) -> tuple[list[Chatflow], int]:
            return [_chatflow(row) for row in connection.execute(page)], int(connection.execute(count).scalar_one())

        return await self._database.read(work)

    async def of_key(self, workspace_id: str, key_id: str) -> Sequence[Chatflow]:
        columns = self._table.c
        statement = (
            self._select.where(self._mine(workspace_id), columns.apikeyid == key_id)
            .order_by(columns.name, columns.id)
            .limit(self._max_list)
        )
        return await self._database.read(lambda connection: [_chatflow(row) for row in connection.execute(statement)])

    async def create(self, flow: Chatflow) -> Chatflow:
        values = {name: getattr(flow, name) for name in COLUMNS}

        def work(connection: Connection) -> None:
            connection.execute(insert(self._table), values)
            self._versions.add(connection, flow)

        await self._database.write(work)
        return flow

    async def update(self, workspace_id: str, chatflow_id: str, changes: Mapping[str, Any]) -> Chatflow | None:
        now = self._now()
        columns = self._table.c
        mine = (self._mine(workspace_id), columns.id == chatflow_id)
        names = [name for name in VERSION_COLUMNS if name in changes]
        locked = select(columns.id, *(columns[name] for name in names)).where(*mine).with_for_update()
        statement = update(self._table).where(*mine).values(**changes, updated_date=now, version=columns.version + 1)

        def work(connection: Connection) -> Chatflow | None:
            before = connection.execute(locked).mappings().first()
            if before is None:
                return None
            if not any(before[name] != changes[name] for name in names):
                connection.execute(statement)
                return self._select_one(connection, chatflow_id)
            connection.execute(statement.values(version_number=columns.version_number + 1))
            chatflow = self._select_one(connection, chatflow_id)
            if chatflow is not None:
                self._versions.add(connection, chatflow)
            return chatflow

        return await self._database.write(work)

    async def delete(self, workspace_id: str, chatflow_id: str) -> int:
        dependants = [table_of(model) for model in DEPENDANTS]
        cascades = [
            delete(table).where(table.c.workspace_id == workspace_id, table.c.chatflow_id == chatflow_id)
            for table in dependants
        ]
        cascades = [_checkpoints_of(workspace_id, chatflow_id), *cascades, _unneeded_records(workspace_id, chatflow_id)]
        statement = delete(self._table).where(self._mine(workspace_id), self._table.c.id == chatflow_id)

        def work(connection: Connection) -> int:
            deleted = int(connection.execute(statement).rowcount)
            if deleted:
                for cascade in cascades:
                    connection.execute(cascade)
            return deleted

        return await self._database.write(work)


def _checkpoints_of(workspace_id: str, chatflow_id: str) -> Delete:
    """The records of a chatflow's executions; first, while those are still there."""
    executions, checkpoints = table_of(ExecutionRow).c, table_of(CheckpointRow)
    ids = select(executions.id).where(executions.workspace_id == workspace_id, executions.chatflow_id == chatflow_id)
    return delete(checkpoints).where(checkpoints.c.execution_id.in_(ids))


def _unneeded_records(workspace_id: str, chatflow_id: str) -> Delete:
    """Records go at once, unless they say what is still to be taken out of a vector store."""
    records, stores = table_of(UpsertionRecordRow), table_of(FilledStoreRow).c
    of_chatflow = (records.c.workspace_id == workspace_id, records.c.chatflow_id == chatflow_id)
    of_stores = (stores.workspace_id == workspace_id, stores.chatflow_id == chatflow_id)
    stores_of_namespace = select(stores.id).where(*of_stores, stores.records == records.c.namespace)
    return delete(records).where(*of_chatflow, ~stores_of_namespace.exists())


def _chatflow(row: Row[Any]) -> Chatflow:
    values = row._mapping
    return Chatflow(**{name: values[name] for name in COLUMNS}, live_number=values["live_number"])
