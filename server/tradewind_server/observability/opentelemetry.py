"""Traces over OpenTelemetry's protocol, as the ``OTEL_*`` variables say. The SDK is imported only where they ask for traces."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

import grpc
import orjson

from tradewind_server.observability.logging import redact
from tradewind_server.observability.otel_settings import HTTP, OtelSettings
from tradewind_server.observability.span_names import ATTRIBUTES, CONTENTS, OTHER_CONTENTS
from tradewind_server.observability.spans import Span, Trace

LONGEST_CONTENT = 16_000
"""Characters of one attribute."""
TRACE_PARENT_LENGTH, NOT_SAMPLED = 55, "-00"
"""Of a ``traceparent`` (W3C Trace Context, 3.2.2)."""
MOST = 1 << 63
"""Of a whole number in a span."""
LOG_PAUSE = 300.0
FLUSH_SECONDS = 2.0
LOG = logging.getLogger("tradewind.traces")


class Tracer:
    """Begins the trace of a call, and takes its spans to the collector: the port ``SpanWriter``.

    Spans wait in a queue of bounded length (``OTEL_BSP_MAX_QUEUE_SIZE``, 2048) for a thread that sends them; what does not fit
    is dropped. Whether a collector answers is nothing that a call could notice.
    """

    def __init__(self, provider: Any, api: Any, settings: OtelSettings, version: str) -> None:
        """``provider`` is the SDK's ``TracerProvider``, ``api`` what of the API is needed, see :func:`open_tracer`."""
        self._provider = provider
        self._api = api
        self._tracer = provider.get_tracer("tradewind", version)
        self._follows_caller = settings.follows_caller
        self.with_contents = settings.with_contents

    def begin_call(self, name: str, headers: Mapping[str, Any], facts: dict[str, Any]) -> Span | None:
        """The span of a call, inside that of the caller's ``traceparent``; None where the call is not sampled."""
        parent = headers.get("traceparent")
        context = None
        if isinstance(parent, str):
            if self._follows_caller and len(parent) == TRACE_PARENT_LENGTH and parent.endswith(NOT_SAMPLED):
                return None
            context = self._api.propagator.extract(headers)
        handle = self._tracer.start_span(_whole(name), context=context, kind=self._api.server, attributes=_attributes(facts))
        if not handle.is_recording():
            return None
        return Span(Trace(self), None, name, "call", facts, handle=handle)

    def start(self, span: Span) -> Any:
        parent = span.parent.handle if span.parent is not None else None
        context = self._api.set_span_in_context(parent) if parent is not None else None
        kind = self._api.client if span.kind in ("model", "vector", "sql") else self._api.internal
        return self._tracer.start_span(_whole(span.name), context=context, kind=kind, start_time=span.start)

    def end(self, span: Span) -> None:
        handle = span.handle
        handle.set_attributes(_attributes(span.facts))
        if self.with_contents:
            for name, value in zip(CONTENTS.get(span.kind, OTHER_CONTENTS), (span.input, span.output), strict=True):
                if value is not None:
                    handle.set_attribute(name, _content(value))
        if span.error is not None:
            handle.set_status(self._api.failure)
        handle.end(span.stop)

    def trace_id(self, span: Span) -> str:
        return format(span.handle.get_span_context().trace_id, "032x")

    def trace_parent(self, span: Span) -> str:
        context = span.handle.get_span_context()
        return f"00-{context.trace_id:032x}-{context.span_id:016x}-01"

    def close(self) -> None:
        """Send what waits, for two seconds at most. Blocks: the SDK by itself waits for a collector as long as that takes."""
        flush = threading.Thread(target=self._provider.force_flush, daemon=True)
        flush.start()
        flush.join(FLUSH_SECONDS)


def _attributes(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {ATTRIBUTES[name]: _attribute(value) for name, value in facts.items() if value not in (None, "")}


def _attribute(value: Any) -> Any:
    """What a message can hold: one value that it cannot would cost the whole batch."""
    if isinstance(value, str):
        return _whole(value)
    return str(value) if isinstance(value, int) and not -MOST <= value < MOST else value


def _whole(text: str) -> str:
    """The text without halves of characters, which JSON may hold and no message does."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def _content(value: Any) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
    return _whole(redact(text[:LONGEST_CONTENT]))


class ExportFaults(logging.Handler):
    """Says once in five minutes that spans do not reach the collector, where the SDK would say so for each batch."""

    def __init__(self, endpoint: str) -> None:
        super().__init__(logging.WARNING)
        self._endpoint = endpoint
        self._last = float("-inf")

    def emit(self, record: logging.LogRecord) -> None:
        now = time.monotonic()
        if now - self._last >= LOG_PAUSE:
            self._last = now
            LOG.warning(
                "Traces do not reach %s; they are dropped until it takes them. Calls go on as they are.", self._endpoint
            )


def open_tracer(settings: OtelSettings, version: str) -> Tracer | None:
    """The tracer of this process; None where no traces are asked for. Raises ``ImportError`` naming the extra to install."""
    if not settings.is_on:
        return None
    try:
        from opentelemetry import trace
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider, sampling
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        exporter = _exporter(settings)
    except ImportError as error:
        raise ImportError("Traces need the extra: pip install 'tradewind[otel]'") from error
    service = {"service.name": settings.service_name, "service.version": version}
    sampler: sampling.Sampler = sampling.TraceIdRatioBased(settings.ratio)
    provider = TracerProvider(
        sampler=sampling.ParentBased(sampler) if settings.follows_caller else sampler,
        resource=Resource({"telemetry.sdk.language": "python", **dict(settings.resource), **service}),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(
        BatchSpanProcessor(
            exporter,
            max_queue_size=settings.queue_size,
            schedule_delay_millis=settings.flush_ms,
            max_export_batch_size=min(settings.batch_size, settings.queue_size),
        )
    )
    faults = logging.getLogger("opentelemetry")
    faults.handlers[:] = [ExportFaults(settings.url)]
    faults.propagate = False
    return Tracer(provider, _Api(trace, TraceContextTextMapPropagator()), settings, version)


def _exporter(settings: OtelSettings) -> Any:
    """What sends batches of spans, and tries again. Certificates it reads from the ``OTEL_*`` variables itself; numbers and
    words that say nothing it would take for faults."""
    common: dict[str, Any] = {"endpoint": settings.url, "headers": dict(settings.headers), "timeout": settings.timeout}
    if settings.protocol == HTTP:
        from opentelemetry.exporter.otlp.proto.http import Compression
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpExporter

        return HttpExporter(**common, compression=Compression.Gzip if settings.gzip else Compression.NoCompression)
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcExporter

    compression = grpc.Compression.Gzip if settings.gzip else grpc.Compression.NoCompression
    return GrpcExporter(**common, compression=compression, insecure=not settings.tls)


class _Api:
    """What of OpenTelemetry's API is used, found once."""

    def __init__(self, trace: Any, propagator: Any) -> None:
        self.propagator = propagator
        self.set_span_in_context = trace.set_span_in_context
        self.server, self.client, self.internal = trace.SpanKind.SERVER, trace.SpanKind.CLIENT, trace.SpanKind.INTERNAL
        self.failure = trace.Status(trace.StatusCode.ERROR)
