"""Qdrant's requests as this server makes them, and what it reads from the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.vector_ports import CollectionSpec, Point, ScoredChunk
from tradewind_server.vectors import filters as conditions
from tradewind_server.vectors.configuration import MODEL_KEY, creation
from tradewind_server.vectors.messages import Misfit
from tradewind_server.vectors.payloads import dense_bytes, fields_of, put_fields
from tradewind_server.vectors.protocol import q

__all__ = [
    "about", "chunks", "count", "creation", "deletion", "drop", "exists", "lookup", "model_of", "search", "upserts",
]  # fmt: skip

SLICE = 32
MOST_BYTES = 16 * 1024 * 1024
"""The largest upsert sent, whatever the batch size says; a Qdrant server takes 32 MiB unless told otherwise."""


async def upserts(name: str, points: Sequence[Point], spec: CollectionSpec) -> list[q.UpsertPoints]:
    """The request that writes these points, or several where one would be too large.

    The points are put in a slice at a time, half a millisecond each, and others run in between. A thread would hold the
    interpreter lock for as long, and wait for it besides: an upsert took a twentieth more.
    """
    request = q.UpsertPoints(collection_name=name, wait=True)
    for start in range(0, len(points), SLICE):
        for point in points[start : start + SLICE]:
            try:
                _put_point(request.points.add(), point, spec)
            except (TypeError, ValueError):
                raise _unstorable(point) from None
        await asyncio.sleep(0)
    if request.ByteSize() <= MOST_BYTES or len(points) == 1:
        return [request]
    half = len(points) // 2
    return [*await upserts(name, points[:half], spec), *await upserts(name, points[half:], spec)]


def _put_point(message: Any, point: Point, spec: CollectionSpec) -> None:
    message.id.uuid = point.id
    message.vectors.vector.dense.MergeFromString(dense_bytes(point.vector))
    message.payload[spec.content_key].string_value = point.content
    metadata = message.payload[spec.metadata_key].struct_value
    metadata.SetInParent()
    put_fields(metadata.fields, point.metadata)


def _unstorable(point: Point) -> InvalidInput:
    """The refusal of a point that cannot be written, naming the metadata key at fault where it is one."""
    for key, value in point.metadata.items():
        try:
            put_fields(q.Struct().fields, {key: value})
        except (TypeError, ValueError):
            label = ascii(key)[1:-1][:60]
            return InvalidInput(
                Reason.NODE_INPUT_INVALID,
                f"The vector store cannot keep the metadata key {label} of a chunk: its value must be text, a number of at "
                "most 64 bits, true, false, null, or lists and objects of these.",
            )
    return InvalidInput(
        Reason.NODE_INPUT_INVALID,
        "The vector store cannot keep a chunk: its text is no valid Unicode, or its vector no numbers.",
    )


def search(name: str, vector: Sequence[float], limit: int, filters: Mapping[str, Any] | None) -> q.QueryPoints:
    """The ``limit`` nearest points with their payloads."""
    request = q.QueryPoints(collection_name=name, limit=limit)
    try:
        request.query.nearest.dense.MergeFromString(dense_bytes(vector))
    except (TypeError, ValueError):
        raise InvalidInput(Reason.NODE_INPUT_INVALID, "The embedding model made no vector of numbers; use another.") from None
    request.with_payload.enable = True
    if filters:
        request.filter.CopyFrom(_filter(filters))
    return request


def chunks(response: Any, spec: CollectionSpec) -> list[ScoredChunk]:
    """The points of a search's answer."""
    return [
        ScoredChunk(
            point.id.uuid or str(point.id.num),
            point.score,
            point.payload[spec.content_key].string_value if spec.content_key in point.payload else "",
            fields_of(point.payload[spec.metadata_key].struct_value.fields) if spec.metadata_key in point.payload else {},
        )
        for point in response.result
    ]


def count(name: str, filters: Mapping[str, Any] | None) -> q.CountPoints:
    request = q.CountPoints(collection_name=name, exact=True)
    if filters:
        request.filter.CopyFrom(_filter(filters))
    return request


def lookup(name: str, ids: Sequence[str]) -> q.GetPoints:
    """The points of these ids, without what they hold."""
    request = q.GetPoints(collection_name=name, ids=[q.PointId(uuid=one) for one in ids])
    request.with_payload.enable = False
    request.with_vectors.enable = False
    return request


def deletion(name: str, *, ids: Sequence[str] = (), filters: Mapping[str, Any] | None = None) -> q.DeletePoints:
    """Deletes by ids, or by a filter that must hold a condition: an empty one would mean everything."""
    request = q.DeletePoints(collection_name=name, wait=True)
    if filters is None:
        request.points.points.ids.extend(q.PointId(uuid=one) for one in ids)
        return request
    condition = _filter(filters)
    if not conditions.narrows(condition):
        raise InvalidInput(Reason.INVALID_FILTER, "A filter that deletes must hold at least one condition.")
    request.points.filter.CopyFrom(condition)
    return request


def exists(name: str) -> q.CollectionExistsRequest:
    return q.CollectionExistsRequest(collection_name=name)


def about(name: str) -> q.GetCollectionInfoRequest:
    return q.GetCollectionInfoRequest(collection_name=name)


def model_of(response: Any) -> str | None:
    """The embedding model that a collection was created for, if its description says."""
    metadata = response.result.config.metadata
    return metadata[MODEL_KEY].string_value or None if MODEL_KEY in metadata else None


def drop(name: str) -> q.DeleteCollection:
    return q.DeleteCollection(collection_name=name)


def _filter(filters: Mapping[str, Any]) -> q.Filter:
    try:
        return conditions.to_filter(filters)
    except Misfit as misfit:
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID,
            f"The Qdrant filter is not valid at {ascii(misfit.where)[1:-1][:80]}; see Qdrant's filter conditions.",
        ) from None
