"""Tool: one tool, called with what the drawing says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.agentflow.agent_loop import result_json
from tradewind_server.flows.agentflow.json_text import owners_json
from tradewind_server.flows.agentflow.people import Decisions, once
from tradewind_server.flows.agentflow.step import Step, StepType, objects_in
from tradewind_server.flows.agentflow.toolset import HeldTool, held_tools
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.llm.agents.toolbox import Toolbox
from tradewind_server.flows.nodes.agentflow import TOOL
from tradewind_server.flows.nodes.spec import NodeInputs
from tradewind_server.flows.ports import ToolCall

NAMES = ("toolAgentflowSelectedTool", "selectedTool")


def json_value(value: Any) -> Any:
    """A text that looks like a JSON list or object as what it is."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return owners_json(value)
    except ValueError:
        return value


def arguments_of(step: Step) -> dict[str, Any]:
    """What the tool is called with: a list of names and values, or an object of them. Raises ``InvalidInput``."""
    value = NodeInputs(step.node, step.raw).json("toolInputArgs")
    if isinstance(value, dict) and "inputArgName" not in value:
        return {str(name): json_value(step.resolve_json(one)) for name, one in value.items()}
    items = objects_in(NodeInputs(step.node, {"toolInputArgs": value}), "toolInputArgs")
    if value and not items:
        raise step.inputs.wrong_input("toolInputArgs", "a list of names and values")
    pairs = ((str(step.resolve(one["inputArgName"])), one.get("inputArgValue")) for one in items if one.get("inputArgName"))
    return {name: json_value(step.resolve_json(one)) for name, one in pairs}


async def run_tool(step: Step) -> StepResult:
    values = step.inputs.values
    name_input = next((one for one in NAMES if values.get(one)), None)
    if name_input is None:
        raise InvalidInput(Reason.NODE_INPUT_INVALID, "Tool is required; choose one.", node=step.node.id)
    name = str(values[name_input])
    arguments = arguments_of(step)
    config = step.raw.get(f"{name_input}Config")
    tools = await held_tools(step, name_input, name, config, 0, asks=False)
    if len(tools) == 1:
        _check_arguments(step, tools[0], arguments)
    results = [await _call(step, number, agent_tool, arguments) for number, agent_tool in enumerate(tools)]
    content = "\n".join(str(one["text"]) for one in results)
    output: dict[str, Any] = {"content": content}
    for key, source in (("sourceDocuments", "documents"), ("artifacts", "artifacts")):
        found_items = [item for one in results for item in one.get(source) or ()]
        if found_items:
            output[key] = found_items
    await step.say(content)
    request = {"toolInputArgs": step.inputs.values.get("toolInputArgs") or [], "selectedTool": name}
    return StepResult(request, output, step.new_state("toolUpdateState", content))


def _check_arguments(step: Step, agent_tool: HeldTool, arguments: Mapping[str, Any]) -> None:
    """A model is told what it left out; what a drawing leaves out is an error of it."""
    spec = agent_tool.tool.spec
    needs = spec.parameters.get("required")
    missing = [str(one) for one in needs if one not in arguments] if isinstance(needs, list | tuple) else []
    if missing:
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID,
            f"The tool {spec.name} of {step.node.label} ({step.node.id}) needs {', '.join(missing)}; add it to its arguments.",
            node=step.node.id,
            input="toolInputArgs",
        )


async def _call(step: Step, number: int, agent_tool: HeldTool, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    toolbox = Toolbox([agent_tool.tool])
    call = ToolCall("", agent_tool.tool.spec.name, arguments)

    async def work() -> Mapping[str, Any]:
        [result] = await toolbox.call((call,), step.run.turn)
        if result.error is not None and not agent_tool.repeatable:  # What only looks things up answers with its failure.
            raise FailedPrecondition(Reason.TOOL_FAILED, result.error)
        return result_json(result)

    label = f"The tool {agent_tool.tool.spec.name}"
    return await once(step, f"call{number:02}", label, work, repeatable=agent_tool.repeatable, decisions=Decisions(step))


STEPS = (StepType(TOOL.name, run_tool, keeps_apart=True),)
