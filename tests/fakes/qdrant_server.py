"""A Qdrant server that is played: Qdrant's own gRPC services over a dictionary, with the answers that real ones were seen to
give in a cluster, in strict mode, when they are silent, and to names that harm them.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc
from tradewind_server.vectors.payload_indexes import kinds_for
from tradewind_server.vectors.payloads import dense_floats, fields_of
from tradewind_server.vectors.protocol import q

Code = grpc.StatusCode
NOT_ACTIVE = (
    "Service internal error: Failed to apply operation to at least one `Active` replica. Consistency of this update is not "
    "guaranteed. Please retry. 1 out of 1 shards failed to apply operation."
)


@dataclass
class Stored:
    """A collection: its size, its points by id, its payload indexes, and how many more writes find its shards not active."""

    size: int
    points: dict[str, Any] = field(default_factory=dict)
    indexes: dict[str, int] = field(default_factory=dict)
    inactive: int = 0


class PlayedQdrant:
    """What the server holds and how it behaves; tests turn the knobs while it runs."""

    def __init__(self) -> None:
        self.collections: dict[str, Stored] = {}
        self.inactive_writes = 0
        """Writes into a new collection that find no active replica."""
        self.strict = False
        self.silent = False
        self.version = "1.16.3"
        self.keys: dict[str, set[str] | None] = {}
        """Known keys, each with the collections it reaches; None reaches all. Without any, nobody is asked for one."""
        self.answers: dict[str, list[tuple[grpc.StatusCode, str]]] = {}
        """Refusals by method, given one after the other before the method works again."""
        self.calls: Counter[str] = Counter()
        self.stopped = 0
        """Consensus operations that failed for good."""
        self._woken = asyncio.Event()
        self._server: grpc.aio.Server | None = None
        self.port = 0

    async def start(self, credentials: grpc.ServerCredentials | None = None) -> None:
        options = [
            ("grpc.http2.min_ping_interval_without_data_ms", 1000),
            ("grpc.http2.max_ping_strikes", 0),
            ("grpc.so_reuseport", 0),
        ]
        self._server = grpc.aio.server(options=options)
        q.add_QdrantServicer_to_server(_Health(self), self._server)  # type: ignore[no-untyped-call]
        q.add_CollectionsServicer_to_server(_Collections(self), self._server)  # type: ignore[no-untyped-call]
        q.add_PointsServicer_to_server(_Points(self), self._server)  # type: ignore[no-untyped-call]
        address = f"localhost:{self.port}"
        add = self._server.add_secure_port if credentials else self._server.add_insecure_port
        self.port = add(address, credentials) if credentials else add(address)  # type: ignore[call-arg]
        await self._server.start()

    async def stop(self) -> None:
        assert self._server is not None
        await self._server.stop(0)

    def wake(self) -> None:
        self.silent = False
        self._woken.set()
        self._woken = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    async def enter(self, method: str, request: Any, context: grpc.aio.ServicerContext) -> None:
        """Before each method: silence, keys, and refusals that a test asked for."""
        self.calls[method] += 1
        while self.silent:
            await self._woken.wait()
        name = getattr(request, "collection_name", "")
        if self.keys:
            key = next((str(value) for label, value in context.invocation_metadata() or () if label == "api-key"), "")
            if key not in self.keys:
                await context.abort(Code.UNAUTHENTICATED, "Invalid API key or JWT")
            reach = self.keys[key]
            if reach is not None and name and name not in reach:
                await context.abort(Code.PERMISSION_DENIED, f"Forbidden: Access to collection {name} is required")
        if self.answers.get(method):
            code, details = self.answers[method].pop(0)
            await context.abort(code, details)

    async def of(self, request: Any, context: grpc.aio.ServicerContext) -> Stored:
        name = request.collection_name
        if name not in self.collections:
            await context.abort(Code.NOT_FOUND, f"Not found: Collection `{name}` doesn't exist!")
        return self.collections[name]

    async def check_filter(self, stored: Stored, given: Any, context: grpc.aio.ServicerContext) -> None:
        if not self.strict:
            return
        for key, kind in kinds_for(given).items():
            if key not in stored.indexes:
                await context.abort(
                    Code.INVALID_ARGUMENT,
                    f'Bad request: Index required but not found for "{key}" of one of the following types: [{kind.lower()}]. '
                    "Help: Create an index for this key or use a different filter.",
                )


class _Health(q.QdrantServicer):
    def __init__(self, played: PlayedQdrant) -> None:
        self._played = played

    async def HealthCheck(self, request: Any, context: Any) -> Any:
        await self._played.enter("HealthCheck", request, context)
        return q.HealthCheckReply(title="qdrant - vector search engine", version=self._played.version)


class _Collections(q.CollectionsServicer):
    def __init__(self, played: PlayedQdrant) -> None:
        self._played = played

    async def Create(self, request: Any, context: Any) -> Any:
        played, name = self._played, request.collection_name
        await played.enter("Create", request, context)
        if len(name.encode()) > 255:
            played.stopped += 1
            await context.abort(Code.INTERNAL, "Service internal error: File name too long (os error 36)")
        if name in (".", ".."):  # The folder is made, found to be there, and removed again: that of all collections.
            played.collections.clear()
            await context.abort(Code.INTERNAL, "Service internal error: No such file or directory (os error 2)")
        if name in played.collections:
            await context.abort(Code.ALREADY_EXISTS, f"Wrong input: Collection `{name}` already exists!")
        played.collections[name] = Stored(request.vectors_config.params.size, inactive=played.inactive_writes)
        return q.CollectionOperationResponse(result=True)

    async def Get(self, request: Any, context: Any) -> Any:
        await self._played.enter("Get collection", request, context)
        stored = await self._played.of(request, context)
        info = q.CollectionInfo(status=q.CollectionStatus.Green, points_count=len(stored.points))
        for key in stored.indexes:
            info.payload_schema[key].data_type = q.PayloadSchemaType.Keyword
        return q.GetCollectionInfoResponse(result=info)

    async def CollectionExists(self, request: Any, context: Any) -> Any:
        await self._played.enter("CollectionExists", request, context)
        exists = request.collection_name in self._played.collections
        return q.CollectionExistsResponse(result=q.CollectionExists(exists=exists))

    async def Delete(self, request: Any, context: Any) -> Any:
        await self._played.enter("Drop", request, context)
        return q.CollectionOperationResponse(result=self._played.collections.pop(request.collection_name, None) is not None)


class _Points(q.PointsServicer):
    def __init__(self, played: PlayedQdrant) -> None:
        self._played = played

    async def Upsert(self, request: Any, context: Any) -> Any:
        await self._played.enter("Upsert", request, context)
        stored = await self._played.of(request, context)
        if stored.inactive:
            stored.inactive -= 1
            await context.abort(Code.INTERNAL, NOT_ACTIVE)
        for point in request.points:
            stored.points[point.id.uuid] = point
        return q.PointsOperationResponse(result=q.UpdateResult(status=q.UpdateStatus.Completed))

    async def Delete(self, request: Any, context: Any) -> Any:
        await self._played.enter("Delete", request, context)
        stored = await self._played.of(request, context)
        await self._played.check_filter(stored, request.points.filter, context)
        gone = [one.uuid for one in request.points.points.ids] or list(_matching(stored, request.points.filter))
        for identity in gone:
            stored.points.pop(identity, None)
        return q.PointsOperationResponse(result=q.UpdateResult(status=q.UpdateStatus.Completed))

    async def Query(self, request: Any, context: Any) -> Any:
        await self._played.enter("Query", request, context)
        stored = await self._played.of(request, context)
        await self._played.check_filter(stored, request.filter, context)
        vector = dense_floats(request.query.nearest.dense)
        found = [(_closeness(vector, stored.points[one]), one) for one in _matching(stored, request.filter)]
        answer = q.QueryResponse()
        for score, identity in sorted(found, reverse=True)[: request.limit]:
            hit = answer.result.add(score=score)
            hit.id.uuid = identity
            for key, value in stored.points[identity].payload.items():
                hit.payload[key].CopyFrom(value)
        return answer

    async def Count(self, request: Any, context: Any) -> Any:
        await self._played.enter("Count", request, context)
        stored = await self._played.of(request, context)
        await self._played.check_filter(stored, request.filter, context)
        return q.CountResponse(result=q.CountResult(count=len(list(_matching(stored, request.filter)))))

    async def Get(self, request: Any, context: Any) -> Any:
        await self._played.enter("Get", request, context)
        stored = await self._played.of(request, context)
        return q.GetResponse(result=[q.RetrievedPoint(id=one) for one in request.ids if one.uuid in stored.points])

    async def CreateFieldIndex(self, request: Any, context: Any) -> Any:
        await self._played.enter("CreateFieldIndex", request, context)
        stored = await self._played.of(request, context)
        stored.indexes[request.field_name] = request.field_type
        return q.PointsOperationResponse(result=q.UpdateResult(status=q.UpdateStatus.Completed))


def _closeness(vector: Any, point: Any) -> float:
    other = dense_floats(point.vectors.vector.dense)
    length = math.hypot(*vector) * math.hypot(*other)
    return sum(a * b for a, b in zip(vector, other, strict=True)) / length if length else 0.0


def _matching(stored: Stored, given: Any) -> Iterator[str]:
    """Points that a filter of plain matches lets through; it knows no other conditions."""
    for identity, point in stored.points.items():
        if _holds(given, fields_of(point.payload)):
            yield identity


def _holds(given: Any, payload: Any) -> bool:
    test: Callable[[Any], bool] = lambda one: _condition(one, payload)  # noqa: E731
    return (
        all(map(test, given.must)) and not any(map(test, given.must_not)) and (not given.should or any(map(test, given.should)))
    )


def _condition(one: Any, payload: Any) -> bool:
    kind = one.WhichOneof("condition_one_of")
    if kind == "filter":
        return _holds(one.filter, payload)
    value: Any = payload
    for step in getattr(one, kind).key.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    if kind == "is_empty":
        return value in (None, [])
    match = one.field.match
    if match.WhichOneof("match_value") == "text":
        return bool(re.search(rf"\b{re.escape(match.text)}\b", str(value), re.IGNORECASE))
    return bool(value == getattr(match, match.WhichOneof("match_value")))
