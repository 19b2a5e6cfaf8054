"""Qdrant's ``Points`` service over the engine's shards.

Search is flat: no index is built, because building one holds the interpreter for seconds. That is fine to some 200,000
chunks in a collection; beyond, run a Qdrant server.

Everything runs in the one event loop, because each call of the engine holds the interpreter anyway: threads would add their
hand-overs and nothing else. Long requests give way to others between slices.
"""

from __future__ import annotations

import asyncio
import time
from array import array
from typing import Any

import grpc
import qdrant_edge as edge

from tradewind_server.vectors.engine.collections import Collection, Collections
from tradewind_server.vectors.engine.filters import UnsupportedFilter, point_id, to_filter
from tradewind_server.vectors.engine.refusals import StatusError, answering, checked_name, missing, reading, unimplemented
from tradewind_server.vectors.payloads import dense_floats, fields_of, put_fields
from tradewind_server.vectors.protocol import q

DEFAULT_LIMIT = 10
CONVERT_SLICE = 64
WRITE_SLICE = 512
CONDITIONAL = frozenset({"update_filter", "update_mode"})
"""Fields of an upsert that newer client libraries know."""


class PointsService(q.PointsServicer):
    """Write, find and delete points. A write is answered once the shard's log holds it, which outlives a kill."""

    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    def _get(self, request: Any) -> Collection:
        name = checked_name(request)
        collection = self._collections.get(name)
        if collection is None:
            raise missing(name)
        return collection

    def _still(self, collection: Collection) -> Collection:
        """The collection after other requests had their turn; raises when one of them deleted it."""
        name = collection.description.name
        if self._collections.get(name) is not collection:
            raise missing(name)
        return collection

    @answering
    async def Upsert(self, request: Any) -> Any:
        start_time = time.monotonic()
        collection = self._get(request)
        if any(field.name in CONDITIONAL for field, _ in request.ListFields()):
            raise unimplemented("writes points unconditionally")
        size = collection.description.size
        points: list[Any] = []
        for start in range(0, len(request.points), CONVERT_SLICE):
            if start:
                await asyncio.sleep(0)
            points += [_point(point, size) for point in request.points[start : start + CONVERT_SLICE]]
        for start in range(0, len(points), WRITE_SLICE):
            if start:
                await asyncio.sleep(0)
            await collection.when_writable()
            self._write(self._still(collection), edge.UpdateOperation.upsert_points(points[start : start + WRITE_SLICE]))
        return _done(start_time)

    @staticmethod
    def _write(collection: Collection, operation: Any) -> None:
        collection.dirty = True
        collection.shard.update(operation)

    @answering
    async def Delete(self, request: Any) -> Any:
        start_time = time.monotonic()
        collection = self._get(request)
        with reading():
            if request.points.WhichOneof("points_selector_one_of") == "filter":
                operation = edge.UpdateOperation.delete_points_by_filter(to_filter(request.points.filter))
            else:
                operation = edge.UpdateOperation.delete_points([point_id(one) for one in request.points.points.ids])
        await collection.when_writable()
        self._write(self._still(collection), operation)
        return _done(start_time)

    @answering
    async def Query(self, request: Any) -> Any:
        start_time = time.monotonic()
        collection = self._get(request)
        nearest = request.query.nearest
        if request.query.WhichOneof("variant") != "nearest" or nearest.WhichOneof("variant") != "dense" or request.prefetch:
            raise unimplemented("answers nearest-vector queries")
        if request.using:
            raise unimplemented("keeps one unnamed vector a point")
        vector = _resize(dense_floats(nearest.dense), collection.description.size)
        with reading():
            query = edge.QueryRequest(
                limit=request.limit or DEFAULT_LIMIT,
                offset=request.offset or None,
                query=edge.Query.Nearest(vector),  # type: ignore[arg-type]
                filter=_filter(request),
                score_threshold=request.score_threshold if request.HasField("score_threshold") else None,
                with_payload=_with_payload(request),
                with_vector=False,
            )
        answer = q.QueryResponse()
        for point in collection.shard.query(query):
            hit = answer.result.add(score=point.score, version=point.version)
            _put_point(hit, point)
        answer.time = time.monotonic() - start_time
        return answer

    @answering
    async def Count(self, request: Any) -> Any:
        collection = self._get(request)
        with reading():
            count_request = edge.CountRequest(exact=True, filter=_filter(request))
        return q.CountResponse(result=q.CountResult(count=collection.shard.count(count_request)))

    @answering
    async def Get(self, request: Any) -> Any:
        collection = self._get(request)
        ids: list[Any] = [point_id(one) for one in request.ids]
        with reading():
            records = collection.shard.retrieve(ids, with_payload=_with_payload(request), with_vector=False)
        answer = q.GetResponse()
        for record in records:
            _put_point(answer.result.add(), record)
        return answer

    @answering
    async def Scroll(self, request: Any) -> Any:
        collection = self._get(request)
        if request.HasField("order_by"):
            raise unimplemented("scrolls in the order of ids")
        with reading():
            scroll = edge.ScrollRequest(
                offset=point_id(request.offset) if request.HasField("offset") else None,
                limit=request.limit or DEFAULT_LIMIT,
                filter=_filter(request),
                with_payload=_with_payload(request),
                with_vector=False,
            )
        records, following = collection.shard.scroll(scroll)
        answer = q.ScrollResponse()
        for record in records:
            _put_point(answer.result.add(), record)
        if following is not None:
            _put_id(answer.next_page_offset, following)
        return answer

    @answering
    async def CreateFieldIndex(self, request: Any) -> Any:
        start_time = time.monotonic()
        collection = self._get(request)
        kind = q.FieldType.Name(request.field_type).removeprefix("FieldType")
        schema = getattr(edge.PayloadSchemaType, kind, None)
        if schema is None or request.HasField("field_index_params"):
            raise unimplemented(f"has no such payload index of type {kind}")
        there = collection.shard.info().payload_schema.get(request.field_name)
        if there is None or there.data_type != schema:
            await collection.when_writable()
            with reading():
                self._write(self._still(collection), edge.UpdateOperation.create_field_index(request.field_name, schema))
        return _done(start_time)


