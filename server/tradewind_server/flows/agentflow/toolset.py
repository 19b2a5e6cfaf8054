"""The tools of an agent node: those chosen for it, and one for each store that it may look things up in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.held_components import build, held_node
from tradewind_server.flows.agentflow.step import Step
from tradewind_server.flows.components import Tool, VectorStore
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.agentflow import DOCUMENT_STORE, RETRIEVER_TOOL, STORE_INPUT
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


def tools_of(step: Step) -> list[HeldTool]:
    """All tools of an agent node, each name once. Raises ``InvalidInput`` for one that does not run here."""
    tools: dict[str, HeldTool] = {}
    for agent_tool in (*_chosen_tools(step), *_stores(step)):
        tools.setdefault(agent_tool.tool.spec.name, agent_tool)
    return list(tools.values())[:MOST_TOOLS]


def held_tools(step: Step, owner_input: str, name: str, config: Any, number: int, *, asks: bool) -> Iterator[HeldTool]:
    """The tools of one component: most are one."""
    services = step.services
    node = held_node(step.node, owner_input, name, step.resolve(config), services.registry, number)
    node_type = services.registry.type_of(node)
    component = build(node, services.registry, services.context)
    if isinstance(component, Toolkit):
        component = component.tools
    for tool in component if isinstance(component, list | tuple) else (component,):
        if not isinstance(tool, Tool):
            raise InvalidInput(Reason.NODE_INPUT_INVALID, f"{name} is no tool; choose one that is.", node=step.node.id)
        yield HeldTool(tool, node_type.label, name, asks, node_type.repeatable)


def _chosen_tools(step: Step) -> Iterator[HeldTool]:
    for number, item in enumerate(step.items("agentTools")):
        name = item.get("agentSelectedTool")
        if isinstance(name, str) and name:
            asks = item.get("agentSelectedToolRequiresHumanInput") in (True, "true")
            yield from held_tools(step, "agentTools", name, item.get("agentSelectedToolConfig"), number, asks=asks)


def _stores(step: Step) -> Iterator[HeldTool]:
    for number, item in enumerate(step.items("agentKnowledgeDocumentStores")):
        reference = str(item.get("documentStore") or "")
        if reference:
            store = document_store(step, reference, number)
            name = reference.partition(":")[2]
            yield _retriever(step, store, name, item.get("docStoreDescription"), item)
    for number, item in enumerate(step.items("agentKnowledgeVSEmbeddings")):
        if item.get("vectorStore"):
            store = _vector_store(step, item, number)
            yield _retriever(step, store, str(item.get("knowledgeName") or ""), item.get("knowledgeDescription"), item)


def _retriever(step: Step, store: VectorStore, name: str, description: Any, item: Mapping[str, Any]) -> HeldTool:
    lower = NOT_IN_A_NAME.sub("", "_".join(name.lower().split()))[:LONGEST_NAME]
    spec = ToolSpec(
        lower or f"store_{step.services.new_id()[:8]}",
        str(description or f"Looks things up in {name}."),
        one_text("What to look up."),
    )
    returns_sources = item.get("returnSourceDocuments") in (True, "true")
    return HeldTool(RetrieverTool(spec, store, returns_sources, None), name or spec.name, RETRIEVER_TOOL, False, True)


def document_store(step: Step, reference: str, number: int) -> VectorStore:
    """The document store behind ``<id>:<name>``. Raises ``InvalidInput`` where it cannot be looked into."""
    services = step.services
    node = held_node(
        step.node, "documentStore", DOCUMENT_STORE, {STORE_INPUT: reference.partition(":")[0]}, services.registry, number
    )
    return _store(step, build(node, services.registry, services.context), reference)


def _vector_store(step: Step, item: Mapping[str, Any], number: int) -> VectorStore:
    services = step.services
    registry, context = services.registry, services.context
    model = held_node(
        step.node, "embeddingModel", str(item.get("embeddingModel") or ""), item.get("embeddingModelConfig"), registry, number
    )
    store = held_node(step.node, "vectorStore", str(item["vectorStore"]), item.get("vectorStoreConfig"), registry, number)
    wire = f"{{{{{model.id}.data.instance}}}}"
    store_node = Node(
        store.id, store.name, store.label, store.category, {**store.inputs, EMBEDDINGS: wire}, credential=store.credential
    )
    return _store(
        step, build(store_node, registry, context, {model.id: build(model, registry, context)}), str(item["vectorStore"])
    )


def _store(step: Step, component: Any, name: str) -> VectorStore:
    if not isinstance(component, VectorStore):
        raise InvalidInput(Reason.NODE_INPUT_INVALID, f"{name} is no store; choose one that is.", node=step.node.id)
    return component
