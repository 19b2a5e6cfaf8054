"""Flow to plan: the ending node, what it needs, in the order it is built. Compiled once for each version of a flow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from tradewind_server.caching import VersionCache
from tradewind_server.chatflows.config import ChatflowConfig
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.tools import StoredTool
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.compile.branches import EndingBranch, branch_runnable, branches_of
from tradewind_server.flows.compile.ending import ending_node, question_ends
from tradewind_server.flows.compile.moderation import INPUT as MODERATION
from tradewind_server.flows.compile.moderation import ModerationGate
from tradewind_server.flows.compile.streaming import is_streamable
from tradewind_server.flows.compile.tokens import HISTORY, VARIABLE, CallValues, fill_inputs, tokens_of
from tradewind_server.flows.components import Moderation, Runnable, VectorStore
from tradewind_server.flows.drawing import Flow, Node, invalid, missing_node, nodes_of_category, parse_flow
from tradewind_server.flows.nodes.flow_variables import with_setters
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import READING, BuildContext, NodeInputs

VECTOR_STORES = "Vector Stores"
MEMORY = "Memory"
DOCUMENT_INPUT = "document"
AGENT_FLOWS = "Agent Flows"
FLOWS_OF_AGENTS = (AGENT_FLOWS, "Multi Agents", "Sequential Agents")
"""Categories whose nodes make a flow of another kind: one that does not run says more than a missing ending."""
CACHED_PLANS = 256
InputValues = Mapping[str, Mapping[str, Any]]
"""Node id to the input values that replace those of the drawing."""
ADDRESS = re.compile(
    r"(url|base_?path|base|endpoint|host|instancename|instanceapi|link|server|openapifile|yamlfile)$", re.IGNORECASE
)
"""Names of inputs that say where a node sends its key."""
SENT_ALONG = re.compile(r"(headers|baseoptions)$", re.IGNORECASE)
"""Names of inputs that may hold a key besides the ``secret`` ones."""


@dataclass(frozen=True)
class Plan:
    """What a flow does, ready to build. ``memory`` is the first memory node that is wired to anything.

    ``override_names`` are the input names that a caller replaced, by node id.
    """

    flow: Flow
    registry: Registry
    order: tuple[Node, ...]
    target: Node
    memory: Node | None
    override_names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    branches: tuple[EndingBranch, ...] = ()
    """Where forks decide which ending answers: all of them; ``target`` is the last one drawn."""

    @cached_property
    def tokens(self) -> Mapping[str, frozenset[str]]:
        """The tokens that each call fills anew, by the id of the node that holds them."""
        by_node = {node.id: tokens_of(node, self.registry.type_of(node)) for node in self.order}
        return {node_id: tokens for node_id, tokens in by_node.items() if tokens}

    @property
    def reads_variables(self) -> bool:
        return any(token.startswith(VARIABLE) for tokens in self.tokens.values() for token in tokens)

    @cached_property
    def runs_javascript(self) -> bool:
        return any(self.registry.type_of(node).runs_javascript for node in self.order)

    @property
    def has_foreign_code(self) -> bool:
        """Whether the caller replaced a function."""
        nodes = {node.id: node for node in self.order}
        return any(
            one.kind == "code" and one.name in names
            for node_id, names in self.override_names.items()
            for one in self.registry.type_of(nodes[node_id]).inputs
        )

    @cached_property
    def tool_ids(self) -> Mapping[str, str]:
        """The stored tools that each call looks up anew: ids by the id of the node that names them."""
        ids = {}
        for node in self.order:
            value = node.inputs.get(self.registry.type_of(node).tool_input)
            if isinstance(value, str) and value.strip():
                ids[node.id] = value.strip()
        return ids

    @cached_property
    def readers(self) -> tuple[Node, ...]:
        """The nodes that read something from outside before they are built."""
        return tuple(node for node in self.order if self.registry.type_of(node).read is not None)

    def with_readings(self, readings: Mapping[str, Any]) -> Plan:
        """The plan with what nodes have read, by node id."""
        return self._with({node.id: replace(node, inputs={**node.inputs, READING: readings[node.id]}) for node in self.readers})

    @property
    def late_nodes(self) -> frozenset[str]:
        """Nodes that are built for each call, whatever it brings: what they stand for is known only then."""
        return frozenset({*self.tool_ids, *(node.id for node in self.readers)})

    def with_tools(self, tools: Mapping[str, StoredTool]) -> Plan:
        """The plan with stored tools in the place of their ids, by node id."""
        nodes = {}
        for node in self.order:
            if node.id in tools:
                name = self.registry.type_of(node).tool_input
                nodes[node.id] = replace(node, inputs={**node.inputs, name: tools[node.id]})
        return self._with(nodes)

    @property
    def reads_history(self) -> bool:
        return any(tokens & HISTORY for tokens in self.tokens.values())

    def with_overrides(self, values: InputValues) -> Plan:
        """The plan with inputs that a caller gave. Whoever names an address does not get the key stored for another."""
        override_names = {}
        nodes = {}
        for node in self.order:
            inputs = values.get(node.id, node.inputs)
            names = frozenset(name for name in inputs if name not in node.inputs or inputs[name] != node.inputs[name])
            if names:
                override_names[node.id] = names
                nodes[node.id] = replace(node, inputs=inputs)
                if any(ADDRESS.search(name) for name in names):
                    nodes[node.id] = self._without_keys(nodes[node.id], names)
        return replace(self._with(nodes), override_names=override_names)

    def _without_keys(self, node: Node, override_names: frozenset[str]) -> Node:
        """A node without its credential and without every key and header that the owner typed; the caller's stay."""
        secret = {one.name for one in self.registry.type_of(node).inputs if one.kind == "secret"}
        inputs = {
            name: value
            for name, value in node.inputs.items()
            if name in override_names or not (name in secret or SENT_ALONG.search(name))
        }
        return replace(node, inputs=inputs, credential=None)

    def with_call_values(self, call: CallValues) -> Plan:
        """The plan with every token filled, ready to build for one call."""
        nodes = {
            node.id: replace(
                node,
                inputs=fill_inputs(node, self.registry.type_of(node), call, self.override_names.get(node.id, frozenset())),
            )
            for node in self.order
            if node.id in self.tokens
        }
        return self._with(nodes)

    def _with(self, nodes: Mapping[str, Node]) -> Plan:
        order = tuple(nodes.get(node.id, node) for node in self.order)
        memory = nodes.get(self.memory.id, self.memory) if self.memory else None
        return replace(self, order=order, target=nodes.get(self.target.id, self.target), memory=memory)

    def build(self, context: BuildContext, values: InputValues | None = None) -> Any:
        """Build the nodes in order and return the target's component."""
        plan = self.with_overrides(values) if values else self
        return plan.components(context)[plan.target.id]

    def components(self, context: BuildContext, ready: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The components of all nodes, by node id; those in ``ready`` are taken as they are."""
        components = dict(ready or {})
        for node in self.order:
            if node.id not in components:
                components[node.id] = component_of(node, self.registry, components, context)
        return components

    def dependants_of(self, node_ids: Iterable[str]) -> frozenset[str]:
        """These nodes and all that are built from them."""
        result = set(node_ids)
        for node in self.order:
            if any(source in result for _, source in node.references()):
                result.add(node.id)
        return frozenset(result)


def component_of(node: Node, registry: Registry, components: Mapping[str, Any], context: BuildContext) -> Any:
    """The component of one node, out of those that it is wired to. Raises what is wrong with its inputs."""
    inputs = NodeInputs(node, node.inputs, components)
    return _with_moderation(registry.type_of(node).build(inputs, context), inputs)


def _with_moderation(component: Any, inputs: NodeInputs) -> Any:
    """The component behind its moderation nodes, where it answers questions and has some."""
    if not inputs.is_set(MODERATION) or not isinstance(component, Runnable):
        return component
    moderations = inputs.nodes_of(MODERATION, Moderation)  # type: ignore[type-abstract]
    return ModerationGate(component, moderations) if moderations else component


def edges_into(node: Node, registry: Registry, *, with_documents: bool = True) -> Iterator[tuple[str, str]]:
    """Input name and node id of what a node is built from: wires into inputs that its type does not read count for nothing.

    Loaders of a vector store are left out at prediction.
    """
    input_names = (
        {one.name for one in registry.type_of(node).inputs if not one.has_no_effect} if registry.knows(node.name) else None
    )
    for name, source in node.references():
        loads = node.category != VECTOR_STORES or name != DOCUMENT_INPUT
        if not loads and not with_documents and not registry.loads_at_prediction(node):
            continue
        if input_names is None or name in input_names:
            yield name, source


def nodes_for(flow: Flow, target: Node, registry: Registry, *, with_documents: bool) -> tuple[Node, ...]:
    """What a node is built from, each before whatever needs it. Refuses what is not in the drawing, and node types that do
    not run here."""
    order = nodes_in_order(flow, target, registry, with_documents=with_documents)
    registry.require(order)
    for node in order:
        for name, source in edges_into(node, registry, with_documents=with_documents):
            if source not in flow.nodes:
                raise missing_node(node, name, source)
    return order


def nodes_in_order(flow: Flow, target: Node, registry: Registry, *, with_documents: bool) -> tuple[Node, ...]:
    """The nodes of a drawing that a node is built from, each before whatever needs it."""
    order: list[Node] = []
    done = {target.id: False}

    def sources_of(node: Node) -> Iterator[Node]:
        wires = edges_into(node, registry, with_documents=with_documents)
        return (flow.nodes[source] for _, source in wires if source in flow.nodes)

    path = [(target, sources_of(target))]
    while path:
        node, sources = path[-1]
        source = next(sources, None)
        if source is None:
            done[node.id] = True
            order.append(node)
            path.pop()
        elif source.id not in done:
            done[source.id] = False
            path.append((source, sources_of(source)))
        elif not done[source.id]:
            raise invalid(f"The chatflow runs in a circle through the node {source.label} ({source.id}); cut one wire of it.")
    return tuple(order)


def wired_memory(flow: Flow) -> Node | None:
    sources = {edge.source for edge in flow.edges}
    return next((node for node in flow.nodes.values() if node.category == MEMORY and node.id in sources), None)


def plan_prediction(flow: Flow, registry: Registry) -> Plan:
    """The plan of a prediction. Refuses node types that this server does not run, all of them by name."""
    registry.require(nodes_of_category(flow, *FLOWS_OF_AGENTS))
    if any(nodes_of_category(flow, AGENT_FLOWS)):
        raise invalid("The drawing is an agent flow; store it with the type AGENTFLOW.")
    target = ending_node(flow, registry)
    order = nodes_for(flow, target, registry, with_documents=False)
    branches = branches_of(flow, question_ends(flow, registry), registry)
    if branches:
        order = _order_of(branches, flow, registry)
    return Plan(flow, registry, order, target, wired_memory(flow), branches=branches)


def _order_of(branches: Sequence[EndingBranch], flow: Flow, registry: Registry) -> tuple[Node, ...]:
    """The nodes of all branches, those of the last one at the end, and the forks that decide."""
    forks = [flow.nodes[node_id] for branch in branches for node_id, _ in branch.ways]
    targets = [*forks, *(branch.target for branch in branches)]
    order = [node for target in targets for node in nodes_for(flow, target, registry, with_documents=False)]
    last = branches[-1].target
    ids = [node_id for node_id in dict.fromkeys(node.id for node in order) if node_id != last.id]
    return tuple(flow.nodes[node_id] for node_id in (*ids, last.id))


def plan_upserts(flow: Flow, registry: Registry, stop_node_ids: Sequence[str]) -> list[Plan]:
    """The plans of an upsert, one for each vector store that is asked for (docs/contract.md §7.3)."""
    stores = {node.id: node for node in flow.nodes.values() if node.category == VECTOR_STORES}
    if not stores:
        raise InvalidInput(Reason.NO_VECTOR_STORE, "The chatflow has no vector store node to upsert into.")
    for stop_node_id in stop_node_ids:
        if stop_node_id not in stores:
            raise NotFound(
                Reason.STOP_NODE_NOT_FOUND,
                f"The chatflow has no vector store node {stop_node_id}; it has {', '.join(stores)}.",
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
    return [plan_upsert(flow, registry, stores[node_id]) for node_id in dict.fromkeys(stop_node_ids) or stores]


def plan_upsert(flow: Flow, registry: Registry, store: Node) -> Plan:
    """The plan that builds one vector store with its loaders."""
    order = nodes_for(flow, store, registry, with_documents=True)
    return Plan(flow, registry, order, store, None)


@dataclass(frozen=True, slots=True)
class CompiledFlow:
    """A flow version with its prediction plan and the components built from it: all that no call changes."""

    flow: Flow
    config: ChatflowConfig
    context: BuildContext
    plan: Plan
    components: Mapping[str, Any]
    streams: bool
    """Whether answers can be streamed."""

    def components_for(self, plan: Plan, call: CallValues) -> Mapping[str, Any]:
        """The components of one call: only nodes with tokens or overrides, and what stands on them, are built anew."""
        if plan is self.plan and not plan.tokens:
            return self.components
        anew = plan.dependants_of({*plan.override_names, *plan.tokens, *self.plan.late_nodes})
        constant = {node_id: component for node_id, component in self.components.items() if node_id not in anew}
        return plan.with_call_values(call).components(self.context, constant)


class PlanCache:
    """Compiled flows by version; nothing of a flow is parsed or built twice."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._flows: VersionCache[CompiledFlow] = VersionCache(CACHED_PLANS)

    @property
    def counts(self) -> tuple[int, int]:
        """Hits and misses so far."""
        return self._flows.counts

    def get(self, chatflow: Chatflow, config: ChatflowConfig, context_of: Callable[[Chatflow], BuildContext]) -> CompiledFlow:
        """The compiled flow. Raises what parsing and building raise."""
        entry = self._flows.get(chatflow.cache_key)
        if entry is not None:
            return entry
        flow = with_setters(parse_flow(chatflow.flow_data))
        plan = plan_prediction(flow, self.registry)
        context = context_of(chatflow)
        streams = is_streamable(chatflow, config, flow, self.registry)
        compiled_flow = CompiledFlow(flow, config, context, plan, _constant(plan, context), streams)
        return self._flows.put(chatflow.cache_key, compiled_flow)


def _constant(plan: Plan, context: BuildContext) -> Mapping[str, Any]:
    """The components that no call changes: what holds a token or names a stored tool is not built before that is known."""
    later = plan.dependants_of({*plan.tokens, *plan.late_nodes})
    return replace(plan, order=tuple(node for node in plan.order if node.id not in later)).components(context)


def runnable_of(plan: Plan, components: Mapping[str, Any]) -> Runnable:
    """The ending node's component. Raises ``InvalidInput(INVALID_CHATFLOW)`` where it is none that answers."""
    if plan.branches:
        return branch_runnable(plan.branches, components)
    component: Runnable = components[plan.target.id]
    if not hasattr(component, "run"):  # Asked in each call, where isinstance with a protocol would cost twenty times as much.
        raise invalid(f"The ending node {plan.target.label} ({plan.target.id}) cannot be run.")
    return component


def store_of(plan: Plan, context: BuildContext, values: InputValues | None = None) -> VectorStore:
    component = plan.build(context, values)
    if not isinstance(component, VectorStore):
        raise invalid(f"The node {plan.target.label} ({plan.target.id}) is not a vector store.")
    return component
