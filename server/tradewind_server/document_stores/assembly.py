"""The settings of a store as a drawing: its loader, splitter, embeddings and vector store are built as a chatflow's are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tradewind_server.chatflows.variables import Variables
from tradewind_server.document_stores.configs import invalid
from tradewind_server.document_stores.ports import DocumentStore, StoreComponent, StoreLoader
from tradewind_server.documents.ports import DocumentSource
from tradewind_server.errors import FailedPrecondition, NotFound, Reason
from tradewind_server.flows.compile.plan import Plan, nodes_for
from tradewind_server.flows.compile.tokens import CallValues
from tradewind_server.flows.components import Turn, VectorStore
from tradewind_server.flows.drawing import Flow, Node
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.nodes.unsupported_nodes import WHY_NOT

LOADER, SPLITTER, EMBEDDING, VECTORS, RECORDS = "loader", "splitter", "embedding", "vectorStore", "recordManager"
"""Ids of the nodes in the drawing."""
CREDENTIALS = ("credential", "FLOWISE_CREDENTIAL_ID")


def wire(node_id: str) -> str:
    return f"{{{{{node_id}.data.instance}}}}"


class Assembler:
    """Builds what a store's settings describe."""

    def __init__(
        self,
        registry: Registry,
        context_of: Callable[[str, str], BuildContext],
        variables: Variables,
        new_id: Callable[[], str],
    ) -> None:
        """``context_of`` takes the ids of a workspace and of a store."""
        self.registry = registry
        self._context_of = context_of
        self._variables = variables
        self._new_id = new_id

    async def loader(self, workspace_id: str, loader: StoreLoader) -> DocumentSource:
        """The document loader with its splitter. Raises what building a node raises, and ``NotFound`` for an unknown type."""
        nodes = self.loader_nodes(loader)
        source = await self._build(workspace_id, loader.store_id, nodes, LOADER)
        if not isinstance(source, DocumentSource):
            raise invalid(f"{loader.loader_id} is not a document loader.")
        return source

    async def vector_store(self, store: DocumentStore, inputs: Mapping[str, Any] | None = None) -> VectorStore:
        """The vector store with its embeddings. ``inputs`` replace some of its settings.

        Raises ``FailedPrecondition(VECTOR_STORE_NOT_CONFIGURED)`` where the store names none.
        """
        nodes = self.vector_nodes(store, inputs or {})
        component = await self._build(store.workspace_id, store.id, nodes, VECTORS)
        if not isinstance(component, VectorStore):
            raise invalid(f"{nodes[-1].name} is not a vector store.")
        return component

    def loader_nodes(self, loader: StoreLoader) -> list[Node]:
        nodes = []
        inputs = dict(loader.loader_config)
        if loader.splitter_id and loader.splitter_config:
            nodes.append(self._node(SPLITTER, StoreComponent(loader.splitter_id, loader.splitter_config)))
            inputs["textSplitter"] = wire(SPLITTER)
        else:
            inputs.pop("textSplitter", None)
        nodes.append(self._node(LOADER, StoreComponent(loader.loader_id, inputs), loader.credential, label=loader.loader_name))
        return nodes

    def vector_nodes(self, store: DocumentStore, more: Mapping[str, Any]) -> list[Node]:
        for name, setting in (("Embedding", store.embedding), ("Vector store", store.vector_store)):
            if setting is None:
                raise FailedPrecondition(
                    Reason.VECTOR_STORE_NOT_CONFIGURED,
                    f"{name} for {store.id} is not configured; save the settings of its vector store first.",
                )
        assert store.embedding is not None and store.vector_store is not None
        inputs = {**store.vector_store.config, **more, "embeddings": wire(EMBEDDING)}
        for name in ("document", "recordManager", "fileUpload"):
            inputs.pop(name, None)
        if store.record_manager is not None:  # Records are kept in any case; the node says how they are used.
            self.check_type(store.record_manager.name)
        return [self._node(EMBEDDING, store.embedding), self._node(VECTORS, StoreComponent(store.vector_store.name, inputs))]

    def _node(self, node_id: str, component: StoreComponent, credential: str | None = None, label: str = "") -> Node:
        self.check_type(component.name)
        node_type = self.registry.type_named(component.name)
        values = [credential, *(component.config.get(name) for name in CREDENTIALS)]
        return Node(
            id=node_id,
            name=component.name,
            label=label or (node_type.label if node_type else component.name),
            category=node_type.category if node_type else "",
            inputs={name: value for name, value in component.config.items() if name not in CREDENTIALS},
            credential=next((value for value in values if isinstance(value, str) and value), None),
        )

    def check_type(self, name: str) -> None:
        """Raises ``NotFound`` for a type that nobody knows; what does not run here is refused as in a chatflow."""
        node_type = self.registry.type_named(name)
        is_refused = node_type is not None and node_type.in_document_stores == "refused"
        if is_refused or (not self.registry.knows(name) and name not in WHY_NOT):
            raise NotFound(Reason.NODE_NOT_SUPPORTED, f"There is no node type {name[:60]} for a document store.")

    async def _build(self, workspace_id: str, store_id: str, nodes: Sequence[Node], target_id: str) -> Any:
        flow = Flow({node.id: node for node in nodes}, ())
        target = flow.nodes[target_id]
        plan = Plan(flow, self.registry, nodes_for(flow, target, self.registry, with_documents=True), target, None)
        if plan.tokens:
            values = await self._variables.values(workspace_id) if plan.reads_variables else {}
            chat = self._new_id()
            plan = plan.with_call_values(CallValues(Turn(workspace_id, store_id, chat, chat, "", variables=values)))
        return plan.build(self._context_of(workspace_id, store_id))
