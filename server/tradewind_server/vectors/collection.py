"""One collection of a Qdrant: the port ``VectorIndex`` over its gRPC."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import grpc

from tradewind_server.errors import Conflict, InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.flows.vector_names import stored_name
from tradewind_server.flows.vector_ports import CollectionSpec, Point, ScoredChunk
from tradewind_server.observability.steps import VectorStep
from tradewind_server.vectors import payload_indexes, requests
from tradewind_server.vectors.attempts import SETTLE_SECONDS, Attempts
from tradewind_server.vectors.connection import NEVER, Connection
from tradewind_server.vectors.failures import LostKind, is_missing_collection, lost_kind, meaning, too_slow
from tradewind_server.vectors.protocol import q

if TYPE_CHECKING:
    from tradewind_server.vectors.qdrant import QdrantIndexes

WRITE_SECONDS = 30.0
READ_SECONDS = 4.0
"""A search whose server is silent ends with one more look, of a second, at whether a new connection works."""
READS = frozenset({"Query", "Get", "Count", "CollectionExists"})
BATCH = 256
IDS_PER_CALL = 1000
CONCURRENT_BATCHES = 2
EXPECTED_SIZE = re.compile(r"expected dim: (\d+)")
QUIET = (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.ALREADY_EXISTS)
"""Answers that are the caller's doing, or usual."""


