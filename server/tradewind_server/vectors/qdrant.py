"""Vectors in Qdrant, by qdrant-client over gRPC: the embedded engine and a server alike."""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tradewind_server.access.ports import DEFAULT_WORKSPACE, Credentials
from tradewind_server.errors import Conflict, InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.flows.ports import CollectionSpec, Point, ScoredChunk
from tradewind_server.vectors.address import GRPC_PORT, Address, parse_url

if TYPE_CHECKING:
    from qdrant_client import AsyncQdrantClient

T = TypeVar("T")

CALL_SECONDS = 30
BATCH = 256
CONCURRENT_BATCHES = 2
RETRY_SECONDS = 8.0  # A killed engine is back within half of this.
RETRY_PAUSE = 0.1
MODEL_KEY = "embedding_model"
KEY_FIELDS = ("qdrantApiKey", "apiKey")
CHANNEL_OPTIONS = {
    # A restarted engine is found again within a fraction of a second.
    "grpc.initial_reconnect_backoff_ms": 50,
    "grpc.min_reconnect_backoff_ms": 50,
    "grpc.max_reconnect_backoff_ms": 500,
    "grpc.max_receive_message_length": 64 * 1024 * 1024,
    "grpc.max_send_message_length": 64 * 1024 * 1024,
}
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
        self._started = False
        self._credentials = credentials
        self._clients: dict[tuple[Address, str | None], AsyncQdrantClient] = {}

    def index(self, spec: CollectionSpec) -> QdrantIndex:
        return QdrantIndex(self, spec)

    async def ready(self) -> bool:
        """Whether our own Qdrant answers. An embedded engine that nobody has used yet counts as ready."""
        if self._ensure_started is not None and not self._started:
            return True
        try:
            await asyncio.wait_for((await self.client(None, None)).get_collections(), 3)
        except Exceptions.all():
            return False
        return True

    async def client_for(self, spec: CollectionSpec) -> AsyncQdrantClient:
        """The client of a collection's server, with the key that its node or its stored credential names."""
        key = spec.api_key
        if spec.url and not key and spec.credential_id and self._credentials is not None:
            found = await self._credentials.reveal(spec.workspace_id, spec.credential_id)
            key = next((found[1][name] for name in KEY_FIELDS if found[1].get(name)), None) if found else None
        return await self.client(spec.url, key)

    async def client(self, url: str | None, api_key: str | None) -> AsyncQdrantClient:
        """The shared client of an address; our own server's when ``url`` is None."""
        own = url is None
        if own and self._ensure_started is not None and not self._started:
            await self._ensure_started()
            self._started = True
        address = self._own if own else parse_url(url or "")
        key = self._own_key if own else api_key
        client = self._clients.get((address, key))
        if client is None:
            # Loading the client takes seconds of CPU: in a thread, so that other calls go on.
            module = await asyncio.to_thread(importlib.import_module, "qdrant_client")
            client = self._clients.get((address, key)) or module.AsyncQdrantClient(
                host=address.host,
                grpc_port=address.port,
                https=address.tls,
                api_key=key,
                prefer_grpc=True,
                check_compatibility=False,
                timeout=CALL_SECONDS,
                grpc_options=CHANNEL_OPTIONS,
            )
            self._clients[(address, key)] = client
        return client

    def lost(self, url: str | None) -> None:
        """Our own engine went away: have it started again before the next use."""
        if url is None:
            self._started = False

    async def aclose(self) -> None:
        for client in self._clients.values():
            await client.close()


class Exceptions:
    """What qdrant-client raises, imported when first needed."""

    @staticmethod
    def all() -> tuple[type[BaseException], ...]:
        import grpc
        from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

        return (grpc.aio.AioRpcError, ResponseHandlingException, UnexpectedResponse, TimeoutError, TradewindError)


