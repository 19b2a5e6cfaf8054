"""Start: takes the question or the form in, and lays the state out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.references import text_of
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.agentflow import START
from tradewind_server.flows.nodes.spec import NodeInputs

CHAT, FORM = "chatInput", "formInput"
ELSEWHERE = {
    "webhookTrigger": "The chatflow is started by its webhook, not by questions: call POST /api/v1/webhook/{id}, which "
    "does not run here yet.",
    "scheduleInput": "The chatflow is started by its schedule, not by questions; schedules do not run here yet.",
}


def check_start(node: Node, chatflow_id: str) -> str:
    """The kind of input that a flow starts with. Raises ``InvalidInput`` for a start that no question reaches."""
    kind = node.inputs.get("startInputType")
    if not isinstance(kind, str) or not kind:
        raise InvalidInput(Reason.INVALID_CHATFLOW, "Start input type not found; choose one in the Start node.", node=node.id)
    if kind in ELSEWHERE:
        raise InvalidInput(Reason.FEATURE_NOT_SUPPORTED, ELSEWHERE[kind].format(id=chatflow_id), node=node.id)
    if kind not in (CHAT, FORM):
        raise InvalidInput(Reason.INVALID_CHATFLOW, f"Start input type {kind} is not known.", node=node.id)
    return kind


def state_of(items: Any, node: Node) -> dict[str, Any]:
    """A state as the canvas or a caller writes it: a list of keys and values, the same by the id of the node, or an object.
    Raises ``InvalidInput`` for anything else."""
    items = NodeInputs(node, {"startState": items}).json("startState")
    if isinstance(items, Mapping) and node.id in items:
        items = items[node.id]
    if isinstance(items, Mapping) and "key" not in items:
        return {str(key): value for key, value in items.items()}
    pairs = [items] if isinstance(items, Mapping) else items or []
    if not isinstance(pairs, list) or not all(isinstance(one, Mapping) for one in pairs):
        raise NodeInputs(node, {}).wrong_input("startState", "a list of keys and values, or an object of them")
    return {str(one["key"]): one.get("value") for one in pairs if one.get("key")}


def form_lines(form: Any) -> str:
    """A form as it is stored and told to models: a line for each field."""
    if not isinstance(form, Mapping):
        return text_of(form)
    return "\n".join(f"{name}: {text_of(value)}" for name, value in form.items())


def form_of(lines: Any) -> dict[str, str] | None:
    """The fields of a form that was stored as lines; None for a text that is none."""
    if isinstance(lines, Mapping):
        return {str(name): text_of(value) for name, value in lines.items()}
    if not isinstance(lines, str):
        return None
    pairs = [line.partition(": ") for line in lines.split("\n")]
    return {name: value for name, mark, value in pairs if mark} or None


async def run_start(step: Step) -> StepResult:
    run, inputs = step.run, step.inputs
    if inputs.text("startInputType") == FORM:
        names = ("formTitle", "formDescription", "formInputTypes")
        title, description, fields = (inputs.values.get(name) for name in names)
        source: dict[str, Any] = {"form": {"title": title, "description": description, "inputs": fields}}
        output: dict[str, Any] = {"form": run.flow_input if run.turn.form or run.form is None else run.form}
    else:
        source = {"question": run.flow_input} if run.flow_input else {}
        output = dict(source)
    state: dict[str, Any] = step.resolve(state_of(step.node.inputs.get("startState"), step.node))
    if inputs.flag("startPersistState"):
        output["persistState"] = True
        state |= run.persistent_state or {}
    if run.start_override is not None:
        state |= state_of(run.start_override, step.node)  # A caller's values name no variables.
    if inputs.flag("startEphemeralMemory"):
        output["ephemeralMemory"] = True
    return StepResult(source, output, state)


STEPS = (StepType(START.name, run_start, computes=True),)
