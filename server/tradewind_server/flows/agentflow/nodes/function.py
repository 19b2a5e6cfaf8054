"""Custom Function: JavaScript of the owner, in its sandbox where that is switched on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.flows.agentflow.output_fields import pretty
from tradewind_server.flows.agentflow.people import Decisions, once
from tradewind_server.flows.agentflow.references import text_of
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.javascript_port import Script
from tradewind_server.flows.nodes.agentflow import FUNCTION


def content_of(value: Any) -> str | None:
    """What a function returned as a text: objects and lists in lines, JSON in a text too. None for nothing."""
    if value is None:
        return None
    if isinstance(value, str):
        if value.lstrip()[:1] not in ("{", "["):
            return value
        try:
            value = foreign_json(value)
        except ValueError:
            return str(value)
    return pretty(value) if isinstance(value, dict | list) else text_of(value)


async def run_function(step: Step) -> StepResult:
    label = f"The function {step.node.label}"
    step.services.context.javascript.check(label)
    items = step.items("customFunctionInputVariables")
    code = str(step.raw.get("customFunctionJavascriptFunction") or "")
    run, turn = step.run, step.run.turn
    flow = {
        "input": run.flow_input,
        "state": run.state,
        "chatflowId": turn.chatflow_id,
        "sessionId": turn.session_id,
        "chatId": turn.chat_id,
    }
    own = {f"${one['variableName']}": one.get("variableValue") for one in items if one.get("variableName")}
    values = {"$input": run.flow_input, "$vars": dict(turn.variables), "$flow": flow, **own}

    async def work() -> Mapping[str, Any]:
        return {"value": await step.services.context.javascript.run(Script(label, code, values))}

    data = await once(step, "call", label, work, repeatable=False, decisions=Decisions(step))
    content = content_of(data.get("value"))
    output = {} if content is None else {"content": content}
    await step.say(content or "")
    state = step.new_state("customFunctionUpdateState", content or "")
    return StepResult({"inputVariables": items, "code": code}, output, state)


STEPS = (StepType(FUNCTION.name, run_function, keeps_apart=True),)
