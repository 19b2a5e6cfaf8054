"""Runs of agent flows whose process has died go on in another, or in the same one once it is back.

Each process says once a second which runs it has. A run that nobody has said to have for ``LOST_SECONDS`` is taken over by the
first who sees it, and goes on from its records.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from tradewind_server.chatflows.admission import Admission
from tradewind_server.errors import Conflict, Reason, TradewindError
from tradewind_server.flows.agentflow.executions import MOST_RECORDS, Checkpoints, Execution, Executions, StepRecord
from tradewind_server.flows.predict.messages import PredictionRequest
from tradewind_server.flows.predict.predictor import Predictor

BEAT_SECONDS = 1.0
LOST_SECONDS = 4.0
MOST_AT_ONCE = 20
"""Runs that one look takes over."""
MOST_TAKE_OVERS = 3
"""Times that one run is taken over: one whose process dies each time ends as an error."""
TURN, TAKE_OVERS = "turn", "take-overs"
"""Keys of the records of the call itself, and of how often the run was taken over."""
LOG = logging.getLogger(__name__)


class RunLeases:
    """The runs that this process has."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    @contextmanager
    def hold(self, execution_id: str) -> Iterator[None]:
        self.ids.add(execution_id)
        try:
            yield
        finally:
            self.ids.discard(execution_id)


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


class TakeOver:
    """Looks for runs that nobody has."""

    def __init__(
        self,
        *,
        executions: Executions,
        checkpoints: Checkpoints,
        leases: RunLeases,
        admission: Admission,
        predictor: Callable[[], Predictor],
        now: Callable[[], datetime],
    ) -> None:
        self._executions = executions
        self._checkpoints = checkpoints
        self._leases = leases
        self._admission = admission
        self._predictor = predictor
        self._now = now
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until it is cancelled. A database that is away is asked again."""
        while True:
            try:
                await self.look()
            except TradewindError as error:
                LOG.warning("runs cannot be looked after for now: %s", error.message)
            await asyncio.sleep(BEAT_SECONDS)

    async def look(self) -> int:
        """Say which runs this process has, and take over those that nobody has; how many."""
        moment = self._now()
        if self._leases.ids:
            await self._executions.hold(sorted(self._leases.ids), moment)
        count = 0
        for execution in await self._executions.orphans(moment - timedelta(seconds=LOST_SECONDS), MOST_AT_ONCE):
            if execution.id not in self._leases.ids and await self._executions.claim(execution, moment):
                task = asyncio.create_task(self._go_on(execution))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
                count += 1
        return count

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
                await self._close_open(execution)

    async def _resume(self, execution: Execution) -> None:
        records = {
            one.key: one.data for one in await self._checkpoints.load(execution.workspace_id, execution.id, MOST_RECORDS)
        }
        count = records.get(TAKE_OVERS, {}).get("count")
        number = count + 1 if isinstance(count, int) else 1
        if number > MOST_TAKE_OVERS:
            raise Conflict(Reason.CHECKPOINT_INVALID, f"it was taken over {MOST_TAKE_OVERS} times")
        await self._checkpoints.add(execution.workspace_id, execution.id, StepRecord(TAKE_OVERS, {"count": number}))
        call = records.get(TURN)
        if call is None:
            raise Conflict(Reason.CHECKPOINT_INVALID, "it has no record of its call")
        predictor = self._predictor()
        admitted = await self._admission.admit_within(execution.workspace_id, execution.chatflow_id)
        prepared = await predictor.prepare(admitted, request_of(call, execution.id))
        row = call.get("row")
        prepared.turn.row_text = row if isinstance(row, str) else call.get("question")
        await predictor.run(prepared)

    async def _close_open(self, execution: Execution) -> None:
        """A run that could not go on at all has failed; one that failed on its way has said so itself."""
        row = await self._executions.get(execution.workspace_id, execution.id)
        if row is not None and row.state == "INPROGRESS":
            await self._executions.close(row.workspace_id, row.id, "ERROR", row.execution_data, self._now())
