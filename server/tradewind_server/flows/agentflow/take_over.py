"""Runs of agent flows whose process has died go on in another, or in the same one once it is back.

Each process holds a lock in its own name, which ends with it however it ends, and says twice a second which runs it has. A run
is taken over by the first who sees that its process is dead: its lock is free, and it has said nothing for ``STILL_SECONDS``. A
process that still has its lock, or whose machine went away with it, is taken for dead when it has said nothing for
``LOST_SECONDS``; one that only stood still finds its runs in another's hands, and can write them no more. Who looks counts the
silence by itself (:class:`LifeSigns`): the clocks of two machines may differ.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from tradewind_server.chatflows.admission import Admission
from tradewind_server.errors import Conflict, Reason, TradewindError, Unavailable
from tradewind_server.flows.agentflow.executions import (
    MOST_RECORDS,
    Checkpoints,
    Execution,
    ExecutionLease,
    Executions,
    StepRecord,
)
from tradewind_server.flows.agentflow.leases import LifeSigns, RunLeases
from tradewind_server.flows.predict.messages import PredictionRequest
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.observability.steps import count_run

BEAT_SECONDS = 0.5
STILL_SECONDS = 1.0
LOST_SECONDS = 10.0
MOST_WATCHED = 2000
"""Runs that one look looks at."""
MOST_AT_ONCE = 20
"""Runs that one look takes over."""
MOST_TAKE_OVERS = 3
"""Times that one run is taken over: one whose process dies each time ends as an error."""
TURN, TAKE_OVERS = "turn", "take-overs"
"""Keys of the records of the call itself, and of how often the run was taken over."""
LOG = logging.getLogger(__name__)


def request_of(call: Mapping[str, Any], execution_id: str) -> PredictionRequest:
    """The request of a run, by its first record."""
    return PredictionRequest(
        question=call.get("text"),
        override_config={**(call.get("overrideConfig") or {}), "sessionId": call.get("sessionId")},
        history=call.get("history"),
        chat_id=call.get("chatId"),
        lead_email=call.get("leadEmail"),
        form=call.get("form"),
        chat_type=str(call.get("chatType") or "EXTERNAL"),
        within=tuple(call.get("within") or ()),
        execution_id=execution_id,
    )


def is_call(call: Mapping[str, Any]) -> bool:
    """Whether the record of a call can be read."""
    texts = ("text", "chatId", "sessionId", "leadEmail", "row", "traceparent", "chatType")
    return (
        all(isinstance(call.get(name), str | None) for name in texts)
        and isinstance(call.get("overrideConfig"), dict | None)
        and isinstance(call.get("within"), list | None)
    )


class ProcessLocks(Protocol):
    """Locks by name that end with the process that holds them, however it ends."""

    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait until nobody else holds it."""
        ...

    def attempt(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Do not wait: False where somebody holds it."""
        ...


class TakeOver:
    """Looks for runs that nobody has."""

    def __init__(
        self,
        *,
        executions: Executions,
        checkpoints: Checkpoints,
        leases: RunLeases,
        locks: ProcessLocks,
        admission: Admission,
        predictor: Callable[[], Predictor],
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._executions = executions
        self._checkpoints = checkpoints
        self._leases = leases
        self._locks = locks
        self._admission = admission
        self._predictor = predictor
        self._now = now
        self._tasks: set[asyncio.Task[None]] = set()
        self._signs = LifeSigns(BEAT_SECONDS * 1.5, monotonic)

    async def run(self) -> None:
        """Until it is cancelled. A database that is away is asked again."""
        while True:
            try:
                async with self._locks.hold(lock_name(self._leases.owner)):
                    while True:
                        if not await self._look_unless_away():
                            break
                        await asyncio.sleep(BEAT_SECONDS)
            except Unavailable:  # No lock to be had: what is said of the runs alone tells that this process lives.
                await self._look_unless_away()
            await asyncio.sleep(BEAT_SECONDS)

    async def _look_unless_away(self) -> bool:
        """False where the database is away: the lock may have gone with it, and must be had anew."""
        try:
            await self.look()
        except TradewindError as error:
            self._signs.forget()
            LOG.warning("runs cannot be looked after for now: %s", error.message)
            return False
        return True

    async def look(self) -> int:
        """Say which runs this process has, and take over those that nobody has; how many."""
        owner = self._leases.owner
        if self._leases.ids:
            await self._executions.hold(owner, sorted(self._leases.ids), self._now())
        self._leases.renew()
        count = 0
        for lease in await self._orphans(await self._executions.under_way(MOST_WATCHED)):
            execution = await self._executions.get(lease.workspace_id, lease.id)
            if execution is None or (execution.epoch, execution.lease_date) != (lease.epoch, lease.lease_date):
                continue  # Somebody was quicker.
            epoch = await self._executions.claim(execution, owner, self._now())
            if epoch is not None:
                count_run("taken_over")
                task = asyncio.create_task(self._go_on(replace(execution, owner=owner, epoch=epoch)))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
                count += 1
        return count

    async def _orphans(self, leases: Sequence[ExecutionLease]) -> Sequence[ExecutionLease]:
        """Those whose process is dead, a few at most."""
        others = [lease for lease in leases if lease.id not in self._leases.ids]
        silences = self._signs.look({lease.id: lease for lease in others})
        deaths: dict[str, bool] = {}
        silent = [lease for lease in others if silences[lease.id] >= STILL_SECONDS]
        return [lease for lease in silent if await self._is_orphan(lease, silences[lease.id], deaths)][:MOST_AT_ONCE]

    async def _is_orphan(self, lease: ExecutionLease, silence: float, deaths: dict[str, bool]) -> bool:
        """Whether the process that has a run is dead. ``deaths`` keeps what is known of processes."""
        if silence >= LOST_SECONDS:
            return True
        owner = lease.owner
        if owner is None:
            return False
        if owner not in deaths:
            async with self._locks.attempt(lock_name(owner)) as is_free:
                deaths[owner] = is_free
        return deaths[owner]

    async def settle(self) -> None:
        """Wait for the runs that were taken over."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _go_on(self, execution: Execution) -> None:
        LOG.info("the run %s goes on", execution.id)
        with self._leases.hold(execution.id):
            try:
                await self._resume(execution)
            except TradewindError as error:
                LOG.warning("the run %s has ended: %s", execution.id, error.message)
                await self.close_open(execution)

    async def _resume(self, execution: Execution) -> None:
        prepared = await self.prepare(execution)
        await self._predictor().run(prepared)

    async def prepare(self, execution: Execution, chatflow: str = "") -> PreparedPrediction:
        """An execution that this process has claimed, ready to go on. ``chatflow`` names the version that it is of; without, it
        is the one that answers now. Raises ``TradewindError`` where it cannot."""
        records = {
            one.key: one.data for one in await self._checkpoints.load(execution.workspace_id, execution.id, MOST_RECORDS)
        }
        count = records.get(TAKE_OVERS, {}).get("count")
        number = count + 1 if isinstance(count, int) else 1
        if number > MOST_TAKE_OVERS:
            raise Conflict(Reason.CHECKPOINT_INVALID, f"it was taken over {MOST_TAKE_OVERS} times")
        await self._checkpoints.add(
            execution.workspace_id, execution.id, execution.epoch, StepRecord(TAKE_OVERS, {"count": number})
        )
        call = records.get(TURN)
        if call is None or not is_call(call):
            raise Conflict(Reason.CHECKPOINT_INVALID, "it has no record of its call that can be read")
        predictor = self._predictor()
        admitted = await self._admission.admit_within(execution.workspace_id, chatflow or execution.chatflow_id)
        prepared = await predictor.prepare(admitted, request_of(call, execution.id))
        row = call.get("row")
        prepared.goes_on_in = call.get("traceparent") or ""
        prepared.turn.row_text = row if isinstance(row, str) else call.get("question")
        return prepared

    async def close_open(self, execution: Execution) -> None:
        """A run that could not go on at all has failed; one that failed on its way has said so itself."""
        row = await self._executions.get(execution.workspace_id, execution.id)
        if row is not None and (row.state, row.epoch) == ("INPROGRESS", execution.epoch):
            await self._executions.close(row.workspace_id, row.id, row.epoch, "ERROR", row.execution_data, self._now())
            count_run("failed")


def lock_name(owner: str) -> str:
    return f"agent flows of {owner}"
