"""Doubles of what runs keep in the database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import AsyncMock

from tradewind_server.chats.ports import ChatMessage
from tradewind_server.errors import Reason, TradewindError, Unavailable
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.messages import PredictionRequest, PredictionResult
from tradewind_server.runs.access import RunAccess
from tradewind_server.runs.active_runs import ActiveRuns, RunPlaces
from tradewind_server.runs.event_log import EventBounds, event_of
from tradewind_server.runs.idempotency import IdempotencyEntry
from tradewind_server.runs.keeper import RunKeeper
from tradewind_server.runs.kept_flows import KeptFlows
from tradewind_server.runs.ports import OwnerChange, RunEnd, RunState, StoredEvent, StoredRun
from tradewind_server.runs.service import RunOptions, RunService
from tradewind_server.runs.session_places import PlaceView, StoredPlaces

from fakes.agentflow import AgentWorld, told


class KeysInMemory:
    """The port ``IdempotencyKeys`` in memory."""

    def __init__(self) -> None:
        self.entries: dict[str, IdempotencyEntry] = {}
        self.is_away = False

    async def claim(self, entry: IdempotencyEntry, now: datetime) -> IdempotencyEntry | None:
        if self.is_away:
            raise Unavailable(Reason.DATABASE_UNAVAILABLE, "The database is away.")
        first = self.entries.get(entry.id)
        if first is not None and first.end_date > now:
            return first
        self.entries[entry.id] = entry
        return None

    async def settle(self, entry_id: str, owner: str, answer: str) -> None:
        entry = self.entries.get(entry_id)
        if entry is not None and entry.owner == owner:
            self.entries[entry_id] = replace(entry, answer=answer)

    async def release(self, entry_id: str, owner: str) -> None:
        entry = self.entries.get(entry_id)
        if entry is not None and entry.owner == owner and entry.answer is None:
            del self.entries[entry_id]

    async def release_all(self, owner: str) -> None:
        for entry in [one for one in self.entries.values() if one.owner == owner]:
            await self.release(entry.id, owner)

    async def delete_expired(self, now: datetime, most: int) -> int:
        old = [entry.id for entry in self.entries.values() if entry.end_date <= now][:most]
        for entry_id in old:
            del self.entries[entry_id]
        return len(old)


class WorkersInMemory:
    """The port ``RunWorkers`` in memory."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    async def beats(self) -> dict[str, int]:
        return dict(self.counts)

    async def beat(self, worker: str) -> None:
        self.counts[worker] = self.counts.get(worker, 0) + 1

    async def remove(self, worker: str) -> None:
        self.counts.pop(worker, None)


