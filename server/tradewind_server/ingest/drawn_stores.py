"""In-memory stores of the canvas: filled from their loaders, whatever was upserted before (docs/contract.md §7.6)."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial

import orjson

from tradewind_server.caching import SingleFlight
from tradewind_server.chatflows.ports import Chatflow, Chatflows
from tradewind_server.chatflows.variables import Variables
from tradewind_server.documents.ports import LoadContext, SourceFile
from tradewind_server.errors import TradewindError
from tradewind_server.files.load_context import load_context
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.compile.plan import Plan, plan_upserts, store_of
from tradewind_server.flows.compile.tokens import VARIABLE, CallValues
from tradewind_server.flows.components import Turn, VectorStore
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.ingest.filled_stores import FilledStores
from tradewind_server.ingest.ports import UpsertResult
from tradewind_server.ingest.targets import Target, Targets

NOT_LOADED = frozenset({"Embeddings", "Vector Stores"})
"""Categories of nodes that say nothing of what is loaded."""
TRY_AGAIN = 60.0
"""Seconds until a drawing that could not be loaded is tried again, where other chunks can be found meanwhile."""
LOG = logging.getLogger(__name__)


class DrawnStores:
    """Fills each store once for a version of its drawing, however many ask.

    What was upserted stays: a source that was upserted is not loaded from the drawing until the drawing changes.
    """

    def __init__(
        self,
        *,
        chatflows: Chatflows,
        registry: Registry,
        context_of: Callable[[Chatflow], BuildContext],
        blobs: Blobs,
        targets: Targets,
        stores: FilledStores,
        variables: Variables,
        new_id: Callable[[], str],
    ) -> None:
        self._chatflows = chatflows
        self._registry = registry
        self._context_of = context_of
        self._blobs = blobs
        self._targets = targets
        self._stores = stores
        self._variables = variables
        self._new_id = new_id
        self._loads: SingleFlight[tuple[str, int], None] = SingleFlight()
        self._versions: dict[str, int] = {}
        self._failures: dict[str, float] = {}

    async def ensure_loaded(self, store: VectorStore, version: int) -> None:
        """Fill a store from the drawing of its chatflow, unless that has been done. ``version`` is the chatflow's."""
        name = store.collection.name
        if self._versions.get(name) == version or asyncio.get_running_loop().time() < self._failures.get(name, 0.0):
            return
        await self._loads.run((name, version), partial(self._load_once, store, version))

    async def mark(self, chatflow: Chatflow, plan: Plan, store: VectorStore) -> None:
        """An upsert has loaded all that is drawn."""
        digest = await asyncio.to_thread(digest_of, plan, await self._values(chatflow, plan))
        await self._stores.mark_loaded(chatflow.workspace_id, chatflow.id, store.collection.name, digest)

    async def _load_once(self, vector_store: VectorStore, version: int) -> None:
        name = vector_store.collection.name
        chatflow = await self._chatflows.get_by_id(name.removeprefix("memory_")[:36])
        if chatflow is None:
            return
        flow = parse_flow(chatflow.flow_data)
        if vector_store.node_id not in flow.nodes:  # It has just been drawn anew, without this node.
            return
        (plan,) = plan_upserts(flow, self._registry, [vector_store.node_id])
        variables = await self._values(chatflow, plan)
        digest = await asyncio.to_thread(digest_of, plan, variables)
        store = store_of(plan.with_call_values(self._call(chatflow, variables)), self._context_of(chatflow))
        uploads: list[SourceFile] = []
        try:
            async with AsyncExitStack() as stack:
                (target,), at = await self._targets.open([store], chatflow, stack)
                before = await self._stores.version_of(chatflow.workspace_id, chatflow.id, name)
                there = await target.index.exists()
                if before != digest or not there:
                    target.fill = self._targets.fill_of(
                        target.fill.run, store, target.index, at, fills_gaps=there and before is None
                    )
                    context = load_context(self._blobs, chatflow.workspace_id, chatflow.id, (), uploads)
                    await self._fill(target, context, at)
                    await self._stores.mark_loaded(chatflow.workspace_id, chatflow.id, name, digest)
        except TradewindError as error:
            if not await self._has_chunks(store):
                raise
            LOG.warning("the documents drawn into the store %s could not be loaded: %s", name, error)
            self._failures[name] = asyncio.get_running_loop().time() + TRY_AGAIN
            return
        finally:
            await self._blobs.discard(uploads)
        self._failures.pop(name, None)
        self._versions[name] = version

    async def _has_chunks(self, store: VectorStore) -> bool:
        """Whether questions can be answered from what was upserted."""
        _, index = await store.open()
        return await index.exists()

    async def _values(self, chatflow: Chatflow, plan: Plan) -> Mapping[str, str]:
        return await self._variables.values(chatflow.workspace_id) if plan.reads_variables else {}

    def _call(self, chatflow: Chatflow, variables: Mapping[str, str]) -> CallValues:
        chat = self._new_id()
        return CallValues(Turn(chatflow.workspace_id, chatflow.id, chat, chat, "", variables=variables))

    async def _fill(self, target: Target, context: LoadContext, at: datetime) -> None:
        done = False
        try:
            await self._targets.pump(target, context, UpsertResult())
            await self._targets.accept([target], at)
            done = True
        finally:
            if not done:
                await self._targets.undo([target])
        await self._targets.settle(target, at)


def digest_of(plan: Plan, variables: Mapping[str, str]) -> str:
    """A hash over all that says what a drawing loads: the nodes, and the variables that they read."""
    nodes = [(one.id, one.name, one.inputs, one.credential) for one in plan.order if one.category not in NOT_LOADED]
    tokens = {token for tokens in plan.tokens.values() for token in tokens if token.startswith(VARIABLE)}
    read = [(token, variables.get(token.removeprefix(VARIABLE))) for token in sorted(tokens)]
    return hashlib.sha256(orjson.dumps([nodes, read], option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()
