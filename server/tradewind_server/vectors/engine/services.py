"""Qdrant's gRPC services over the engine's shards: what qdrant-client asks for, with Qdrant's status codes.

Search is flat: no index is built, because building one holds the interpreter for seconds. That is fine to some 200,000
chunks in a collection; beyond, run a Qdrant server.
"""

from __future__ import annotations

import time
from typing import Any, NoReturn

import grpc
import qdrant_edge as edge
from qdrant_client import grpc as q
from qdrant_client.conversions.conversion import grpc_to_payload, payload_to_grpc

from tradewind_server.vectors.engine.collections import DISTANCES, Collection, Collections, Description
from tradewind_server.vectors.engine.filters import Unsupported, point_id, to_filter

DEFAULT_LIMIT = 10
DISTANCE_NAMES = {q.Distance.Value(name): name for name in DISTANCES}


def abort(context: grpc.ServicerContext, code: grpc.StatusCode, sentence: str) -> NoReturn:
    context.abort(code, sentence)
    raise AssertionError("abort does not return")


class _Service:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    def _get(self, name: str, context: grpc.ServicerContext) -> Collection:
        collection = self._collections.get(name)
        if collection is None:
            abort(context, grpc.StatusCode.NOT_FOUND, f"Not found: Collection `{name}` doesn't exist!")
        return collection

    @staticmethod
    def _filter(given: q.Filter, context: grpc.ServicerContext) -> edge.Filter:
        try:
            return to_filter(given)
        except Unsupported as error:
            abort(context, grpc.StatusCode.UNIMPLEMENTED, str(error))


class Health(q.QdrantServicer):
    """The health check that clients make."""

    def HealthCheck(self, request: Any, context: grpc.ServicerContext) -> Any:
        return q.HealthCheckReply(title="qdrant - embedded engine", version="1.16.0")


class CollectionsService(_Service, q.CollectionsServicer):
    """Create, look at and delete collections."""

    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        config = request.vectors_config
        if config.WhichOneof("config") != "params" or not config.params.size:
            abort(context, grpc.StatusCode.UNIMPLEMENTED, "The embedded engine keeps one unnamed vector a point.")
        description = Description(
            size=config.params.size,
            distance=DISTANCE_NAMES.get(config.params.distance, "Cosine"),
            metadata=grpc_to_payload(request.metadata),
            on_disk_payload=request.on_disk_payload if request.HasField("on_disk_payload") else None,
        )
        if not self._collections.create(request.collection_name, description):
            sentence = f"Wrong input: Collection `{request.collection_name}` already exists!"
            abort(context, grpc.StatusCode.ALREADY_EXISTS, sentence)
        return q.CollectionOperationResponse(result=True)

    def Get(self, request: Any, context: grpc.ServicerContext) -> Any:
        collection = self._get(request.collection_name, context)
        about = collection.description
        vectors = q.VectorsConfig(params=q.VectorParams(size=about.size, distance=q.Distance.Value(about.distance)))
        return q.GetCollectionInfoResponse(
            result=q.CollectionInfo(
                status=q.CollectionStatus.Green,
                optimizer_status=q.OptimizerStatus(ok=True),
                segments_count=1,
                points_count=collection.shard.count(edge.CountRequest(exact=True)),
                config=q.CollectionConfig(
                    params=q.CollectionParams(vectors_config=vectors, shard_number=1),
                    hnsw_config=q.HnswConfigDiff(m=16, ef_construct=100, full_scan_threshold=10_000),
                    optimizer_config=q.OptimizersConfigDiff(
                        deleted_threshold=0.2, vacuum_min_vector_number=1000, default_segment_number=0, flush_interval_sec=5
                    ),
                    wal_config=q.WalConfigDiff(wal_capacity_mb=32, wal_segments_ahead=0),
                    metadata=payload_to_grpc(about.metadata),
                ),
            )
        )

    def List(self, request: Any, context: grpc.ServicerContext) -> Any:
        listed = [q.CollectionDescription(name=collection.name) for collection in self._collections]
        return q.ListCollectionsResponse(collections=listed)

    def CollectionExists(self, request: Any, context: grpc.ServicerContext) -> Any:
        exists = self._collections.get(request.collection_name) is not None
        return q.CollectionExistsResponse(result=q.CollectionExists(exists=exists))

    def Delete(self, request: Any, context: grpc.ServicerContext) -> Any:
        return q.CollectionOperationResponse(result=self._collections.delete(request.collection_name))