class QdrantIndex:
    """The port ``VectorIndex``: one collection."""

    def __init__(self, indexes: QdrantIndexes, spec: CollectionSpec) -> None:
        self._indexes = indexes
        self._spec = spec
        scoped = spec.url is None and spec.workspace_id != DEFAULT_WORKSPACE
        self.name = f"{spec.workspace_id}__{spec.name}" if scoped else spec.name
        if not spec.name or len(spec.name) > 200 or any(ord(char) < 32 or char in "/\\" for char in spec.name):
            raise InvalidInput(
                Reason.NODE_INPUT_INVALID,
                "The Qdrant collection name must have 1 to 200 characters and no slash; change it in the node.",
            )

    async def exists(self) -> bool:
        return bool(await self._call(lambda client: client.collection_exists(self.name)))

    async def upsert(self, points: Sequence[Point]) -> None:
        if not points:
            return
        await self._ensure_collection(len(points[0].vector))
        size = self._spec.batch_size or BATCH
        gate = asyncio.Semaphore(CONCURRENT_BATCHES)

        async def write(batch: Sequence[Point]) -> None:
            async with gate:
                structs = await asyncio.to_thread(self._structs, batch)
                await self._call(lambda client: client.upsert(self.name, structs, wait=True))

        async with asyncio.TaskGroup() as group:
            for start in range(0, len(points), size):
                group.create_task(write(points[start : start + size]))

    def _structs(self, points: Sequence[Point]) -> Any:
        from qdrant_client import grpc as q
        from qdrant_client.conversions.conversion import payload_to_grpc

        content, metadata = self._spec.content_key, self._spec.metadata_key
        return [
            q.PointStruct(
                id=q.PointId(uuid=point.id),
                vectors=q.Vectors(vector=q.Vector(dense=q.DenseVector(data=point.vector))),
                payload=payload_to_grpc({content: point.content, metadata: dict(point.metadata)}),
            )
            for point in points
        ]

    async def search(self, vector: Sequence[float], limit: int, filters: Mapping[str, Any] | None = None) -> list[ScoredChunk]:
        given = _filter(filters)
        query = list(vector)
        found = await self._call(
            lambda client: client.query_points(self.name, query=query, limit=limit, query_filter=given, with_payload=True),
            missing=None,
            dimension=len(query),
        )
        if found is None:
            return []
        return [self._chunk(point) for point in found.points]

    def _chunk(self, point: Any) -> ScoredChunk:
        payload = point.payload or {}
        metadata = payload.get(self._spec.metadata_key)
        content = payload.get(self._spec.content_key)
        return ScoredChunk(
            str(point.id),
            point.score,
            content if isinstance(content, str) else "",
            metadata if isinstance(metadata, dict) else {},
        )

    async def delete(self, ids: Sequence[str]) -> None:
        if ids:
            await self._call(lambda client: client.delete(self.name, points_selector=list(ids), wait=True), missing=None)

    async def count(self, filters: Mapping[str, Any] | None = None) -> int:
        given = _filter(filters)
        counted = await self._call(lambda client: client.count(self.name, count_filter=given, exact=True), missing=None)
        return counted.count if counted is not None else 0

    async def drop(self) -> None:
        await self._call(lambda client: client.delete_collection(self.name), missing=None)

    async def _ensure_collection(self, size: int) -> None:
        """Create the collection at the first write, or check that these vectors fit into it."""
        if await self.exists():
            await self._check_size(size)
            return
        from qdrant_client import models

        distance = models.Distance[self._spec.distance.upper()]
        extra = _collection_config(self._spec.config)
        try:
            await self._call(
                lambda client: client.create_collection(
                    self.name,
                    vectors_config=models.VectorParams(size=size, distance=distance),
                    metadata={MODEL_KEY: self._spec.embedding_model},
                    **extra,
                )
            )
        except Conflict:  # Another call was first; its size decides.
            await self._check_size(size)

    async def _check_size(self, size: int) -> None:
        info = await self._call(lambda client: client.get_collection(self.name))
        there = getattr(info.config.params.vectors, "size", None)
        if there is not None and there != size:
            raise self._mismatch(size, there, (info.config.metadata or {}).get(MODEL_KEY))

    def _mismatch(self, size: int, there: int, model: str | None) -> Conflict:
        return Conflict(
            Reason.VECTOR_DIMENSION_MISMATCH,
            f"The collection {self._spec.name} holds vectors of {there} dimensions"
            f"{f' made by {model}' if model else ''}, but {self._spec.embedding_model} makes {size}; use that "
            "embedding model, or another collection name.",
        )

    async def _call(
        self,
        work: Callable[[AsyncQdrantClient], Awaitable[T]],
        *,
        missing: object = ...,
        dimension: int | None = None,
    ) -> Any:
        """One call, tried again for a few seconds while the server is away. ``missing`` is the answer where there is no
        such collection; without it that is an error.
        """
        import grpc
        from qdrant_client.http.exceptions import ResponseHandlingException

        deadline = asyncio.get_running_loop().time() + RETRY_SECONDS
        while True:
            try:
                return await work(await self._indexes.client_for(self._spec))
            except grpc.aio.AioRpcError as error:
                code = error.code()
                if code == grpc.StatusCode.NOT_FOUND and missing is not ...:
                    return missing
                if code != grpc.StatusCode.UNAVAILABLE:
                    raise await self._meaning(error, dimension) from error
            except ResponseHandlingException as error:
                raise Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, AWAY) from error
            self._indexes.lost(self._spec.url)
            if asyncio.get_running_loop().time() > deadline:
                raise Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, AWAY)
            await asyncio.sleep(RETRY_PAUSE)

    async def _meaning(self, error: Any, dimension: int | None) -> TradewindError:
        import grpc

        code, details = error.code(), error.details() or ""
        if code == grpc.StatusCode.ALREADY_EXISTS or "already exists" in details:
            return Conflict(Reason.ALREADY_EXISTS, f"The collection {self._spec.name} exists already.")
        if "dimension" in details and dimension is not None:
            try:
                await self._check_size(dimension)
            except Conflict as mismatch:
                return mismatch
        if code in (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED):
            return Unavailable(
                Reason.VECTOR_STORE_UNAVAILABLE, "The Qdrant server refused its API key; check the vector store node."
            )
        if code in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.UNIMPLEMENTED):
            said = " ".join(details.removeprefix("Wrong input: ").split())[:200]
            return InvalidInput(Reason.NODE_INPUT_INVALID, f"The vector store refused the request: {said}")
        if code == grpc.StatusCode.NOT_FOUND:
            return Conflict(Reason.COLLECTION_NOT_FOUND, f"The collection {self._spec.name} was deleted meanwhile; try again.")
        return Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, AWAY)


def _filter(filters: Mapping[str, Any] | None) -> Any:
    """A Qdrant filter object, checked."""
    if not filters:
        return None
    from pydantic import ValidationError
    from qdrant_client import models

    try:
        return models.Filter.model_validate(dict(filters))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"][:3])
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID, f"The Qdrant filter is not valid at {where}; see Qdrant's filter conditions."
        ) from None


CONFIG_KEYS = frozenset(
    {
        "hnsw_config",
        "optimizers_config",
        "wal_config",
        "quantization_config",
        "on_disk_payload",
        "shard_number",
        "replication_factor",
        "write_consistency_factor",
    }
)


def _collection_config(text: str | None) -> dict[str, Any]:
    """The node's collection configuration: JSON of Qdrant's create-collection body, the vectors left out."""
    if not text:
        return {}
    try:
        config = json.loads(text)
    except ValueError:
        config = None
    if not isinstance(config, dict):
        raise InvalidInput(Reason.NODE_INPUT_INVALID, "The Qdrant collection configuration is not a JSON object.")
    config.pop("vectors", None)
    unknown = sorted(set(config) - CONFIG_KEYS)
    if unknown:
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID, f"The Qdrant collection configuration has unknown keys: {', '.join(unknown)}."
        )
    return config