class RunsInMemory:
    """The port ``Runs`` in memory; ``add_messages`` stores the messages of turns."""

    def __init__(self, add_messages: Callable[[str, Sequence[ChatMessage]], Awaitable[None]]) -> None:
        self.rows: dict[str, StoredRun] = {}
        self.lines: dict[str, list[StoredEvent]] = {}
        self.turns = 0
        self._add_messages = add_messages

    async def add(self, run: StoredRun) -> None:
        self.rows[run.id] = run

    async def get(self, run_id: str) -> StoredRun | None:
        return self.rows.get(run_id)

    async def begin(self, run_id: str, owner: str, date: datetime) -> None:
        self._change(run_id, owner, state=RunState.RUNNING, started_date=date)

    async def join(self, run_id: str, owner: str, execution_id: str, date: datetime) -> None:
        self._own(run_id, owner)
        await self.finish_waiting(self.rows[run_id].workspace_id, execution_id, date)
        self._change(run_id, owner, execution_id=execution_id)

    async def finish_waiting(self, workspace_id: str, execution_id: str, date: datetime) -> None:
        row = await self.waiting(workspace_id, execution_id)
        if row is not None:
            self.rows[row.id] = replace(row, state=RunState.FINISHED, ended_date=date)

    async def waiting(self, workspace_id: str, execution_id: str) -> StoredRun | None:
        waiting = (row for row in self.rows.values() if row.state is RunState.WAITING)
        return next((row for row in waiting if row.execution_id == execution_id), None)

    async def go_on(self, run: StoredRun) -> bool:
        if self.rows[run.id].state is not RunState.WAITING:
            return False
        self.rows[run.id] = replace(run, result=None, message_id=None)
        return True

    async def cancel_waiting(self, run_id: str, date: datetime) -> bool:
        if self.rows[run_id].state is not RunState.WAITING:
            return False
        self.rows[run_id] = replace(self.rows[run_id], state=RunState.CANCELLED, ended_date=date)
        return True

    async def add_turn(self, run: StoredRun, owner: str, messages: Sequence[ChatMessage]) -> None:
        self._change(run.id, owner, message_id=messages[-1].id)
        self.turns += 1
        await self._add_messages(run.workspace_id, messages)

    async def append(self, run_id: str, owner: str, events: Sequence[StoredEvent]) -> None:
        size = sum(len(event.line) for event in events) + self._own(run_id, owner).size
        self._change(run_id, owner, last_event=events[-1].number, size=size)
        self.lines.setdefault(run_id, []).extend(events)

    async def end(self, run: StoredRun, owner: str, events: Sequence[StoredEvent], end: RunEnd) -> None:
        run_id = run.id
        if end.messages:
            await self.add_turn(run, owner, end.messages)
        if events:
            await self.append(run_id, owner, events)
        over = None if end.state is RunState.WAITING else end.date
        due = over if self._own(run_id, owner).webhook else None
        values = {"result": end.result, "error_reason": end.error_reason, "error_message": end.error_message}
        self._change(
            run_id, owner, state=end.state, ended_date=over, owner=None, request=None, cancel=False, webhook_date=due, **values
        )

    async def events(self, run_id: str, after: int, most: int) -> Sequence[StoredEvent]:
        return [event for event in self.lines.get(run_id, ()) if event.number > after][:most]

    async def ask_to_cancel(self, run_id: str) -> None:
        self.rows[run_id] = replace(self.rows[run_id], cancel=True)

    async def to_cancel(self, owner: str) -> Sequence[str]:
        return [row.id for row in self.rows.values() if row.owner == owner and row.cancel]

    async def of_owner(self, owner: str) -> Sequence[StoredRun]:
        return [row for row in self.rows.values() if row.owner == owner]

    async def take_over(self, run: StoredRun, owner: str) -> bool:
        row = self.rows[run.id]
        if row.owner != run.owner:
            return False
        self.rows[run.id] = replace(row, owner=owner, restarts=row.restarts + (run.state is RunState.RUNNING))
        return True

    async def due_webhooks(self, moment: datetime, most: int) -> Sequence[StoredRun]:
        due = [row for row in self.rows.values() if row.webhook_date is not None and row.webhook_date <= moment]
        return due[:most]

    async def claim_webhook(self, run: StoredRun, until: datetime) -> bool:
        row = self.rows[run.id]
        if row.webhook_date != run.webhook_date:
            return False
        self.rows[run.id] = replace(row, webhook_date=until, webhook_attempts=row.webhook_attempts + 1)
        return True

    async def settle_webhook(self, run_id: str, next_date: datetime | None) -> None:
        self.rows[run_id] = replace(self.rows[run_id], webhook_date=next_date)

    async def delete(self, run_id: str) -> bool:
        return self.rows.pop(run_id, None) is not None

    async def delete_ended(self, before: datetime, most: int) -> int:
        old = [row.id for row in self.rows.values() if row.ended_date is not None and row.ended_date < before][:most]
        for run_id in old:
            del self.rows[run_id]
        return len(old)

    def _own(self, run_id: str, owner: str) -> StoredRun:
        row = self.rows.get(run_id)
        if row is None or row.owner != owner:
            raise OwnerChange
        return row

    def _change(self, run_id: str, holder: str, **values: Any) -> None:
        self.rows[run_id] = replace(self._own(run_id, holder), **values)


