"""Nodes that read the workspace's document stores: as a vector store, and as documents."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from tradewind_server.documents.ports import Document, DocumentSource, LoadContext
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.components import EmbedderHandle, StoredDocuments, Turn, VectorStore
from tradewind_server.flows.nodes.retrieval.document_loaders import CATEGORY as LOADERS
from tradewind_server.flows.nodes.retrieval.vector_stores import CATEGORY as VECTOR_STORES
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Embedder, EmbedderSpec
from tradewind_server.flows.vector_ports import CollectionSpec, VectorIndex

SELECTION = "selectedStore"
NOTE = "reads the document store of its id: import that store as well, or choose one that is here."


@dataclass(frozen=True, slots=True)
class StoreSelection:
    """The store that a node names, in the workspace of its chatflow."""

    stores: StoredDocuments
    workspace_id: str
    store_id: str
    label: str
    node_id: str

    def missing(self) -> InvalidInput:
        return InvalidInput(
            Reason.NODE_INPUT_INVALID,
            f"The document store {self.store_id[:60]} of the node {self.label} ({self.node_id}) is not here; choose another.",
            node=self.node_id,
            input=SELECTION,
        )


@dataclass(frozen=True, slots=True)
class DocumentStoreVectors(VectorStore):
    """A document store as a vector store. Its settings are looked up at each use: a change of the store takes effect."""

    selection: StoreSelection | None = None

    async def _vector_store(self) -> VectorStore:
        assert self.selection is not None
        try:
            return await self.selection.stores.vector_store(self.selection.workspace_id, self.selection.store_id)
        except NotFound:
            raise self.selection.missing() from None

    async def open(self) -> tuple[Embedder, VectorIndex]:
        return await (await self._vector_store()).open()

    async def search(
        self,
        question: str,
        filters: Mapping[str, Any] | None = None,
        turn: Turn | None = None,
        limit: int | None = None,
    ) -> list[tuple[float, Document]]:
        return await (await self._vector_store()).search(question, filters, turn, limit)


@dataclass(frozen=True, slots=True)
class DocumentStoreSource:
    """A document store as a document loader: its chunks, as they are."""

    node_id: str
    selection: StoreSelection

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        context.on_load(1)
        selection = self.selection
        try:
            async for page in selection.stores.chunks(selection.workspace_id, selection.store_id):
                yield page
        except NotFound:
            raise selection.missing() from None


def selection_of(inputs: NodeInputs, context: BuildContext) -> StoreSelection:
    """Flowise writes the id alone, or ``<id>:<name>``."""
    store_id = inputs.text(SELECTION).partition(":")[0].strip().lower()
    if not store_id or context.document_stores is None:
        raise inputs.wrong_input(SELECTION, "the id of a document store")
    return StoreSelection(context.document_stores, context.workspace_id, store_id, inputs.node.label, inputs.node.id)


def build_vectors(inputs: NodeInputs, context: BuildContext) -> VectorStore:
    return DocumentStoreVectors(
        node_id=inputs.node.id,
        label=inputs.node.label,
        collection=CollectionSpec(context.workspace_id, "document-store", ""),
        embedder=EmbedderHandle(context.models, context.workspace_id, EmbedderSpec("", "")),
        indexes=context.indexes,
        selection=selection_of(inputs, context),
    )


def build_source(inputs: NodeInputs, context: BuildContext) -> DocumentSource:
    return DocumentStoreSource(inputs.node.id, selection_of(inputs, context))


NODES = (
    NodeType(
        "documentStoreVS",
        "Document Store (Vector)",
        VECTOR_STORES,
        (Input(SELECTION),),
        build_vectors,
        NOTE,
        in_document_stores="refused",
    ),
    NodeType(
        "documentStore",
        "Document Store",
        LOADERS,
        (Input(SELECTION),),
        build_source,
        NOTE,
        in_document_stores="refused",
    ),
)
