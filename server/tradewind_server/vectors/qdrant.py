"""Vectors in Qdrant, by qdrant-client's gRPC stubs: the embedded engine and a server alike."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import grpc

from tradewind_server.access.ports import DEFAULT_WORKSPACE, Credentials
from tradewind_server.errors import Conflict, InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.flows.ports import CollectionSpec, Point, ScoredChunk
from tradewind_server.vectors import requests
from tradewind_server.vectors.address import GRPC_PORT, Address, parse_url
from tradewind_server.vectors.connection import NEVER, Connection

CALL_SECONDS = 30.0
READY_SECONDS = 2.0
BATCH = 256
IDS_PER_CALL = 1000
CONCURRENT_BATCHES = 2
RETRY_SECONDS = 8.0  # A killed engine is back within half of this.
RETRY_PAUSE = 0.1
GIVEN_UP_SECONDS = 5.0
"""How long nobody waits again for a server that somebody has waited for in vain: they hear so at once."""
KEY_FIELDS = ("qdrantApiKey", "apiKey")
LONGEST_NAME = 200
FORBIDDEN_IN_NAMES = frozenset('<>:"/\\|?*')
SCOPED = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}__", re.IGNORECASE)
EXPECTED_SIZE = re.compile(r"expected dim: (\d+)")
AWAY = "The vector store does not answer right now; try again shortly."


class QdrantIndexes:
    """The port ``VectorIndexes``. ``ensure_started`` has the supervisor start the embedded engine."""

    def __init__(
        self,
        *,
        socket: Path | None = None,
        url: str | None = None,
        api_key: str | None = None,
        ensure_started: Callable[[], Awaitable[None]] | None = None,
        credentials: Credentials | None = None,
    ) -> None:
        self._own = Address(f"unix:{socket}", GRPC_PORT, False) if url is None else parse_url(url)
        self._own_key = api_key
        self._ensure_started = ensure_started if url is None else None
        self._starting = asyncio.Lock()
        self._started = False
        self._credentials = credentials
        self._connections: dict[tuple[Address, str | None], Connection] = {}

    def index(self, spec: CollectionSpec) -> QdrantIndex:
        return QdrantIndex(self, spec)

    async def ready(self) -> bool:
        """Whether our own Qdrant answers. An embedded engine that nobody has used yet counts as ready."""
        if self._ensure_started is not None and not self._started:
            return True
        try:
            connection = await self._connection(None, None)
            ask = connection.collections.CollectionExists
            await connection.call(ask, requests.exists("tradewind"), READY_SECONDS, patient=True)
        except (grpc.aio.AioRpcError, TradewindError):
            return False
        return True

    async def connection_for(self, spec: CollectionSpec) -> Connection:
        """The channel to a collection's server, with the key that its node or its stored credential names."""
        key = spec.api_key
        if spec.url and not key and spec.credential_id and self._credentials is not None:
            found = await self._credentials.reveal(spec.workspace_id, spec.credential_id)
            key = next((found[1][name] for name in KEY_FIELDS if found[1].get(name)), None) if found else None
        return await self._connection(spec.url, key)

    async def _connection(self, url: str | None, api_key: str | None) -> Connection:
        """The shared channel to an address; to our own Qdrant when ``url`` is None."""
        own = url is None
        if own and self._ensure_started is not None and not self._started:
            async with self._starting:
                if not self._started:
                    await self._ensure_started()
                    self._started = True
        key = (self._own, self._own_key) if own else (parse_url(url or ""), api_key)
        connection = self._connections.get(key)
        if connection is None:
            connection = self._connections[key] = Connection(*key)
        return connection

    def lost(self, url: str | None) -> None:
        """Our own engine went away: have it started again before the next use."""
        if url is None:
            self._started = False

    async def aclose(self) -> None:
        for connection in self._connections.values():
            await connection.close()
        self._connections.clear()


