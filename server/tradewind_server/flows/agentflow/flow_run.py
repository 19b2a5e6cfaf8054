"""One call of an agent flow: a new execution, or one that goes on by what a person decided."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.documents.ports import documents_of
from tradewind_server.errors import Conflict, InvalidInput, NotFound, Reason, TradewindError
from tradewind_server.flows.agentflow.executions import (
    MOST_RECORDS,
    Checkpoints,
    Execution,
    Executions,
    ExecutionState,
    StepRecord,
    owner_change,
)
from tradewind_server.flows.agentflow.executor import FlowExecutor, StoppedForPerson
from tradewind_server.flows.agentflow.graph import AgentGraph
from tradewind_server.flows.agentflow.journal import PATIENCE_SECONDS, RunJournal
from tradewind_server.flows.agentflow.leases import RunLeases
from tradewind_server.flows.agentflow.nodes.start import form_lines, form_of
from tradewind_server.flows.agentflow.references import text_of
from tradewind_server.flows.agentflow.step import FlowRun, FlowServices, StepType, said_by
from tradewind_server.flows.agentflow.take_over import TURN
from tradewind_server.flows.agentflow.trace import FlowMessage, answer_in
from tradewind_server.flows.components import Answer, EventSink, Turn
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.running import ABORT_MESSAGE
from tradewind_server.observability.steps import count_run
from tradewind_server.observability.work_metrics import RunEvent
from tradewind_server.retries import patiently

NO_TEXT = " "
"""The answer of a flow whose last node says nothing."""
ROLES = {"userMessage": "user", "apiMessage": "assistant"}
ENDS: Mapping[ExecutionState, RunEvent] = {"FINISHED": "finished", "STOPPED": "stopped", "TERMINATED": "terminated"}
LAST_WORDS_SECONDS = 1.0
"""How long the events of a run that was aborted may take."""


@dataclass(frozen=True, slots=True)
class CompiledAgentflow:
    """A version of an agent flow: all that no call changes."""

    graph: AgentGraph
    services: FlowServices
    streams: bool
    sees_images: bool
    reads_variables: bool = True
    """Whether anything in it may look at the variables of its workspace."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said to a run that waits: ``proceed`` or ``reject``. ``node_id`` None means where it stopped last."""

    type: str
    node_id: str | None
    feedback: str


@dataclass(frozen=True, slots=True)
class RunStores:
    """Where runs are kept."""

    executions: Executions
    checkpoints: Checkpoints
    leases: RunLeases