def _point(point: Any, size: int) -> Any:
    """A point of the protocol as one of the engine; its vector in the protocol's present or former form."""
    vectors = point.vectors
    vector = vectors.vector
    kind = vector.WhichOneof("vector")
    if vectors.WhichOneof("vectors_options") != "vector" or kind not in (None, "dense"):
        raise unimplemented("keeps one unnamed vector a point")
    floats = _resize(dense_floats(vector.dense) if kind else array("f", vector.data), size)
    with reading():
        return edge.Point(point_id(point.id), floats, fields_of(point.payload))  # type: ignore[arg-type]


def _resize(vector: array[float], size: int) -> array[float]:
    if len(vector) != size:
        sentence = f"Wrong input: Vector dimension error: expected dim: {size}, got {len(vector)}"
        raise StatusError(grpc.StatusCode.INVALID_ARGUMENT, sentence)
    return vector


def _filter(request: Any) -> Any:
    return to_filter(request.filter) if request.HasField("filter") else None


def _with_payload(request: Any) -> bool:
    """Whether payloads are asked for: all of them or none; vectors never leave the engine."""
    if request.with_vectors.WhichOneof("selector_options") and (
        request.with_vectors.enable or request.with_vectors.WhichOneof("selector_options") != "enable"
    ):
        raise UnsupportedFilter("The embedded engine gives no vectors back.")
    if request.with_payload.WhichOneof("selector_options") not in (None, "enable"):
        raise UnsupportedFilter("The embedded engine gives whole payloads or none.")
    return bool(request.with_payload.enable)


def _put_id(target: Any, identity: Any) -> None:
    if isinstance(identity, int):
        target.num = identity
    else:
        target.uuid = str(identity)


def _put_point(target: Any, point: Any) -> None:
    _put_id(target.id, point.id)
    if point.payload:
        put_fields(target.payload, point.payload)


def _done(start_time: float) -> Any:
    result = q.UpdateResult(operation_id=0, status=q.UpdateStatus.Completed)
    return q.PointsOperationResponse(result=result, time=time.monotonic() - start_time)
