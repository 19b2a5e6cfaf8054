"""Traces over OpenTelemetry's protocol, as the ``OTEL_*`` variables say."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from typing import Any

import orjson

from tradewind_server.observability.logging import redact
from tradewind_server.observability.otel_settings import OtelSettings
from tradewind_server.observability.otlp import EndedSpan, OtlpWriter, SpanIds, sender
from tradewind_server.observability.span_queue import ExportFaults, SpanQueue
from tradewind_server.observability.spans import Span, Trace

LONGEST_CONTENT = 16_000
"""Characters of one attribute."""
LONGEST_STATE = 512
"""Characters of a ``tracestate`` that is handed on (W3C Trace Context, 3.3.1.5)."""
FLUSH_SECONDS = 2.0
TRACE_PARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?")
"""W3C Trace Context, 3.2.2."""
LOW_HALF = (1 << 64) - 1


class Tracer:
    """Begins the trace of a call, and takes its spans to the collector: the port ``SpanWriter``.

    Spans wait in a queue of bounded length (``OTEL_BSP_MAX_QUEUE_SIZE``, 2048) for a thread that sends them; what does not fit
    is dropped. Whether a collector answers is nothing that a call could notice.
    """

    def __init__(self, settings: OtelSettings, queue: SpanQueue[EndedSpan]) -> None:
        self.queue = queue
        self._follows_caller = settings.follows_caller
        self._bound = round(settings.ratio * (1 << 64))
        self.with_contents = settings.with_contents

    def begin_call(self, name: str, headers: Mapping[str, Any], facts: dict[str, Any]) -> Span | None:
        """The span of a call, inside that of the caller's ``traceparent``; None where the call is not sampled."""
        header = headers.get("traceparent")
        caller = TRACE_PARENT.fullmatch(header) if isinstance(header, str) else None
        ids = self._first_ids() if caller is None else self._ids_inside(caller, headers.get("tracestate"))
        return Span(Trace(self), None, name, "call", facts, handle=ids) if ids is not None else None

    def _first_ids(self) -> SpanIds | None:
        number = random.getrandbits(128) or 1
        if number & LOW_HALF >= self._bound:
            return None
        return SpanIds(number.to_bytes(16, "big"), _span_id(), b"")

    def _ids_inside(self, caller: re.Match[str], state: Any) -> SpanIds | None:
        trace, parent, flags = caller.groups()
        is_sampled = int(flags, 16) & 1 if self._follows_caller else int(trace, 16) & LOW_HALF < self._bound
        if not is_sampled:
            return None
        text = state if isinstance(state, str) and len(state) <= LONGEST_STATE else ""
        return SpanIds(bytes.fromhex(trace), _span_id(), bytes.fromhex(parent), text, True)

    def start(self, span: Span) -> SpanIds:
        parent: SpanIds | None = span.parent.handle if span.parent is not None else None
        if parent is None:
            return SpanIds((random.getrandbits(128) or 1).to_bytes(16, "big"), _span_id(), b"")
        return SpanIds(parent.trace, _span_id(), parent.own, parent.state)

    def end(self, span: Span) -> None:
        record = EndedSpan(span.handle, span.name, span.kind, span.start, span.stop, span.facts)
        if self.with_contents:  # As they are now: messages may grow later.
            record = record._replace(input=_content(span.input), output=_content(span.output))
        self.queue.put(record)

    def trace_id(self, span: Span) -> str:
        return str(span.handle.trace.hex())

    def trace_parent(self, span: Span) -> str:
        ids: SpanIds = span.handle
        return f"00-{ids.trace.hex()}-{ids.own.hex()}-01"

    def close(self) -> None:
        """Send what waits, for two seconds at most. Blocks."""
        self.queue.close(FLUSH_SECONDS)


def _span_id() -> bytes:
    return (random.getrandbits(64) or 1).to_bytes(8, "big")


def _content(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
    return redact(text[:LONGEST_CONTENT])


def open_tracer(settings: OtelSettings, version: str) -> Tracer | None:
    """The tracer of this process; None where no traces are asked for. Raises ``ImportError`` naming the extra to install."""
    if not settings.is_on:
        return None
    resource = {
        **dict(settings.resource),
        "service.name": settings.service_name,
        "service.version": version,
        "telemetry.sdk.language": "python",
    }
    try:
        writer = OtlpWriter(resource, version)
    except ImportError as error:
        raise ImportError("Traces need the extra: pip install 'tradewind[otel]'") from error
    send = sender(settings)
    queue = SpanQueue[EndedSpan](
        lambda spans: send(writer.write(spans)),
        ExportFaults(settings.url),
        length=settings.queue_size,
        batch=settings.batch_size,
        seconds=settings.flush_ms / 1000,
    )
    return Tracer(settings, queue)
