"""The vector stores of a running upsert: opened under their locks, filled, and put back when it fails."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.documents.ports import Document, LoadContext
from tradewind_server.flows.components import VectorStore
from tradewind_server.flows.ports import Embedder
from tradewind_server.flows.vector_ports import VectorIndex
from tradewind_server.ingest.fills import Appending, Chunk, Fill, RecordedFill
from tradewind_server.ingest.journal import Journal, Run
from tradewind_server.ingest.pipeline import Pipeline, ReportProgress
from tradewind_server.ingest.ports import Locks, RecordManager, UpsertResult, namespace_of
from tradewind_server.ingest.recovery import Recovery

T = TypeVar("T")

MOST_ADDED_CHARS = 3_000_000
"""Characters of chunks that an answer repeats: it has to fit into one gRPC message of the usual size."""


@dataclass(slots=True)
class Target:
    """One vector store of a running upsert, opened."""

    store: VectorStore
    embedder: Embedder
    index: VectorIndex
    fill: Fill
    additions: Counter[str] = field(default_factory=Counter)
    """Chunks written, by source."""
    chunks: int = 0
    """All chunks that came out of the loaders."""

    def count(self, result: UpsertResult, deleted: Mapping[str, int]) -> None:
        """Add this store's counts. Of its sources an added chunk is an update where an older one went."""
        total = sum(self.additions.values())
        result.num_added += total
        if self.store.records is not None and self.store.records.from_drawing:
            result.num_skipped += self.chunks - total
            result.num_updated += sum(min(self.additions[group], count) for group, count in deleted.items() if group)
            result.num_deleted += sum(deleted.values())


class RepeatCount:
    """The chunks that an answer repeats: the first ones, as many as fit."""

    def __init__(self, result: UpsertResult, most: int) -> None:
        self._result = result
        self._most = most
        self._chars = sum(len(one["pageContent"]) for one in result.added)

    def add(self, documents: Sequence[Document]) -> None:
        documents_added = self._result.added
        for document in documents:
            self._chars += len(document.content)
            if len(documents_added) >= self._most or self._chars > MOST_ADDED_CHARS:
                self._result.added_truncated = True
                return
            documents_added.append({"pageContent": document.content, "metadata": document.metadata})


class Targets:
    """Opens and fills the stores of one upsert after the other; the caller decides when it is accepted."""

    def __init__(
        self,
        *,
        journal: Journal,
        records: RecordManager,
        recovery: Recovery,
        locks: Locks,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        most_added: int,
    ) -> None:
        self._journal = journal
        self._records = records
        self._recovery = recovery
        self._locks = locks
        self._new_id = new_id
        self._now = now
        self._most_added = most_added

    async def open(
        self, stores: Sequence[VectorStore], chatflow: Chatflow, stack: AsyncExitStack, chat_id: str | None = None
    ) -> tuple[list[Target], datetime]:
        """The stores' collections, with their locks taken, in one order everywhere, and what others left there settled.

        The date is this upsert's: later than that of any before it under the same lock.
        """
        run_id = self._new_id()
        parts = [(store, *await store.open(), run_of(run_id, store, chatflow, chat_id)) for store in stores]
        stack.enter_context(self._recovery.going_on([run for *_, run in parts]))
        for name in sorted({run.lock for *_, run in parts}):
            await stack.enter_async_context(self._locks.hold(name))
        at = self._now()
        targets = []
        for store, embedder, index, run in parts:
            await self._recovery.before(run, index)
            targets.append(Target(store, embedder, index, self.fill_of(run, store, index, at)))
        return targets, at

    def fill_of(self, run: Run, store: VectorStore, index: VectorIndex, at: datetime, *, fills_gaps: bool = False) -> Fill:
        if store.records is None or run.records is None:
            return Appending(run, index, self._journal, self._now)
        return RecordedFill(
            run,
            index,
            self._journal,
            self._records,
            at,
            source_key=store.records.source_key,
            from_drawing=store.records.from_drawing,
            fills_itself=store.load_store is not None,
            fills_gaps=fills_gaps,
        )

    async def pump(
        self,
        target: Target,
        context: LoadContext,
        result: UpsertResult,
        chat_id: str | None = None,
        report: ReportProgress | None = None,
    ) -> None:
        """Everything from the first document to the last point. Counts are the target's, repeated chunks the result's."""
        repeat_count = RepeatCount(result, self._most_added)

        def count_split(documents: Sequence[Document]) -> None:
            target.chunks += len(documents)

        def writing(chunks: Sequence[Chunk]) -> None:
            target.additions.update(chunk.group for chunk in chunks)
            repeat_count.add([chunk.document for chunk in chunks])

        await target.fill.begin()
        await Pipeline(
            target.store,
            target.fill,
            target.embedder,
            target.index,
            chat_id=chat_id,
            report=report,
            count_split=count_split,
            writing=writing,
        ).run(context)

    async def accept(self, targets: Sequence[Target], at: datetime) -> None:
        await self._journal.accept([(target.fill.run, target.fill.count) for target in targets], at)

    async def settle(self, target: Target, at: datetime) -> Mapping[str, int]:
        """Remove what the accepted upsert replaced; how many chunks, by source. What fails is done in the background."""
        done = False
        try:
            deleted = (await to_the_end(target.fill.settle(at))).deleted
            done = True
        finally:
            if not done:
                self._recovery.register(target.fill.run, target.index)
        return deleted

    async def undo(self, targets: Sequence[Target]) -> None:
        """Every store is tried; what cannot be undone now is done in the background. No error of it is raised: the one that
        broke the upsert is the one to tell.
        """
        await to_the_end(self._undo(targets))

    async def _undo(self, targets: Sequence[Target]) -> None:
        outcomes = await asyncio.gather(*(target.fill.undo() for target in targets), return_exceptions=True)
        for target, outcome in zip(targets, outcomes, strict=True):
            if outcome is not None:
                self._recovery.register(target.fill.run, target.index)


def run_of(run_id: str, store: VectorStore, chatflow: Chatflow, chat_id: str | None) -> Run:
    collection = store.collection
    records = store.records
    return Run(
        id=run_id,
        node_id=store.node_id,
        workspace_id=chatflow.workspace_id,
        chatflow_id=chatflow.id,
        collection=replace(collection, api_key=None),
        records=namespace_of(chatflow.id, f"{records.namespace}_{collection.name}") if records else None,
        cleanup=records.cleanup if records else "none",
        holding=store.holding,
        chat_id=chat_id if store.chat_files else None,
    )


async def to_the_end(work: Awaitable[T]) -> T:
    """Wait for work that has to be done whole, also when the caller goes away meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
