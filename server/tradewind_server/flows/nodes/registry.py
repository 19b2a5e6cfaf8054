"""The node types of this server, by name. Built-in types and plug-ins come through the same door.

A file below this package that ends in ``NODES = (…)`` is found: no list names the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import walk_packages

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows import nodes
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes import unsupported_nodes
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

    def type_named(self, name: str) -> NodeType | None:
        return self._types.get(name)

    def type_of(self, node: Node) -> NodeType:
        """The type of a node; ``InvalidInput(NODE_NOT_SUPPORTED)`` names it and says why it does not run."""
        node_type = self._types.get(node.name)
        if node_type is None:
            raise not_run([node])
        return node_type

    def ends_flow(self, node: Node) -> bool:
        """Whether a question may end in a node. Those that do not run here count: it is they that are then refused."""
        node_type = self._types.get(node.name)
        return node_type.ends_flow if node_type else unsupported_nodes.ends_flow(node)

    def streams(self, node: Node) -> bool:
        """Whether a node answers word by word, as its type does."""
        node_type = self._types.get(node.name)
        return node_type.streams if node_type else unsupported_nodes.streams(node)

    def passes_images(self, node: Node) -> bool:
        node_type = self._types.get(node.name)
        return node_type.passes_images if node_type else unsupported_nodes.passes_images(node)

    def loads_at_prediction(self, node: Node) -> bool:
        node_type = self._types.get(node.name)
        return node_type is not None and node_type.loads_at_prediction

    def forks(self, node: Node) -> bool:
        node_type = self._types.get(node.name)
        return node_type is not None and node_type.forks

    def file_inputs(self, node: Node) -> frozenset[str]:
        """The inputs of a node that take files; none where its type does not run here."""
        names = self._types.get(node.name)
        return names.file_inputs if names else frozenset()

    def follow_up(self, provider: str) -> NodeType | None:
        """The chat model that is asked for follow-up prompts, by the canvas's name of the provider."""
        return self._follow_ups.get(provider)

    def require(self, nodes_to_check: Iterable[Node]) -> None:
        """Refuse nodes whose types do not run here: ``InvalidInput(NODE_NOT_SUPPORTED)`` names all the types."""
        unknown = [node for node in nodes_to_check if node.name not in self._types]
        if unknown:
            raise not_run(unknown)


def not_run(unknown: Sequence[Node]) -> InvalidInput:
    return InvalidInput(Reason.NODE_NOT_SUPPORTED, unsupported_nodes.refusal(unknown), node=unknown[0].id, type=unknown[0].name)


def builtin_types() -> list[NodeType]:
    """All types of this package: what its modules list in a tuple ``NODES``, in the order of the modules' names."""
    packages = walk_packages(nodes.__path__, f"{nodes.__name__}.")
    modules = [import_module(name) for name in sorted(one.name for one in packages)]
    return [node_type for module in modules for node_type in getattr(module, "NODES", ())]


def builtin_registry() -> Registry:
    return Registry(builtin_types())


def full_registry() -> Registry:
    """Built-in types and those of installed plug-ins: an entry point yields a tuple of :class:`NodeType`."""
    plugins = [node_type for point in entry_points(group=PLUGIN_GROUP) for node_type in point.load()]
    return Registry([*builtin_types(), *plugins])
