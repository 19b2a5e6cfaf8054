"""Runs that are executions of agent flows: what becomes of them when their worker died."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tradewind_server.chatflows.admission import Admission
from tradewind_server.errors import Conflict, Reason, TradewindError
from tradewind_server.flows.agentflow.executions import Execution, Executions
from tradewind_server.flows.agentflow.flow_run import NO_TEXT, answer_of, trace_of
from tradewind_server.flows.agentflow.take_over import TakeOver
from tradewind_server.flows.components import Answer, EventSink
from tradewind_server.flows.predict.engine import PreparedRun
from tradewind_server.flows.predict.messages import request_from_json
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.observability.steps import count_run
from tradewind_server.runs.ports import StoredRun, version_reference

MOST_ATTEMPTS = 5
NO_ANSWER = "The worker that made this answer died, and the agent flow ended without one; its execution shows how."


@dataclass(frozen=True, slots=True)
class FinishedFlow:
    """The port ``PreparedRun`` of an agent flow that had finished when its worker died: only its turn is left to do."""

    flow: PreparedRun
    answer: Answer
    execution_id: str
    tells_steps: bool = True

    @property
    def streams(self) -> bool:
        return self.flow.streams

    @property
    def memory_label(self) -> str | None:
        return self.flow.memory_label

    @property
    def sees_images(self) -> bool:
        return self.flow.sees_images

    @property
    def loaded_stores(self) -> frozenset[str]:
        return self.flow.loaded_stores

    async def bind(self) -> None:
        """Nothing: it runs no more."""

    async def run(self, sink: EventSink | None) -> Answer:
        return self.answer


class KeptFlows:
    """The port ``FlowsUnderWay``."""

    def __init__(
        self,
        executions: Executions,
        take_over: TakeOver,
        admission: Admission,
        predictor: Predictor,
        owner: str,
        now: Callable[[], datetime],
    ) -> None:
        """``owner`` is the name under which this process has executions."""
        self._executions = executions
        self._take_over = take_over
        self._admission = admission
        self._predictor = predictor
        self._owner = owner
        self._now = now

    async def take_up(self, run: StoredRun) -> PreparedPrediction | None:
        execution = await self._executions.get(run.workspace_id, run.execution_id or "")
        if execution is None:
            return None
        if execution.state == "FINISHED":
            return await self._end_of(run, execution)
        execution = await self._claim(execution)
        try:
            return await self._take_over.prepare(execution, version_reference(run))
        except TradewindError:
            await self._take_over.close_open(execution)
            raise

    async def _claim(self, execution: Execution) -> Execution:
        """An execution as this process has it from now on. Raises ``Conflict(RUN_INTERRUPTED)`` for one that has ended."""
        for _ in range(MOST_ATTEMPTS):
            moment = self._now()
            if execution.state == "STOPPED":  # Its question to a person was told to nobody: it is asked again.
                epoch = await self._executions.begin_again(execution.workspace_id, execution.id, self._owner, moment)
            elif execution.state == "INPROGRESS":
                epoch = await self._executions.claim(execution, self._owner, moment)
            else:
                break
            if epoch is not None:
                count_run("taken_over")
                return replace(execution, owner=self._owner, epoch=epoch, state="INPROGRESS")
            # A process that was slow to die has said meanwhile that it has it.
            again = await self._executions.get(execution.workspace_id, execution.id)
            if again is None:
                break
            execution = again
        raise Conflict(Reason.RUN_INTERRUPTED, NO_ANSWER)

    async def _end_of(self, run: StoredRun, execution: Execution) -> PreparedPrediction:
        """What is left of a run behind its last step: the messages, unless they are stored, and its end."""
        request = request_from_json(run.request or "")
        decision, request.human_input = request.human_input, None
        admitted = await self._admission.admit_within(run.workspace_id, version_reference(run))
        prepared = await self._predictor.prepare(admitted, request, goes_on=True)
        if isinstance(decision, dict):
            prepared.turn.row_text = str(decision.get("feedback") or NO_TEXT)
        prepared.run = FinishedFlow(prepared.run, answer_of(trace_of(execution), execution.id), execution.id)
        if run.message_id is not None:
            prepared.turn.message_id = run.message_id
            prepared.store = pass_over
        return prepared

    async def terminate(self, workspace_id: str, execution_id: str) -> None:
        execution = await self._executions.get(workspace_id, execution_id)
        if execution is None or execution.state not in ("INPROGRESS", "STOPPED"):
            return
        mine = await self._claim(execution)
        await self._executions.close(
            workspace_id, execution_id, mine.epoch, "TERMINATED", execution.execution_data, self._now()
        )
        count_run("terminated")


async def pass_over(messages: object) -> None:
    """For a turn that is stored already."""