class FakeTurns:
    """The port ``SessionTurns`` in memory: per session the places in order, each with whether it is stopped."""

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, bool]] = {}
        self.is_away = False
        self.calls = 0

    async def enter(self, place_id: str, session: str, owner: str, *, most: int, stops_others: bool) -> int:
        self.calls += 1
        places = self.sessions.setdefault(session, {})
        count = len(places)
        if count < most:
            if stops_others:
                places.update(dict.fromkeys(places, True))
            places[place_id] = False
        return count

    async def view(self, place_id: str, session: str) -> PlaceView:
        self._check()
        places = self.sessions.get(session, {})
        return PlaceView(next(iter(places), place_id) != place_id, places.get(place_id, False))

    async def leave(self, place_id: str) -> None:
        self._check()
        for places in self.sessions.values():
            places.pop(place_id, None)

    async def release_all(self, owner: str) -> None:
        self.sessions.clear()

    def _check(self) -> None:
        if self.is_away:
            raise Unavailable(Reason.DATABASE_UNAVAILABLE, "The database is away.")

    @property
    def count(self) -> int:
        return sum(map(len, self.sessions.values()))


class NoLocks:
    """The port ``WorkerLocks`` of workers that are all dead: every lock is free."""

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        yield

    @asynccontextmanager
    async def attempt(self, name: str) -> AsyncIterator[bool]:
        yield True


class RunWorld(AgentWorld):
    """Workers over the same stores: each has its own service and keeper."""

    def __init__(self) -> None:
        super().__init__()
        self.runs = RunsInMemory(self.messages.add)
        self.workers = WorkersInMemory()
        self.keys = KeysInMemory()
        self.turns = FakeTurns()
        self.seconds = 0.0

    def worker(self, name: str) -> RunWorker:
        return RunWorker(self, name)

    def kept(self, run_id: str) -> StoredRun:
        return self.runs.rows[run_id]

    def told(self, run_id: str, after: int = 0) -> list[str]:
        """The stored events of a run, as :func:`fakes.agentflow.told` writes them."""
        return told([event_of(event.line) for event in self.runs.lines.get(run_id, ()) if event.number > after])


class RunWorker:
    """One worker of a :class:`RunWorld`. Answers take places in sessions as the worker that is made last."""

    def __init__(self, world: RunWorld, name: str) -> None:
        self.world = world
        self.active = ActiveRuns(RunPlaces())
        log = logging.getLogger("test")
        places = StoredPlaces(world.turns, world.workers, self.active, name, world.new_id, log)  # type: ignore[arg-type]
        world.predictor._session_places = self.places = places
        access = RunAccess(world.runs, world.admission, b"secret")  # type: ignore[arg-type]
        flows = KeptFlows(world.executions, world.take_over, world.admission, world.predictor, world.leases.owner, world.now)
        shared: dict[str, Any] = {
            "runs": world.runs, "workers": world.workers, "active": self.active, "flows": flows,
            "predictor": world.predictor, "owner": name, "now": world.now, "log": log,
        }  # fmt: skip
        self.service = RunService(
            access=access, bounds=EventBounds(), error_event=error_event, max_list=100, new_id=world.new_id, **shared
        )
        self.keeper = RunKeeper(
            keys=world.keys,
            places=places,
            webhooks=AsyncMock(),
            locks=NoLocks(),
            service=self.service,
            admission=world.admission,
            retention=timedelta(days=7),
            monotonic=lambda: world.seconds,
            **shared,
        )

    async def start(self, flow: str, question: str | None = "q", **fields: Any) -> StoredRun:
        admitted = await self.world.admit(flow)
        request = PredictionRequest(question, **fields)
        prepared = await self.world.predictor.prepare(admitted, request)
        return await self.service.start(admitted, request, prepared, RunOptions(background=True))

    async def predict(self, flow: str, question: str | None = None, **fields: Any) -> PredictionResult:
        admitted = await self.world.admit(flow)
        request = PredictionRequest(question, **fields)
        return await self.service.predict(admitted, request, await self.world.predictor.prepare(admitted, request))

    async def settle(self) -> None:
        """Wait for all runs that this worker has."""
        tasks = [active.task for active in self.active.all() if active.task is not None]
        if tasks:
            _, pending = await asyncio.wait(tasks, timeout=30)
            assert not pending

    async def take_over(self) -> None:
        """Look until a worker that does not beat is taken for dead."""
        await self.look_for(2)

    async def look_for(self, seconds: float) -> None:
        """Look about three times a second for a while."""
        await self.keeper.look_once()
        for _ in range(round(seconds / 0.3)):
            self.world.seconds += 0.3
            await self.keeper.look_once()


def error_event(error: BaseException) -> Event:
    reason = error.reason.value if isinstance(error, TradewindError) else "INTERNAL"
    return Event("error", str(error), reason)
