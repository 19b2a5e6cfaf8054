"""The node types of this server, by name. Built-in types and plug-ins come through the same door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import entry_points

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.spec import NodeType
from tradewind_server.flows.nodes.unsupported import refusal

PLUGIN_GROUP = "tradewind.nodes"


class Registry:
    """Finds node types by the name a drawing gives them."""

    def __init__(self, types: Iterable[NodeType]) -> None:
        self._types: dict[str, NodeType] = {}
        for node_type in types:
            if node_type.name in self._types:
                raise ValueError(f"two node types are called {node_type.name}")
            self._types[node_type.name] = node_type

    def types(self) -> Sequence[NodeType]:
        return tuple(self._types.values())

    def knows(self, name: str) -> bool:
        return name in self._types

    def of(self, node: Node) -> NodeType:
        """The type of a node; ``InvalidInput(NODE_NOT_SUPPORTED)`` names it and says why it does not run."""
        node_type = self._types.get(node.name)
        if node_type is None:
            raise not_run([node])
        return node_type

    def require(self, nodes: Iterable[Node]) -> None:
        """Refuse nodes whose types do not run here: ``InvalidInput(NODE_NOT_SUPPORTED)`` names all the types."""
        unknown = [node for node in nodes if node.name not in self._types]
        if unknown:
            raise not_run(unknown)


def not_run(nodes: Sequence[Node]) -> InvalidInput:
    return InvalidInput(Reason.NODE_NOT_SUPPORTED, refusal(nodes), node=nodes[0].id, type=nodes[0].name)


def builtin_types() -> list[NodeType]:
    """All types of this package."""
    from tradewind_server.flows.nodes import agents, memory, moderation, output_parsers, prompts
    from tradewind_server.flows.nodes.chains import basic, routers, sql
    from tradewind_server.flows.nodes.models import chat, embeddings
    from tradewind_server.flows.nodes.retrieval import document_loaders, record_managers, text_splitters, vector_stores
    from tradewind_server.flows.nodes.tools import builtin, calculator, requests, search

    modules = (
        chat,
        embeddings,
        prompts,
        output_parsers,
        moderation,
        memory,
        basic,
        sql,
        agents,
        builtin,
        calculator,
        requests,
        search,
        routers,
        vector_stores,
        record_managers,
        document_loaders,
        text_splitters,
    )
    return [node_type for module in modules for node_type in module.NODE_TYPES]


def builtin_registry() -> Registry:
    return Registry(builtin_types())


def full_registry() -> Registry:
    """Built-in types and those of installed plug-ins: an entry point yields a tuple of :class:`NodeType`."""
    plugins = [node_type for point in entry_points(group=PLUGIN_GROUP) for node_type in point.load()]
    return Registry([*builtin_types(), *plugins])
