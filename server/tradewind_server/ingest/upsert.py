"""Upserts: load, split, embed, write, a batch at a time, all or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tradewind_server.access.ports import Principal
from tradewind_server.errors import InvalidInput, NotFound, Reason, TradewindError
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.chatflows import Chatflow, Chatflows
from tradewind_server.flows.components import Document, LoadContext, SourceFile, VectorStore
from tradewind_server.flows.flowdata import parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.overrides import allow_list, replaced_inputs
from tradewind_server.flows.plan import Plan, plan_upserts, store_of
from tradewind_server.flows.ports import Embedder, Point, VectorIndex
from tradewind_server.flows.prediction import check_id
from tradewind_server.flows.run import FlowAccess, check_origin
from tradewind_server.ingest.history import described
from tradewind_server.ingest.ports import Progress, UpsertHistory, UpsertHistoryRow, UpsertResult
from tradewind_server.ingest.sources import check_taken

EMBED_BATCH = 64
WRITE_BATCH = 256
Report = Callable[[Progress], None]


@dataclass(slots=True)
class UpsertRequest:
    """What to upsert (contract §4.2), as any door brings it."""

    chatflow_id: str
    override_config: Mapping[str, Any] = field(default_factory=dict)
    stop_node_ids: Sequence[str] = ()
    files: Sequence[SourceFile] = ()
    origin: str | None = None


@dataclass(slots=True)
class PreparedUpsert:
    """A request that has passed every check that needs no loading."""

    chatflow: Chatflow
    plans: Sequence[Plan]
    stores: Sequence[VectorStore]
    files: Sequence[SourceFile]
    values: Mapping[str, Mapping[str, Any]]


def stop_nodes(value: Any) -> list[str]:
    """``stopNodeId`` as a list: the seeds say array, clients send a text."""
    if value is None or value == "" or value == []:
        return []
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) and one for one in values):
        raise InvalidInput(Reason.INVALID_ARGUMENT, "stopNodeId must be the id of a vector store node, or a list of ids.")
    return values


class Upserter:
    """Fills the vector stores of chatflows."""

    def __init__(
        self,
        *,
        chatflows: Chatflows,
        access: FlowAccess,
        registry: Registry,
        context_of: Callable[[Chatflow], BuildContext],
        blobs: Blobs,
        history: UpsertHistory,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._chatflows = chatflows
        self._access = access
        self._registry = registry
        self._context_of = context_of
        self._blobs = blobs
        self._history = history
        self._new_id = new_id
        self._now = now
        self._loads: dict[str, asyncio.Task[None]] = {}
        self._loaded: set[str] = set()

    async def check(self, chatflow_id: str, principal: Principal, origin: str | None) -> Chatflow:
        """The chatflow, if the caller may upsert into it. Before any file of the call is taken in."""
        chatflow = await self._chatflows.find(check_id(chatflow_id))
        if chatflow is None:
            raise NotFound(Reason.CHATFLOW_NOT_FOUND, f"Chatflow {chatflow_id} not found")
        self._access.check_flow(principal, chatflow)
        check_origin(chatflow, origin)
        return chatflow

    async def prepare(self, request: UpsertRequest, principal: Principal) -> PreparedUpsert:
        """Everything that can refuse a call before documents are loaded."""
        chatflow = await self.check(request.chatflow_id, principal, request.origin)
        flow = parse_flow(chatflow.flow_data)
        plans = plan_upserts(flow, self._registry, request.stop_node_ids)
        values = replaced_inputs(flow, allow_list(chatflow), request.override_config)
        context = self._context_of(chatflow)
        stores = [store_of(plan, context, values) for plan in plans]
        check_taken(request.files, [source for store in stores for source in store.sources])
        return PreparedUpsert(chatflow, plans, stores, request.files, values)

    async def run(self, prepared: PreparedUpsert, report: Report | None = None) -> UpsertResult:
        """Upsert into each store in turn. When a step fails, what this call wrote is taken out again."""
        chatflow = prepared.chatflow
        total = UpsertResult()
        written: list[tuple[VectorIndex, list[str]]] = []
        done = False
        try:
            for store in prepared.stores:
                result = await self._fill(store, self._load_context(chatflow, prepared.files), written, report)
                total.num_added += result.num_added
                total.added += result.added
            if not total.num_added:
                raise InvalidInput(
                    Reason.NO_DOCUMENTS,
                    "There was nothing to upsert: send files, or give the chatflow's document loaders something to read.",
                )
            done = True
        finally:
            if not done:
                await asyncio.shield(asyncio.gather(*(_take_back(index, ids) for index, ids in written)))
        for store in prepared.stores:
            self._loaded.add(store.collection.name)
        for file in prepared.files:
            await self._blobs.keep(chatflow.workspace_id, chatflow.id, file)
        await self._remember(prepared, total)
        return total

    async def _remember(self, prepared: PreparedUpsert, total: UpsertResult) -> None:
        counts = {
            "numAdded": total.num_added,
            "numUpdated": total.num_updated,
            "numSkipped": total.num_skipped,
            "numDeleted": total.num_deleted,
        }
        nodes = {node.id: node for plan in prepared.plans for node in plan.order}
        names = [file.name for file in prepared.files]
        row = UpsertHistoryRow(
            id=self._new_id(),
            chatflow_id=prepared.chatflow.id,
            result=counts,
            flow_data=[described(node, prepared.values.get(node.id, node.inputs), names) for node in nodes.values()],
            date=self._now(),
        )
        await self._history.add(prepared.chatflow.workspace_id, row)

    def _load_context(self, chatflow: Chatflow, files: Sequence[SourceFile]) -> LoadContext:
        return self._context_for(chatflow.workspace_id, chatflow.id, files)

    def _context_for(self, workspace_id: str, chatflow_id: str, files: Sequence[SourceFile]) -> LoadContext:
        async def stored(name: str) -> SourceFile | None:
            return await self._blobs.find(workspace_id, chatflow_id, name)

        return LoadContext(workspace_id, chatflow_id, files, stored)

    async def _fill(
        self,
        store: VectorStore,
        context: LoadContext,
        written: list[tuple[VectorIndex, list[str]]],
        report: Report | None,
    ) -> UpsertResult:
        """Load and write one store; each chunk gets an id of its own, as without a record manager."""
        result = UpsertResult()
        embedder, index = await store.open()
        ids: list[str] = []
        written.append((index, ids))
        split = 0
        async for documents in _batches(store, context):
            split += len(documents)
            if report:
                report(Progress("split", split, store.node_id))
            points = await self._embedded(documents, embedder, store, report, result)
            ids += [point.id for point in points]
            await index.upsert(points)
            result.num_added += len(points)
            result.added += [{"pageContent": one.content, "metadata": one.metadata} for one in documents]
            if report:
                report(Progress("written", result.num_added, store.node_id))
        return result

    async def _embedded(
        self,
        documents: Sequence[Document],
        embedder: Embedder,
        store: VectorStore,
        report: Report | None,
        result: UpsertResult,
    ) -> list[Point]:
        points: list[Point] = []
        for start in range(0, len(documents), EMBED_BATCH):
            batch = documents[start : start + EMBED_BATCH]
            vectors = await embedder.embed_documents([document.content for document in batch])
            points += [
                Point(self._new_id(), vector, document.content, document.metadata)
                for document, vector in zip(batch, vectors, strict=True)
            ]
            if report:
                report(Progress("embedded", result.num_added + len(points), store.node_id))
        return points

    async def ensure_loaded(self, store: VectorStore) -> None:
        """Fill an in-memory store from its loaders if its collection is not there yet; once, however many ask."""
        name = store.collection.name
        if name in self._loaded:
            return
        load = self._loads.get(name)
        if load is None:
            load = asyncio.ensure_future(self._load_once(store))
            self._loads[name] = load
            load.add_done_callback(lambda _: self._loads.pop(name, None))
        await asyncio.shield(load)

    async def _load_once(self, store: VectorStore) -> None:
        _, index = await store.open()
        if not await index.exists():
            chatflow_id = store.collection.name.removeprefix("memory_")[:36]
            context = self._context_for(store.collection.workspace_id, chatflow_id, ())
            written: list[tuple[VectorIndex, list[str]]] = []
            try:
                await self._fill(store, context, written, None)
            except TradewindError:
                for filled, ids in written:
                    await _take_back(filled, ids)
                    await filled.drop()
                raise
        self._loaded.add(store.collection.name)


async def _batches(store: VectorStore, context: LoadContext) -> AsyncIterator[list[Document]]:
    """Chunks of all loaders, in batches that are written together."""
    for source in store.sources:
        async for documents in source.load(context):
            for start in range(0, len(documents), WRITE_BATCH):
                yield documents[start : start + WRITE_BATCH]


async def _take_back(index: VectorIndex, ids: list[str]) -> None:
    """Remove what a failed call wrote. When even that fails, the first error is the one to tell."""
    try:
        await index.delete(ids)
    except TradewindError:
        return
