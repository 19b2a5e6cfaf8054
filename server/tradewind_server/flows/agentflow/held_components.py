"""Components that a node of an agent flow holds inside itself: models, tools, stores, with a configuration each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.compile.plan import component_of
from tradewind_server.flows.components import ChatModelHandle
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.agentflow import DOCUMENT_STORE, STORE_INPUT
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext

CREDENTIALS = ("FLOWISE_CREDENTIAL_ID", "credential")
SINGLE = ("Model", "SelectedTool")
"""Endings of inputs that name a component; the input of that name and ``Config`` holds its inputs."""
STORES = ("agentKnowledgeDocumentStores", "retrieverKnowledgeDocumentStores")
IN_LISTS = {
    "agentTools": ("agentSelectedTool",),
    "agentKnowledgeVSEmbeddings": ("vectorStore", "embeddingModel"),
}


@dataclass(frozen=True, slots=True)
class HeldNode:
    """A component inside a node: the input that names it, and the node that it would be on a canvas of chains."""

    input: str
    node: Node


def held_node(owner: Node, input_name: str, name: str, config: Any, registry: Registry, number: int = 0) -> Node:
    """The node that a component would be. Its id is made of the owner's."""
    if isinstance(config, str) and config.lstrip().startswith("{"):
        try:
            config = foreign_json(config)
        except ValueError:
            config = None
    inputs = {key: value for key, value in config.items() if key not in CREDENTIALS} if isinstance(config, Mapping) else {}
    credential = next((config[key] for key in CREDENTIALS if config.get(key)), None) if isinstance(config, Mapping) else None
    node_type = registry.type_of(Node(owner.id, name, owner.label, "", {})) if registry.knows(name) else None
    return Node(
        id=f"{owner.id}_{input_name}_{number}",
        name=name,
        label=f"{node_type.label if node_type else name} of {owner.label}",
        category=node_type.category if node_type else "",
        inputs=inputs,
        credential=credential if isinstance(credential, str) else None,
    )


def held_nodes(owner: Node, registry: Registry) -> Iterator[HeldNode]:
    """All components that a node holds, as it is drawn."""
    for name, value in owner.inputs.items():
        if isinstance(value, str) and value and (name.endswith(SINGLE) or name == "selectedTool"):
            yield HeldNode(name, held_node(owner, name, value, owner.inputs.get(f"{name}Config"), registry))
        for number, reference in enumerate(_references(value) if name in STORES else ()):
            yield HeldNode(f"{name}[{number}]", store_node(owner, reference, registry, number))
        for part in IN_LISTS.get(name, ()):
            for number, item in enumerate(value if isinstance(value, list) else ()):
                component = item.get(part) if isinstance(item, dict) else None
                if isinstance(component, str) and component:
                    config = item.get(f"{part}Config")
                    yield HeldNode(f"{name}[{number}]", held_node(owner, name, component, config, registry, number))


def _references(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else ():
        reference = item.get("documentStore") if isinstance(item, dict) else None
        if isinstance(reference, str) and reference:
            yield reference


def store_node(owner: Node, reference: str, registry: Registry, number: int) -> Node:
    """The node through which a document store, ``<id>:<name>``, is looked into."""
    return held_node(owner, "documentStore", DOCUMENT_STORE, {STORE_INPUT: reference.partition(":")[0]}, registry, number)


def build(node: Node, registry: Registry, context: BuildContext, parts: Mapping[str, Any] | None = None) -> Any:
    """The component of a held node. Raises ``InvalidInput`` for a type that does not run here, or what its inputs lack."""
    return component_of(node, registry, parts or {}, context)


def chat_model(
    owner: Node, prefix: str, inputs: Mapping[str, Any], registry: Registry, context: BuildContext
) -> ChatModelHandle:
    """The chat model of a node. Raises ``InvalidInput(NODE_INPUT_INVALID)`` where none is chosen."""
    name = inputs.get(f"{prefix}Model")
    if not isinstance(name, str) or not name:
        raise InvalidInput(Reason.NODE_INPUT_INVALID, "Model is required", node=owner.id, input=f"{prefix}Model")
    component = build(held_node(owner, f"{prefix}Model", name, inputs.get(f"{prefix}ModelConfig"), registry), registry, context)
    if not isinstance(component, ChatModelHandle):
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID, f"{name} is no chat model; choose one that is.", node=owner.id, input=f"{prefix}Model"
        )
    return component


def streams(inputs: Mapping[str, Any], prefix: str) -> bool:
    """Whether the owner lets this model's words be streamed."""
    config = inputs.get(f"{prefix}ModelConfig")
    return not isinstance(config, Mapping) or config.get("streaming") not in (False, "false")
