"""Loop: goes back to an earlier node, so many times at most."""

from __future__ import annotations

from tradewind_server.flows.agentflow.graph import loop_target
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.nodes.agentflow import LOOP

DEFAULT_PASSES, MOST_PASSES = 5, 100_000


async def run_loop(step: Step) -> StepResult:
    """``maxLoopCount`` passes are one jump less. Jumps are counted in the trace, so that a run that waited has a limit too."""
    target = step.run.graph.flow.nodes[loop_target(step.node)]
    most = step.inputs.integer("maxLoopCount", 0, MOST_PASSES) or DEFAULT_PASSES
    fallback = step.text("fallbackMessage")
    source = {"nodeID": target.id, "maxLoopCount": most}
    output = {"content": f"Loop back to {target.label} ({target.id})", **source, "fallbackMessage": fallback}
    result = StepResult(source, output)
    if step.run.all_entries(step.node.id) + 1 < most:
        result.jump = target.id
    else:
        output["content"] = fallback or f"Loop completed after reaching maximum iteration count of {most}."
        result.late_token = str(output["content"])
    result.state = step.new_state("loopUpdateState", output["content"])
    return result


STEPS = (StepType(LOOP.name, run_loop),)
