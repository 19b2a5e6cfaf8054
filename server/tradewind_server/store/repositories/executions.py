"""Executions of agent flows and their checkpoints in the relational store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Update, bindparam, delete, exists, func, insert, select, update

from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.agentflow.executions import (
    Execution,
    ExecutionFilter,
    ExecutionPage,
    ExecutionState,
    StepRecord,
    owner_change,
)
from tradewind_server.store.execution_tables import CheckpointRow, ExecutionRow
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.lists import within
from tradewind_server.store.repositories.repository import Repository, dump, load, storable, table_of
from tradewind_server.store.run_tables import RunRow
from tradewind_server.store.tables import ChatflowRow, ChatMessageRow

OF_CHATFLOW = ("chatflow_name", "chatflow_type")
COLUMNS = tuple(field.name for field in fields(Execution) if field.name not in OF_CHATFLOW)
CHECKPOINTS = table_of(CheckpointRow)
EXECUTIONS = table_of(ExecutionRow)
RUNS = table_of(RunRow)
CHATFLOWS = table_of(ChatflowRow)
MESSAGES = table_of(ChatMessageRow)


class SqlExecutions(Repository):
    """The port ``Executions`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, ExecutionRow)
        self._max_list = max_list
        columns, runs = self._table.c, RUNS.c
        # Those that are runs are taken over with their runs.
        of_run = exists().where(runs.execution_id == columns.id, runs.owner.is_not(None))
        self._orphans = (  # Asked twice a second by each process: put together once.
            select(self._table)
            .where(columns.state == "INPROGRESS", columns.lease_date < bindparam("before"), ~of_run)
            .order_by(columns.lease_date)
            .limit(bindparam("most"))
        )

    def _with_id(self, workspace_id: str, execution_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return self._mine(workspace_id), self._table.c.id == execution_id

    async def create(self, workspace_id: str, execution: Execution, record: StepRecord) -> None:
        values = {name: getattr(execution, name) for name in COLUMNS} | {"workspace_id": workspace_id}
        values["session_id"] = storable(execution.session_id)
        row = {"workspace_id": workspace_id, "execution_id": execution.id, "key": record.key, "data": dump(record.data)}

        def work(connection: Connection) -> None:
            connection.execute(insert(self._table), values)
            connection.execute(insert(CHECKPOINTS), row)

        await self._database.write(work)

    async def get(self, workspace_id: str, execution_id: str) -> Execution | None:
        return await self._one(select(self._table).where(*self._with_id(workspace_id, execution_id)))

    async def by_ids(self, workspace_id: str, ids: Sequence[str]) -> Mapping[str, Execution]:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.id.in_(ids))
        return await self._database.read(lambda connection: {row.id: _execution(row) for row in connection.execute(statement)})

    async def get_public(self, execution_id: str) -> Execution | None:
        columns = self._table.c
        return await self._one(select(self._table).where(columns.id == execution_id, columns.is_public.is_(True)))

    async def newest(self, workspace_id: str, chatflow_id: str, session_id: str) -> Execution | None:
        columns = self._table.c
        statement = (
            select(self._table)
            .where(self._mine(workspace_id), columns.chatflow_id == chatflow_id, columns.session_id == session_id)
            .order_by(columns.created_date.desc(), columns.id.desc())
            .limit(1)
        )
        return await self._one(statement)

    async def _one(self, statement: Any) -> Execution | None:
        def work(connection: Connection) -> Execution | None:
            row = connection.execute(statement).first()
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

    async def begin_again(self, workspace_id: str, execution_id: str, owner: str, moment: datetime) -> int | None:
        statement = (
            update(self._table)
            .where(*self._with_id(workspace_id, execution_id), self._table.c.state.in_(("STOPPED", "ERROR")))
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
        values: dict[str, Any] = {"state": state, "execution_data": storable(execution_data), "updated_date": moment}
        if state == "STOPPED":
            values["stopped_date"] = moment
        mine = self._with_id(workspace_id, execution_id)
        statement = update(self._table).where(*mine, self._table.c.epoch == epoch).values(**values)
        records = delete(CHECKPOINTS).where(CHECKPOINTS.c.execution_id == execution_id)

        def work(connection: Connection) -> None:
            is_missing = not connection.execute(statement).rowcount
            if is_missing and connection.execute(select(self._table.c.id).where(*mine)).first():
                raise owner_change(execution_id)
            if is_missing or not (keep or state == "STOPPED"):
                connection.execute(records)

        await self._database.write(work)

    async def hold(self, owner: str, ids: Sequence[str], moment: datetime) -> None:
        columns = self._table.c
        conditions = (columns.id.in_(ids), columns.state == "INPROGRESS", columns.owner == owner)
        statement = update(self._table).where(*conditions).values(lease_date=moment)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def orphans(self, before: datetime, limit: int) -> Sequence[Execution]:
        values = {"before": before, "most": limit}
        return await self._database.read(
            lambda connection: [_execution(row) for row in connection.execute(self._orphans, values)]
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


class SqlCheckpoints(Repository):
    """The port ``Checkpoints`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, CheckpointRow)
        self._put = self._insert_or_update(("execution_id", "key"), ("data",))

    async def add(self, workspace_id: str, execution_id: str, epoch: int, record: StepRecord) -> None:
        row = {"workspace_id": workspace_id, "execution_id": execution_id, "key": record.key, "data": dump(record.data)}
        mine = (EXECUTIONS.c.workspace_id == workspace_id, EXECUTIONS.c.id == execution_id)
        # Changes nothing, but keeps whoever takes the run over waiting until this record is safe.
        fence = update(EXECUTIONS).where(*mine, EXECUTIONS.c.epoch == epoch).values(epoch=epoch)

        def work(connection: Connection) -> None:
            if connection.execute(fence).rowcount:
                connection.execute(self._put, row)
            elif connection.execute(select(EXECUTIONS.c.id).where(*mine)).first():
                raise owner_change(execution_id)

        await self._database.write(work)

    async def confirm(self, workspace_id: str, execution_id: str, epoch: int) -> None:
        statement = select(EXECUTIONS.c.epoch).where(EXECUTIONS.c.workspace_id == workspace_id, EXECUTIONS.c.id == execution_id)
        row = await self._database.lookup(lambda connection: connection.execute(statement).first())
        if row is not None and row[0] != epoch:
            raise owner_change(execution_id)

    async def load(self, workspace_id: str, execution_id: str, limit: int) -> Sequence[StepRecord]:
        columns = self._table.c
        statement = (
            select(columns.key, columns.data)
            .where(self._mine(workspace_id), columns.execution_id == execution_id)
            .order_by(columns.key)
            .limit(limit)
        )
        rows = await self._database.read(lambda connection: connection.execute(statement).all())
        records = [StepRecord(key, load(text)) for key, text in rows]
        if not all(isinstance(record.data, dict) for record in records):
            raise FailedPrecondition(
                Reason.CHECKPOINT_INVALID,
                f"The execution {execution_id} cannot go on: a record of it cannot be read. Ask again from the beginning.",
            )
        return records


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
