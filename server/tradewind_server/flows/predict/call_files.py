"""Files of a question that a loader of the chatflow takes: read by that loader, and found for this question alone."""

from __future__ import annotations

import math
import operator
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.sources import FileSource
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.load_context import load_context
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.compile.overrides import AllowList, input_overrides
from tradewind_server.flows.compile.plan import (
    DOCUMENT_INPUT,
    VECTOR_STORES,
    CompiledFlow,
    Plan,
    plan_upsert,
    store_of,
)
from tradewind_server.flows.compile.tokens import CallValues
from tradewind_server.flows.components import Turn, VectorStore
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.predict.attachments import with_ending
from tradewind_server.flows.predict.messages import PredictionRequest

MOST_CHUNKS = 2000
"""Of the files of one question: they are held in memory while it is answered."""
FARTHER_IS_LESS = frozenset({"Euclid", "Manhattan"})
"""Distances of which the smallest is the best."""


@dataclass(slots=True)
class CallChunks:
    """The port ``Brought``: chunks with their vectors, for as long as one question is answered."""

    distance: str
    instead: bool
    documents: list[Document] = field(default_factory=list)
    vectors: list[Sequence[float]] = field(default_factory=list)

    @property
    def smallest_first(self) -> bool:
        return self.distance in FARTHER_IS_LESS

    def nearest(self, vector: Sequence[float], limit: int) -> list[tuple[float, Document]]:
        scores = [(self._score(vector, one), index) for index, one in enumerate(self.vectors)]
        scores.sort(key=lambda pair: (pair[0] if self.smallest_first else -pair[0], pair[1]))
        return [(score, self.documents[index]) for score, index in scores[:limit]]

    def _score(self, query: Sequence[float], vector: Sequence[float]) -> float:
        match self.distance:
            case "Euclid":
                return math.dist(query, vector)
            case "Manhattan":
                return math.fsum(map(abs, map(operator.sub, query, vector)))
        product = math.fsum(map(operator.mul, query, vector))
        if self.distance == "Dot":
            return product
        length = math.hypot(*query) * math.hypot(*vector)
        return product / length if length else 0.0


@dataclass(frozen=True, slots=True)
class _StoreFill:
    """One vector store of the chatflow, and its loaders that take files of this question."""

    store: VectorStore
    loaders: tuple[FileSource, ...]
    instead: bool


@dataclass(frozen=True, slots=True)
class Loading:
    """What the chatflow's own loaders read of a question's files."""

    chatflow: Chatflow
    blobs: Blobs
    files: Sequence[SourceFile]
    fills: Sequence[_StoreFill]

    @property
    def paths(self) -> frozenset[str]:
        """Where the files lie that need not be read again beside the question."""
        return frozenset(
            file.path for file in self.files if any(one.takes(file) for part in self.fills for one in part.loaders)
        )

    async def load(self) -> Mapping[str, CallChunks]:
        """The chunks, by the id of the store that finds them. Raises what loaders raise, and ``InvalidInput`` for too many."""
        return {part.store.node_id: await self._chunks(part) for part in self.fills}

    async def _chunks(self, part: _StoreFill) -> CallChunks:
        chunks = CallChunks(part.store.collection.distance, part.instead)
        embedder = await part.store.embedder.client()
        uploads: list[SourceFile] = []
        try:
            async for batch in self._documents(part, uploads):
                if len(chunks.documents) + len(batch) > MOST_CHUNKS:
                    raise InvalidInput(
                        Reason.UPLOAD_INVALID,
                        f"The files make more than {MOST_CHUNKS} chunks; upsert them into the vector store and ask afterwards.",
                    )
                chunks.vectors += await embedder.embed_documents([one.content for one in batch])
                chunks.documents += batch
        finally:
            await self.blobs.discard(uploads)
        return chunks

    async def _documents(self, part: _StoreFill, uploads: list[SourceFile]) -> AsyncIterator[list[Document]]:
        """Of the loaders that take files, those files; of the others of an in-memory store, what they are drawn with."""
        for source in part.store.sources:
            files = []
            if isinstance(source, FileSource) and source in part.loaders:
                files = [file for file in self.files if source.takes(file)]
            if files or part.instead:
                context = load_context(self.blobs, self.chatflow.workspace_id, self.chatflow.id, files, uploads)
                async for batch in source.load(context):
                    yield batch


def loading_of(
    blobs: Blobs, chatflow: Chatflow, compiled_flow: CompiledFlow, plan: Plan, turn: Turn, request: PredictionRequest
) -> Loading | None:
    """What loaders of the chatflow read of a question's files.

    None where no loader that the owner opened takes any of them: then their text stands before the question.
    """
    if not request.files:
        return None
    overridable = AllowList(compiled_flow.config.override_inputs, plan.registry)
    files = [replace(file, name=with_ending(file)) for file in request.files]
    fills = []
    for node in plan.order:
        open_inputs = _open_inputs(node, plan, overridable) if node.category == VECTOR_STORES else frozenset()
        if open_inputs:
            store = _store(chatflow, compiled_flow, plan, node, turn, request)
            own = [one for one in store.sources if isinstance(one, FileSource) and one.node_id in open_inputs]
            taking = tuple(one for one in own if any(map(one.takes, files)))
            if taking:
                fills.append(_StoreFill(store, taking, plan.registry.loads_at_prediction(node)))
    return Loading(chatflow, blobs, files, fills) if fills else None


def _open_inputs(store: Node, plan: Plan, overridable: AllowList) -> frozenset[str]:
    """The loaders of a store whose files the owner lets callers give."""
    loaders = (source for name, source in store.references() if name == DOCUMENT_INPUT)
    nodes = plan.flow.nodes
    return frozenset(one for one in loaders if one in nodes and overridable.opens_files(nodes[one]))


def _store(
    chatflow: Chatflow, compiled_flow: CompiledFlow, plan: Plan, node: Node, turn: Turn, request: PredictionRequest
) -> VectorStore:
    """The store with its loaders, which a prediction leaves out otherwise, as the caller overrode them."""
    upsert = plan_upsert(plan.flow, plan.registry, node)
    values = input_overrides(plan.flow, AllowList(compiled_flow.config.override_inputs, plan.registry), request.override_config)
    upsert = upsert.with_overrides(values) if values else upsert
    return store_of(
        upsert.with_call_values(CallValues(turn, turn.history, compiled_flow.config.override_variables)), compiled_flow.context
    )
