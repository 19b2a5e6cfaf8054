"""Maps what agent flows say between ``tradewind.v1`` messages and domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tradewind.v1 import prediction_pb2 as pb

from tradewind_server.rpc.json_values import fill_struct

STATUSES = {
    "INPROGRESS": pb.AGENT_FLOW_STATUS_IN_PROGRESS,
    "FINISHED": pb.AGENT_FLOW_STATUS_FINISHED,
    "STOPPED": pb.AGENT_FLOW_STATUS_STOPPED,
    "ERROR": pb.AGENT_FLOW_STATUS_ERROR,
    "TERMINATED": pb.AGENT_FLOW_STATUS_TERMINATED,
}
DECISIONS = {pb.HUMAN_DECISION_TYPE_PROCEED: "proceed", pb.HUMAN_DECISION_TYPE_REJECT: "reject"}


def human_input(decision: pb.HumanDecision) -> dict[str, Any]:
    """A person's decision as REST callers send it."""
    values = {"startNodeId": decision.start_node_id, "feedback": decision.feedback}
    return {"type": DECISIONS.get(decision.type), **{name: value for name, value in values.items() if value}}


def steps(trace: Iterable[Mapping[str, Any]] | None) -> list[pb.AgentFlowStep]:
    return [_step(entry) for entry in trace or ()]


def _step(entry: Mapping[str, Any]) -> pb.AgentFlowStep:
    step = pb.AgentFlowStep(
        node_id=entry["nodeId"],
        node_label=entry["nodeLabel"],
        previous_node_ids=entry["previousNodeIds"],
        status=STATUSES.get(entry["status"], pb.AGENT_FLOW_STATUS_UNSPECIFIED),
    )
    fill_struct(step.data, entry["data"])
    return step


def human_action(action: Mapping[str, Any] | None) -> pb.HumanAction | None:
    """The question to a person; None where there is none."""
    if not action:
        return None
    data = action["data"]
    message = pb.HumanAction(
        id=action["id"],
        node_id=data["nodeId"],
        node_label=data["nodeLabel"],
        approve_label=action["mapping"]["approve"],
        reject_label=action["mapping"]["reject"],
    )
    fill_struct(message.input, data["input"])
    return message


def flow_event(status: str) -> pb.AgentFlowEvent:
    return pb.AgentFlowEvent(status=STATUSES[status])


def flow_node(data: Mapping[str, Any]) -> pb.AgentFlowNode:
    return pb.AgentFlowNode(
        node_id=data["nodeId"], node_label=data["nodeLabel"], status=STATUSES[data["status"]], error=data.get("error") or ""
    )


def call_usage(data: Mapping[str, Any]) -> pb.ModelCallUsage:
    return pb.ModelCallUsage(
        input_tokens=data["input_tokens"], output_tokens=data["output_tokens"], total_tokens=data["total_tokens"]
    )