class QdrantIndex:
    """The port ``VectorIndex``: one collection."""

    def __init__(self, indexes: QdrantIndexes, spec: CollectionSpec) -> None:
        self._indexes = indexes
        self._spec = spec
        self.name = _stored_name(spec)
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
        written = False

        async def write(batch: Sequence[Point]) -> None:
            nonlocal written
            async with gate:
                for request in await requests.upserts(self.name, batch, self._spec):
                    while await self._call("points", "Upsert", request, missing=None, dimension=size) is None:
                        if written:  # It was there a moment ago.
                            raise self._deleted()
                        await self._create(size)
                    written = True

        step = self._spec.batch_size or BATCH
        tasks = [asyncio.ensure_future(write(points[start : start + step])) for start in range(0, len(points), step)]
        await _all_or_first_error(tasks)

    async def search(self, vector: Sequence[float], limit: int, filters: Mapping[str, Any] | None = None) -> list[ScoredChunk]:
        if limit < 1:
            return []
        request = requests.search(self.name, vector, limit, filters)
        found = await self._call("points", "Query", request, missing=None, dimension=len(vector))
        return [] if found is None else requests.chunks(found, self._spec)

    async def existing(self, ids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for some in _slices(ids, IDS_PER_CALL):
            answer = await self._call("points", "Get", requests.lookup(self.name, some), missing=None)
            if answer is None:
                return set()
            found.update(point.id.uuid for point in answer.result)
        return found

    async def delete(self, ids: Sequence[str]) -> None:
        for some in _slices(ids, IDS_PER_CALL):
            await self._call("points", "Delete", requests.deletion(self.name, ids=some), missing=None)

    async def delete_where(self, filters: Mapping[str, Any]) -> None:
        await self._call("points", "Delete", requests.deletion(self.name, filters=filters), missing=None)

    async def count(self, filters: Mapping[str, Any] | None = None) -> int:
        counted = await self._call("points", "Count", requests.count(self.name, filters), missing=None)
        return 0 if counted is None else int(counted.result.count)

    async def ensure_payload_index(self, field: str) -> None:
        await self._call("points", "CreateFieldIndex", requests.keyword_index(self.name, field), missing=None)

    async def drop(self) -> None:
        await self._call("collections", "Delete", requests.drop(self.name), missing=None)

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

    async def _call(
        self,
        service: str,
        method: str,
        request: Any,
        *,
        missing: object = ...,
        dimension: int | None = None,
    ) -> Any:
        """One call, tried again for a few seconds while the server is away. ``missing`` is the answer where there is no
        such collection; without it that is an error. ``dimension`` is the size of the vectors sent.
        """
        deadline = None
        while True:
            connection = await self._indexes.connection_for(self._spec)
            try:
                answer = await connection.call(getattr(getattr(connection, service), method), request, CALL_SECONDS)
                connection.given_up = NEVER
                return answer
            except grpc.aio.AioRpcError as error:
                code = error.code()
                if code == grpc.StatusCode.NOT_FOUND and missing is not ...:
                    return missing
                if code != grpc.StatusCode.UNAVAILABLE:
                    raise await self._meaning(error, dimension) from error
                self._indexes.lost(self._spec.url)
                now = asyncio.get_running_loop().time()
                if deadline is None:
                    deadline = now + (0 if now - connection.given_up < GIVEN_UP_SECONDS else RETRY_SECONDS)
                if now >= deadline:
                    connection.given_up = now
                    raise Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, AWAY) from error
            await asyncio.sleep(RETRY_PAUSE)

    async def _meaning(self, error: Any, dimension: int | None) -> TradewindError:
        code, details = error.code(), error.details() or ""
        there = EXPECTED_SIZE.search(details)
        if there and dimension is not None:
            return await self._mismatch(dimension, int(there[1]))
        if code == grpc.StatusCode.ALREADY_EXISTS or "already exists" in details:
            return Conflict(Reason.ALREADY_EXISTS, f"The collection {self._spec.name} exists already.")
        if code in (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED):
            return Unavailable(
                Reason.VECTOR_STORE_UNAVAILABLE, "The Qdrant server refused its API key; check the vector store node."
            )
        if code in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.UNIMPLEMENTED):
            said = " ".join(details.removeprefix("Wrong input: ").split())[:200]
            return InvalidInput(Reason.NODE_INPUT_INVALID, f"The vector store refused the request: {said}")
        if code == grpc.StatusCode.NOT_FOUND:
            return self._deleted()
        if code == grpc.StatusCode.DATA_LOSS:
            sentence = f"The collection {self._spec.name} is damaged; delete it and upsert its documents again."
            return Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, sentence)
        return Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, AWAY)

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


def _stored_name(spec: CollectionSpec) -> str:
    """The name of a collection in its Qdrant: in our own, other workspaces than the default one prefix their id."""
    name = spec.name
    wrong = not name or len(name) > LONGEST_NAME or any(ord(char) < 32 or char in FORBIDDEN_IN_NAMES for char in name)
    if wrong or any("\ud800" <= char <= "\udfff" for char in name):
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID,
            f"The Qdrant collection name must have 1 to {LONGEST_NAME} characters and none of "
            f"{' '.join(sorted(FORBIDDEN_IN_NAMES))}; change it in the node.",
        )
    if spec.url is not None:
        return name
    if SCOPED.match(name):
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID,
            "A Qdrant collection name on this server must not start with the id of a workspace; change it in the node.",
        )
    return name if spec.workspace_id == DEFAULT_WORKSPACE else f"{spec.workspace_id}__{name}"


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
