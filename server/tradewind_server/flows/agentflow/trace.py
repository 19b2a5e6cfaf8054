"""What a run of an agent flow has done: one entry for each node that ran, as clients read it (docs/contract.md §14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

StepStatus = Literal["INPROGRESS", "FINISHED", "STOPPED", "ERROR", "TERMINATED"]
CREDENTIAL = "FLOWISE_CREDENTIAL_ID"
FlowMessage = dict[str, Any]
"""A message: ``role``, ``content``, and ``name``, ``tool_calls``, ``tool_call_id`` where it has them."""


@dataclass(slots=True)
class StepResult:
    """What one node did. Data only: it is stored, and read back after a restart."""

    input: Any = None
    output: dict[str, Any] = field(default_factory=dict)
    state: dict[str, Any] | None = None
    """The state after the node; None where it left it as it was."""
    messages: list[FlowMessage] = field(default_factory=list)
    """What the node adds to what was said in this run."""
    jump: str | None = None
    """The node that runs again after this one."""
    late_token: str = ""
    """FlowMessage behind the events of the node itself."""
    stop: dict[str, Any] | None = None
    """What a person is asked before the run goes on."""
    inner: list[dict[str, Any]] = field(default_factory=list)
    """Entries of the nodes that ran inside of this one."""
    error: str = ""
    """Why the node failed, where the run goes on all the same: inside an iteration box."""


def entry(
    node_id: str, label: str, name: str, result: StepResult, state: Mapping[str, Any], sources: Sequence[str]
) -> FlowMessage:
    """The entry of a node that finished or stopped."""
    data: dict[str, Any] = {"id": node_id, "name": name, "input": result.input, "output": result.output, "state": dict(state)}
    if result.messages:
        data["chatHistory"] = result.messages
    status: StepStatus = "STOPPED" if result.stop is not None else "FINISHED"
    return {"nodeId": node_id, "nodeLabel": label, "data": data, "previousNodeIds": list(sources), "status": status}


def failure(
    node_id: str, label: str, name: str, error: str, sources: Sequence[str], status: StepStatus = "ERROR"
) -> FlowMessage:
    """The entry of a node that failed, or that an abort came before."""
    data: dict[str, Any] = {"id": node_id, "name": name}
    if error:
        data["error"] = error
    return {"nodeId": node_id, "nodeLabel": label, "data": data, "previousNodeIds": list(sources), "status": status}


def answer_in(output: Mapping[str, Any]) -> Any:
    """What a node says: its content, else the data of an HTTP answer; None where it says nothing."""
    content, http = output.get("content"), output.get("http")
    return http.get("data") if content is None and isinstance(http, Mapping) else content


def without_credentials(value: Any) -> Any:
    """A JSON value without ids of credentials, however deep they stand."""
    if isinstance(value, dict):
        return {name: without_credentials(one) for name, one in value.items() if name != CREDENTIAL}
    if isinstance(value, list):
        return [without_credentials(one) for one in value]
    return value
