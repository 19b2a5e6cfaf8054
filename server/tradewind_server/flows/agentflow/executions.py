"""Runs of agent flows as they are kept: one row each, and while a run is under way the records it can go on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from tradewind_server.errors import Conflict, Reason

ExecutionState = Literal["INPROGRESS", "FINISHED", "ERROR", "TERMINATED", "TIMEOUT", "STOPPED"]
STATES: tuple[ExecutionState, ...] = ("INPROGRESS", "FINISHED", "ERROR", "TERMINATED", "TIMEOUT", "STOPPED")
MOST_RECORDS = 20_000
"""Records of one run: each of its nodes has one, and each answer and call of an agent's model."""


@dataclass(frozen=True, slots=True)
class Execution:
    """One run. ``execution_data`` is the JSON text of its trace; it is empty while the run is under way."""

    id: str
    workspace_id: str
    chatflow_id: str
    session_id: str
    state: ExecutionState
    created_date: datetime
    updated_date: datetime
    execution_data: str = "[]"
    is_public: bool | None = None
    stopped_date: datetime | None = None
    lease_date: datetime | None = None
    """When a process last said to have the run; of one that has ended it says nothing."""
    owner: str | None = None
    """The process that has the run, or had it last."""
    epoch: int = 1
    """Counts the processes that had the run. Whoever has an older number may not write any more."""
    chatflow_name: str | None = None
    """Filled by lists; never stored with the execution."""
    chatflow_type: str | None = None


class ExecutionLease(NamedTuple):
    """Who has an execution under way. It differs each time when that process says so."""

    id: str
    workspace_id: str
    owner: str | None
    epoch: int
    lease_date: datetime | None


@dataclass(frozen=True, slots=True)
class ExecutionFilter:
    """Which executions of a workspace. None leaves a filter out; dates are those of creation, inclusive and aware."""

    id: str | None = None
    chatflow_id: str | None = None
    chatflow_name: str | None = None
    """A part of the chatflow's name, in any case."""
    session_id: str | None = None
    state: ExecutionState | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExecutionPage:
    """Executions, the latest change first; ``total`` counts all that match."""

    executions: Sequence[Execution] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What a run has done at one place of it. ``data`` is a JSON value, and nothing but."""

    key: str
    data: Mapping[str, Any]


def owner_change(execution_id: str) -> Conflict:
    """What a process is told that tries to go on with a run which another one has."""
    return Conflict(
        Reason.RUN_INTERRUPTED,
        f"The execution {execution_id} is carried on by another worker, as this one was taken for dead; read the end there.",
    )


class Executions(Protocol):
    """Every method is scoped to one workspace but :meth:`get_public`; rows of another look as if they were not there."""

    async def create(self, workspace_id: str, execution: Execution, records: Sequence[StepRecord]) -> None:
        """Store a new execution and its first records, together."""
        ...

    async def get(self, workspace_id: str, execution_id: str) -> Execution | None: ...

    async def by_ids(self, workspace_id: str, ids: Sequence[str]) -> Mapping[str, Execution]:
        """Those of some executions that are there, by id."""
        ...

    async def get_public(self, execution_id: str) -> Execution | None:
        """An execution of any workspace that its owner has made public."""
        ...

    async def newest(self, workspace_id: str, chatflow_id: str, session_id: str) -> Execution | None:
        """The execution of a session that was created last; of two in one moment, the one stored last."""
        ...

    async def list(self, workspace_id: str, filters: ExecutionFilter, offset: int, limit: int) -> ExecutionPage:
        """At most ``limit`` executions, and never more than the configured bound of a list."""
        ...

    async def begin_again(
        self, workspace_id: str, execution_id: str, owner: str, moment: datetime, *, epoch: int | None = None
    ) -> int | None:
        """Make an execution that is stopped, or has failed, one under way; the questions in its messages are answered and go.
        Its new epoch; None where it is neither: of two callers at once, one wins. With an ``epoch`` also None where that is its
        epoch no more: it went on and stopped again meanwhile."""
        ...

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
        """Store the trace and the state of a run that has ended or stopped. One that has ended needs its records no more: they
        go with it, unless they are to be kept for another attempt. An execution that was deleted meanwhile stays so. Raises
        ``Conflict(RUN_INTERRUPTED)`` where another process has the run by now."""
        ...

    async def hold(self, owner: str, ids: Sequence[str], moment: datetime) -> None:
        """Say of runs of any workspace that this process has them still. Those of others are left alone."""
        ...

    async def under_way(self, limit: int) -> Sequence[ExecutionLease]:
        """Who has the runs under way, of any workspace; those come first of which it was said longest ago. Runs that are kept
        as such, and have a worker, are left out: they are taken over together."""
        ...

    async def claim(self, execution: Execution, owner: str, moment: datetime) -> int | None:
        """Take a run over: its new epoch. None where somebody has it, since it was read: of two at once, one wins."""
        ...

    async def publish(self, workspace_id: str, execution_id: str, is_public: bool, moment: datetime) -> Execution | None:
        """Make an execution public or private; None for an unknown one."""
        ...

    async def delete(self, workspace_id: str, ids: Sequence[str]) -> int:
        """Delete executions with their records; messages forget them. Returns how many there were."""
        ...


class Checkpoints(Protocol):
    """The records of runs under way or stopped. Scoped to one workspace."""

    async def add(self, workspace_id: str, execution_id: str, epoch: int, record: StepRecord) -> None:
        """Store a record; one of the same key is replaced. Returns after the commit. Raises ``Conflict(RUN_INTERRUPTED)``, and
        stores nothing, where another process has the run by now: both are one transaction. That of an execution which was
        deleted is not stored."""
        ...

    async def confirm(self, workspace_id: str, execution_id: str, epoch: int) -> None:
        """Raises ``Conflict(RUN_INTERRUPTED)`` where another process has the run by now."""
        ...

    async def load(self, workspace_id: str, execution_id: str, limit: int) -> Sequence[StepRecord]:
        """At most ``limit`` records of an execution, by key. Raises ``FailedPrecondition(CHECKPOINT_INVALID)`` for a row that
        holds no JSON object."""
        ...
