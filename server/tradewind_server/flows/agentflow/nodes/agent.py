"""Agent: a chat model with tools, until it answers."""

from __future__ import annotations

from typing import Any

from tradewind_server.flows.agentflow.agent_loop import AgentLoop
from tradewind_server.flows.agentflow.conversation import ModelOpening, opening_of
from tradewind_server.flows.agentflow.held_components import chat_model, streams
from tradewind_server.flows.agentflow.model_call import message_of
from tradewind_server.flows.agentflow.nodes.llm import OWN_KEYS, answer_messages, shown_inputs, times
from tradewind_server.flows.agentflow.output_fields import ask_for_fields, pretty, schema_of
from tradewind_server.flows.agentflow.people import Decisions, PersonNeeded
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.toolset import tools_of
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.components import ChatModelHandle
from tradewind_server.flows.llm.output_schema import Schema
from tradewind_server.flows.nodes.agentflow import AGENT
from tradewind_server.flows.ports import Message
from tradewind_server.flows.predict import events

MOST_ROUNDS = 100
CONVERT = "Convert the following answer to the structured output that is asked for. Leave nothing out.\n\n"


async def run_agent(step: Step) -> StepResult:
    start = step.services.milliseconds()
    model = chat_model(step.node, "agent", step.inputs.values, step.services.registry, step.services.context)
    schema = schema_of(step.items("agentStructuredOutput"))
    opening = await _opening(step, model)
    tools = await tools_of(step)
    rounds = step.inputs.integer("maxIterations", 1, MOST_ROUNDS) or step.services.limits.model_rounds
    loop = AgentLoop(
        step,
        await model.client(),
        tools,
        list(opening.messages),
        list(opening.outgoing),
        rounds,
        streams(step.inputs.values, "agent") and schema is None,
        Decisions(step),
    )
    try:
        content, answer = await loop.run()
    except PersonNeeded as need:
        need.result.input = shown_inputs(step, need.result.input.get("messages") or loop.messages)
        need.result.messages = answer_messages(step, "agent", opening, str(need.result.output.get("content")))
        await step.run.journal.put(f"{step.key}/opening", {"messages": opening.messages})
        raise
    output: dict[str, Any] = {"content": content, "timeMetadata": times(step, start), "calledTools": []}
    if answer is not None:
        output["usageMetadata"] = answer.usage_json(loop.tool_tokens if loop.results.calls else None)
        output["responseMetadata"] = answer.response_json()
        if answer.reply.thinking:
            output["reasonContent"] = {"thinking": answer.reply.thinking}
    if loop.results.calls:
        output["usedTools"] = loop.results.calls
    if loop.documents():
        output["sourceDocuments"] = list(loop.documents())
    if loop.results.artifacts:
        output["artifacts"] = loop.results.artifacts
    if tools:
        output["availableTools"] = [one.as_json() for one in tools]
    await _tell(step, output, plain=schema is None and answer is not None)
    if schema is not None:
        content = await _convert(step, model, content, schema, output)
    extra = {"additional_kwargs": {"usedTools": loop.results.calls}} if loop.results.calls else {}
    messages = answer_messages(step, "agent", opening, content, **extra)
    return StepResult(shown_inputs(step, loop.messages), output, step.new_state("agentUpdateState", content), messages)


async def _opening(step: Step, model: ChatModelHandle) -> ModelOpening:
    """What stands before the first answer: of a node that waited for a person, what stood there then."""
    record = step.run.journal.get(f"{step.key}/opening")
    if record is None or not step.run.journal.decisions(step.key):
        return await opening_of(step, "agent", model)
    messages = [one for one in record.get("messages") or () if isinstance(one, dict)]
    return ModelOpening(messages, [message_of(one) for one in messages], [])


async def _convert(step: Step, model: ChatModelHandle, content: str, schema: Schema, output: dict[str, Any]) -> str:
    """The answer in the fields asked for, by a second call of the model; the whole text that it is told as."""
    values, _ = await ask_for_fields(model, [Message("user", CONVERT + content)], schema)
    text = f"```json\n{pretty(values)}\n```"
    output["content"] = text
    output.update({name: value for name, value in values.items() if name not in OWN_KEYS})
    await step.say(text)
    return text


async def _tell(step: Step, output: dict[str, Any], *, plain: bool) -> None:
    for name in (events.TOOLS, events.SOURCES, events.ARTIFACTS):
        if output.get(name):
            await step.event(name, output[name])
    if plain or "usageMetadata" not in output:
        await step.event(events.CALLED_TOOLS, [])
    if plain:
        counts = {name: value for name, value in output["usageMetadata"].items() if name != "tool_call_tokens"}
        await step.event(events.CALL_USAGE, counts)


STEPS = (StepType(AGENT.name, run_agent, noun="Agent", keeps_apart=True, speaks="agent"),)
