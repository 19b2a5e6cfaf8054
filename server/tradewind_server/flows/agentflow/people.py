"""Questions to a person in the middle of a run, and work that is not done twice without one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.agentflow.step import Step
from tradewind_server.flows.agentflow.trace import StepResult, without_credentials

PROCEED, REJECT = "proceed", "reject"
START, DONE = "/begun", "/done"
"""Behind the key of a piece of work: it was begun, and what came of it."""


class PersonNeeded(Exception):
    """A step cannot go on without a person: ``result`` is what it has to show until then."""

    def __init__(self, result: StepResult) -> None:
        super().__init__()
        self.result = result


class Decisions:
    """What people decided at one step, read in the order in which it asks them."""

    def __init__(self, step: Step) -> None:
        self._decisions = step.run.journal.decisions(step.key)
        self._position = 0

    def next(self) -> Mapping[str, Any] | None:
        """The next decision; None where nobody has decided yet."""
        if self._position >= len(self._decisions):
            return None
        self._position += 1
        return self._decisions[self._position - 1]


def action(step: Step, source: Any) -> dict[str, Any]:
    """The question as chat widgets show it: two buttons, and what the node was given."""
    return {
        "id": step.services.new_id(),
        "mapping": {"approve": "Proceed", "reject": "Reject"},
        "elements": [
            {"type": "agentflowv2-approve-button", "label": "Proceed"},
            {"type": "agentflowv2-reject-button", "label": "Reject"},
        ],
        "data": {"nodeId": step.node.id, "nodeLabel": step.node.label, "input": without_credentials(source)},
    }


async def once(
    step: Step,
    place: str,
    label: str,
    work: Callable[[], Awaitable[Mapping[str, Any]]],
    *,
    repeatable: bool,
    decisions: Decisions,
) -> Mapping[str, Any]:
    """What ``work`` yields, a JSON object, done once for this place of a run even where the server stops in between.

    Where it had begun then and may not be repeated, a person decides. Raises :class:`PersonNeeded` until that is done,
    ``FailedPrecondition`` where it shall not be done again, and ``Conflict(RUN_INTERRUPTED)``, with nothing done, in a process
    whose run another one has.
    """
    journal, key = step.run.journal, f"{step.key}/{place}"
    record = journal.get(key + DONE)
    if record is not None:
        return record
    if journal.get(key + START) is not None and not repeatable:
        decision = decisions.next()
        if decision is None:
            text = f"{label} had begun when the server stopped, and nobody knows whether it came through. Do it again?"
            if step.run.sink is not None:
                await step.run.sink.token(text)
            question = action(step, {"messages": []})
            raise PersonNeeded(StepResult({}, {"content": text, "humanInputAction": question}, stop=question))
        if decision.get("type") != PROCEED:
            raise FailedPrecondition(Reason.EXECUTION_NOT_STOPPED, f"{label} was interrupted and is not done again.")
    if repeatable:
        await journal.confirm()
    else:
        await journal.put(key + START, {})
    data = dict(await work())
    await journal.put(key + DONE, data)
    return data
