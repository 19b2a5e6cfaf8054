"""Upserts: what may be upserted by whom, and that each leaves the old state or the new one (docs/adr/0005)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from tradewind_server.access.ports import Principal
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.chatflows import Chatflow, Chatflows
from tradewind_server.flows.components import Document, LoadContext, SourceFile, Turn, VectorStore
from tradewind_server.flows.flowdata import parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.overrides import allow_list, given_variables, opened_variables, replaced_inputs
from tradewind_server.flows.plan import Plan, plan_upserts, store_of
from tradewind_server.flows.ports import Embedder, VectorIndex, VectorIndexes
from tradewind_server.flows.prediction import check_id, optional_id
from tradewind_server.flows.run import FlowAccess, check_origin
from tradewind_server.flows.tokens import CallValues
from tradewind_server.flows.variables import Variables
from tradewind_server.ingest.fills import Appending, Chunk, Fill, Recording
from tradewind_server.ingest.history import described
from tradewind_server.ingest.journal import Journal, Run
from tradewind_server.ingest.pipeline import Pipeline, Report
from tradewind_server.ingest.ports import Locks, RecordManager, UpsertHistory, UpsertHistoryRow, UpsertResult, namespace_of
from tradewind_server.ingest.recovery import Recovery, place_of
from tradewind_server.ingest.sources import check_taken

T = TypeVar("T")

MOST_ADDED_CHARS = 3_000_000
"""Characters of chunks that an answer repeats: it has to fit into one gRPC message of the usual size."""


@dataclass(slots=True)
class UpsertRequest:
    """What to upsert (contract §4.2), as any door brings it."""

    chatflow_id: str
    override_config: Mapping[str, Any] = field(default_factory=dict)
    stop_node_ids: Sequence[str] = ()
    files: Sequence[SourceFile] = ()
    origin: str | None = None
    chat_id: str | None = None


@dataclass(slots=True)
class PreparedUpsert:
    """A request that has passed every check that needs no loading."""

    chatflow: Chatflow
    plans: Sequence[Plan]
    """With the caller's overrides, and tokens as they were drawn."""
    stores: Sequence[VectorStore]
    files: Sequence[SourceFile]
    chat_id: str | None = None
    """The chat that the caller named; chunks are tied to no other."""


@dataclass(slots=True)
class Target:
    """One vector store of a running upsert, opened."""

    store: VectorStore
    embedder: Embedder
    index: VectorIndex
    fill: Fill
    added: Counter[str] = field(default_factory=Counter)
    """Chunks written, by source."""
    chunks: int = 0
    """All chunks that came out of the loaders."""


