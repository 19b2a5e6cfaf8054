"""Human Input: stops until a person lets the flow go on, or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.flows.agentflow.conversation import forgets, input_messages
from tradewind_server.flows.agentflow.held_components import chat_model
from tradewind_server.flows.agentflow.model_call import call_model, message_of
from tradewind_server.flows.agentflow.people import PROCEED, REJECT, Decisions, PersonNeeded, action
from tradewind_server.flows.agentflow.step import Step, StepType, said_by
from tradewind_server.flows.agentflow.trace import FlowMessage, StepResult
from tradewind_server.flows.nodes.agentflow import HUMAN_INPUT

DEFAULT_TEXT = "Do you want to proceed?"
DEFAULT_PROMPT = (
    "Sum up the conversation so far, repeat what was said last, and ask the person whether to proceed or what to change. Write "
    "that message only."
)


async def run_human_input(step: Step) -> StepResult:
    past = [] if forgets(step.run) else step.run.past
    messages = [*past, *step.run.runtime]
    decision = Decisions(step).next()
    if decision is not None:
        return _decision_result(step, decision, messages)
    enables_feedback = step.inputs.flag("humanInputEnableFeedback", default=True)
    source = {"messages": messages, "humanInputEnableFeedback": enables_feedback}
    text = await _question(step, messages)
    if step.run.sink is not None and not step.inside_box:
        await step.run.sink.token(text)
    question = action(step, source)
    output = {"content": text, "humanInputAction": question}
    raise PersonNeeded(StepResult(source, output, messages=[said_by("assistant", text)], stop=question))


def _decision_result(step: Step, decision: Mapping[str, Any], messages: list[FlowMessage]) -> StepResult:
    kind, feedback = str(decision.get("type")), str(decision.get("feedback") or "")
    common: dict[str, Any] = {"startNodeId": step.node.id, **({"feedback": feedback} if feedback else {})}
    words = feedback or kind
    conditions = [{"type": one, **common, "isFulfilled": one == kind} for one in (PROCEED, REJECT)]
    source = {"type": kind, **common, "messages": [*messages, said_by("user", words)]}
    additions = [said_by("user", feedback)] if feedback else []
    return StepResult(source, {"content": words, "conditions": conditions}, messages=additions)


async def _question(step: Step, messages: list[FlowMessage]) -> str:
    """What the person reads: the last message and the drawn sentence, or a model's summary of all of them."""
    if step.inputs.text("humanInputDescriptionType") == "dynamic":
        model = chat_model(step.node, "humanInput", step.inputs.values, step.services.registry, step.services.context)
        prompt = said_by("user", step.text("humanInputModelPrompt") or DEFAULT_PROMPT)
        answer = await call_model(
            await model.client(), [message_of(one) for one in (*(messages or input_messages(step)), prompt)]
        )
        return answer.reply.text
    description = step.text("humanInputDescription") or DEFAULT_TEXT
    last = str(messages[-1]["content"]) if messages else ""
    if last.endswith(description):
        return last
    return f"{last}\n\n{description}" if last else description


STEPS = (StepType(HUMAN_INPUT.name, run_human_input, noun="Human Input", decides=True),)
