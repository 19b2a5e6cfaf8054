"""Runs: predictions that are stored while they are made, and what the rules of runs need of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tradewind_server.chats.ports import ChatMessage, PageRequest, Position

if TYPE_CHECKING:  # The command line reads these names too, and needs no flow for its help.
    from tradewind_server.flows.predict.turn import PreparedPrediction


class RunState(StrEnum):
    """Where a run stands."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    WAITING = "WAITING"
    FINISHED = "FINISHED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def is_active(self) -> bool:
        """Whether a worker has it, or should have."""
        return self in ACTIVE_STATES


ACTIVE_STATES = (RunState.QUEUED, RunState.RUNNING)
OPEN_STATES = (*ACTIVE_STATES, RunState.WAITING)
"""States of runs that have not ended."""


@dataclass(frozen=True, slots=True)
class StoredRun:
    """One stored run. ``starter`` is who asked for it (:func:`tradewind_server.runs.access.starter_of`)."""

    id: str
    workspace_id: str
    chatflow_id: str
    starter: str
    state: RunState
    chat_id: str
    session_id: str
    background: bool
    created_date: datetime
    owner: str | None = None
    """The worker that has it; None once it ended."""
    last_event: int = 0
    """Number of its last stored event."""
    size: int = 0
    """Bytes of its stored events."""
    started_date: datetime | None = None
    ended_date: datetime | None = None
    request: str | None = None
    """The request as JSON text, to begin it again; None where that cannot be, and once it ended."""
    result: Mapping[str, Any] | None = None
    """The answer (``messages.result_json``) of a finished run. Lists leave it out."""
    error_reason: str | None = None
    error_message: str | None = None
    restart: bool = False
    """Whether it may begin again although words of it were streamed."""
    restarts: int = 0
    cancel: bool = False
    """Whether somebody asked its worker to stop it."""
    execution_id: str | None = None
    """The execution of an agent flow that it is."""
    message_id: str | None = None
    """The answer's chat message, once the turn is stored."""
    version_number: int | None = None
    """The version of its chatflow that answers it, however often it begins again."""
    webhook: Mapping[str, str] | None = None
    """``url`` and ``credential`` of who is told of its end."""
    webhook_attempts: int = 0
    webhook_date: datetime | None = None
    """When it is to be told of next; None before its end, and once that is done or given up."""


