"""The node types of this server, by name. Built-in types and plug-ins come through the same door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import entry_points

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes import unsupported
from tradewind_server.flows.nodes.spec import NodeType

PLUGIN_GROUP = "tradewind.nodes"


class Registry:
    """Finds node types by the name a drawing gives them."""

    def __init__(self, types: Iterable[NodeType]) -> None:
        self._types: dict[str, NodeType] = {}
        self._follow_ups: dict[str, NodeType] = {}
        for node_type in types:
            if node_type.name in self._types:
                raise ValueError(f"two node types are called {node_type.name}")
            self._types[node_type.name] = node_type
            if not node_type.follow_up:
                continue
            if node_type.follow_up in self._follow_ups:
                raise ValueError(f"two node types are asked for the follow-up prompts of {node_type.follow_up}")
            self._follow_ups[node_type.follow_up] = node_type

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

    def ends_flow(self, node: Node) -> bool:
        """Whether a question may end in a node. Those that do not run here count: it is they that are then refused."""
        found = self._types.get(node.name)
        return found.ends_flow if found else unsupported.ends_flow(node)

    def streams(self, node: Node) -> bool:
        """Whether a node answers word by word, as its type does."""
        found = self._types.get(node.name)
        return found.streams if found else unsupported.streams(node)

    def passes_images(self, node: Node) -> bool:
        found = self._types.get(node.name)
        return found.passes_images if found else unsupported.passes_images(node)

    def loads_at_prediction(self, node: Node) -> bool:
        found = self._types.get(node.name)
        return found is not None and found.loads_at_prediction

    def follow_up(self, provider: str) -> NodeType | None:
        """The chat model that is asked for follow-up prompts, by the canvas's name of the provider."""
        return self._follow_ups.get(provider)

    def require(self, nodes: Iterable[Node]) -> None:
        """Refuse nodes whose types do not run here: ``InvalidInput(NODE_NOT_SUPPORTED)`` names all the types."""
        unknown = [node for node in nodes if node.name not in self._types]
        if unknown:
            raise not_run(unknown)


def not_run(nodes: Sequence[Node]) -> InvalidInput:
    return InvalidInput(Reason.NODE_NOT_SUPPORTED, unsupported.refusal(nodes), node=nodes[0].id, type=nodes[0].name)


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
