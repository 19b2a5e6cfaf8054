"""What a run has done so far, by place: a run that goes on after a restart takes from here what it need not do again."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, NoReturn

from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.agentflow.executions import Checkpoints, StepRecord
from tradewind_server.flows.agentflow.leases import RunLeases
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.retries import patiently

PATIENCE_SECONDS = 60.0
"""How long a database that is away is tried again before the run breaks off."""
STOP, DECISION = "/stop", "/decision"
"""Behind the key of a step: what a person is asked there, and what people said."""
STEP_KEY = re.compile(r"\d{5}(?:/\d{5}/\d{5})*")
RESULT_FIELDS = tuple(one.name for one in fields(StepResult))
KINDS: Mapping[str, tuple[type, ...]] = {
    "input": (object,),
    "output": (dict,),
    "state": (dict, type(None)),
    "messages": (list,),
    "jump": (str, type(None)),
    "late_token": (str,),
    "stop": (dict, type(None)),
    "inner": (list,),
    "error": (str,),
}
"""What the fields of a stored step may hold."""


def _is_reply(record: Mapping[str, Any]) -> bool:
    calls = record.get("calls")
    return isinstance(record.get("text"), str) and isinstance(calls, list) and all(map(_is_call, calls))


def _is_call(call: Any) -> bool:
    return isinstance(call, dict) and isinstance(call.get("args"), dict) and {"id", "name"} <= call.keys()


def _are_decisions(record: Mapping[str, Any]) -> bool:
    decisions = record.get("decisions")
    return isinstance(decisions, list) and all(isinstance(one, dict) for one in decisions)


def _is_opening(record: Mapping[str, Any]) -> bool:
    messages = record.get("messages")
    return isinstance(messages, list) and all(isinstance(one, dict) and {"role", "content"} <= one.keys() for one in messages)


SHAPES: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "/reply": _is_reply,
    DECISION: _are_decisions,
    "/opening": _is_opening,
}
"""What the records beside the steps must look like, by the end of their keys."""


class RunJournal:
    """The records of one run. Those of this process are written as they come; ``records`` are those of an earlier one."""

    def __init__(
        self,
        checkpoints: Checkpoints,
        leases: RunLeases,
        workspace_id: str,
        execution_id: str,
        epoch: int = 1,
        records: Sequence[StepRecord] = (),
    ) -> None:
        self._checkpoints = checkpoints
        self._leases = leases
        self.epoch = epoch
        self._workspace_id = workspace_id
        self.execution_id = execution_id
        self._records = {record.key: record.data for record in records}
        self._open: Callable[[Sequence[StepRecord]], Awaitable[None]] | None = None

    def get(self, key: str) -> Mapping[str, Any] | None:
        return self._records.get(key)

    async def put(self, key: str, data: Mapping[str, Any]) -> None:
        """Returns once the record is safe. Raises ``Conflict(RUN_INTERRUPTED)`` where another process has the run by now."""
        record = StepRecord(key, data)
        if self._open is not None:
            await self.open([record])
        else:
            await patiently(
                lambda: self._checkpoints.add(self._workspace_id, self.execution_id, self.epoch, record), PATIENCE_SECONDS
            )
        self._records[key] = data

    def open_with_first(self, create: Callable[[Sequence[StepRecord]], Awaitable[None]]) -> None:
        """Have the execution stored with its first record: for runs that nobody hears of before."""
        self._open = create

    async def open(self, records: Sequence[StepRecord] = ()) -> None:
        """Store the execution, unless it is."""
        if self._open is not None:
            await self._open(records)
            self._open = None

    async def confirm(self) -> None:
        """Raises ``Conflict(RUN_INTERRUPTED)`` where another process has the run by now. The database is asked only by a
        process that stood still; one that did not has said lately that the run is its own."""
        if not self._leases.are_fresh:
            await patiently(
                lambda: self._checkpoints.confirm(self._workspace_id, self.execution_id, self.epoch), PATIENCE_SECONDS
            )

    def step(self, key: str, node_id: str) -> StepResult | None:
        """The result of a node that had finished. Raises ``FailedPrecondition(CHECKPOINT_INVALID)`` where the record is of
        another node, as after a change of the drawing, or cannot be read."""
        record = self.get(key)
        if record is None:
            return None
        values = record.get("result")
        if record.get("node") != node_id:
            self.refuse("it is of another drawing: the chatflow was changed since")
        if not isinstance(values, dict) or values.keys() != set(RESULT_FIELDS):
            self.refuse("a step in it has no result that can be read")
        for name, value in values.items():
            if not isinstance(value, KINDS[name]):
                self.refuse(f"the {name} of a step in it cannot be read")
        return StepResult(**values)

    async def put_step(self, key: str, node_id: str, result: StepResult) -> None:
        # Not a copy: it is made text of at once, and nobody changes a result any more.
        await self.put(key, {"node": node_id, "result": {name: getattr(result, name) for name in RESULT_FIELDS}})

    def check(self) -> None:
        """Read all records. Raises ``FailedPrecondition(CHECKPOINT_INVALID)`` for one that cannot be."""
        for key, record in self._records.items():
            if STEP_KEY.fullmatch(key):
                self.step(key, str(record.get("node")))
            for end, shape in SHAPES.items():
                if key.endswith(end) and not shape(record):
                    self.refuse(f"what stands at {key} cannot be read")

    def decisions(self, key: str) -> Sequence[Mapping[str, Any]]:
        """What people decided at a step, in order."""
        record = self.get(key + DECISION) or {}
        decisions = record.get("decisions")
        return decisions if isinstance(decisions, list) else ()

    async def stop(self, key: str, node_id: str) -> None:
        """A step waits for a person."""
        await self.put(key + STOP, {"node": node_id, "number": len(self.decisions(key)) + 1})

    async def decide(self, key: str, decision: Mapping[str, Any], *, again: bool = False) -> None:
        """``again``: instead of the decision before, with which the step failed."""
        before = self.decisions(key)
        await self.put(key + DECISION, {"decisions": [*(before[:-1] if again else before), decision]})

    def waiting_key(self, node_id: str | None) -> str | None:
        """The key of the step that waits for a person, the last of several; None where none does, or not the node named."""
        for key in sorted(self._records, reverse=True):
            step = key.removesuffix(STOP)
            record = self._records[key]
            waits = step != key and record.get("number") == len(self.decisions(step)) + 1
            if waits and node_id in (None, record.get("node")):
                return step
        return None

    def retry_key(self, node_id: str | None) -> str | None:
        """The key of the step that began again by a person's decision and has not come to its end; None where none did, or not
        the node named."""
        for key in sorted(self._records, reverse=True):
            step = key.removesuffix(DECISION)
            node = (self.get(step + STOP) or {}).get("node")
            if step != key and self.decisions(step) and self.get(step) is None and node_id in (None, node):
                return step
        return None

    def refuse(self, why: str) -> NoReturn:
        raise FailedPrecondition(
            Reason.CHECKPOINT_INVALID, f"The execution {self.execution_id} cannot go on: {why}. Ask again from the beginning."
        )