class QdrantIndex:
    """The port ``VectorIndex``: one collection."""

    def __init__(self, indexes: QdrantIndexes, spec: CollectionSpec) -> None:
        self._indexes = indexes
        self._spec = spec
        self.name = stored_name(spec)
        self._server = spec.url is not None or not indexes.embedded
        self._opening = asyncio.Lock()
        self._is_open = False
        """Whether a write has gone through: until then they go one after the other, so that one alone makes the collection."""
        self._created = NEVER
        if spec.content_key == spec.metadata_key:
            raise InvalidInput(
                Reason.NODE_INPUT_INVALID, "The Qdrant content key and metadata key must differ; change one in the node."
            )

    async def exists(self) -> bool:
        answer = await self._call("collections", "CollectionExists", requests.exists(self.name))
        return bool(answer.result.exists)

    async def upsert(self, points: Sequence[Point]) -> None:
        if not points:
            return
        size = len(points[0].vector)
        if not size or any(len(point.vector) != size for point in points):
            raise InvalidInput(
                Reason.NODE_INPUT_INVALID, f"{self._model} made vectors of different sizes; use another embedding model."
            )
        gate = asyncio.Semaphore(CONCURRENT_BATCHES)
        success = False

        async def write(batch: Sequence[Point]) -> None:
            nonlocal success
            async with gate:
                for request in await requests.upserts(self.name, batch, self._spec):
                    if self._is_open:
                        there = await self._put(request, size)
                        if not there and success:  # It was there a moment ago.
                            raise self._deleted()
                        if not there:
                            await self._first_put(request, size)
                    else:
                        await self._first_put(request, size)
                    success = True

        step = self._spec.batch_size or BATCH
        tasks = [asyncio.ensure_future(write(points[start : start + step])) for start in range(0, len(points), step)]
        await _all_or_first_error(tasks)

    async def _put(self, request: q.UpsertPoints, size: int) -> bool:
        """Write points; False where there is no collection."""
        return await self._call("points", "Upsert", request, missing=None, dimension=size) is not None

    async def _first_put(self, request: q.UpsertPoints, size: int) -> None:
        """Write points and have the collection made for them. Others wait: in a cluster it is there before its shards are."""
        async with self._opening:
            if not await self._put(request, size):
                await self._create(size)
                if not await self._put(request, size):
                    raise self._deleted()
            elif not self._is_open:
                await self._index_keys(payload_indexes.wanted_of(self._spec.standing_filter))
            self._is_open = True

    async def search(self, vector: Sequence[float], limit: int, filters: Mapping[str, Any] | None = None) -> list[ScoredChunk]:
        if limit < 1:
            return []
        request = requests.search(self.name, vector, limit, filters)
        response = await self._call_with_filter("Query", request, request.filter, dimension=len(vector))
        return [] if response is None else requests.chunks(response, self._spec)

    async def existing(self, ids: Sequence[str]) -> set[str]:
        ids_found: set[str] = set()
        for some in _slices(ids, IDS_PER_CALL):
            answer = await self._call("points", "Get", requests.lookup(self.name, some), missing=None)
            if answer is None:
                return set()
            ids_found.update(point.id.uuid for point in answer.result)
        return ids_found

    async def delete(self, ids: Sequence[str]) -> None:
        for some in _slices(ids, IDS_PER_CALL):
            await self._call("points", "Delete", requests.deletion(self.name, ids=some), missing=None)

    async def delete_where(self, filters: Mapping[str, Any]) -> None:
        request = requests.deletion(self.name, filters=filters)
        await self._call_with_filter("Delete", request, request.points.filter)

    async def count(self, filters: Mapping[str, Any] | None = None) -> int:
        request = requests.count(self.name, filters)
        response = await self._call_with_filter("Count", request, request.filter)
        return 0 if response is None else int(response.result.count)

    async def ensure_payload_index(self, field: str) -> None:
        await self._call(
            "points", "CreateFieldIndex", payload_indexes.creation(self.name, field, "Keyword", wait=True), missing=None
        )

    async def drop(self) -> None:
        await self._call("collections", "Delete", requests.drop(self.name), missing=None)
        self._is_open, self._created = False, NEVER
        self._indexes.indexed_keys(self._spec.url, self.name).clear()

    @property
    def _model(self) -> str:
        return self._spec.embedding_model or "The embedding model"

    async def _create(self, size: int) -> None:
        try:
            await self._call("collections", "Create", requests.creation(self.name, size, self._spec))
        except Conflict as conflict:
            if conflict.reason is not Reason.ALREADY_EXISTS:
                raise
            # Another call was first; its size decides when the points are written.
        self._created = asyncio.get_running_loop().time()
        self._indexes.indexed_keys(self._spec.url, self.name).clear()
        await self._index_keys(payload_indexes.wanted_of(self._spec.standing_filter), wait=True)

    async def _index_keys(self, keys: payload_indexes.IndexKinds, *, wait: bool = False) -> None:
        """Have payload keys indexed, once in the life of this process. A server that refuses may still be searched.

        The embedded engine reads all payloads anyway, and an index would cost each of its collections 50 ms.
        """
        looked_after = self._indexes.indexed_keys(self._spec.url, self.name)
        new = {key: kind for key, kind in keys.items() if key not in looked_after}
        if not new or not self._server:
            return
        try:
            there = set() if wait else await self._schema()
            for key, kind in list(new.items())[: payload_indexes.MOST_INDEXES]:
                looked_after.add(key)
                if key not in there:
                    request = payload_indexes.creation(self.name, key, kind, wait=wait)
                    await self._call("points", "CreateFieldIndex", request, missing=None)
        except TradewindError:  # Its words are in the log; a search that needs the index says so.
            looked_after.update(new)

    async def _schema(self) -> dict[str, Any]:
        info = await self._call("collections", "Get", requests.about(self.name), missing=None)
        return {} if info is None else dict(info.result.payload_schema)

    async def _call_with_filter(self, method: str, request: Any, filters: q.Filter, *, dimension: int | None = None) -> Any:
        """A call with a filter. A server in strict mode gets the indexes that it asks for, and text is compared by words."""
        keys = payload_indexes.kinds_for(filters) if self._server else {}
        if texts := {key: kind for key, kind in keys.items() if kind == "Text"}:
            await self._index_keys(texts)
        indexed_keys: set[str] = set()
        while True:
            try:
                return await self._with_attempts("points", method, request, missing=None)
            except grpc.aio.AioRpcError as error:
                missing_index = payload_indexes.missing_index(error.details() or "", filters)
                if missing_index is None:
                    raise await self._meaning(error, method, dimension) from error
                if missing_index[0] in indexed_keys or len(indexed_keys) >= payload_indexes.MOST_INDEXES:
                    raise self._missing_index(*missing_index) from error
                indexed_keys.add(missing_index[0])
                await self._index_for_strict_mode(*missing_index)

    async def _index_for_strict_mode(self, key: str, kind: str) -> None:
        looked_after = self._indexes.indexed_keys(self._spec.url, self.name)
        if key in await self._schema() or len(looked_after) >= payload_indexes.MOST_INDEXES:
            raise self._missing_index(key, kind)  # An index of another type would take the place of the one that is there.
        try:
            await self._call("points", "CreateFieldIndex", payload_indexes.creation(self.name, key, kind, wait=True))
        except Unavailable as error:
            raise self._missing_index(key, kind) from error
        looked_after.add(key)

    def _missing_index(self, key: str, kind: str) -> InvalidInput:
        return InvalidInput(
            Reason.NODE_INPUT_INVALID,
            f"The Qdrant server filters by indexed payload keys alone (strict mode) and {key[:80]} has no {kind.lower()} index "
            f"in the collection {self._spec.name}; create it there, or leave the key out of the filter.",
        )

    async def _call(
        self, service: str, method: str, request: Any, *, missing: object = ..., dimension: int | None = None
    ) -> Any:
        """One call with its repetitions. ``missing`` is the answer where there is no such collection; without it that is an
        error. ``dimension`` is the size of the vectors sent.
        """
        try:
            return await self._with_attempts(service, method, request, missing=missing)
        except grpc.aio.AioRpcError as error:
            raise await self._meaning(error, method, dimension) from error

    async def _with_attempts(self, service: str, method: str, request: Any, *, missing: object) -> Any:
        seconds = READ_SECONDS if method in READS else WRITE_SECONDS
        connection: Connection | None = None

        async def once() -> Any:
            nonlocal connection
            connection = await self._indexes.connection_for(self._spec)
            try:
                return await connection.call(service, method, request, seconds)
            except grpc.aio.AioRpcError as error:
                if lost_kind(error) is not LostKind.ANSWER:
                    self._indexes.forget_connection(self._spec.url)
                raise

        settling = asyncio.get_running_loop().time() - self._created < SETTLE_SECONDS
        attempts = Attempts(lambda: connection is not None and connection.away, settling=settling, writes=method not in READS)
        with VectorStep(method, self._spec.name):
            try:
                return await attempts.run(once)
            except grpc.aio.AioRpcError as error:
                if missing is not ... and is_missing_collection(error):
                    return missing
                if connection is not None and error.code() not in QUIET:
                    connection.note(error, f"{method} of {self.name}")
                if connection is not None and lost_kind(error) is LostKind.SILENT and not connection.away:
                    raise too_slow() from error
                raise

    async def _meaning(self, error: Any, method: str, dimension: int | None) -> TradewindError:
        code, details = error.code(), error.details() or ""
        there = EXPECTED_SIZE.search(details)
        if there and dimension is not None:
            return await self._mismatch(dimension, int(there[1]))
        if code == grpc.StatusCode.ALREADY_EXISTS or (method == "Create" and "already exists" in details):
            return Conflict(Reason.ALREADY_EXISTS, f"The collection {self._spec.name} exists already.")
        if is_missing_collection(error):
            return self._deleted()
        return meaning(error, self._spec.name)

    def _deleted(self) -> Conflict:
        return Conflict(Reason.COLLECTION_NOT_FOUND, f"The collection {self._spec.name} was deleted meanwhile; try again.")

    async def _mismatch(self, size: int, there: int) -> Conflict:
        info = await self._call("collections", "Get", requests.about(self.name), missing=None)
        model = requests.model_of(info) if info is not None else None
        return Conflict(
            Reason.VECTOR_DIMENSION_MISMATCH,
            f"The collection {self._spec.name} holds vectors of {there} dimensions"
            f"{f' made by {model}' if model else ''}, but {self._model} makes {size}; use that "
            "embedding model, or another collection name.",
        )


def _slices(ids: Sequence[str], step: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), step):
        yield ids[start : start + step]


async def _all_or_first_error(tasks: Sequence[asyncio.Future[None]]) -> None:
    """Wait for all; the first error, as it is, ends the others. So does being cancelled."""
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
