"""The tools of an agent node: those chosen for it, and one for each store that it may look things up in."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import count
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.held_components import build, held_node, store_node
from tradewind_server.flows.agentflow.late_parts import read_late_part
from tradewind_server.flows.agentflow.step import Step, objects_in
from tradewind_server.flows.components import Tool, VectorStore
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.agentflow import RETRIEVER_TOOL
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs
from tradewind_server.flows.nodes.tools.builtin import RetrieverTool, one_text
from tradewind_server.flows.nodes.tools.toolkit import Toolkit
from tradewind_server.flows.ports import ToolSpec

NOT_IN_A_NAME = re.compile(r"[^a-z0-9_-]+")
LONGEST_NAME = 64
MOST_TOOLS = 100
EMBEDDINGS = "embeddings"


@dataclass(frozen=True, slots=True)
class HeldTool:
    """A tool and what its agent needs to know of it."""

    tool: Tool
    label: str
    name: str
    """Of its node type."""
    needs_approval: bool
    repeatable: bool
    """Whether it may be called again where nobody knows whether a call came through."""

    def as_json(self) -> dict[str, Any]:
        spec = self.tool.spec
        return {
            "name": spec.name,
            "description": spec.description,
            "schema": dict(spec.parameters),
            "toolNode": {"label": self.label, "name": self.name},
        }


async def tools_of(step: Step) -> list[HeldTool]:
    """All tools of an agent node, each name once. Raises ``InvalidInput`` for one that does not run here, and for too many."""
    tools: dict[str, HeldTool] = {}
    for agent_tool in (*await _chosen_tools(step), *_stores(step)):
        first = tools.get(agent_tool.tool.spec.name)
        if first is not None and first.tool != agent_tool.tool:
            agent_tool = _with_another_name(agent_tool, tools)
        tools.setdefault(agent_tool.tool.spec.name, agent_tool)
    if len(tools) > MOST_TOOLS:
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID, f"The agent has more than {MOST_TOOLS} tools; leave some out.", node=step.node.id
        )
    return list(tools.values())


async def held_tools(step: Step, owner_input: str, name: str, config: Any, number: int, *, asks: bool) -> list[HeldTool]:
    """The tools of one component, as it is drawn: most are one."""
    services = step.services
    node = with_tokens(held_node(step.node, owner_input, name, config, services.registry, number), step)
    await read_late_part(node, services)
    return list(_built_tools(step, node, asks=asks))


def _with_another_name(agent_tool: HeldTool, others: Container[str]) -> HeldTool:
    """A second tool of one name, which a model could not tell from the first, with a number behind it."""
    tool: Any = agent_tool.tool
    names = {one.name for one in fields(tool)} if is_dataclass(agent_tool.tool) else ()
    if "spec" not in names:
        return agent_tool
    name = tool.spec.name[: LONGEST_NAME - 4]
    new_name = next(f"{name}_{number}" for number in count(2) if f"{name}_{number}" not in others)
    return replace(agent_tool, tool=replace(tool, spec=replace(tool.spec, name=new_name)))


def with_tokens(node: Node, step: Step) -> Node:
    """A held node with the tokens of its inputs filled, but for those that hold code."""
    registry = step.services.registry
    code = {one.name for one in registry.type_of(node).inputs if one.kind == "code"} if registry.knows(node.name) else set()
    return replace(node, inputs={key: one if key in code else step.resolve(one) for key, one in node.inputs.items()})


def _built_tools(step: Step, node: Node, *, asks: bool) -> Iterator[HeldTool]:
    services, name = step.services, node.name
    node_type = services.registry.type_of(node)
    component = build(node, services.registry, services.context)
    if isinstance(component, Toolkit):
        component = component.tools
    for tool in component if isinstance(component, list | tuple) else (component,):
        if not isinstance(tool, Tool):
            raise InvalidInput(Reason.NODE_INPUT_INVALID, f"{name} is no tool; choose one that is.", node=step.node.id)
        yield HeldTool(tool, node_type.label, name, asks, node_type.repeatable)


async def _chosen_tools(step: Step) -> list[HeldTool]:
    tools: list[HeldTool] = []
    for number, item in enumerate(objects_in(NodeInputs(step.node, step.raw), "agentTools")):
        name = item.get("agentSelectedTool")
        if isinstance(name, str) and name:
            asks = item.get("agentSelectedToolRequiresHumanInput") in (True, "true")
            tools += await held_tools(step, "agentTools", name, item.get("agentSelectedToolConfig"), number, asks=asks)
    return tools


def _stores(step: Step) -> Iterator[HeldTool]:
    for number, item in enumerate(step.items("agentKnowledgeDocumentStores")):
        reference = str(item.get("documentStore") or "")
        if reference:
            store = document_store(step, reference, number)
            name = reference.partition(":")[2]
            yield _retriever(store, name, item.get("docStoreDescription"), item, number)
    for number, item in enumerate(step.items("agentKnowledgeVSEmbeddings")):
        if item.get("vectorStore"):
            store_tool = vector_store(step.node, item, number, step.services.registry, step.services.context)
            store = _store(step, store_tool, str(item["vectorStore"]))
            description = item.get("knowledgeDescription")
            yield _retriever(store, str(item.get("knowledgeName") or ""), description, item, number)


def _retriever(store: VectorStore, name: str, description: Any, item: Mapping[str, Any], number: int) -> HeldTool:
    lower = NOT_IN_A_NAME.sub("", "_".join(name.lower().split()))[:LONGEST_NAME]
    spec = ToolSpec(
        lower or f"store_{number}",
        str(description or f"Looks things up in {name}."),
        one_text("What to look up."),
    )
    returns_sources = item.get("returnSourceDocuments") in (True, "true")
    return HeldTool(RetrieverTool(spec, store, returns_sources, None), name or spec.name, RETRIEVER_TOOL, False, True)


def document_store(step: Step, reference: str, number: int) -> VectorStore:
    """The document store behind ``<id>:<name>``. Raises ``InvalidInput`` where it cannot be looked into."""
    services = step.services
    node = store_node(step.node, reference, services.registry, number)
    return _store(step, build(node, services.registry, services.context), reference)


def vector_store(owner: Node, item: Mapping[str, Any], number: int, registry: Registry, context: BuildContext) -> Any:
    """The vector store of a node's knowledge with its embedding model. Raises ``InvalidInput`` for what does not run here."""
    if not item.get("embeddingModel"):
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID,
            f"The store {item['vectorStore']} of {owner.label} ({owner.id}) has no embedding model; choose one.",
            node=owner.id,
            input="embeddingModel",
        )
    name, config = str(item["embeddingModel"]), item.get("embeddingModelConfig")
    model = held_node(owner, "embeddingModel", name, config, registry, number)
    store = held_node(owner, "vectorStore", str(item["vectorStore"]), item.get("vectorStoreConfig"), registry, number)
    store_node = replace(store, inputs={**store.inputs, EMBEDDINGS: f"{{{{{model.id}.data.instance}}}}"})
    return build(store_node, registry, context, {model.id: build(model, registry, context)})


def _store(step: Step, component: Any, name: str) -> VectorStore:
    if not isinstance(component, VectorStore):
        raise InvalidInput(Reason.NODE_INPUT_INVALID, f"{name} is no store; choose one that is.", node=step.node.id)
    return component
