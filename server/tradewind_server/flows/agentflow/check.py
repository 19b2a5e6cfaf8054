"""Whether an agent flow will run: its drawing as a graph, its nodes, and the components that they hold inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tradewind_server.errors import TradewindError
from tradewind_server.flows.agentflow.graph import faults_of
from tradewind_server.flows.agentflow.held_components import build, held_nodes
from tradewind_server.flows.agentflow.nodes.start import check_start
from tradewind_server.flows.agentflow.rich_text import plain_text
from tradewind_server.flows.agentflow.toolset import vector_store
from tradewind_server.flows.compile.check import Problem, without_adapters
from tradewind_server.flows.compile.tokens import CallValues, fill_inputs, tokens_of
from tradewind_server.flows.components import Turn
from tradewind_server.flows.drawing import Flow, Node, nodes_of_category
from tradewind_server.flows.javascript_port import JavaScript, JavaScriptOff
from tradewind_server.flows.nodes.agentflow import CATEGORY, FUNCTION, START
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.unsupported_nodes import why_not

PARTS_OF_STORES = ("vectorStore", "embeddingModel")


def is_agentflow(flow: Flow) -> bool:
    """Whether a drawing is that of an agent flow, whatever its stored type says."""
    return any(nodes_of_category(flow, CATEGORY)) or any(node.name == START.name for node in flow.nodes.values())


def check_agentflow(
    flow: Flow, registry: Registry, variables: Mapping[str, str], javascript: JavaScript | None = None
) -> list[Problem]:
    """Everything that a question would be refused for; empty where nothing is wrong. Nothing is asked, fetched or read."""
    problems = [_unknown(node) for node in flow.nodes.values() if not registry.knows(node.name)]
    problems += [Problem(fault) for fault in faults_of(flow)]
    for node in flow.nodes.values():
        if node.name == START.name:
            try:
                check_start(node, "{id}")
            except TradewindError as error:
                problems.append(Problem(error.message, node))
        problems += _in_node(node, registry, variables, javascript or JavaScriptOff())
    return list({problem.sentence: problem for problem in problems}.values())


def _unknown(node: Node) -> Problem:
    sentence = f"{node.label} ({node.id}) is of the type {node.name}, which does not run here: {why_not(node.name)}."
    return Problem(sentence, node, type_is_unknown=True)


def _in_node(node: Node, registry: Registry, variables: Mapping[str, str], javascript: JavaScript) -> Iterator[Problem]:
    """What is wrong with the components inside a node. Stores wait for their embedding model, which is another part."""
    if node.box is not None and _asks_for_approval(node):
        yield Problem(
            f"{node.label} ({node.id}) asks a person before it uses a tool, and stands in an iteration box, where nobody can "
            "be asked; move it out of the box.",
            node,
        )
    if node.name == FUNCTION.name:
        try:
            javascript.check(f"The function {node.label}")
        except TradewindError as error:
            yield Problem(error.message, node)
    yield from _knowledge(node, registry)
    values = CallValues(Turn("", "", "chat", "session", "question", variables=variables))
    for part in held_nodes(node, registry):
        component = part.node
        if not registry.knows(component.name):
            use = f"{node.label} ({node.id}) uses {component.name} as {part.input}"
            sentence = f"{use}, which does not run here: {why_not(component.name)}."
            yield Problem(sentence, node, type_is_unknown=True)
            continue
        if part.input.startswith(("agentKnowledge", "retrieverKnowledge")):
            continue
        node_type = registry.type_of(component)
        tokens = tokens_of(component, node_type)
        inputs: Mapping[str, Any] = fill_inputs(component, node_type, values, frozenset()) if tokens else component.inputs
        inputs = {name: plain_text(value) if isinstance(value, str) else value for name, value in inputs.items()}
        try:
            build(replace(component, inputs=inputs), registry, replace(without_adapters(), javascript=javascript))
        except TradewindError as error:
            if "{{" not in str(component.inputs.get(error.metadata.get("input", ""))):
                yield Problem(error.message, node)


def _knowledge(node: Node, registry: Registry) -> Iterator[Problem]:
    """What is wrong with the vector stores of an agent. Types that are not known are told of elsewhere."""
    items = node.inputs.get("agentKnowledgeVSEmbeddings")
    for number, item in enumerate(items if isinstance(items, list) else ()):
        names = [item.get(part) for part in PARTS_OF_STORES] if isinstance(item, dict) else [None]
        if not names[0] or not all(registry.knows(str(name)) for name in names if name):
            continue
        try:
            vector_store(node, item, number, registry, without_adapters())
        except TradewindError as error:
            if "{{" not in str(item):
                yield Problem(error.message, node)


def _asks_for_approval(node: Node) -> bool:
    tools = node.inputs.get("agentTools")
    return isinstance(tools, list) and any(
        isinstance(one, dict) and one.get("agentSelectedToolRequiresHumanInput") in (True, "true") for one in tools
    )
