"""The engine of chains and agents: a compiled flow, the nodes that one call changes, and the ending node that answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.tools import StoredTool, Tools
from tradewind_server.chatflows.variables import Variables
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.compile.overrides import NOT_INPUTS, AllowList, input_overrides, variables_of_call
from tradewind_server.flows.compile.plan import CompiledFlow, Plan, PlanCache, runnable_of
from tradewind_server.flows.compile.tokens import CallValues, fill
from tradewind_server.flows.components import Answer, EventSink, Memory, Runnable, Turn
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs
from tradewind_server.flows.ports import Message
from tradewind_server.flows.predict.attachments import sees_images
from tradewind_server.flows.predict.call_files import Loading, loading_of
from tradewind_server.flows.predict.messages import PredictionRequest
from tradewind_server.observability.steps import node_step


class ChainEngine:
    """Runs drawings that end in a chain or an agent."""

    needs_question = True

    def __init__(
        self,
        *,
        plans: PlanCache,
        context_of: Callable[[Chatflow], BuildContext],
        variables: Variables,
        blobs: Blobs,
        tools: Tools | None = None,
    ) -> None:
        self._plans = plans
        self._context_of = context_of
        self._variables = variables
        self._blobs = blobs
        self._tools = tools

    async def prepare(self, admitted: Admitted, request: PredictionRequest, turn: Turn) -> ChainRun:
        if request.form or request.human_input or request.action:
            raise InvalidInput(
                Reason.FEATURE_NOT_SUPPORTED,
                "form and humanInput belong to agent flows, and this chatflow is none; action belongs to sequential flows.",
            )
        chatflow, config = admitted.chatflow, admitted.config
        compiled_flow = self._plans.get(chatflow, config, self._context_of)
        plan, overrides = compiled_flow.plan, request.override_config
        if overrides.keys() - NOT_INPUTS:
            values = input_overrides(
                compiled_flow.flow, AllowList(config.override_inputs, compiled_flow.plan.registry), overrides
            )
            plan = plan.with_overrides(values) if values else plan
        turn.variables = variables_of_call(config, overrides)
        if plan.reads_variables or plan.runs_javascript:
            turn.variables = {**await self._variables.values(chatflow.workspace_id), **turn.variables}
            turn.script_variables = turn.variables
            if plan.has_foreign_code:
                open_names = config.override_variables
                turn.script_variables = {name: value for name, value in turn.variables.items() if name in open_names}
        if plan.tool_ids:
            plan = plan.with_tools(await self._stored_tools(chatflow.workspace_id, plan))
        if plan.readers:
            plan = plan.with_readings(await _readings(plan, compiled_flow.context))
        _name_session(plan, turn)
        loading = loading_of(self._blobs, chatflow, compiled_flow, plan, turn, request) if request.files else None
        return ChainRun(compiled_flow, plan, turn, loading)

    async def _stored_tools(self, workspace_id: str, plan: Plan) -> dict[str, StoredTool]:
        """The tools that nodes name, by node id. Raises ``FailedPrecondition(TOOL_NOT_FOUND)`` naming the node."""
        tools = {}
        for node in plan.order:
            tool_id = plan.tool_ids.get(node.id)
            if tool_id is None:
                continue
            tool = await self._tools.get(workspace_id, tool_id.lower()) if self._tools is not None else None
            if tool is None:
                raise FailedPrecondition(
                    Reason.TOOL_NOT_FOUND,
                    f"The node {node.label} ({node.id}) names the tool {tool_id[:50]}, which is not here; choose another.",
                    node=node.id,
                )
            tools[node.id] = tool
        return tools


class ChainRun:
    """The port ``PreparedRun`` for one call of a compiled flow."""

    tells_steps = False
    execution_id = ""

    def __init__(self, compiled_flow: CompiledFlow, plan: Plan, turn: Turn, loading: Loading | None) -> None:
        """``plan`` has the caller's overrides; ``loading`` reads the files that loaders of the drawing take."""
        self.streams = compiled_flow.streams
        self.memory_label = compiled_flow.plan.memory.label if compiled_flow.plan.memory else None
        self._compiled_flow = compiled_flow
        self._plan = plan
        self._turn = turn
        self._loading = loading
        self.runnable: Runnable | None = None
        """The ending node, once it is bound."""

    @property
    def sees_images(self) -> bool:
        return sees_images(self._plan.order, self._plan.registry)

    @property
    def loaded_stores(self) -> frozenset[str]:
        return self._loading.paths if self._loading else frozenset()

    async def bind(self) -> None:
        if self._loading is not None:
            self._turn.call_searches = await self._loading.load()
        self.runnable = runnable_of(self._plan, await self._components())

    async def run(self, sink: EventSink | None) -> Answer:
        assert self.runnable is not None, "bind comes before run"
        self._turn.sink = sink
        target = self._plan.target
        with node_step(target.label, target.id, target.name):
            return await self.runnable.run(self._turn)

    async def _components(self) -> Mapping[str, Any]:
        """The components of this call, with every token filled."""
        compiled_flow, plan, turn = self._compiled_flow, self._plan, self._turn
        if plan is compiled_flow.plan and not plan.tokens:
            return compiled_flow.components
        values = CallValues(turn, turn.history, compiled_flow.config.override_variables)
        if plan.reads_history:
            values = CallValues(
                turn, await _past(plan, compiled_flow.components_for(plan, values), turn), values.open_variables
            )
        return compiled_flow.components_for(plan, values)


async def _readings(plan: Plan, context: BuildContext) -> dict[str, Any]:
    """What nodes read from outside, by node id. Raises what their sources do."""
    readings = {}
    for node in plan.readers:
        read = plan.registry.type_of(node).read
        assert read is not None, "readers have something to read"
        readings[node.id] = await read(NodeInputs(node, node.inputs), context)
    return readings


def _name_session(plan: Plan, turn: Turn) -> None:
    """The session that the canvas names for its memory, where the caller named neither chat nor session
    (docs/contract.md §4.2)."""
    session_id = plan.memory.inputs.get("sessionId") if plan.memory else None
    if turn.new_session and isinstance(session_id, str) and session_id:
        values = CallValues(turn)
        turn.session_id = fill(session_id, lambda token: values.value_of(token, asks=False, overridable=False)) or turn.chat_id
        turn.new_session = turn.session_id == turn.chat_id


async def _past(plan: Plan, components: Mapping[str, Any], turn: Turn) -> Sequence[Message]:
    """What was said before: the caller's history, then what the flow's memory holds."""
    memory = components.get(plan.memory.id) if plan.memory else None
    return [*turn.history, *(await memory.messages(turn) if isinstance(memory, Memory) else ())]