class StoredEvent(NamedTuple):
    """One event of a run: its number, and ``{"event": …, "data": …}`` as JSON bytes."""

    number: int
    line: bytes


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended, or that it waits. ``messages`` are those of its turn that are stored with it, the answer last."""

    state: RunState
    date: datetime
    result: Mapping[str, Any] | None = None
    error_reason: str | None = None
    error_message: str | None = None
    messages: Sequence[ChatMessage] = ()


@dataclass(frozen=True, slots=True)
class RunViewer:
    """Whose list of runs it is. Without a key's id: the admin, who sees all of the workspace."""

    workspace_id: str
    key_id: str | None = None


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs. None, or an empty list of states, leaves a filter out; dates are inclusive and aware."""

    chatflow_id: str | None = None
    states: Sequence[RunState] = ()
    chat_id: str | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None


@dataclass(frozen=True, slots=True)
class RunPage:
    """Runs, newest first; ``next`` continues behind them, None at the end."""

    runs: list[StoredRun] = field(default_factory=list)
    next: Position | None = None


class WorkerLocks(Protocol):
    """Locks by name that end with the process that holds them, however it ends."""

    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait until nobody else holds it."""
        ...

    def attempt(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Do not wait: False where somebody holds it."""
        ...


class FlowsUnderWay(Protocol):
    """The executions of agent flows that runs are."""

    async def take_up(self, run: StoredRun) -> PreparedPrediction | None:
        """A run whose worker died, ready to go on from the last finished step of its execution. None where it never began.

        Raises ``TradewindError`` where it cannot go on.
        """
        ...

    async def terminate(self, workspace_id: str, execution_id: str) -> None:
        """End an execution that nobody has, as an abort does."""
        ...


class RunWorkers(Protocol):
    """The workers that have runs."""

    async def beats(self) -> Mapping[str, int]:
        """The beats of each worker, by its id."""
        ...

    async def beat(self, worker: str) -> None:
        """Count a beat of a worker; the first one enters it."""
        ...

    async def remove(self, worker: str) -> None:
        """A worker has no runs any more."""
        ...


class OwnerChange(Exception):
    """Another worker has taken a run over, or it was deleted: whoever hears this has no say in it any more."""


class Runs(Protocol):
    """The repository of runs and their events. What changes a run says whose it is, and does nothing to another's."""

    async def add(self, run: StoredRun) -> None:
        """Store a new run. Raises ``NotFound(CHATFLOW_NOT_FOUND)`` where the chatflow is gone meanwhile."""
        ...

    async def get(self, run_id: str) -> StoredRun | None:
        """A run by its id, whoever owns it."""
        ...

    async def list(self, viewer: RunViewer, filters: RunFilter, part: PageRequest) -> RunPage:
        """Runs that a viewer may see: started by the key, or of a chatflow that has it. Newest first, always."""
        ...

    async def begin(self, run_id: str, owner: str, date: datetime) -> None:
        """A queued run is answered now. Raises ``OwnerChange``."""
        ...

    async def join(self, run_id: str, owner: str, execution_id: str, date: datetime) -> None:
        """A run is another execution from now on; the one that waited with that execution has finished. Raises
        ``OwnerChange``."""
        ...

    async def finish_waiting(self, workspace_id: str, execution_id: str, date: datetime) -> None:
        """The run that waits with an execution has finished: what decided goes on with the execution by itself."""
        ...

    async def waiting(self, workspace_id: str, execution_id: str) -> StoredRun | None:
        """The run of an execution that waits for a person."""
        ...

    async def go_on(self, run: StoredRun) -> bool:
        """Make a waiting run one that is answered by ``run.owner``, as ``run`` has it. False where it waits no more."""
        ...

    async def cancel_waiting(self, run_id: str, date: datetime) -> bool:
        """End a waiting run. False where it waits no more."""
        ...

    async def add_turn(self, run: StoredRun, owner: str, messages: Sequence[ChatMessage]) -> None:
        """Store the messages of a run's turn, the answer last, while the run is the owner's. Raises ``OwnerChange``."""
        ...

    async def append(self, run_id: str, owner: str, events: Sequence[StoredEvent]) -> None:
        """Store events behind those that are there. Raises ``OwnerChange``."""
        ...

    async def end(self, run: StoredRun, owner: str, events: Sequence[StoredEvent], end: RunEnd) -> None:
        """Store the last events, the messages of the turn and how it ended, in one transaction. Raises ``OwnerChange``."""
        ...

    async def events(self, run_id: str, after: int, most: int) -> Sequence[StoredEvent]:
        """Events behind a number, in their order: ``most`` of them or a few more, as they were stored together."""
        ...

    async def ask_to_cancel(self, run_id: str) -> None:
        """Leave word for the worker that has the run."""
        ...

    async def to_cancel(self, owner: str) -> Sequence[str]:
        """Ids of a worker's runs that somebody wants stopped."""
        ...

    async def of_owner(self, owner: str) -> Sequence[StoredRun]:
        """The runs that a worker has."""
        ...

    async def take_over(self, run: StoredRun, owner: str) -> bool:
        """Give a run of a dead worker to another one; one that was being answered counts as begun again. False where it is
        not the dead worker's any more."""
        ...

    async def due_webhooks(self, moment: datetime, most: int) -> Sequence[StoredRun]:
        """Runs that have ended, with their answers, and are to be told of by now."""
        ...

    async def claim_webhook(self, run: StoredRun, until: datetime) -> bool:
        """Count an attempt, and keep others from it for a while. False where somebody else has it, since it was read."""
        ...

    async def settle_webhook(self, run_id: str, next_date: datetime | None) -> None:
        """Tell of it again at a date, or never again."""
        ...

    async def delete(self, run_id: str) -> bool:
        """Delete a run that has ended, with its events. False where there is none, or it has not ended."""
        ...

    async def delete_ended(self, before: datetime, most: int) -> int:
        """Delete at most so many runs that ended before a date; how many there were."""
        ...


def version_reference(run: StoredRun) -> str:
    """Its chatflow at the version that answers it, as callers name one; the one that is live for a run of before."""
    return run.chatflow_id if run.version_number is None else f"{run.chatflow_id}@{run.version_number}"