class PointsService(_Service, q.PointsServicer):
    """Write, find and delete points. A write is answered once the shard's log holds it, which outlives a kill."""

    def Upsert(self, request: Any, context: grpc.ServicerContext) -> Any:
        began = time.monotonic()
        collection = self._get(request.collection_name, context)
        size = collection.description.size
        points = []
        for point in request.points:
            vector = _dense(point.vectors)
            if len(vector) != size:
                sentence = f"Wrong input: Vector dimension error: expected dim: {size}, got {len(vector)}"
                abort(context, grpc.StatusCode.INVALID_ARGUMENT, sentence)
            points.append(edge.Point(point_id(point.id), vector, grpc_to_payload(point.payload)))
        collection.shard.update(edge.UpdateOperation.upsert_points(points))
        return _done(began)

    def Delete(self, request: Any, context: grpc.ServicerContext) -> Any:
        began = time.monotonic()
        shard = self._get(request.collection_name, context).shard
        if request.points.WhichOneof("points_selector_one_of") == "filter":
            operation = edge.UpdateOperation.delete_points_by_filter(self._filter(request.points.filter, context))
        else:
            operation = edge.UpdateOperation.delete_points([point_id(one) for one in request.points.points.ids])
        shard.update(operation)
        return _done(began)

    def Query(self, request: Any, context: grpc.ServicerContext) -> Any:
        began = time.monotonic()
        collection = self._get(request.collection_name, context)
        if request.query.WhichOneof("variant") != "nearest" or request.prefetch:
            abort(context, grpc.StatusCode.UNIMPLEMENTED, "The embedded engine answers nearest-vector queries.")
        nearest = request.query.nearest
        vector = list(nearest.dense.data)
        size = collection.description.size
        if len(vector) != size:
            sentence = f"Wrong input: Vector dimension error: expected dim: {size}, got {len(vector)}"
            abort(context, grpc.StatusCode.INVALID_ARGUMENT, sentence)
        found = collection.shard.query(
            edge.QueryRequest(
                limit=request.limit or DEFAULT_LIMIT,
                offset=request.offset or None,
                query=edge.Query.Nearest(vector),
                filter=self._filter(request.filter, context) if request.HasField("filter") else None,
                score_threshold=request.score_threshold if request.HasField("score_threshold") else None,
                with_payload=request.with_payload.enable,
                with_vector=False,
            )
        )
        hits = [
            q.ScoredPoint(id=_identity(point.id), score=point.score, version=point.version, payload=_payload(point.payload))
            for point in found
        ]
        return q.QueryResponse(result=hits, time=time.monotonic() - began)

    def Count(self, request: Any, context: grpc.ServicerContext) -> Any:
        shard = self._get(request.collection_name, context).shard
        given = self._filter(request.filter, context) if request.HasField("filter") else None
        return q.CountResponse(result=q.CountResult(count=shard.count(edge.CountRequest(exact=True, filter=given))))

    def Get(self, request: Any, context: grpc.ServicerContext) -> Any:
        shard = self._get(request.collection_name, context).shard
        wanted: list[Any] = [point_id(one) for one in request.ids]
        records = shard.retrieve(wanted, with_payload=request.with_payload.enable, with_vector=False)
        return q.GetResponse(result=[_record(record) for record in records])

    def Scroll(self, request: Any, context: grpc.ServicerContext) -> Any:
        shard = self._get(request.collection_name, context).shard
        records, following = shard.scroll(
            edge.ScrollRequest(
                offset=point_id(request.offset) if request.HasField("offset") else None,
                limit=request.limit or DEFAULT_LIMIT,
                filter=self._filter(request.filter, context) if request.HasField("filter") else None,
                with_payload=request.with_payload.enable,
                with_vector=False,
            )
        )
        answer = q.ScrollResponse(result=[_record(record) for record in records])
        if following is not None:
            answer.next_page_offset.CopyFrom(_identity(following))
        return answer

    def CreateFieldIndex(self, request: Any, context: grpc.ServicerContext) -> Any:
        began = time.monotonic()
        shard = self._get(request.collection_name, context).shard
        kind = q.FieldType.Name(request.field_type).removeprefix("FieldType")
        schema = getattr(edge.PayloadSchemaType, kind, None)
        if schema is None:
            abort(context, grpc.StatusCode.UNIMPLEMENTED, f"The embedded engine has no payload index of type {kind}.")
        shard.update(edge.UpdateOperation.create_field_index(request.field_name, schema))
        return _done(began)


def _dense(vectors: Any) -> list[float]:
    """The one vector of a point, in the protocol's present or former form."""
    vector = vectors.vector
    return list(vector.dense.data if vector.WhichOneof("vector") == "dense" else vector.data)


def _identity(identity: Any) -> Any:
    return q.PointId(num=identity) if isinstance(identity, int) else q.PointId(uuid=str(identity))


def _payload(payload: dict[str, Any] | None) -> Any:
    return payload_to_grpc(payload) if payload else None


def _record(record: Any) -> Any:
    return q.RetrievedPoint(id=_identity(record.id), payload=_payload(record.payload))


def _done(began: float) -> Any:
    result = q.UpdateResult(operation_id=0, status=q.UpdateStatus.Completed)
    return q.PointsOperationResponse(result=result, time=time.monotonic() - began)


def register(server: grpc.Server, collections: Collections) -> None:
    """Add the services to a server."""
    q.add_QdrantServicer_to_server(Health(), server)  # type: ignore[no-untyped-call]
    q.add_CollectionsServicer_to_server(CollectionsService(collections), server)  # type: ignore[no-untyped-call]
    q.add_PointsServicer_to_server(PointsService(collections), server)  # type: ignore[no-untyped-call]
