"""Qdrant's ``Collections`` service over the folders of collections."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import qdrant_edge as edge
from google.protobuf.json_format import MessageToDict, ParseDict

from tradewind_server.vectors.engine.collections import DISTANCES, Collections, Description
from tradewind_server.vectors.engine.refusals import StatusError, answering, checked_name, missing, unimplemented
from tradewind_server.vectors.payloads import fields_of, put_fields
from tradewind_server.vectors.protocol import q

DISTANCE_NAMES = {q.Distance.Value(name): name for name in DISTANCES}
KEPT_CONFIGURATION = (
    "hnsw_config", "wal_config", "optimizers_config", "quantization_config", "shard_number", "on_disk_payload",
    "replication_factor", "write_consistency_factor", "sharding_method", "strict_mode_config",
)  # fmt: skip
PARAMETERS = frozenset({"shard_number", "replication_factor", "write_consistency_factor", "on_disk_payload", "sharding_method"})


class CollectionsService(q.CollectionsServicer):
    """Create, look at and delete collections."""

    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    @answering
    async def Create(self, request: Any) -> Any:
        name = checked_name(request)
        config = request.vectors_config
        if config.WhichOneof("config") != "params" or not config.params.size or config.params.HasField("multivector_config"):
            raise unimplemented("keeps one unnamed vector a point")
        if request.HasField("sparse_vectors_config"):
            raise unimplemented("keeps no sparse vectors")
        configuration = q.CreateCollection()
        for field, value in request.ListFields():
            if field.name in KEPT_CONFIGURATION:
                _copy(configuration, field.name, value)
        configuration.vectors_config.CopyFrom(config)
        description = Description(
            name=name,
            size=config.params.size,
            distance=DISTANCE_NAMES.get(config.params.distance, "Cosine"),
            metadata=fields_of(request.metadata),
            on_disk_payload=request.on_disk_payload if request.HasField("on_disk_payload") else None,
            configuration=MessageToDict(configuration, preserving_proto_field_name=True),
        )
        if not await asyncio.to_thread(self._collections.create, description):
            sentence = f"Wrong input: Collection `{name}` already exists!"
            raise StatusError(grpc.StatusCode.ALREADY_EXISTS, sentence)
        return q.CollectionOperationResponse(result=True)

    @answering
    async def Get(self, request: Any) -> Any:
        collection = self._collections.get(checked_name(request))
        if collection is None:
            raise missing(request.collection_name)
        info = q.CollectionInfo(
            status=q.CollectionStatus.Green,
            optimizer_status=q.OptimizerStatus(ok=True),
            segments_count=1,
            points_count=collection.shard.count(edge.CountRequest(exact=True)),
            config=_config(collection.description),
        )
        for key, index in collection.shard.info().payload_schema.items():
            kind = str(index.data_type).rpartition(".")[2]
            info.payload_schema[key].data_type = q.PayloadSchemaType.Value(kind)
            info.payload_schema[key].points = index.points
        return q.GetCollectionInfoResponse(result=info)

    @answering
    async def List(self, request: Any) -> Any:
        descriptions = [q.CollectionDescription(name=description.name) for description in self._collections]
        return q.ListCollectionsResponse(collections=descriptions)

    @answering
    async def CollectionExists(self, request: Any) -> Any:
        exists = self._collections.exists(checked_name(request))
        return q.CollectionExistsResponse(result=q.CollectionExists(exists=exists))

    @answering
    async def Delete(self, request: Any) -> Any:
        deleted = await asyncio.to_thread(self._collections.delete, checked_name(request))
        return q.CollectionOperationResponse(result=deleted)


def _copy(target: Any, name: str, value: Any) -> None:
    if hasattr(value, "CopyFrom"):
        getattr(target, name).CopyFrom(value)
    else:
        setattr(target, name, value)


def _config(about: Description) -> Any:
    """A collection's configuration as it was asked for; what was left open is Qdrant's default."""
    request = ParseDict(about.configuration, q.CreateCollection(), ignore_unknown_fields=True)
    config = q.CollectionConfig(
        params=q.CollectionParams(
            vectors_config=q.VectorsConfig(params=q.VectorParams(size=about.size, distance=q.Distance.Value(about.distance))),
            shard_number=1,
            replication_factor=1,
            on_disk_payload=True,
        ),
        hnsw_config=q.HnswConfigDiff(m=16, ef_construct=100, full_scan_threshold=10_000),
        optimizer_config=q.OptimizersConfigDiff(
            deleted_threshold=0.2, vacuum_min_vector_number=1000, default_segment_number=0, flush_interval_sec=5
        ),
        wal_config=q.WalConfigDiff(wal_capacity_mb=32, wal_segments_ahead=0),
    )
    config.params.vectors_config.MergeFrom(request.vectors_config)
    for field, value in request.ListFields():
        if field.name in (
            "shard_number",
            "replication_factor",
            "write_consistency_factor",
            "on_disk_payload",
            "sharding_method",
        ):
            _copy(config.params, field.name, value)
        elif field.name in ("quantization_config", "strict_mode_config"):
            _copy(config, field.name, value)
    config.hnsw_config.MergeFrom(request.hnsw_config)
    config.optimizer_config.MergeFrom(request.optimizers_config)
    config.wal_config.MergeFrom(request.wal_config)
    put_fields(config.metadata, about.metadata)
    return config
