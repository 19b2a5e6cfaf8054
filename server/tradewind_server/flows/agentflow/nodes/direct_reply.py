"""Direct Reply: says a text."""

from __future__ import annotations

from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.nodes.agentflow import DIRECT_REPLY


async def run_direct_reply(step: Step) -> StepResult:
    text = step.text("directReplyMessage")
    await step.say(text)
    return StepResult({}, {"content": text})


STEPS = (StepType(DIRECT_REPLY.name, run_direct_reply, computes=True),)
