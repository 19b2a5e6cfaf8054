"""Execute Flow: asks another chatflow of the workspace, with messages and an execution of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.documents.ports import documents_json
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.agentflow.json_text import owners_json
from tradewind_server.flows.agentflow.output_fields import pretty
from tradewind_server.flows.agentflow.people import Decisions, once
from tradewind_server.flows.agentflow.step import Step, StepType, said_by, speaker
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.nodes.agentflow import EXECUTE_FLOW, EXECUTE_TARGET


def overrides_of(step: Step) -> dict[str, Any]:
    value = step.json_input("executeFlowOverrideConfig")
    if isinstance(value, str) and value.strip():
        try:
            value = owners_json(value)
        except ValueError:
            raise step.inputs.wrong_input("executeFlowOverrideConfig", "a JSON object") from None
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        raise step.inputs.wrong_input("executeFlowOverrideConfig", "a JSON object")
    return value


async def run_execute_flow(step: Step) -> StepResult:
    target = str(step.inputs.values.get(EXECUTE_TARGET) or "")
    turn = step.run.turn
    if not target:
        raise step.inputs.wrong_input(EXECUTE_TARGET, "the id of a chatflow")
    if target.lower() == turn.chatflow_id:
        raise InvalidInput(Reason.INVALID_CHATFLOW, "Cannot call the same agentflow!", node=step.node.id)
    flows = step.services.context.other_flows
    assert flows is not None, "the composition root gives the other flows"
    question, overrides = step.text("executeFlowInput") or step.run.flow_input, overrides_of(step)

    async def work() -> Mapping[str, Any]:
        try:
            answer = await flows.ask(target, question, turn, chat_id=turn.chat_id, overrides=overrides)
        except NotFound as error:
            if error.reason is not Reason.CHATFLOW_NOT_FOUND:
                raise
            raise step.inputs.wrong_input(EXECUTE_TARGET, f"the id of a chatflow of this workspace; {target} is none") from None
        text = answer.text if answer.json is None else f"```json\n{pretty(answer.json)}\n```"
        return {
            "text": text,
            "usedTools": answer.used_tools or [],
            "sourceDocuments": documents_json(answer.source_documents) or [],
            "artifacts": answer.artifacts or [],
        }

    label = f"The call of the chatflow {target}"
    data = await once(step, "call", label, work, repeatable=False, decisions=Decisions(step))
    content = str(data["text"])
    output = {
        "content": content,
        **{name: data[name] for name in ("usedTools", "sourceDocuments", "artifacts") if data.get(name)},
    }
    await step.say(content)
    asked_for = [said_by("user", question)]
    role = "assistant" if step.inputs.text("executeFlowReturnResponseAs") == "assistantMessage" else "user"
    messages = [*(asked_for if not step.run.runtime else []), said_by(role, content, speaker(step.node.label))]
    return StepResult({"messages": asked_for}, output, step.new_state("executeFlowUpdateState", content), messages)


STEPS = (StepType(EXECUTE_FLOW.name, run_execute_flow),)