class AgentflowRun:
    """The port ``PreparedRun`` for one call of an agent flow."""

    tells_steps = True
    memory_label = None
    loaded_stores: frozenset[str] = frozenset()

    def __init__(
        self,
        flow: CompiledAgentflow,
        stores: RunStores,
        types: Mapping[str, StepType],
        turn: Turn,
        inputs: Mapping[str, Mapping[str, Any]],
        start_state: Any,
        decision: Decision | None,
    ) -> None:
        """``inputs`` are those that the caller replaced, ``start_state`` the state that it sent, None where it sent none."""
        self._flow = flow
        self._services = flow.services
        self._stores = stores
        self._executor = FlowExecutor(flow.services, types)
        self._turn = turn
        self._inputs = inputs
        self._start_state = start_state
        self._decision = decision
        self.call: Mapping[str, Any] = {}
        """What is kept of the call, beside what the turn says."""
        self.resumes = ""
        """The execution that goes on where its process died."""
        self._run: FlowRun | None = None
        self.streams = flow.streams
        self.sees_images = flow.sees_images

    @property
    def execution_id(self) -> str:
        return self._run.journal.execution_id if self._run is not None else self.resumes

    async def bind(self) -> None:
        """Raises ``NotFound``, ``Conflict`` and ``FailedPrecondition`` where a decision meets no run that waits for it."""
        turn = self._turn
        journal = await self._journal()
        form, is_earlier = self._input_of(journal)
        self.call = {**self.call, "form": form, "inputIsEarlier": is_earlier}
        self._run = run = FlowRun(
            graph=self._flow.graph,
            turn=turn,
            journal=journal,
            flow_input=form_lines(form) if form else turn.question,
            inputs=self._inputs,
            form=form,
            past=await self._past(),
            start_override=self._start_state,
            input_is_earlier=is_earlier,
        )
        start = self._flow.graph.start
        keeps_state = start.inputs.get("startPersistState") in (True, "true")
        if not turn.new_session and (keeps_state or start.inputs.get("formInputTypes")):
            await self._read_earlier(run, keeps_state)

    def _input_of(self, journal: RunJournal) -> tuple[Any, bool]:
        """The form of the run, and whether its input is that of an earlier call: a decision that brings neither a question nor
        a form leaves those that the run began with."""
        turn, call = self._turn, journal.get(TURN) or {}
        if self._decision is None or turn.question or turn.form:
            return turn.form, call.get("inputIsEarlier") is True
        text = call.get("text")
        turn.question = text if isinstance(text, str) else ""
        return call.get("form"), True

    async def _past(self) -> list[FlowMessage]:
        turn = self._turn
        if turn.new_session:
            return []
        messages = self._services.context.chat_messages
        rows = await messages.history(turn.workspace_id, turn.chatflow_id, turn.session_id, None)
        return [said_by(ROLES[role], content) for role, content in rows if content.strip()]

    async def _read_earlier(self, run: FlowRun, keeps_state: bool) -> None:
        """The state and the form that the session's latest run left."""
        turn = self._turn
        execution = await self._stores.executions.newest(turn.workspace_id, turn.chatflow_id, turn.session_id)
        trace = trace_of(execution) if execution else []
        states = [one["data"]["state"] for one in trace if isinstance(one["data"].get("state"), dict)]
        if keeps_state and states:
            run.persistent_state = states[-1]
        if run.form is None and trace:
            run.form = form_of(trace[0]["data"].get("output", {}).get("form"))

    async def _journal(self) -> RunJournal:
        """A new one, or that of the execution which waits: claimed for this call alone, with the decision in it."""
        turn, stores, decision = self._turn, self._stores, self._decision
        if self.resumes:
            row = await stores.executions.get(turn.workspace_id, self.resumes)
            if row is None or row.owner != stores.leases.owner:
                raise owner_change(self.resumes)
            return await self._kept_journal(self.resumes, row.epoch)
        if decision is None:
            return RunJournal(stores.checkpoints, stores.leases, turn.workspace_id, self._services.new_id())
        execution = await stores.executions.newest(turn.workspace_id, turn.chatflow_id, turn.session_id)
        if execution is None:
            raise NotFound(Reason.EXECUTION_NOT_FOUND, f"No previous execution found for session {turn.session_id}")
        if execution.state not in ("STOPPED", "ERROR"):
            raise not_stopped(execution.id, execution.state)
        failed_before = execution.state == "ERROR"
        journal = await self._kept_journal(execution.id, execution.epoch)
        key = (journal.retry_key if failed_before else journal.waiting_key)(decision.node_id)
        if key is None and failed_before:
            raise not_stopped(execution.id, execution.state)
        if key is None:
            await self._refuse_if_decided(execution)
            raise InvalidInput(
                Reason.INVALID_ARGUMENT,
                f"Node {decision.node_id or 'that waits'} not found in previous execution. This could indicate an invalid "
                "resume attempt or a modified flow.",
            )
        epoch = await stores.executions.begin_again(
            turn.workspace_id, execution.id, stores.leases.owner, self._services.now(), epoch=execution.epoch
        )
        if epoch is None:
            raise not_stopped(execution.id, "INPROGRESS")
        journal.epoch = epoch
        await journal.decide(key, {"type": decision.type, "feedback": decision.feedback}, again=failed_before)
        return journal

    async def _refuse_if_decided(self, execution: Execution) -> None:
        """Raises ``Conflict`` where another decision came first: it may be over by now, and its records gone."""
        row = await self._stores.executions.get(execution.workspace_id, execution.id)
        if row is None or row.epoch != execution.epoch:
            raise not_stopped(execution.id, row.state if row is not None else "FINISHED")

    async def _kept_journal(self, execution_id: str, epoch: int) -> RunJournal:
        """That of an execution with records, all of which can be read."""
        turn, stores = self._turn, self._stores
        records = await stores.checkpoints.load(turn.workspace_id, execution_id, MOST_RECORDS)
        journal = RunJournal(stores.checkpoints, stores.leases, turn.workspace_id, execution_id, epoch, records)
        journal.check()
        return journal

    async def run(self, sink: EventSink | None) -> Answer:
        run = self._run
        assert run is not None, "bind comes before run"
        run.sink = sink
        with self._stores.leases.hold(run.journal.execution_id):
            return await self._run_whole(run)

    async def _run_whole(self, run: FlowRun) -> Answer:
        await self._keep_call(run)
        await self._tell(events.FLOW, "INPROGRESS")
        action: dict[str, Any] | None = None
        state: ExecutionState = "ERROR"
        try:
            await self._executor.execute(run)
            state = "FINISHED"
        except StoppedForPerson as stop:
            state, action = "STOPPED", dict(stop.action)
        except asyncio.CancelledError as cancel:
            await asyncio.shield(self._cancelled(run, by_abort=ABORT_MESSAGE in cancel.args))
            raise
        except TradewindError:
            await self._end(run, "ERROR")
            raise
        await self._end(run, state)
        if action is not None:
            await self._tell(events.ACTION, action)
            await self._tell(events.FLOW, state)
        return answer_of(run.trace, run.journal.execution_id, action)

    async def _keep_call(self, run: FlowRun) -> None:
        """Have what it takes to go on: a row and a record for a new run, a new record for one that goes on by a decision."""
        turn, moment = self._turn, self._services.now()
        call = {**self.call, "text": turn.question, "row": turn.row_text}
        if self.resumes:
            return
        if self._decision is not None:
            await run.journal.put(TURN, call)
            count_run("resumed")
            return
        execution = Execution(
            run.journal.execution_id,
            turn.workspace_id,
            turn.chatflow_id,
            turn.session_id,
            "INPROGRESS",
            moment,
            moment,
            lease_date=moment,
            owner=self._stores.leases.owner,
        )

        async def create(records: Sequence[StepRecord]) -> None:
            await self._stores.executions.create(turn.workspace_id, execution, [StepRecord(TURN, call), *records])

        run.journal.open_with_first(create)
        if run.sink is not None:  # Whoever hears of its beginning finds it.
            await run.journal.open()
        count_run("begun")

    async def _end(self, run: FlowRun, state: ExecutionState) -> None:
        await self._tell(events.FLOW, state)
        journal = run.journal
        await journal.open()
        close = partial(
            self._stores.executions.close,
            self._turn.workspace_id,
            journal.execution_id,
            journal.epoch,
            state,
            trace_json(run.trace),
            self._services.now(),
            keep=state == "ERROR" and journal.retry_key(None) is not None,
        )
        await patiently(close, PATIENCE_SECONDS)
        count_run(ENDS.get(state, "failed"))

    async def _cancelled(self, run: FlowRun, *, by_abort: bool) -> None:
        """An aborted run has ended. One that is broken off with its server goes on from its records."""
        if not by_abort:
            return
        try:
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                await self._executor.tell_termination(run)
                await self._tell(events.FLOW, "TERMINATED")
        except TimeoutError:
            pass  # Nobody reads.
        run.sink = None
        await self._end(run, "TERMINATED")

    async def _tell(self, name: str, data: Any) -> None:
        if self._run is not None and self._run.sink is not None:
            await self._run.sink.event(name, data)


