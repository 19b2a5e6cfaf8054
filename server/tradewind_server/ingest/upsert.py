"""Upserts: what may be upserted by whom, and that each leaves the old state or the new one (docs/adr/0005)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.ids import optional_id
from tradewind_server.chatflows.ports import Chatflow, Chatflows
from tradewind_server.chatflows.variables import Variables
from tradewind_server.chatflows.versions import VersionSearch
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.sources import check_ending, nothing_to_upsert
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.load_context import load_context
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.compile.overrides import AllowList, input_overrides, variables_of_call
from tradewind_server.flows.compile.plan import Plan, plan_upserts, store_of
from tradewind_server.flows.compile.tokens import CallValues
from tradewind_server.flows.components import Turn, VectorStore
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.retrieval.vector_stores import typed_keys
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.vector_ports import VectorIndexes
from tradewind_server.ingest.chunk_fill import ChunkRecords
from tradewind_server.ingest.drawn_stores import DrawnStores
from tradewind_server.ingest.filled_stores import FilledStores
from tradewind_server.ingest.history import describe
from tradewind_server.ingest.journal import Journal
from tradewind_server.ingest.pipeline import ReportProgress
from tradewind_server.ingest.ports import Locks, RecordManager, UpsertHistory, UpsertHistoryEntry, UpsertResult
from tradewind_server.ingest.recovery import Outcome, Recovery, StoreKeys, worse
from tradewind_server.ingest.removal import Removal
from tradewind_server.ingest.targets import Targets

CLEARING_SECONDS = 3.0
"""How long the deletion of a chatflow waits for its vector stores; what takes longer goes on in the background."""


@dataclass(slots=True)
class UpsertRequest:
    """What to upsert (docs/contract.md §7.1), as any door brings it."""

    override_config: Mapping[str, Any] = field(default_factory=dict)
    stop_node_ids: Sequence[str] = ()
    files: Sequence[SourceFile] = ()
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
    as_drawn: bool = False
    """Whether it loads what the drawing says and nothing else."""


def stop_nodes(value: Any) -> list[str]:
    """``stopNodeId`` as a list: documentation says array, clients send a text. Raises ``InvalidInput``."""
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
        registry: Registry,
        context_of: Callable[[Chatflow], BuildContext],
        blobs: Blobs,
        history: UpsertHistory,
        records: RecordManager,
        journal: Journal,
        filled_stores: FilledStores,
        locks: Locks,
        indexes: VectorIndexes,
        variables: Variables,
        versions: VersionSearch,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        most_added: int,
        chunk_records: ChunkRecords | None = None,
        store_keys: StoreKeys | None = None,
    ) -> None:
        self._registry, self._context_of = registry, context_of
        self._blobs, self._history, self._variables = blobs, history, variables
        self._new_id, self._now = new_id, now
        self._clearings: set[asyncio.Future[Outcome]] = set()
        self._recovery = Recovery(
            journal=journal,
            records=records,
            locks=locks,
            indexes=indexes,
            chatflows=chatflows,
            now=now,
            chunk_records=chunk_records,
            store_keys=store_keys,
        )
        self._removal = Removal(
            journal=journal, stores=filled_stores, records=records, chatflows=chatflows, locks=locks, indexes=indexes
        )
        self._targets = Targets(
            journal=journal,
            records=records,
            recovery=self._recovery,
            locks=locks,
            new_id=new_id,
            now=now,
            most_added=most_added,
        )
        self._drawn_stores = DrawnStores(
            chatflows=chatflows,
            registry=registry,
            context_of=context_of,
            blobs=blobs,
            targets=self._targets,
            stores=filled_stores,
            variables=variables,
            versions=versions,
            new_id=new_id,
        )

    @property
    def targets(self) -> Targets:
        """What opens, fills and puts back vector stores, for upserts of another kind."""
        return self._targets

    @property
    def recovery(self) -> Recovery:
        return self._recovery

    async def prepare(self, admitted: Admitted, request: UpsertRequest) -> PreparedUpsert:
        """Everything that can still refuse a call before documents are loaded."""
        chatflow, config = admitted.chatflow, admitted.config
        flow = parse_flow(chatflow.flow_data)
        plans = plan_upserts(flow, self._registry, request.stop_node_ids)
        values = input_overrides(flow, AllowList(config.override_inputs, self._registry), request.override_config)
        if values:
            plans = [plan.with_overrides(values) for plan in plans]
        chat_id = optional_id(request.chat_id, "chatId") or optional_id(request.override_config.get("chatId"), "chatId")
        call = await self._call(admitted, plans, request, chat_id)
        context = self._context_of(chatflow)
        stores = [store_of(plan.with_call_values(call), context) for plan in plans]
        check_ending(request.files, [source for store in stores for source in store.sources])
        as_drawn = not (request.files or values or variables_of_call(config, request.override_config))
        return PreparedUpsert(chatflow, plans, stores, request.files, chat_id, as_drawn)

    async def _call(self, admitted: Admitted, plans: Sequence[Plan], request: UpsertRequest, chat_id: str | None) -> CallValues:
        """What the tokens of the canvas stand for in this call; nobody asks a question in an upsert."""
        session = optional_id(request.override_config.get("sessionId"), "sessionId")
        chat = chat_id or session or self._new_id()
        chatflow, config = admitted.chatflow, admitted.config
        variables = variables_of_call(config, request.override_config)
        if any(plan.reads_variables for plan in plans):
            variables = {**await self._variables.values(chatflow.workspace_id), **variables}
        turn = Turn(chatflow.workspace_id, chatflow.id, chat, session or chat, "", variables=variables)
        return CallValues(turn, (), config.override_variables)

    async def run(self, prepared: PreparedUpsert, report: ReportProgress | None = None) -> UpsertResult:
        """Upsert into each store in turn. When a step fails, all stores are as they were before."""
        result = UpsertResult()
        uploads: list[SourceFile] = []
        try:
            async with AsyncExitStack() as stack:
                await self._fill_all(prepared, stack, result, uploads, report)
        finally:
            await self._blobs.discard(uploads)
        await asyncio.gather(self._mark(prepared), self._keep(prepared), self._remember(prepared, result))
        return result

    async def _fill_all(
        self,
        prepared: PreparedUpsert,
        stack: AsyncExitStack,
        result: UpsertResult,
        uploads: list[SourceFile],
        report: ReportProgress | None,
    ) -> None:
        chatflow, chat_id = prepared.chatflow, prepared.chat_id
        targets, at = await self._targets.open(prepared.stores, chatflow, stack, chat_id)
        is_accepted = False
        try:
            for target in targets:
                context = load_context(self._blobs, chatflow.workspace_id, chatflow.id, prepared.files, uploads)
                context.warn = result.warn
                await self._targets.pump(target, context, result, chat_id, report)
            if not any(target.chunks for target in targets):
                sources = [source for target in targets for source in target.store.sources]
                raise nothing_to_upsert(sources, prepared.files, result.warnings)
            await self._targets.accept(targets, at)
            is_accepted = True
        finally:
            if not is_accepted:
                await self._targets.undo(targets)
        for target in targets:
            target.count(result, await self._targets.settle(target, at))

    async def _mark(self, prepared: PreparedUpsert) -> None:
        """In-memory stores that now hold all that is drawn."""
        for plan, store in zip(prepared.plans, prepared.stores, strict=True):
            if store.load_store is not None and prepared.as_drawn:
                await self._drawn_stores.mark(prepared.chatflow, plan, store)

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
        row = UpsertHistoryEntry(
            id=self._new_id(),
            chatflow_id=prepared.chatflow.id,
            result=counts,
            flow_data=[describe(node, node.inputs, names) for node in nodes.values()],
            date=self._now(),
        )
        await self._history.add(prepared.chatflow.workspace_id, row)

    async def ensure_loaded(self, store: VectorStore, asking: Chatflow | None = None) -> None:
        """Fill an in-memory store from its loaders, once for each version of its chatflow, however many ask."""
        await self._drawn_stores.ensure_loaded(store, asking)

    async def take_over(self) -> int:
        """Finish or undo, in every workspace, what upserts left that did not end; how many there were."""
        return (await self._recovery.take_over()).count

    async def keep_clear(self, *also: Callable[[], Awaitable[Outcome]]) -> None:
        """Take over what is left of upserts and of deleted chatflows, again and again, until cancelled; ``also`` is asked each
        time too.
        """

        async def rest() -> Outcome:
            outcome = await self._removal.clear()
            for one in also:
                outcome = worse(outcome, await one())
            return outcome

        await self._recovery.keep_clear(rest)

    async def clear_stores(self, chatflow: Chatflow) -> None:
        """Take what a chatflow has left out of the vector stores, once it is deleted: now if that is quick, else soon."""
        await self.clear_owner(chatflow.id, typed_keys(chatflow))

    async def clear_owner(self, owner_id: str, keys: Mapping[str, str]) -> None:
        """The same for whatever upserts, a document store too; ``keys`` are those that only it held, by address."""
        self.remember_keys(owner_id, keys)
        await self._clear(owner_id)

    def remember_keys(self, owner_id: str, keys: Mapping[str, str]) -> None:
        """Keys, by address, that only an owner held that is about to be deleted."""
        self._removal.remember_keys(owner_id, keys)

    async def clear_orphans(self) -> None:
        """Take out what every owner that is no more has left: now if that is quick, else soon."""
        await self._clear(None)

    async def _clear(self, owner_id: str | None) -> None:
        clearing = asyncio.ensure_future(self._removal.clear(owner_id))
        self._clearings.add(clearing)
        clearing.add_done_callback(self._on_clear)
        await asyncio.wait([clearing], timeout=CLEARING_SECONDS)

    def _on_clear(self, clearing: asyncio.Future[Outcome]) -> None:
        self._clearings.discard(clearing)
        if clearing.cancelled() or clearing.exception() is not None or clearing.result() != "clear":
            self._recovery.wake()
