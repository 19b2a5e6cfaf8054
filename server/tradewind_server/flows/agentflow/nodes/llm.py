"""LLM: one answer of a chat model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.flows.agentflow.conversation import ModelOpening, opening_of
from tradewind_server.flows.agentflow.held_components import chat_model, streams
from tradewind_server.flows.agentflow.model_call import CountedReply, call_model
from tradewind_server.flows.agentflow.output_fields import ask_for_fields, pretty, schema_of
from tradewind_server.flows.agentflow.step import Step, StepType, said_by, speaker
from tradewind_server.flows.agentflow.trace import FlowMessage, StepResult, without_credentials
from tradewind_server.flows.components import ChatModelHandle
from tradewind_server.flows.llm.agents.answer_text import clean
from tradewind_server.flows.nodes.agentflow import LLM
from tradewind_server.flows.predict import events

OWN_KEYS = frozenset({"content", "timeMetadata", "calledTools", "usageMetadata", "responseMetadata"})


def shown_inputs(step: Step, messages: list[FlowMessage]) -> dict[str, Any]:
    """A model node's inputs as the trace has them: what is not set is left out, and so is every key."""
    values = {name: value for name, value in step.inputs.values.items() if value not in (None, "", [])}
    visible: dict[str, Any] = without_credentials({"messages": messages, **_without_keys(step, values)})
    return visible


def _without_keys(step: Step, value: Any) -> Any:
    """A value without the keys, headers and functions of the components in it: what an input names, the input of that name and
    ``Config`` sets up."""
    if isinstance(value, list):
        return [_without_keys(step, one) for one in value]
    if not isinstance(value, Mapping):
        return value
    result = {}
    for name, part in value.items():
        if name.endswith("Config") and isinstance(part, Mapping):
            secret = _secret_inputs(step, value.get(name.removesuffix("Config")))
            part = {key: item for key, item in part.items() if key not in secret and not key.lower().endswith("headers")}
        result[name] = _without_keys(step, part)
    return result


def _secret_inputs(step: Step, component: Any) -> frozenset[str]:
    node_type = step.services.registry.type_named(component) if isinstance(component, str) else None
    inputs = node_type.inputs if node_type is not None else ()
    return frozenset({"baseOptions", "credential", *(one.name for one in inputs if one.kind in ("secret", "code"))})


def times(step: Step, start: int) -> dict[str, int]:
    end = step.services.milliseconds()
    return {"start": start, "end": end, "delta": end - start}


def answer_messages(step: Step, prefix: str, opening: ModelOpening, content: str, **extra: Any) -> list[FlowMessage]:
    """What the node adds to the run: the input where it is the first, and its answer under its own name."""
    role = "assistant" if step.inputs.text(f"{prefix}ReturnResponseAs") == "assistantMessage" else "user"
    return [*opening.additions, said_by(role, content, speaker(step.node.label), **extra)]


async def run_llm(step: Step) -> StepResult:
    start = step.services.milliseconds()
    model = chat_model(step.node, "llm", step.inputs.values, step.services.registry, step.services.context)
    schema = schema_of(step.items("llmStructuredOutput"))
    opening = await opening_of(step, "llm", model)
    if schema is not None:
        values, _ = await ask_for_fields(model, opening.outgoing, schema)
        content = pretty(values)
        output = {name: value for name, value in values.items() if name not in OWN_KEYS}
        output = {"content": content, "timeMetadata": times(step, start), **output}
        await step.say(content)
    else:
        answer = await _ask(step, model, opening)
        content = clean(answer.reply.text)
        output = {
            "content": content,
            "timeMetadata": times(step, start),
            "calledTools": [],
            "usageMetadata": answer.usage_json(),
            "responseMetadata": answer.response_json(),
        }
        if answer.reply.thinking:
            output["reasonContent"] = {"thinking": answer.reply.thinking}
        await step.event(events.CALLED_TOOLS, [])
        await step.event(events.CALL_USAGE, answer.usage_json())
    state = step.new_state("llmUpdateState", content)
    messages = answer_messages(step, "llm", opening, content)
    return StepResult(shown_inputs(step, opening.messages), output, state, messages)


async def _ask(step: Step, model: ChatModelHandle, opening: ModelOpening) -> CountedReply:
    client = await model.client()
    if step.sink is None:
        return await call_model(client, opening.outgoing)
    if not streams(step.inputs.values, "llm"):
        answer = await call_model(client, opening.outgoing)
        await step.say(clean(answer.reply.text))
        return answer
    return await call_model(client, opening.outgoing, hear=step.sink.token)


STEPS = (StepType(LLM.name, run_llm, noun="LLM", keeps_apart=True, speaks="llm"),)