class Told:
    """The chunks that an answer repeats: the first ones, as many as fit."""

    def __init__(self, result: UpsertResult, most: int) -> None:
        self._result = result
        self._most = most
        self._chars = sum(len(one["pageContent"]) for one in result.added)

    def add(self, documents: Sequence[Document]) -> None:
        added = self._result.added
        for document in documents:
            self._chars += len(document.content)
            if len(added) >= self._most or self._chars > MOST_ADDED_CHARS:
                self._result.added_truncated = True
                return
            added.append({"pageContent": document.content, "metadata": document.metadata})


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
        records: RecordManager,
        locks: Locks,
        indexes: VectorIndexes,
        variables: Variables,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        most_added: int,
    ) -> None:
        self._chatflows = chatflows
        self._access = access
        self._registry = registry
        self._context_of = context_of
        self._blobs = blobs
        self._history = history
        self._records = records
        self._locks = locks
        self._variables = variables
        self._journal = Journal(records)
        self._recovery = Recovery(self._journal, records, locks, indexes, now)
        self._new_id = new_id
        self._now = now
        self._most_added = most_added
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
        if values:
            plans = [plan.overridden(values) for plan in plans]
        chat_id = optional_id(request.chat_id, "chatId") or optional_id(request.override_config.get("chatId"), "chatId")
        call = await self._call(chatflow, plans, request, chat_id)
        context = self._context_of(chatflow)
        stores = [store_of(plan.filled(call), context) for plan in plans]
        check_taken(request.files, [source for store in stores for source in store.sources])
        return PreparedUpsert(chatflow, plans, stores, request.files, chat_id)

    async def _call(self, chatflow: Chatflow, plans: Sequence[Plan], request: UpsertRequest, chat_id: str | None) -> CallValues:
        """What the tokens of the canvas stand for in this call; nobody asks a question in an upsert."""
        session = optional_id(request.override_config.get("sessionId"), "sessionId")
        chat = chat_id or session or self._new_id()
        variables = given_variables(chatflow, request.override_config)
        if any(plan.reads_variables for plan in plans):
            variables = {**await self._variables.values(chatflow.workspace_id), **variables}
        turn = Turn(chatflow.workspace_id, chatflow.id, chat, session or chat, "", variables=variables)
        return CallValues(turn, (), opened_variables(chatflow))

    async def run(self, prepared: PreparedUpsert, report: Report | None = None) -> UpsertResult:
        """Upsert into each store in turn. When a step fails, all stores are as they were before."""
        result = UpsertResult()
        received: list[SourceFile] = []
        try:
            async with AsyncExitStack() as held:
                await self._fill_all(prepared, held, result, received, report)
        finally:
            await self._blobs.discard(received)
        self._loaded |= {store.collection.name for store in prepared.stores}
        await asyncio.gather(self._keep(prepared), self._remember(prepared, result))
        return result

    async def _fill_all(
        self,
        prepared: PreparedUpsert,
        held: AsyncExitStack,
        result: UpsertResult,
        received: list[SourceFile],
        report: Report | None,
    ) -> None:
        chatflow = prepared.chatflow
        places = {place_of(store.collection) for store in prepared.stores}
        await self._recovery.take_over(chatflow.workspace_id, places)
        targets, at = await self._open(prepared.stores, chatflow, held)
        accepted = False
        try:
            for target in targets:
                await target.fill.begin()
                context = self._load_context(chatflow, prepared.files, received)
                await self._pump(target, context, result, prepared.chat_id, report)
            if not any(target.chunks for target in targets):
                raise InvalidInput(
                    Reason.NO_DOCUMENTS,
                    "There was nothing to upsert: send files, or give the chatflow's document loaders something to read.",
                )
            await self._journal.accept([target.fill.run for target in targets], at)
            accepted = True
        finally:
            if not accepted:
                await to_the_end(self._undo(targets))
        for target in targets:
            count(result, target, (await to_the_end(target.fill.settle(at))).deleted)

    async def _open(
        self, stores: Sequence[VectorStore], chatflow: Chatflow, held: AsyncExitStack
    ) -> tuple[list[Target], datetime]:
        """The stores' collections, with their locks taken, in one order everywhere, and what others left there settled.

        The date is this upsert's: later than that of any before it under the same lock.
        """
        run_id = self._new_id()
        opened = [(store, *await store.open(), run_of(run_id, store, chatflow)) for store in stores]
        for name in sorted({run.lock for *_, run in opened}):
            await held.enter_async_context(self._locks.hold(name))
        at = self._now()
        targets = []
        for store, embedder, index, run in opened:
            await self._recovery.before(run, index)
            fill: Fill = Appending(run, index, self._journal, self._now)
            if run.records is not None and store.records is not None:
                fill = Recording(
                    run,
                    index,
                    self._journal,
                    self._records,
                    at,
                    source_key=store.records.source_key,
                    drawn=store.records.drawn,
                    fills_itself=store.load_store is not None,
                )
            targets.append(Target(store, embedder, index, fill))
        return targets, at

    async def _pump(
        self, target: Target, context: LoadContext, result: UpsertResult, chat_id: str | None, report: Report | None
    ) -> None:
        told = Told(result, self._most_added)
        drawn = target.store.records is None or target.store.records.drawn

        def split(documents: Sequence[Document]) -> None:
            target.chunks += len(documents)
            if not drawn:
                told.add(documents)

        def writing(chunks: Sequence[Chunk]) -> None:
            target.added.update(chunk.group for chunk in chunks)
            if drawn:
                told.add([chunk.document for chunk in chunks])

        await Pipeline(
            target.store,
            target.fill,
            target.embedder,
            target.index,
            chat_id=chat_id,
            report=report,
            split=split,
            writing=writing,
        ).run(context)

    async def _undo(self, targets: Sequence[Target]) -> None:
        """Every store is tried; what cannot be undone now stands in the journal. The first error is the one to tell."""
        await asyncio.gather(*(target.fill.undo() for target in targets), return_exceptions=True)

    async def _keep(self, prepared: PreparedUpsert) -> None:
        """The files, for later upserts that name them as stored. One after the other: two of one name must not mix."""
        for file in prepared.files:
            await self._blobs.keep(prepared.chatflow.workspace_id, prepared.chatflow.id, file)

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
            flow_data=[described(node, node.inputs, names) for node in nodes.values()],
            date=self._now(),
        )
        await self._history.add(prepared.chatflow.workspace_id, row)

    def _load_context(self, chatflow: Chatflow, files: Sequence[SourceFile], received: list[SourceFile]) -> LoadContext:
        async def stored(name: str) -> SourceFile | None:
            return await self._blobs.find(chatflow.workspace_id, chatflow.id, name)

        async def receive(name: str, mime: str, raw: bytes) -> SourceFile:
            async def whole() -> AsyncIterator[bytes]:
                yield raw

            received.append(await self._blobs.receive(name, mime, whole()))
            return received[-1]

        return LoadContext(chatflow.workspace_id, chatflow.id, files, stored, receive)

    async def take_over(self, workspace_id: str) -> int:
        """Finish or undo what upserts of killed processes left; how many there were."""
        return await self._recovery.take_over(workspace_id)

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
        chatflow = await self._chatflows.find(store.collection.name.removeprefix("memory_")[:36])
        if chatflow is None:
            return
        received: list[SourceFile] = []
        try:
            async with AsyncExitStack() as held:
                (target,), at = await self._open([store], chatflow, held)
                if not await target.index.exists():
                    await self._first_fill(target, self._load_context(chatflow, (), received), at)
        finally:
            await self._blobs.discard(received)
        self._loaded.add(store.collection.name)

    async def _first_fill(self, target: Target, context: LoadContext, at: datetime) -> None:
        done = False
        try:
            await target.fill.begin()
            await self._pump(target, context, UpsertResult(), None, None)
            await self._journal.accept([target.fill.run], at)
            done = True
        finally:
            if not done:
                await to_the_end(self._undo([target]))
        await to_the_end(target.fill.settle(at))


def run_of(run_id: str, store: VectorStore, chatflow: Chatflow) -> Run:
    collection = store.collection
    records = store.records
    return Run(
        id=run_id,
        node_id=store.node_id,
        workspace_id=chatflow.workspace_id,
        chatflow_id=chatflow.id,
        collection=collection,
        records=namespace_of(chatflow.id, f"{records.namespace}_{collection.name}") if records else None,
        cleanup=records.cleanup if records else "none",
    )


def count(result: UpsertResult, target: Target, deleted: Mapping[str, int]) -> None:
    """Add one store's counts. An added chunk is an update where an older one of its source went."""
    added = sum(target.added.values())
    skipped = target.chunks - added
    if target.store.records is not None and not target.store.records.drawn:
        added, skipped = target.chunks, 0
    result.num_added += added
    result.num_skipped += skipped
    result.num_updated += sum(min(target.added[group], gone) for group, gone in deleted.items())
    result.num_deleted += sum(deleted.values())


async def to_the_end(work: Awaitable[T]) -> T:
    """Wait for work that has to be done whole, also when the caller goes away meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
