"""Keeps the runs of a worker, and takes over those of a worker that died.

A worker that has runs holds a lock in its own name, which ends with its process, and counts beats in the database. Dead is
one whose lock is free and whose beats stand still for ``STILL_SECONDS``, or whose beats stand still for ``GONE_SECONDS``,
whatever became of its machine. No clocks are compared (:class:`LifeSigns`). A worker that was taken for dead and is not finds
its runs in another's hands, and can no longer write them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from tradewind_server.chatflows.admission import Admission
from tradewind_server.errors import Conflict, Reason, TradewindError, Unavailable
from tradewind_server.flows.agentflow.leases import LifeSigns
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.messages import request_from_json
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.runs.active_runs import ActiveRun, ActiveRuns
from tradewind_server.runs.event_log import MOST_UNSAVED, line_of
from tradewind_server.runs.idempotency import IdempotencyKeys
from tradewind_server.runs.ports import (
    FlowsUnderWay,
    OwnerChange,
    RunEnd,
    Runs,
    RunState,
    RunWorkers,
    StoredEvent,
    StoredRun,
    WorkerLocks,
    version_reference,
)
from tradewind_server.runs.service import RunService
from tradewind_server.runs.session_places import StoredPlaces
from tradewind_server.runs.webhooks import Webhooks

BEAT_SECONDS = 0.3
STILL_SECONDS = 1.0
GONE_SECONDS = 15.0
RETENTION_SECONDS = 600.0
"""Pause between two searches for runs that are too old."""
DELETED_AT_ONCE = 500
DELETIONS = 200
"""Batches of one search: what is left then waits for the next."""
START_LINE = line_of(Event(events.START, ""))
INTERRUPTION = "The worker that made this answer died; ask again."


class RunKeeper:
    """One worker's loop. ``locks`` reach as far as the database does."""

    def __init__(
        self,
        *,
        runs: Runs,
        workers: RunWorkers,
        keys: IdempotencyKeys,
        places: StoredPlaces,
        locks: WorkerLocks,
        service: RunService,
        active: ActiveRuns,
        flows: FlowsUnderWay,
        webhooks: Webhooks,
        admission: Admission,
        predictor: Predictor,
        owner: str,
        retention: timedelta,
        monotonic: Callable[[], float],
        now: Callable[[], datetime],
        log: logging.Logger,
    ) -> None:
        self._runs = runs
        self._workers = workers
        self._keys = keys
        self._places = places
        self._locks = locks
        self._service = service
        self._active = active
        self._flows = flows
        self._webhooks = webhooks
        self._admission = admission
        self._predictor = predictor
        self._owner = owner
        self._retention = retention
        self._monotonic = monotonic
        self._now = now
        self._log = log
        self._signs = LifeSigns(BEAT_SECONDS * 1.5, monotonic)
        self._next_retention = 0.0
        self._own_beats = 0
        self._deletion: asyncio.Task[None] | None = None

    async def keep(self) -> None:
        """Beat, stop what is to be stopped, take over, delete what is old: again and again, until cancelled."""
        sending = asyncio.create_task(self._webhooks.run())
        try:
            await self._keep()
        finally:
            sending.cancel()
            if self._deletion is not None:
                self._deletion.cancel()

    async def _keep(self) -> None:
        while True:
            try:
                async with self._locks.hold(lock_name(self._owner)):
                    while True:
                        if not await self._look_unless_away():
                            break
                        await asyncio.sleep(BEAT_SECONDS)
            except Unavailable:  # No lock to be had: the beats alone tell that this worker lives.
                await self._look_unless_away()
            await asyncio.sleep(BEAT_SECONDS)

    async def _look_unless_away(self) -> bool:
        """False where the database is away: the lock may have gone with it, and must be had anew."""
        try:
            await self.look_once()
        except Unavailable as error:
            self._signs.forget()
            self._log.warning("runs are not looked after right now: %s", error.message)
            return False
        return True

    async def look_once(self) -> None:
        """One round of the loop."""
        await self._places.settle()
        if self._active.has_strays or (self._active.is_listed and not self._active.count):
            await self._take_up_strays()
        if self._active.count:
            await self._workers.beat(self._owner)
            self._active.is_listed = True
            for run_id in await self._runs.to_cancel(self._owner):
                active = self._active.get(run_id)
                if active is not None:
                    active.stop()
        elif self._active.is_listed:
            await self._workers.remove(self._owner)
            self._active.is_listed = False
        if not self._active.is_stopping:
            await self._look_at_others()
        if self._monotonic() >= self._next_retention:
            self._next_retention = self._monotonic() + RETENTION_SECONDS
            if self._deletion is None or self._deletion.done():
                self._deletion = asyncio.create_task(self._delete_old())

    async def _delete_old(self) -> None:
        """In small batches, with all others' writes between them. Old runs may be many: the beats do not wait for them."""
        try:
            for _ in range(DELETIONS):
                runs = await self._runs.delete_ended(self._now() - self._retention, DELETED_AT_ONCE)
                keys = await self._keys.delete_expired(self._now(), DELETED_AT_ONCE)
                if max(runs, keys) < DELETED_AT_ONCE:
                    return
        except Unavailable as error:
            self._log.warning("old runs are not deleted right now: %s", error.message)

    async def _look_at_others(self) -> None:
        beats = dict(await self._workers.beats())
        await self._look_at_oneself(beats.pop(self._owner, 0))
        for worker, silence in self._signs.look(beats).items():
            if silence >= GONE_SECONDS or (silence >= STILL_SECONDS and await self._is_free(worker)):
                await self._take_over(worker)

    async def _look_at_oneself(self, count: int) -> None:
        """A worker that stood still, and was taken for dead, counts anew: what others took over is not its own any more."""
        if count and count <= self._own_beats:
            mine = {run.id for run in await self._runs.of_owner(self._owner)}
            for active in self._active.all():
                if active.run.id not in mine and active.task is not None:
                    active.drop()
        self._own_beats = count

    async def _is_free(self, worker: str) -> bool:
        async with self._locks.attempt(lock_name(worker)) as is_free:
            return is_free

    async def _take_over(self, worker: str) -> None:
        """All runs of a dead worker; several workers may be at it, and each run gets to one of them."""
        await self._places.release_all(worker)
        for run in await self._runs.of_owner(worker):
            if await self._runs.take_over(run, self._owner):
                self._log.warning("run %s is taken over from a worker that died", run.id)
                await self._take_up(run)
        await self._keys.release_all(worker)
        await self._workers.remove(worker)

    async def _take_up_strays(self) -> None:
        """Runs whose end could not be stored while the database was away: as those of a worker that died."""
        self._active.has_strays = False
        for run in await self._runs.of_owner(self._owner):
            if self._active.get(run.id) is None and await self._runs.take_over(run, self._owner):
                await self._take_up(run)

    async def _take_up(self, run: StoredRun) -> None:
        """Have a run go on, or end it. One that somebody else has meanwhile keeps no other from it."""
        try:
            await self._go_on(run)
        except OwnerChange:
            self._log.info("run %s is somebody else's by now", run.id)

    async def _go_on(self, run: StoredRun) -> None:
        has_words = await self._has_words(run)
        if run.cancel:
            if run.execution_id is not None:
                with suppress(Conflict):  # Another process has it, or it has ended.
                    await self._flows.terminate(run.workspace_id, run.execution_id)
            await self._end(run, Event(events.ABORT, events.DONE))
        elif run.execution_id is not None:
            await self._begin_again(run, has_words=has_words)
        elif run.request is None or run.restarts or run.message_id is not None or (has_words and not run.restart):
            await self._end(run, Event(events.ERROR, INTERRUPTION, Reason.RUN_INTERRUPTED.value))
        else:
            await self._begin_again(run, has_words=has_words)

    async def _has_words(self, run: StoredRun) -> bool:
        """Whether more than its beginning is stored; only then may anybody have heard words."""
        first = await self._runs.events(run.id, 0, 2)
        return any(event.line != START_LINE for event in first)

    async def _begin_again(self, run: StoredRun, *, has_words: bool) -> None:
        try:
            prepared = await self._flows.take_up(run) if run.execution_id is not None else None
            if prepared is None:
                prepared = await self._from_the_start(run)
        except (TradewindError, ValueError) as error:
            reason = error.reason.value if isinstance(error, TradewindError) else Reason.RUN_INTERRUPTED.value
            message = error.message if isinstance(error, TradewindError) else INTERRUPTION
            await self._end(run, Event(events.ERROR, message, reason))
            return
        prepared.run_id = run.id
        # Readers may have heard this many events more than are stored.
        last_event = run.last_event + MOST_UNSAVED if has_words else run.last_event
        knows_start = bool(run.last_event) and (not has_words or run.execution_id is not None)
        active = ActiveRun(run, self._service.log_of(run, last_event), has_start=knows_start)
        self._active.admit(active, always=True)
        if active.place and run.state is RunState.QUEUED:
            try:
                await self._runs.begin(run.id, self._owner, self._now())
            except OwnerChange:
                self._active.leave(active)
                await prepared.leave()
                raise
        self._service.carry_on(active, prepared)

    async def _from_the_start(self, run: StoredRun) -> PreparedPrediction:
        request = request_from_json(run.request or "")
        admitted = await self._admission.admit_within(run.workspace_id, version_reference(run))
        prepared = await self._predictor.prepare(admitted, request, goes_on=True)
        # The execution that it was to be never began, or it waited for its turn and was none yet.
        if prepared.run.execution_id and prepared.run.execution_id != run.execution_id:
            await self._runs.join(run.id, self._owner, prepared.run.execution_id, self._now())
        return prepared

    async def _end(self, run: StoredRun, event: Event) -> None:
        """End a run from outside, behind whatever its readers may have heard."""
        is_stop = event.name == events.ABORT
        state = RunState.CANCELLED if is_stop else RunState.FAILED
        end = RunEnd(state, self._now(), None, event.reason or None, None if is_stop else event.data)
        first = run.last_event + MOST_UNSAVED + 1
        last = [
            StoredEvent(first, line_of(event)),
            StoredEvent(first + 1, line_of(Event(events.END, events.DONE))),
        ]
        try:
            await self._runs.end(run, self._owner, last, end)
        except OwnerChange:
            self._log.info("run %s is somebody else's by now", run.id)


def lock_name(worker: str) -> str:
    return f"runs of {worker}"