def not_stopped(execution_id: str, state: str) -> Conflict:
    return Conflict(
        Reason.EXECUTION_NOT_STOPPED,
        f"Cannot resume execution {execution_id} because it is in '{state}' state. Only executions in 'STOPPED' state can be "
        "resumed.",
    )


def trace_json(trace: Sequence[FlowMessage]) -> str:
    return orjson.dumps(trace, default=str).decode()


def trace_of(execution: Execution) -> list[FlowMessage]:
    """The entries of a stored execution that can be read."""
    try:
        entries = foreign_json(execution.execution_data)
    except ValueError:
        return []
    entries = entries if isinstance(entries, list) else []
    return [one for one in entries if isinstance(one, dict) and isinstance(one.get("data"), dict)]


def answer_of(trace: Sequence[FlowMessage], execution_id: str, action: dict[str, Any] | None = None) -> Answer:
    """What the last node said, with what it used."""
    output = trace[-1]["data"].get("output") or {} if trace else {}
    content = answer_in(output)
    return Answer(
        NO_TEXT if content is None else text_of(content),
        source_documents=documents_of(output.get("sourceDocuments")) or None,
        used_tools=output.get("usedTools") or None,
        artifacts=output.get("artifacts") or None,
        execution_id=execution_id,
        trace=list(trace),
        action=action,
        reason_content=output.get("reasonContent"),
    )
