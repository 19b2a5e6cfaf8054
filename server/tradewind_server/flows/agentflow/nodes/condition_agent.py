"""Condition Agent: a model chooses one of the scenarios, and with it the branch."""

from __future__ import annotations

from typing import Any

import orjson

from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.flows.agentflow.conversation import forgets, input_messages, within_memory
from tradewind_server.flows.agentflow.held_components import chat_model
from tradewind_server.flows.agentflow.model_call import call_model, message_of
from tradewind_server.flows.agentflow.nodes.llm import times
from tradewind_server.flows.agentflow.step import Step, StepType, said_by
from tradewind_server.flows.agentflow.trace import FlowMessage, StepResult
from tradewind_server.flows.llm.output_schema import read_patiently
from tradewind_server.flows.nodes.agentflow import CONDITION_AGENT
from tradewind_server.lenient_json import json_values

SYSTEM = (
    "You assign an input to one of several scenarios. You are given a JSON object with the input, the list of scenarios and an "
    'instruction. Choose the one scenario that fits the input best. Answer with a JSON object {"output": "<the scenario>"} and '
    "nothing else; the scenario is repeated word for word.\n\n"
    'Input: {"input": "Hello", "scenarios": ["user asks about prices", "default"], "instruction": "Is it about prices?"}\n'
    'Answer: {"output": "default"}\n\n'
    'Input: {"input": "What does a loaf cost?", "scenarios": ["user asks about prices", "default"], "instruction": "Is it '
    'about prices?"}\nAnswer: {"output": "user asks about prices"}'
)
EXAMPLE = (
    {"input": "Hi there", "scenarios": ["the person greets", "the person asks"], "instruction": "What does the person do?"},
    {"output": "the person greets"},
)


def choice_of(answer: str, scenarios: list[str]) -> int:
    """The scenario that an answer means, in any case: equal, begun with it, or one within the other; else the last."""
    word = answer.strip().lower()
    lower = [one.lower() for one in scenarios]
    if not word:
        return len(scenarios) - 1
    for matches in (
        lambda one: one == word,
        lambda one: one.startswith(word),
        lambda one: bool(one) and (word in one or one in word),
    ):
        for position, scenario in enumerate(lower):
            if matches(scenario):
                return position
    return len(scenarios) - 1


def _output_in(text: str) -> str | None:
    for value in json_values(text):
        if isinstance(value, dict) and isinstance(value.get("output"), str):
            return str(value["output"])
    return None


async def run_condition_agent(step: Step) -> StepResult:
    start = step.services.milliseconds()
    run = step.run
    model = chat_model(step.node, "conditionAgent", step.inputs.values, step.services.registry, step.services.context)
    scenarios = [str(one.get("scenario") or "") for one in step.items("conditionAgentScenarios")]
    if not any(scenarios):
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID,
            "There is no scenario to choose; add one.",
            node=step.node.id,
            input="conditionAgentScenarios",
        )
    text = step.text("conditionAgentInput") or run.flow_input
    instructions = step.text("conditionAgentInstructions")
    own = step.text("conditionAgentSystemPrompt") if step.inputs.flag("conditionAgentOverrideSystemPrompt") else ""
    system = said_by("system", own or SYSTEM)
    example = [said_by(role, _json(one)) for role, one in zip(("user", "assistant"), EXAMPLE, strict=True)]
    messages: list[FlowMessage] = []
    past = [] if forgets(run) else run.past
    additions = [] if run.input_is_earlier and past else input_messages(step)
    if step.inputs.flag("conditionAgentEnableMemory"):
        messages += await within_memory(step, "conditionAgent", model, [*past, *run.runtime], [], True)
    question = _json({"input": text, "scenarios": scenarios, "instruction": instructions})
    answer = await call_model(
        await model.client(), [message_of(one) for one in (system, *example, *messages, said_by("user", question))]
    )
    raw = answer.reply.text
    output = await read_patiently(raw, _output_in)
    if output is None:
        raise Unavailable(
            Reason.OUTPUT_UNPARSABLE,
            f"Failed to parse a valid scenario from the model's answer: {raw[:500]}",
            node=step.node.id,
        )
    position = choice_of(output, scenarios)
    result: dict[str, Any] = {
        "conditions": [{"output": one, "isFulfilled": i == position} for i, one in enumerate(scenarios)],
        "content": raw,
        "timeMetadata": times(step, start),
        "usageMetadata": answer.usage_json(),
        "responseMetadata": answer.response_json(),
    }
    listing = "\n".join(f"{number}. {one}" for number, one in enumerate(scenarios, 1))
    log = f"### Input\n{text}\n\n### Scenarios\n{listing}\n\n### Instruction\n{instructions}"
    return StepResult({"messages": [system, *messages, said_by("user", log)]}, result, messages=additions)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


STEPS = (StepType(CONDITION_AGENT.name, run_condition_agent, noun="Condition Agent", decides=True),)
