"""Flow to plan: the ending node, what it needs, in the order it is built. Compiled once for each version of a flow."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.chatflows import Chatflow
from tradewind_server.flows.components import Runnable, VectorStore
from tradewind_server.flows.flowdata import Flow, Node, invalid, parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs

ENDING_CATEGORIES = frozenset({"Chains", "Agents", "Engine", "Multi Agents", "Sequential Agents"})
VECTOR_STORES = "Vector Stores"
MEMORY = "Memory"
DOCUMENT_INPUT = "document"
LOADED_AT_PREDICTION = frozenset({"memoryVectorStore"})
CACHED_PLANS = 256
Values = Mapping[str, Mapping[str, Any]]
"""Node id to the input values that replace those of the drawing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a flow does, ready to build. ``memory`` is the first memory node that is wired to anything."""

    flow: Flow
    registry: Registry
    order: tuple[Node, ...]
    target: Node
    memory: Node | None

    def build(self, context: BuildContext, values: Values | None = None) -> Any:
        """Build the nodes in order and return the target's component."""
        components: dict[str, Any] = {}
        for node in self.order:
            inputs = (values or {}).get(node.id, node.inputs)
            node_type = self.registry.of(node)
            components[node.id] = node_type.build(NodeInputs(node, inputs, components), context)
        return components[self.target.id]


def ending_node(flow: Flow) -> Node:
    """The node whose answer is the flow's (contract §6.2); the last one drawn where several end it."""
    lone = len(flow.nodes) == 1
    ends = [node for node in flow.nodes.values() if flow.outgoing(node.id) == 0 and (flow.incoming(node.id) or lone)]
    if not ends:
        raise invalid("The chatflow has no ending node: wire a chain or an agent to its model.")
    endings = [node for node in ends if node.category in ENDING_CATEGORIES]
    if not endings:
        raise invalid("The chatflow's ending node must be a chain, an agent or an engine.")
    ending = endings[-1]
    output = ending.outputs.get("output")
    if isinstance(output, str) and output and output not in (ending.name, "EndingNode"):
        raise invalid(f"The output of {ending.label} ({ending.id}) must be {ending.label}, not {output}.")
    return ending


def needed(flow: Flow, target: Node, *, with_documents: bool) -> tuple[Node, ...]:
    """What a node is built from, each before whatever needs it. Loaders of a vector store are left out at prediction."""
    order: list[Node] = []
    state: dict[str, bool] = {}

    def visit(node: Node) -> None:
        if state.get(node.id) is True:
            return
        if node.id in state:
            raise invalid(f"The chatflow runs in a circle through the node {node.label} ({node.id}); cut one wire of it.")
        state[node.id] = False
        for name, source in node.references():
            loads = node.category != VECTOR_STORES or name != DOCUMENT_INPUT
            if not loads and not with_documents and node.name not in LOADED_AT_PREDICTION:
                continue
            visit(flow.nodes[source])
        state[node.id] = True
        order.append(node)

    visit(target)
    return tuple(order)


def wired_memory(flow: Flow) -> Node | None:
    sources = {edge.source for edge in flow.edges}
    return next((node for node in flow.nodes.values() if node.category == MEMORY and node.id in sources), None)


def plan_prediction(flow: Flow, registry: Registry) -> Plan:
    """The plan of a prediction. Refuses node types that this server does not run, by name."""
    target = ending_node(flow)
    order = needed(flow, target, with_documents=False)
    for node in order:
        registry.of(node)
    return Plan(flow, registry, order, target, wired_memory(flow))


def plan_upserts(flow: Flow, registry: Registry, stop_node_ids: Sequence[str]) -> list[Plan]:
    """The plans of an upsert, one for each vector store that is asked for (contract §4.4)."""
    stores = {node.id: node for node in flow.nodes.values() if node.category == VECTOR_STORES}
    if not stores:
        raise InvalidInput(Reason.NO_VECTOR_STORE, "The chatflow has no vector store node to upsert into.")
    for wanted in stop_node_ids:
        if wanted not in stores:
            raise NotFound(
                Reason.STOP_NODE_NOT_FOUND,
                f"The chatflow has no vector store node {wanted}; it has {', '.join(stores)}.",
            )
    taking_chat_files = [node.id for node in stores.values() if node.inputs.get("fileUpload") in (True, "true")]
    if len(taking_chat_files) > 1:
        raise invalid(
            f"Only one vector store of a chatflow may take files of a chat; these do: {', '.join(taking_chat_files)}."
        )
    stop_node_ids = stop_node_ids or taking_chat_files
    if not stop_node_ids and len(stores) > 1:
        raise InvalidInput(
            Reason.STOP_NODE_REQUIRED,
            f"The chatflow has several vector stores; name one or more as stopNodeId: {', '.join(stores)}.",
        )
    plans = []
    for node_id in dict.fromkeys(stop_node_ids) or stores:
        order = needed(flow, stores[node_id], with_documents=True)
        for node in order:
            registry.of(node)
        plans.append(Plan(flow, registry, order, stores[node_id], None))
    return plans


@dataclass(slots=True)
class CompiledFlow:
    """A flow version with its prediction plan and the components built from it."""

    flow: Flow
    context: BuildContext
    plan: Plan
    runnable: Runnable


class PlanCache:
    """Compiled flows by id and version; nothing of a flow is parsed or built twice."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._flows: OrderedDict[tuple[str, int], CompiledFlow] = OrderedDict()

    def compiled(self, chatflow: Chatflow, context_of: Any) -> CompiledFlow:
        """The compiled flow; ``context_of(chatflow)`` makes its build context. Raises what parsing and building raise."""
        key = (chatflow.id, chatflow.version)
        found = self._flows.get(key)
        if found is not None:
            self._flows.move_to_end(key)
            return found
        flow = parse_flow(chatflow.flow_data)
        plan = plan_prediction(flow, self.registry)
        context = context_of(chatflow)
        compiled = CompiledFlow(flow, context, plan, runnable_of(plan, context))
        self._flows[key] = compiled
        if len(self._flows) > CACHED_PLANS:
            self._flows.popitem(last=False)
        return compiled


def runnable_of(plan: Plan, context: BuildContext, values: Values | None = None) -> Runnable:
    component = plan.build(context, values)
    if not isinstance(component, Runnable):
        raise invalid(f"The ending node {plan.target.label} ({plan.target.id}) cannot be run.")
    return component


def store_of(plan: Plan, context: BuildContext, values: Values | None = None) -> VectorStore:
    component = plan.build(context, values)
    if not isinstance(component, VectorStore):
        raise invalid(f"The node {plan.target.label} ({plan.target.id}) is not a vector store.")
    return component


def nodes_of_category(flow: Flow, *categories: str) -> Iterable[Node]:
    return (node for node in flow.nodes.values() if node.category in categories)
