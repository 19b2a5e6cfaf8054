"""Executions of agent flows in the relational store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Update, bindparam, delete, exists, func, select, update

from tradewind_server.flows.agentflow.executions import (
    Execution,
    ExecutionFilter,
    ExecutionLease,
    ExecutionPage,
    ExecutionState,
    StepRecord,
    owner_change,
)
from tradewind_server.store.dialects.dialect import Rows
from tradewind_server.store.execution_tables import ExecutionRow
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.checkpoints import CHECKPOINTS, Hold, Holder, epochs_of, record_row, verdicts_of
from tradewind_server.store.repositories.lists import within
from tradewind_server.store.repositories.repository import Repository, storable, table_of
from tradewind_server.store.run_tables import RunRow
from tradewind_server.store.tables import ChatflowRow, ChatMessageRow

OF_CHATFLOW = ("chatflow_name", "chatflow_type")
COLUMNS = tuple(field.name for field in fields(Execution) if field.name not in OF_CHATFLOW)
RUNS = table_of(RunRow)
CHATFLOWS = table_of(ChatflowRow)
MESSAGES = table_of(ChatMessageRow)
NewExecution = tuple[Mapping[str, Any], Rows]
"""Rows of an execution and of its first records."""


class SqlExecutions(Repository):
    """The port ``Executions`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, ExecutionRow)
        self._max_list = max_list
        columns, runs = self._table.c, RUNS.c
        # Those that are runs are taken over with their runs.
        of_run = exists().where(runs.execution_id == columns.id, runs.owner.is_not(None))
        self._under_way = (  # Asked twice a second by each process: put together once.
            select(*(columns[name] for name in ExecutionLease._fields))
            .where(columns.state == "INPROGRESS", columns.lease_date.is_not(None), ~of_run)
            .order_by(columns.lease_date)
            .limit(bindparam("most"))
        )
        dialect = database.dialect
        self._epochs = epochs_of(dialect)
        self._insert, self._insert_records = dialect.insertion(self._table), dialect.insertion(CHECKPOINTS)
        self._close = dialect.change(  # As are those that each run needs: that would cost more than the database takes.
            update(self._table)
            .where(columns.id == bindparam("execution"))
            .values(
                state=bindparam("new_state"),
                execution_data=bindparam("trace"),
                updated_date=bindparam("moment"),
                stopped_date=func.coalesce(bindparam("stop", type_=columns.stopped_date.type), columns.stopped_date),
            )
        )
        self._delete_records = dialect.change(delete(CHECKPOINTS).where(CHECKPOINTS.c.execution_id == bindparam("execution")))
        self._hold = (
            update(self._table)
            .where(columns.id.in_(bindparam("ids", expanding=True)), columns.state == "INPROGRESS")
            .where(columns.owner == bindparam("holder"))
            .values(lease_date=bindparam("moment"))
        )
        self._get = select(self._table).where(
            columns.workspace_id == bindparam("workspace"), columns.id == bindparam("execution")
        )
        self._newest = (
            select(self._table)
            .where(columns.workspace_id == bindparam("workspace"), columns.chatflow_id == bindparam("chatflow"))
            .where(columns.session_id == bindparam("session"))
            .order_by(columns.created_date.desc(), columns.id.desc())
            .limit(1)
        )

    def _with_id(self, workspace_id: str, execution_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return self._mine(workspace_id), self._table.c.id == execution_id

    async def create(self, workspace_id: str, execution: Execution, records: Sequence[StepRecord]) -> None:
        values = {name: getattr(execution, name) for name in COLUMNS} | {"workspace_id": workspace_id}
        values["session_id"] = storable(execution.session_id)
        rows = [record_row(workspace_id, execution.id, record) for record in records]
        await self._database.write_together(self._create_all, (values, rows))

    def _create_all(self, connection: Connection, items: Sequence[NewExecution]) -> Sequence[None]:
        self._insert(connection, [[values] for values, _ in items])
        self._insert_records(connection, [rows for _, rows in items])
        return [None] * len(items)

    async def get(self, workspace_id: str, execution_id: str) -> Execution | None:
        return await self._one(self._get, {"workspace": workspace_id, "execution": execution_id})

    async def by_ids(self, workspace_id: str, ids: Sequence[str]) -> Mapping[str, Execution]:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.id.in_(ids))
        return await self._database.read(lambda connection: {row.id: _execution(row) for row in connection.execute(statement)})

    async def get_public(self, execution_id: str) -> Execution | None:
        columns = self._table.c
        statement = select(self._table).where(columns.id == bindparam("execution"), columns.is_public.is_(True))
        return await self._one(statement, {"execution": execution_id})

    async def newest(self, workspace_id: str, chatflow_id: str, session_id: str) -> Execution | None:
        values = {"workspace": workspace_id, "chatflow": chatflow_id, "session": session_id}
        return await self._one(self._newest, values)

    async def _one(self, statement: Any, values: Mapping[str, Any]) -> Execution | None:
        def work(connection: Connection) -> Execution | None:
            row = connection.execute(statement, values).first()
            return _execution(row) if row else None

        return await self._database.lookup(work)

    async def list(self, workspace_id: str, filters: ExecutionFilter, offset: int, limit: int) -> ExecutionPage:
        columns, chatflows = self._table.c, CHATFLOWS.c
        conditions = [self._mine(workspace_id), *within(columns.created_date, filters.start_date, filters.end_date)]
        for column, value in (
            (columns.id, filters.id),
            (columns.chatflow_id, filters.chatflow_id),
            (columns.session_id, filters.session_id),
            (columns.state, filters.state),
        ):
            if value is not None:
                conditions.append(column == value)
        if filters.chatflow_name is not None:
            name = filters.chatflow_name.lower()
            conditions.append(func.lower(chatflows.name).contains(name, autoescape=True))
        with_chatflows = self._table.outerjoin(
            CHATFLOWS, (chatflows.id == columns.chatflow_id) & (chatflows.workspace_id == columns.workspace_id)
        )
        count = select(func.count()).select_from(with_chatflows).where(*conditions)
        page = (
            select(self._table, chatflows.name.label("chatflow_name"), chatflows.type.label("chatflow_type"))
            .select_from(with_chatflows)
            .where(*conditions)
            .order_by(columns.updated_date.desc(), columns.id.desc())
            .offset(offset)
            .limit(min(limit, self._max_list))
        )

        def work(connection: Connection) -> ExecutionPage:
            executions = [_execution(row) for row in connection.execute(page)]
            return ExecutionPage(executions, int(connection.execute(count).scalar_one()))

        return await self._database.read(work)

    async def begin_again(
        self, workspace_id: str, execution_id: str, owner: str, moment: datetime, *, epoch: int | None = None
    ) -> int | None:
        statement = (
            update(self._table)
            .where(*self._with_id(workspace_id, execution_id), self._table.c.state.in_(("STOPPED", "ERROR")))
            .where(*(() if epoch is None else (self._table.c.epoch == epoch,)))
            .values(state="INPROGRESS", updated_date=moment, lease_date=moment, owner=owner, epoch=self._table.c.epoch + 1)
        )
        columns = self._table.c
        row = select(columns.chatflow_id, columns.session_id, columns.epoch).where(*self._with_id(workspace_id, execution_id))

        def work(connection: Connection) -> int | None:
            if connection.execute(statement).rowcount != 1:
                return None
            chatflow_id, session_id, epoch = connection.execute(row).one()
            connection.execute(_end_of_questions(workspace_id, chatflow_id, session_id, execution_id))
            return int(epoch)

        return await self._database.write(work)

    async def close(
        self,
        workspace_id: str,
        execution_id: str,
        epoch: int,
        state: ExecutionState,
        execution_data: str,
        moment: datetime,
        *,
        keep: bool = False,
    ) -> None:
        values = {
            "execution": execution_id,
            "new_state": state,
            "trace": storable(execution_data),
            "moment": moment,
            "stop": moment if state == "STOPPED" else None,
        }
        needs_records = keep or state == "STOPPED"
        hold = Hold(workspace_id, execution_id, epoch)
        if await self._database.write_together(self._close_all, (hold, values, needs_records)) is Holder.OTHER:
            raise owner_change(execution_id)

    def _close_all(self, connection: Connection, items: Sequence[tuple[Hold, Mapping[str, Any], bool]]) -> Sequence[Holder]:
        """Store the ends that come together."""
        verdicts = verdicts_of(connection, self._epochs, [hold for hold, _, _ in items])
        ends, over = [], []
        for (hold, values, needs_records), verdict in zip(items, verdicts, strict=True):
            if verdict is Holder.CALLER:
                ends.append(values)
            if verdict is Holder.NOBODY or (verdict is Holder.CALLER and not needs_records):
                over.append({"execution": hold.execution_id})
        if ends:
            self._close(connection, ends)
        if over:
            self._delete_records(connection, over)
        return verdicts

    async def hold(self, owner: str, ids: Sequence[str], moment: datetime) -> None:
        values = {"ids": list(ids), "holder": owner, "moment": moment}
        await self._database.write(lambda connection: connection.execute(self._hold, values) and None)

    async def under_way(self, limit: int) -> Sequence[ExecutionLease]:
        return await self._database.read(
            lambda connection: [ExecutionLease(*row) for row in connection.execute(self._under_way, {"most": limit})]
        )

    async def claim(self, execution: Execution, owner: str, moment: datetime) -> int | None:
        columns = self._table.c
        epoch = execution.epoch + 1
        statement = (
            update(self._table)
            .where(*self._with_id(execution.workspace_id, execution.id))
            .where(columns.state == "INPROGRESS", columns.lease_date == execution.lease_date)
            .where(columns.epoch == execution.epoch)
            .values(lease_date=moment, owner=owner, epoch=epoch)
        )
        return await self._database.write(lambda connection: epoch if connection.execute(statement).rowcount == 1 else None)

    async def publish(self, workspace_id: str, execution_id: str, is_public: bool, moment: datetime) -> Execution | None:
        conditions = self._with_id(workspace_id, execution_id)
        change = update(self._table).where(*conditions).values(is_public=is_public, updated_date=moment)

        def work(connection: Connection) -> Execution | None:
            connection.execute(change)
            row = connection.execute(select(self._table).where(*conditions)).first()
            return _execution(row) if row else None

        return await self._database.write(work)

    async def delete(self, workspace_id: str, ids: Sequence[str]) -> int:
        columns = self._table.c
        mine = select(columns.id).where(self._mine(workspace_id), columns.id.in_(ids))
        forget = update(MESSAGES).where(MESSAGES.c.workspace_id == workspace_id, MESSAGES.c.execution_id.in_(ids))

        def work(connection: Connection) -> int:
            ids_here = [row[0] for row in connection.execute(mine)]
            if ids_here:
                connection.execute(delete(CHECKPOINTS).where(CHECKPOINTS.c.execution_id.in_(ids_here)))
                connection.execute(forget.values(execution_id=None))
                connection.execute(delete(self._table).where(columns.id.in_(ids_here)))
            return len(ids_here)

        return await self._database.write(work)


def _end_of_questions(workspace_id: str, chatflow_id: str, session_id: str, execution_id: str) -> Update:
    """The questions of an execution are none any more. The session is named for its index."""
    columns = MESSAGES.c
    return (
        update(MESSAGES)
        .where(columns.workspace_id == workspace_id, columns.chatflow_id == chatflow_id, columns.session_id == session_id)
        .where(columns.execution_id == execution_id, columns.action.is_not(None))
        .values(action=None)
    )


def _execution(row: Row[Any]) -> Execution:
    values = row._mapping
    more = {name: values[name] for name in OF_CHATFLOW if name in values}
    return Execution(**{name: values[name] for name in COLUMNS}, **more)
