"""In-memory stores of the canvas: filled from their loaders, whatever was upserted before (docs/contract.md §7.6)."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Hashable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial

import orjson

from tradewind_server.caching import SingleFlight, VersionCache
from tradewind_server.chatflows.ports import Chatflow, Chatflows
from tradewind_server.chatflows.variables import Variables
from tradewind_server.chatflows.versions import AnsweringVersions, VersionSearch
from tradewind_server.documents.ports import LoadContext, SourceFile
from tradewind_server.errors import TradewindError
from tradewind_server.files.load_context import load_context
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.compile.plan import Plan, plan_upserts, store_of
from tradewind_server.flows.compile.tokens import VARIABLE, CallValues
from tradewind_server.flows.components import Turn, VectorStore
from tradewind_server.flows.drawing import Flow, parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.ingest.filled_stores import FilledStores
from tradewind_server.ingest.ports import UpsertResult
from tradewind_server.ingest.targets import Target, Targets

NOT_LOADED = frozenset({"Embeddings", "Vector Stores"})
"""Categories of nodes that say nothing of what is loaded."""
TRY_AGAIN = 60.0
"""Seconds until a drawing that could not be loaded is tried again, where other chunks can be found meanwhile."""
MOST_REMEMBERED = 4096
"""Stores of versions that are known to be filled."""
LOG = logging.getLogger(__name__)


class DrawnStores:
    """Fills each store once for a version of its drawing, however many ask.

    What was upserted stays: a source that was upserted is not loaded from the drawing until the drawing changes. The versions
    of a chatflow share its stores: each is filled from the version that answers calls that name none, and, where that one has
    not drawn it, from the version that asks.
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
        versions: VersionSearch,
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
        self._versions = AnsweringVersions(versions)
        self._loads: SingleFlight[Hashable, None] = SingleFlight()
        self._fills: VersionCache[bool] = VersionCache(MOST_REMEMBERED)
        self._failures: dict[str, float] = {}

    async def ensure_loaded(self, store: VectorStore, asking: Chatflow | None = None) -> None:
        """Fill a store from the drawing of its chatflow, unless that has been done.

        ``asking`` is the chatflow as the version has it that asks; None asks for it as it is.
        """
        name = store.collection.name
        key = (name, asking.cache_key if asking else None)
        if self._fills.get(key) or asyncio.get_running_loop().time() < self._failures.get(name, 0.0):
            return
        await self._loads.run(key, partial(self._load_once, store, asking, key))

    async def mark(self, chatflow: Chatflow, plan: Plan, store: VectorStore) -> None:
        """An upsert has loaded all that is drawn."""
        digest = await asyncio.to_thread(digest_of, plan, await self._values(chatflow, plan))
        await self._stores.mark_loaded(chatflow.workspace_id, chatflow.id, store.collection.name, digest)

    async def _drawing(self, node_id: str, chatflow_id: str, asking: Chatflow | None) -> tuple[Chatflow, Flow] | None:
        """The version that says what belongs into a store; None where it has just been drawn anew, without the node."""
        newest = await self._chatflows.get_by_id(chatflow_id)
        if newest is None:
            return None
        for chatflow in (await self._versions.choose(newest), asking):
            flow = parse_flow(chatflow.flow_data) if chatflow is not None else None
            if chatflow is not None and flow is not None and node_id in flow.nodes:
                return chatflow, flow
        return None

    async def _load_once(self, vector_store: VectorStore, asking: Chatflow | None, key: Hashable) -> None:
        name = vector_store.collection.name
        drawing = await self._drawing(vector_store.node_id, name.removeprefix("memory_")[:36], asking)
        if drawing is None:
            return
        chatflow, flow = drawing
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
        self._fills.put(key, True)

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
