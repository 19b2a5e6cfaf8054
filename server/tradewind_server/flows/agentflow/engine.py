"""The engine of agent flows: prepares a run of a drawing, or takes up one that waits for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.caching import VersionCache
from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.config import ChatflowConfig
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.tools import Tools
from tradewind_server.chatflows.variables import Variables
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.executions import Checkpoints, Executions
from tradewind_server.flows.agentflow.flow_run import AgentflowRun, CompiledAgentflow, Decision, RunStores
from tradewind_server.flows.agentflow.graph import compile_graph
from tradewind_server.flows.agentflow.held_components import held_nodes
from tradewind_server.flows.agentflow.leases import RunLeases
from tradewind_server.flows.agentflow.nodes.catalog import step_types
from tradewind_server.flows.agentflow.nodes.start import check_start, form_lines
from tradewind_server.flows.agentflow.step import AgentflowLimits, FlowServices
from tradewind_server.flows.agentflow.trace import without_credentials
from tradewind_server.flows.compile.overrides import NOT_INPUTS, AllowList, input_overrides, variables_of_call
from tradewind_server.flows.compile.plan import ADDRESS
from tradewind_server.flows.components import Turn
from tradewind_server.flows.drawing import Node, parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.predict.messages import PredictionRequest
from tradewind_server.observability.spans import current_trace_parent

CACHED_FLOWS = 256
START_STATE = "startState"
NO_TEXT = " "
KEY = re.compile(r"key|secret|token|passw|credential|headers|baseoptions", re.IGNORECASE)
"""Names of settings that may hold a key."""
DECISIONS = ("proceed", "reject")


class AgentflowEngine:
    """Runs chatflows of the type ``AGENTFLOW``."""

    needs_question = False

    def __init__(
        self,
        *,
        registry: Registry,
        context_of: Callable[[Chatflow], BuildContext],
        variables: Variables,
        executions: Executions,
        checkpoints: Checkpoints,
        limits: AgentflowLimits,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        leases: RunLeases,
        tools: Tools | None = None,
    ) -> None:
        self._registry = registry
        self._tools = tools
        self._context_of = context_of
        self._variables = variables
        self._stores = RunStores(executions, checkpoints, leases)
        self._limits = limits
        self._new_id = new_id
        self._now = now
        self._flows: VersionCache[CompiledAgentflow] = VersionCache(CACHED_FLOWS)
        self._types = step_types()

    async def prepare(self, admitted: Admitted, request: PredictionRequest, turn: Turn) -> AgentflowRun:
        chatflow = admitted.chatflow
        flow = self._flow_of(chatflow, admitted.config)
        check_start(flow.graph.start, chatflow.id)
        decision = decision_of(request.human_input)
        if request.question and request.form:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "Question and form cannot be provided at the same time; send one.")
        form = form_of_call(request.form)
        await self._read_overrides(admitted, flow, request, turn)
        inputs, start_state = _inputs(admitted, flow, self._registry, request)
        if form:
            turn.form = form
            turn.row_text = form_lines(form)
        elif not turn.question:
            turn.row_text = (decision.feedback or NO_TEXT) if decision else None
        run = AgentflowRun(flow, self._stores, self._types, turn, inputs, start_state, decision)
        run.call = call_json(request, turn)
        run.resumes = request.execution_id
        return run

    def _flow_of(self, chatflow: Chatflow, config: ChatflowConfig) -> CompiledAgentflow:
        entry = self._flows.get(chatflow.cache_key)
        if entry is not None:
            return entry
        flow = parse_flow(chatflow.flow_data)
        self._registry.require(flow.nodes.values())
        graph = compile_graph(flow)
        services = FlowServices(self._registry, self._context_of(chatflow), self._new_id, self._now, self._limits, self._tools)
        sees_images = any(
            isinstance(value, dict) and value.get("allowImageUploads") in (True, "true")
            for node in flow.nodes.values()
            for value in node.inputs.values()
        )
        runs_scripts = any(
            self._registry.knows(part.node.name) and self._registry.type_of(part.node).runs_javascript
            for node in flow.nodes.values()
            for part in held_nodes(node, self._registry)
        )
        reads_variables = runs_scripts or "$vars" in chatflow.flow_data
        whole = CompiledAgentflow(graph, services, not config.post_processes, sees_images, reads_variables)
        return self._flows.put(chatflow.cache_key, whole)

    async def _read_overrides(
        self, admitted: Admitted, flow: CompiledAgentflow, request: PredictionRequest, turn: Turn
    ) -> None:
        values = await self._variables.values(turn.workspace_id) if flow.reads_variables else {}
        turn.variables = {**values, **variables_of_call(admitted.config, request.override_config)}
        turn.script_variables = turn.variables


def form_of_call(form: Any) -> dict[str, Any] | None:
    """The form of a call, which may be JSON text; None where there is none. Raises ``InvalidInput``."""
    if not form:
        return None
    if isinstance(form, str):
        try:
            form = foreign_json(form)
        except ValueError:
            form = None
    if not isinstance(form, dict):
        raise InvalidInput(Reason.INVALID_ARGUMENT, "form must be an object of the names and values of its fields.")
    return form


def decision_of(human_input: Any) -> Decision | None:
    """What a person decided; None where nothing was sent. Raises ``InvalidInput``."""
    if not human_input:
        return None
    if not isinstance(human_input, dict) or human_input.get("type") not in DECISIONS:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "humanInput must be an object whose type is proceed or reject.")
    for name in ("startNodeId", "feedback"):
        if not isinstance(human_input.get(name), str | None):
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"humanInput.{name} must be a text.")
    return Decision(human_input["type"], human_input.get("startNodeId") or None, human_input.get("feedback") or "")


def call_json(request: PredictionRequest, turn: Turn) -> dict[str, Any]:
    """What is kept of a call, so that another process can go on with it."""
    return {
        "question": request.question,
        "form": request.form,
        "overrideConfig": dict(request.override_config),
        "history": request.history,
        "leadEmail": request.lead_email,
        "chatType": request.chat_type,
        "within": list(request.within),
        "chatId": turn.chat_id,
        "sessionId": turn.session_id,
        "traceparent": current_trace_parent(),
    }


def _inputs(
    admitted: Admitted, flow: CompiledAgentflow, registry: Registry, request: PredictionRequest
) -> tuple[Mapping[str, Mapping[str, Any]], Any]:
    """The inputs that the caller replaced, by node, and the state that the caller sent. None: none that the owner opened."""
    overrides = request.override_config
    if not overrides.keys() - NOT_INPUTS:
        return {}, None
    drawing, start = flow.graph.flow, flow.graph.start
    allow_list = AllowList(admitted.config.override_inputs, registry)
    state = overrides.get(START_STATE) if allow_list.allows(start, START_STATE) else None
    others = {name: without_credentials(value) for name, value in overrides.items() if name != START_STATE}
    values = input_overrides(drawing, allow_list, others, before=True)
    return {node_id: _safe(drawing.nodes[node_id], inputs) for node_id, inputs in values.items()}, state


def _safe(node: Node, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs with overrides in them. Whoever names an address does not get the key that the owner stored for another."""
    result = dict(inputs)
    for name, value in inputs.items():
        config = node.inputs.get(name)
        if value == config or not isinstance(value, dict):
            continue
        before = config if isinstance(config, dict) else {}
        changes = {key for key, item in value.items() if before.get(key) != item}
        if any(ADDRESS.search(key) for key in changes):
            result[name] = {key: item for key, item in value.items() if key in changes or not KEY.search(key)}
    return result
