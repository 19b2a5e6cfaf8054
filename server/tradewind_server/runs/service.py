"""Runs: predictions that go on when the connection of their caller is gone, and can be followed from any event on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial

from tradewind_server.chatflows.admission import Admitted, Caller
from tradewind_server.chats.filters import FURTHEST_ROW, invalid, page_token, parse_page_token
from tradewind_server.chats.ports import ChatMessage, PageRequest
from tradewind_server.errors import Conflict, Reason, TradewindError, Unavailable
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.event_stream import stream_of
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.messages import PredictionRequest, PredictionResult, request_json, result_json
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.retries import patiently
from tradewind_server.runs.access import RunAccess, run_not_found, viewer_of
from tradewind_server.runs.active_runs import ActiveRun, ActiveRuns, Discard
from tradewind_server.runs.event_log import PAGE, PATIENCE_SECONDS, EventBounds, EventLog
from tradewind_server.runs.ports import (
    FlowsUnderWay,
    OwnerChange,
    RunEnd,
    RunFilter,
    Runs,
    RunState,
    RunWorkers,
    StoredEvent,
    StoredRun,
)

LOOK_AGAIN_SECONDS = 0.1
"""Pause between two looks at a run that another worker has."""
CANCEL_SECONDS = 2.0
"""How long a cancel waits for the run's end before it answers."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a caller asks of a run. ``restart``: begin again once although words were streamed, if the worker dies."""

    background: bool = False
    restart: bool = False


