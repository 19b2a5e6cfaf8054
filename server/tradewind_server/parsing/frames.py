"""What the worker and a parser say to each other over two pipes: frames of JSON, each with raw bytes behind it or none.

A frame begins with the lengths of both as 32-bit numbers. Worker to parser: a job. Parser to worker: batches in order, then
``end`` or ``error``. The pipe holds the parser back while nobody reads.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

import orjson

from tradewind_server.documents.jobs import Batch, ParsingJob
from tradewind_server.documents.ports import Document
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, TradewindError, Unavailable

HEAD = struct.Struct(">II")
LARGEST_FRAME = 128 << 20
"""Bytes; more comes from no job (see ``LONGEST_CHUNK``)."""
DEEPEST = 60
SAFE_INTEGER = 1 << 63
CLASSES: Mapping[str, type[TradewindError]] = {one.__name__: one for one in (InvalidInput, FailedPrecondition, Unavailable)}


def pack(value: Mapping[str, Any], body: bytes = b"") -> bytes:
    """A frame. What JSON has no place for is replaced: half surrogates, endless numbers, nesting without end."""
    try:
        text = orjson.dumps(value)
    except (orjson.JSONEncodeError, RecursionError):
        text = orjson.dumps(_plain(value))
    return b"".join((HEAD.pack(len(text), len(body)), text, body))


def _plain(value: Any, depth: int = DEEPEST) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if -SAFE_INTEGER <= value < SAFE_INTEGER else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if depth == 0:
        return None
    if isinstance(value, Mapping):
        return {str(_plain(str(key))): _plain(one, depth - 1) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, depth - 1) for one in value]
    return str(_plain(str(value)))


def job_frame(job: ParsingJob) -> bytes:
    return pack({"work": job.work, "label": job.label, "values": job.values}, job.body)


def job_of(text: bytes, body: bytes) -> ParsingJob:
    values = orjson.loads(text)
    return ParsingJob(values["work"], values["label"], values["values"], body)


def batch_frame(batch: Batch) -> bytes:
    documents = [[one.content, one.metadata] for one in batch.documents]
    return pack({"documents": documents, "warnings": batch.warnings, "value": batch.value})


def batch_of(values: Mapping[str, Any]) -> Batch:
    documents = [Document(content, metadata) for content, metadata in values["documents"]]
    return Batch(documents, tuple(values["warnings"]), values["value"])


def end_frame(resident_mb: int) -> bytes:
    """The job is done. ``resident_mb`` is what the parser holds now."""
    return pack({"end": True, "resident": resident_mb})


def error_frame(error: TradewindError, resident_mb: int, trace: str = "") -> bytes:
    """An error. ``trace`` is for the log of the worker."""
    class_name = next((name for name, kind in CLASSES.items() if isinstance(error, kind)), InvalidInput.__name__)
    head = {"error": class_name, "reason": error.reason.value, "message": error.message}
    return pack({**head, "trace": trace, "resident": resident_mb})


def error_of(values: Mapping[str, Any]) -> TradewindError:
    return CLASSES[values["error"]](Reason(values["reason"]), values["message"])


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame; None where the other side has closed the pipe."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    text, body = HEAD.unpack(head)
    return stream.read(text), stream.read(body)
