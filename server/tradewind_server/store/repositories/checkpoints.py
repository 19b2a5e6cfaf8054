"""Checkpoints of agent flows in the relational store, and who may write what belongs to an execution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.agentflow.executions import StepRecord, owner_change
from tradewind_server.store.dialects.dialect import RowsOf, StoreDialect
from tradewind_server.store.execution_tables import CheckpointRow, ExecutionRow
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, dump, load, table_of

CHECKPOINTS = table_of(CheckpointRow)
EXECUTIONS = table_of(ExecutionRow)
EPOCH = select(EXECUTIONS.c.epoch).where(
    EXECUTIONS.c.workspace_id == bindparam("workspace"), EXECUTIONS.c.id == bindparam("execution")
)


class Hold(NamedTuple):
    """An execution as a process has it that writes it."""

    workspace_id: str
    execution_id: str
    epoch: int


class Holder(Enum):
    """Who has an execution by now."""

    CALLER = auto()
    OTHER = auto()
    NOBODY = auto()
    """It was deleted."""


def record_row(workspace_id: str, execution_id: str, record: StepRecord) -> dict[str, Any]:
    """The row of a record."""
    return {"workspace_id": workspace_id, "execution_id": execution_id, "key": record.key, "data": dump(record.data)}


def epochs_of(dialect: StoreDialect) -> RowsOf:
    """Finds what :func:`verdicts_of` needs. Whoever takes a run over waits until what is written beside it is safe."""
    return dialect.locked_rows(EXECUTIONS, EXECUTIONS.c.workspace_id, EXECUTIONS.c.epoch)


def verdicts_of(connection: Connection, epochs: RowsOf, holds: Sequence[Hold]) -> list[Holder]:
    """Who has each execution, until the end of the transaction."""
    rows = epochs(connection, {hold.execution_id for hold in holds})
    verdicts = []
    for hold in holds:
        workspace_id, epoch = rows.get(hold.execution_id, ("", 0))
        mine = Holder.CALLER if epoch == hold.epoch else Holder.OTHER
        verdicts.append(mine if workspace_id == hold.workspace_id else Holder.NOBODY)
    return verdicts


class SqlCheckpoints(Repository):
    """The port ``Checkpoints`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, CheckpointRow)
        self._put = database.dialect.change(self._insert_or_update(("execution_id", "key"), ("data",)))
        self._epochs = epochs_of(database.dialect)

    async def add(self, workspace_id: str, execution_id: str, epoch: int, record: StepRecord) -> None:
        row = record_row(workspace_id, execution_id, record)
        hold = Hold(workspace_id, execution_id, epoch)
        if await self._database.write_together(self._add_all, (hold, row)) is Holder.OTHER:
            raise owner_change(execution_id)

    def _add_all(self, connection: Connection, items: Sequence[tuple[Hold, Mapping[str, Any]]]) -> Sequence[Holder]:
        """Store the records that come together."""
        verdicts = verdicts_of(connection, self._epochs, [hold for hold, _ in items])
        rows = [row for (_, row), verdict in zip(items, verdicts, strict=True) if verdict is Holder.CALLER]
        if rows:
            self._put(connection, rows)
        return verdicts

    async def confirm(self, workspace_id: str, execution_id: str, epoch: int) -> None:
        values = {"workspace": workspace_id, "execution": execution_id}
        row = await self._database.lookup(lambda connection: connection.execute(EPOCH, values).first())
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
