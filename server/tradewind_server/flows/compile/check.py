"""Whether a drawing will run: every node is built as a call would build it, and nothing is asked, fetched or read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tradewind_server.errors import TradewindError
from tradewind_server.flows.compile.branches import branches_of
from tradewind_server.flows.compile.ending import ending_node, question_ends
from tradewind_server.flows.compile.moderation import ModerationGate
from tradewind_server.flows.compile.plan import (
    FLOWS_OF_AGENTS,
    VECTOR_STORES,
    component_of,
    edges_into,
    nodes_in_order,
    plan_upserts,
)
from tradewind_server.flows.compile.tokens import CallValues, fill_inputs, tokens_of
from tradewind_server.flows.components import SelfCheck, Turn
from tradewind_server.flows.drawing import Flow, Node, missing_node, nodes_of_category
from tradewind_server.flows.javascript_port import JavaScript, JavaScriptOff
from tradewind_server.flows.nodes.flow_variables import with_setters
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.nodes.unsupported_nodes import why_not


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a chatflow will not run, a sentence. ``node`` is where it lies, None where it is the whole drawing."""

    sentence: str
    node: Node | None = None
    type_is_unknown: bool = False


class NoAdapter:
    """Stands for models, stores and networks: components hold it, and nobody calls it."""


def check_flow(
    flow: Flow, registry: Registry, variables: Mapping[str, str], javascript: JavaScript | None = None
) -> list[Problem]:
    """Everything that a question or an upsert would be refused for, whoever sends it; empty where nothing is wrong.

    An input that waits for values of the call is taken to be right. What follows from another problem is not said again.
    ``javascript`` says whether functions run here.
    """
    flow = with_setters(flow)
    problems = [_unknown(node) for node in flow.nodes.values() if not registry.knows(node.name)]
    order: dict[str, Node] = {}
    for target, with_documents in _targets(flow, registry, problems):
        try:
            nodes = nodes_in_order(flow, target, registry, with_documents=with_documents)
        except TradewindError as error:
            problems.append(Problem(error.message))
            continue
        order |= {node.id: node for node in nodes}
    problems += _Building(flow, registry, variables, javascript or JavaScriptOff()).problems(order.values())
    return list({problem.sentence: problem for problem in problems}.values())


def _unknown(node: Node) -> Problem:
    sentence = f"{node.label} ({node.id}) is of the type {node.name}, which does not run here: {why_not(node.name)}."
    return Problem(sentence, node, type_is_unknown=True)


def _targets(flow: Flow, registry: Registry, problems: list[Problem]) -> Iterator[tuple[Node, bool]]:
    """What a question and what upserts build. Adds what is wrong with the drawing as a whole to ``problems``."""
    stores = list(nodes_of_category(flow, VECTOR_STORES))
    if not any(nodes_of_category(flow, *FLOWS_OF_AGENTS)):
        try:
            target = ending_node(flow, registry)
            endings = question_ends(flow, registry)
            yield from ((ending, False) for ending in (endings if branches_of(flow, endings, registry) else (target,)))
        except TradewindError as error:
            if not any(one.type_is_unknown for one in problems):
                problems.append(Problem(_only_upserts(stores) or error.message))
    for store in stores:
        yield store, True
    if len(stores) > 1 and all(registry.knows(store.name) for store in stores):
        try:
            plan_upserts(flow, registry, [stores[0].id])
        except TradewindError as error:
            problems.append(Problem(error.message))


def _only_upserts(stores: Iterable[Node]) -> str:
    return "The chatflow takes upserts only: no chain, agent or engine answers questions." if any(stores) else ""


class _Building:
    """Builds nodes one after the other and goes on behind those that cannot be built."""

    def __init__(self, flow: Flow, registry: Registry, variables: Mapping[str, str], javascript: JavaScript) -> None:
        self._flow = flow
        self._registry = registry
        self._values = CallValues(Turn("", "", "chat", "session", "question", variables=variables))
        self._context = replace(without_adapters(), javascript=javascript)
        self._components: dict[str, Any] = {}

    def problems(self, order: Iterable[Node]) -> Iterator[Problem]:
        for node in order:
            if self._registry.knows(node.name):
                yield from self._build(node)

    def _build(self, node: Node) -> Iterator[Problem]:
        sources = list(edges_into(node, self._registry))
        missing = [(name, source) for name, source in sources if source not in self._flow.nodes]
        if missing:
            yield from (Problem(missing_node(node, name, source).message, node) for name, source in missing)
            return
        if any(source not in self._components for _, source in sources):
            return  # What it is built from has its own sentence.
        node_type = self._registry.type_of(node)
        tokens = tokens_of(node, node_type)
        inputs = fill_inputs(node, node_type, self._values, frozenset()) if tokens else node.inputs
        try:
            component = component_of(replace(node, inputs=inputs), self._registry, self._components, self._context)
        except TradewindError as error:
            if not tokens or not _waits(node, error):
                yield Problem(error.message, node)
            return
        self._components[node.id] = component
        chain = component.runnable if isinstance(component, ModerationGate) else component
        if isinstance(chain, SelfCheck):
            try:
                chain.check()
            except TradewindError as error:
                yield Problem(f"The node {node.label} ({node.id}) refuses every question: {error.message}", node)


def _waits(node: Node, error: TradewindError) -> bool:
    """Whether an input is only wrong because its tokens have no value before a call."""
    name = error.metadata.get("input")
    return name is None or "{{" in str(node.inputs.get(name))


def without_adapters() -> BuildContext:
    """What building may use of the world, with nothing behind it."""
    nothing: Any = NoAdapter()
    return BuildContext(
        "workspace",
        "chatflow",
        nothing,
        nothing,
        nothing,
        load_store=nothing,
        outbound=nothing,
        credentials=nothing,
        now=nothing,
        sql=nothing,
        other_flows=nothing,
    )
