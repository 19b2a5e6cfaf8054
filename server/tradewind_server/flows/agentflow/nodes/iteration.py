"""Iteration: runs the nodes of its box for each item of a list, one after the other."""

from __future__ import annotations

from typing import Any

from tradewind_server.errors import InvalidInput, Reason, TradewindError
from tradewind_server.flows.agentflow.executor import StoppedForPerson
from tradewind_server.flows.agentflow.json_text import owners_json
from tradewind_server.flows.agentflow.references import text_of
from tradewind_server.flows.agentflow.step import FlowRun, Step, StepType
from tradewind_server.flows.agentflow.trace import FlowMessage, StepResult, answer_in
from tradewind_server.flows.nodes.agentflow import ITERATION
from tradewind_server.lenient_json import json_values

MOST_ITEMS = 1000
ASKS = "a person cannot be asked inside an iteration box"


def items_of(step: Step) -> list[Any]:
    """The list. Raises ``InvalidInput`` for what is none."""
    value = step.json_input("iterationInput")
    if value in (None, ""):
        return []
    if isinstance(value, str):
        value = _parse(value)
    if not isinstance(value, list):
        raise InvalidInput(Reason.NODE_INPUT_INVALID, "Invalid input array", node=step.node.id, input="iterationInput")
    if len(value) > MOST_ITEMS:
        raise InvalidInput(
            Reason.RUN_LIMIT_EXCEEDED,
            f"The list of the iteration has more than {MOST_ITEMS} items; shorten it.",
            node=step.node.id,
        )
    return value


def _parse(text: str) -> Any:
    try:
        return owners_json(text)
    except ValueError:
        pass  # A model may have said more than the list.
    value = next((one for one in json_values(text) if isinstance(one, list)), None)
    if value is None:
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID,
            "Invalid JSON format in body: the input of the iteration is no list.",
            input="iterationInput",
        )
    return value


async def run_iteration(step: Step) -> StepResult:
    items = items_of(step)
    level = step.run.graph.boxes[step.node.id]
    texts: list[str] = []
    inner: list[FlowMessage] = []
    state = dict(step.run.state)
    for index, item in enumerate(items):
        run = step.run.for_item(item)
        run.state = state
        text = await _one(step, run, index)
        entries = [_with_item(step, one, index, item, len(items)) for one in run.trace]
        inner += entries
        state = run.state
        if text:
            texts.append(text)
    content = "\n".join(texts)
    if level.nodes:
        await step.say(content)
    return StepResult({"iterationInput": items}, {"iterationResults": texts, "content": content}, state, inner=inner)


async def _one(step: Step, run: FlowRun, index: int) -> str:
    """The text of one item: what its last node said, or why it failed. A run that has reached its limit fails whole."""
    level = step.run.graph.boxes[step.node.id]
    try:
        await step.execute_box(step, run, level, f"{step.key}/{index:05}/")
    except StoppedForPerson:
        return f"Error in iteration {index + 1}: {ASKS}"
    except TradewindError as error:
        if error.reason is Reason.RUN_LIMIT_EXCEEDED:
            raise
        return f"Error in iteration {index + 1}: {error.message}"
    output = run.trace[-1]["data"].get("output") or {} if run.trace else {}
    content = answer_in(output)
    return "" if content is None else text_of(content)


def _with_item(step: Step, entry: FlowMessage, index: int, item: Any, count: int) -> FlowMessage:
    """The entry of a node inside the box, with the item that it ran for. Those of a box inside keep theirs."""
    context = {
        "index": index,
        "value": item,
        "isFirst": index == 0,
        "isLast": index == count - 1,
        "sessionId": step.run.turn.session_id,
    }
    own = {"iterationIndex": index, "iterationContext": context, "parentNodeId": step.node.id}
    return {**entry, "data": {**own, **entry["data"]} if "parentNodeId" in entry["data"] else {**entry["data"], **own}}


STEPS = (StepType(ITERATION.name, run_iteration),)