class RunService:
    """Starts, follows, stops and deletes runs. Those of this process are answered here; others are read from the store."""

    def __init__(
        self,
        *,
        runs: Runs,
        workers: RunWorkers,
        access: RunAccess,
        predictor: Predictor,
        active: ActiveRuns,
        flows: FlowsUnderWay,
        owner: str,
        bounds: EventBounds,
        error_event: Callable[[BaseException], Event],
        max_list: int,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        log: logging.Logger,
    ) -> None:
        """``owner`` names this worker. ``error_event`` makes the public event of whatever an answer raises."""
        self._runs = runs
        self._workers = workers
        self._access = access
        self._predictor = predictor
        self._active = active
        self._flows = flows
        self._owner = owner
        self._bounds = bounds
        self._error_event = error_event
        self._max_list = max_list
        self._new_id = new_id
        self._now = now
        self._log = log

    async def start(
        self,
        admitted: Admitted,
        request: PredictionRequest,
        prepared: PreparedPrediction,
        options: RunOptions,
        discard: Discard | None = None,
    ) -> StoredRun:
        """Keep a prediction as a run and begin it, or put it in the queue. It goes on whoever leaves, and discards the
        files of the call at its end.

        Raises ``Unavailable(OVERLOADED)`` and ``ResourceExhausted(TOO_MANY_CALLS)`` where there is no place for it, and
        ``NotFound`` where the chatflow is gone meanwhile.
        """
        run = await self._waiting(prepared) or StoredRun(
            id=self._new_id(),
            workspace_id=admitted.chatflow.workspace_id,
            chatflow_id=admitted.chatflow.id,
            starter=self._access.starter_of(admitted),
            state=RunState.RUNNING,
            chat_id=prepared.turn.chat_id,
            session_id=prepared.turn.session_id,
            background=options.background,
            created_date=self._now(),
            restart=options.restart,
            execution_id=prepared.run.execution_id or None,
            version_number=admitted.chatflow.version_number,
            webhook=asdict(admitted.config.webhook) if admitted.config.webhook is not None else None,
        )
        prepared.run_id = run.id
        goes_on = run.state is RunState.WAITING
        run = replace(
            run,
            state=RunState.RUNNING,
            owner=self._owner,
            request=request_json(request, prepared.turn.chat_id, prepared.turn.session_id),
        )
        active = ActiveRun(run, self.log_of(run, run.last_event), discard=discard)
        if options.background:
            active.since = self._active.bursts.note()
        try:
            self._active.admit(active)
        except TradewindError:
            await prepared.leave()
            raise
        if active.place is None:
            run = replace(run, state=RunState.QUEUED)
        elif run.started_date is None:
            run = replace(run, started_date=run.created_date)
        active.run = run
        # Once stored it is answered, also where the caller leaves in between.
        await asyncio.shield(self._store_and_begin(active, prepared, goes_on=goes_on))
        return run

    async def _waiting(self, prepared: PreparedPrediction) -> StoredRun | None:
        """The run that waits for a decision, where this is one."""
        if not (prepared.decides and prepared.run.execution_id):
            return None
        return await self._runs.waiting(prepared.turn.workspace_id, prepared.run.execution_id)

    async def is_awaited(self, prepared: PreparedPrediction) -> bool:
        """Whether a decision has a run go on: its answer is that run's then, whether or not it is to be kept.

        One whose turn in its session comes later decides then, and by itself.
        """
        if prepared.decides and not prepared.run.execution_id:
            prepared.bind = partial(self._bind_later, prepared)
        return await self._waiting(prepared) is not None

    async def _bind_later(self, prepared: PreparedPrediction) -> None:
        await prepared.run.bind()
        date, workspace_id, execution_id = self._now(), prepared.turn.workspace_id, prepared.run.execution_id
        await patiently(lambda: self._runs.finish_waiting(workspace_id, execution_id, date), PATIENCE_SECONDS)

    async def predict(self, admitted: Admitted, request: PredictionRequest, prepared: PreparedPrediction) -> PredictionResult:
        """The whole answer of a decision, also where a run goes on by it. Raises what the answer raises."""
        if not await self.is_awaited(prepared):
            return await self._predictor.run(prepared)
        run = await self.start(admitted, request, prepared, RunOptions())
        active = self._active.get(run.id)
        if active is not None and active.task is not None:
            await asyncio.wait((active.task,))
            if active.failure is not None:
                raise active.failure
        if prepared.outcome is None:
            raise Conflict(Reason.RUN_INTERRUPTED, "Another worker goes on with this answer; read its run for the end.")
        return prepared.outcome

    def log_of(self, run: StoredRun, last_event: int) -> EventLog:
        """The log of a run of this worker, behind a number."""
        return EventLog(run, self._owner, self._runs, self._bounds, last_event=last_event, size=run.size)

    async def _store_and_begin(self, active: ActiveRun, prepared: PreparedPrediction, *, goes_on: bool) -> None:
        is_stored = False
        try:
            if not self._active.is_listed:  # A worker that dies before its first beat must be missed too.
                await self._workers.beat(self._owner)
                self._active.is_listed = True
            if not goes_on:
                await self._runs.add(active.run)
            elif not await self._runs.go_on(active.run):
                raise run_not_found(active.run.id)
            is_stored = True
        finally:
            if not is_stored:
                self._active.leave(active)
                await prepared.leave()
        self.carry_on(active, prepared)

    def carry_on(self, active: ActiveRun, prepared: PreparedPrediction) -> None:
        """Answer a stored run in a task of its own."""
        if prepared.place is not None:
            prepared.place.keep()
        if prepared.store is None:
            prepared.store = partial(self._keep_turn, active, prepared)
        prepared.bind = partial(self._bind_in_turn, active, prepared)
        active.task = asyncio.create_task(self._answer(active, prepared), name=f"run {active.run.id}")

    async def _keep_turn(self, active: ActiveRun, prepared: PreparedPrediction, messages: Sequence[ChatMessage]) -> None:
        """Have a turn stored with the end of its run; before it where that comes later, or the next of its session waits."""
        if prepared.place is None and prepared.voice is None:
            active.messages = messages
            return
        is_retry = False

        async def store() -> None:
            """Once, also where nobody knows whether the first commit came through."""
            nonlocal is_retry
            row = await self._runs.get(active.run.id) if is_retry else None
            is_retry = True
            if row is None or row.message_id not in [message.id for message in messages]:
                await self._runs.add_turn(active.run, self._owner, messages)

        await patiently(store, PATIENCE_SECONDS)

    async def _bind_in_turn(self, active: ActiveRun, prepared: PreparedPrediction) -> None:
        """A run that waited behind others of its session knows only now which execution it is; a worker that takes it over
        must know, too. Raises ``OwnerChange`` with nothing done where one has it already."""
        await self._runs.begin(active.run.id, self._owner, self._now())
        await prepared.run.bind()
        date, execution_id = self._now(), prepared.run.execution_id
        if execution_id and execution_id != active.run.execution_id:
            join = partial(self._runs.join, active.run.id, self._owner, execution_id, date)
            await patiently(join, PATIENCE_SECONDS)
            active.run = replace(active.run, execution_id=execution_id)

    async def _leave_to_others(self, active: ActiveRun) -> None:
        """Another worker, or the next start, goes on with it. What was said by then is stored."""
        with suppress(OwnerChange, Unavailable):
            if active.messages:
                await self._runs.add_turn(active.run, self._owner, active.messages)
        active.log.abandon()

    async def _answer(self, active: ActiveRun, prepared: PreparedPrediction) -> None:
        """The run from its place in the queue to its end. Whatever happens, its readers hear of an end."""
        answer = asyncio.create_task(self._queue_and_answer(active, prepared))
        active.answer = answer
        try:
            await asyncio.wait((answer,))
            error = _cancellation() if answer.cancelled() else answer.exception()
            active.failure = error or prepared.failure
            if answer.cancelled() and self._active.is_stopping:
                await self._leave_to_others(active)
            elif active.is_lost or isinstance(error, OwnerChange):
                active.log.abandon()
                self._log.warning("run %s was taken over by another worker", active.run.id)
            else:
                await self._close(active, prepared, error)
        finally:
            self._active.leave(active)
            await prepared.leave()
            if active.discard is not None:
                await active.discard()

    async def _queue_and_answer(self, active: ActiveRun, prepared: PreparedPrediction) -> None:
        await self._active.wait(active)
        if active.turn is not None:  # It is stored as one that waits.
            await self._runs.begin(active.run.id, self._owner, self._now())
        active.prepared = prepared
        async with aclosing(stream_of(self._predictor, prepared)) as stream:  # type: ignore[type-var]
            try:
                async for together in stream:
                    if together[-1].name == events.END:
                        active.last_events = together
                    else:
                        await active.log.put(active.without_second_start(together))
            except OwnerChange:
                active.drop()
                raise

    async def _close(self, active: ActiveRun, prepared: PreparedPrediction, error: BaseException | None) -> None:
        last, end = active.last_events, RunEnd(RunState.FINISHED, self._now(), messages=active.messages)
        if error is not None:
            event = self._error_event(error)
            is_stop = event.reason == Reason.CANCELLED.value
            last = [Event(events.ABORT, events.DONE) if is_stop else event, Event(events.END, events.DONE)]
        names = {event.name: event for event in last}
        if events.ABORT in names:
            end = replace(end, state=RunState.CANCELLED)
        elif failure := names.get(events.ERROR):
            end = replace(end, state=RunState.FAILED, error_reason=failure.reason, error_message=failure.data)
        elif prepared.outcome is not None:
            waits = prepared.outcome.action is not None and prepared.run.tells_steps
            end = replace(end, result=result_json(prepared.outcome), state=RunState.WAITING if waits else end.state)
        try:
            await active.log.close(active.without_second_start(last), end)
        except (OwnerChange, Unavailable) as cause:
            active.log.abandon()
            self._active.has_strays |= isinstance(cause, Unavailable)
            self._log.warning("the end of run %s could not be stored", active.run.id, exc_info=True)

    async def get(self, run_id: str, caller: Caller) -> StoredRun:
        """Raises ``InvalidInput`` and ``NotFound(RUN_NOT_FOUND)``, as all methods with a run's id do."""
        return await self._access.get(run_id, caller)

    async def page(
        self, caller: Caller, workspace_id: str, filters: RunFilter, size: int, token: str
    ) -> tuple[list[StoredRun], str]:
        """At most ``size`` runs (0: as many as are allowed) behind the token, and the token of what follows."""
        after = parse_page_token(token, descending=True)
        part = PageRequest(min(size or self._max_list, self._max_list), True, after)
        page = await self._runs.list(viewer_of(caller, workspace_id), filters, part)
        return page.runs, page_token(page.next, descending=True)

    async def numbered_page(
        self, caller: Caller, workspace_id: str, filters: RunFilter, page: int, limit: int
    ) -> list[StoredRun]:
        """Page number ``page``, from 1, of ``limit`` runs each."""
        offset = (page - 1) * limit
        if offset > FURTHEST_ROW:
            raise invalid("page must be within the list.")
        batch = await self._runs.list(viewer_of(caller, workspace_id), filters, PageRequest(limit, True, offset=offset))
        return batch.runs

    def follow(
        self, run_id: str, after: int = 0, heartbeat_seconds: float | None = None
    ) -> AsyncIterator[Sequence[StoredEvent]]:
        """The events of a run behind a number until its end. Nothing at all stands for a silence of so many seconds."""
        active = self._active.get(run_id)
        if active is not None:
            return active.log.follow(after, heartbeat_seconds)
        return self._follow_store(run_id, after, heartbeat_seconds)

    async def _follow_store(
        self, run_id: str, after: int, heartbeat_seconds: float | None
    ) -> AsyncIterator[Sequence[StoredEvent]]:
        silence = 0.0
        while True:
            run = await self._runs.get(run_id)  # Before the events: those of a run that has ended are all there.
            batch = await self._runs.events(run_id, after, PAGE)
            if batch:
                after, silence = batch[-1].number, 0.0
                yield batch
            elif run is None or not run.state.is_active:
                return
            else:
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
                silence += LOOK_AGAIN_SECONDS
                if heartbeat_seconds is not None and silence >= heartbeat_seconds:
                    silence = 0.0
                    yield ()

    async def cancel(self, run_id: str, caller: Caller) -> StoredRun:
        """Stop a run and wait a little for its end. One that has ended stays as it is."""
        run = await self._access.get(run_id, caller)
        if run.state is RunState.WAITING and await self._runs.cancel_waiting(run.id, self._now()):
            await self._flows.terminate(run.workspace_id, run.execution_id or "")
        if not run.state.is_active:
            return await self._runs.get(run.id) or run
        active = self._active.get(run.id)
        if active is not None:
            active.stop()
        else:
            await self._runs.ask_to_cancel(run.id)
        try:
            async with asyncio.timeout(CANCEL_SECONDS), aclosing(self.follow(run.id, run.last_event)) as rest:  # type: ignore[type-var]
                async for _ in rest:
                    pass
        except TimeoutError:
            pass
        return await self._runs.get(run.id) or run

    async def delete(self, run_id: str, caller: Caller) -> int:
        """Delete a run that has ended; 1. Raises ``Conflict(RUN_IN_PROGRESS)`` for one that has not."""
        run = await self._access.get(run_id, caller)
        if await self._runs.delete(run.id):
            return 1
        if await self._runs.get(run.id) is None:
            raise run_not_found(run_id)
        raise Conflict(Reason.RUN_IN_PROGRESS, f"Run {run.id} has not ended; cancel it first.")


def _cancellation() -> Conflict:
    return Conflict(Reason.CANCELLED, "The run was stopped.")
