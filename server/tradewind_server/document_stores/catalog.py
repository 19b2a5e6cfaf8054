"""What stores can be made of, which inputs a store's nodes have, and a description of a store for agents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tradewind_server.chatflows.ports import OverridableInput
from tradewind_server.document_stores.assembly import EMBEDDING, LOADER, RECORDS, SPLITTER, VECTORS
from tradewind_server.document_stores.chunks import ALL, StoreChunkService
from tradewind_server.document_stores.configs import invalid
from tradewind_server.document_stores.loaders import StoreLoaders
from tradewind_server.document_stores.ports import DocumentStores
from tradewind_server.document_stores.service import existing
from tradewind_server.flows.assistant_components import AssistantComponents, KnowledgeStore
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import NodeType

CATEGORIES: Mapping[str, str] = {
    "loaders": "Document Loaders",
    "embeddings": "Embeddings",
    "vectorstore": "Vector Stores",
    "recordmanager": "Record Manager",
}
"""Kinds of components, by the name that the routes give them."""
WIRES = ("node", "nodes")
TYPES = {"flag": "boolean", "choice": "options", "secret": "password", "text": "string", "template": "string"}
"""What the canvas calls kinds of inputs, where its name is another."""
DESCRIBED_CHUNKS = 4
LONGEST_CHUNK = 4000
SYSTEM = (
    "You write the description of a search tool for an agent. From pieces of the documents that the tool finds, say in one or "
    "two sentences what can be looked up with it, in the language of the documents. Answer with the description alone."
)


async def knowledge_in(stores: DocumentStores, workspace_id: str) -> list[KnowledgeStore]:
    """The stores of a workspace that answer questions."""
    rows, _ = await stores.list(workspace_id, status="UPSERTED")
    return [KnowledgeStore(row.id, row.name, row.description or "") for row in rows]


class StoreCatalog:
    """Answers from the registry of node types, and asks a chat model for descriptions."""

    def __init__(
        self, stores: DocumentStores, chunks: StoreChunkService, registry: Registry, components: AssistantComponents
    ) -> None:
        self._stores = stores
        self._chunks = chunks
        self._registry = registry
        self._components = components

    def types(self, kind: str) -> Sequence[NodeType]:
        """The node types of a kind (:data:`CATEGORIES`), by name. Raises ``InvalidInput``."""
        category = CATEGORIES.get(kind)
        if category is None:
            raise invalid(f"There are no components {kind[:60]}; name one of {', '.join(CATEGORIES)}.")
        types = [one for one in self._registry.types() if one.category == category and one.in_document_stores == "offered"]
        return sorted(types, key=lambda node_type: node_type.name)

    async def inputs(self, workspace_id: str, store_id: str, loader_id: str) -> Sequence[OverridableInput]:
        """The inputs of a loader's nodes and of its store's, which an upsert may set."""
        store = await existing(self._stores, workspace_id, store_id)
        loader = StoreLoaders.loader(store, loader_id)
        names = {LOADER: loader.loader_id, SPLITTER: loader.splitter_id}
        settings = {EMBEDDING: store.embedding, VECTORS: store.vector_store, RECORDS: store.record_manager}
        names |= {node_id: setting.name for node_id, setting in settings.items() if setting is not None}
        result = []
        for node_id, name in names.items():
            node_type = self._registry.type_named(name)
            label = node_type.label if node_type else name
            for spec in node_type.inputs if node_type else ():
                if spec.kind not in WIRES and not spec.has_no_effect:
                    kind = TYPES.get(spec.kind, spec.kind)
                    result.append(OverridableInput(node_id, label, spec.name, spec.name, kind))
        return result

    async def describe(self, workspace_id: str, store_id: str, chat_model: Any) -> str:
        """What a chat model says of the first chunks. Raises ``InvalidInput`` where there are none."""
        page = await self._chunks.part(workspace_id, store_id, ALL, 0, DESCRIBED_CHUNKS)
        if not page.chunks:
            raise invalid("The document store has no chunks to describe; process a loader first.")
        text = "\n\n---\n\n".join(chunk.page_content[:LONGEST_CHUNK] for chunk in page.chunks)
        return await self._components.ask(workspace_id, chat_model, SYSTEM, text)
