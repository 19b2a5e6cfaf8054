"""Makes a span for each call when ``OTEL_*`` variables ask for traces. OpenTelemetry is imported only then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import grpc

from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Hooks
from tradewind_server.rpc.methods import Method

SWITCHES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER")


class Tracing:
    """``tracer`` is an OpenTelemetry tracer, or None for no tracing. Spans hold names and codes, no contents."""

    def __init__(self, tracer: Any | None, propagator: Any | None = None) -> None:
        self.tracer = tracer
        self.propagator = propagator

    def hooks(self, method: Method) -> Hooks:
        tracer, propagator = self.tracer, self.propagator
        if tracer is None:
            return Hooks()
        attributes = {"rpc.system": "grpc", "rpc.service": method.service, "rpc.method": method.name}
        name = method.path.lstrip("/")

        def enter(call: Call) -> None:
            parent = propagator.extract(call.headers) if propagator is not None else None
            call.span = tracer.start_span(name, context=parent, attributes=attributes)

        def leave(call: Call) -> None:
            call.span.set_attribute("rpc.grpc.status_code", call.code.value[0])
            if call.code is not grpc.StatusCode.OK:
                call.span.set_attribute("error.type", call.failure_reason or call.code.name)
            call.span.end()

        return Hooks(enter=enter, leave=leave)


def tracing_from(environment: Mapping[str, str], version: str) -> Tracing:
    """Tracing as configured by ``OTEL_*`` variables. Raises ``ImportError`` naming the extra to install."""
    is_on = any(environment.get(name) not in (None, "", "none") for name in SWITCHES)
    if not is_on or environment.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return Tracing(None)
    try:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
    except ImportError as error:
        raise ImportError("Traces need the extra: pip install 'tradewind[telemetry]'") from error
    name = environment.get("OTEL_SERVICE_NAME", "tradewind")
    provider = TracerProvider(resource=Resource.create({"service.name": name, "service.version": version}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Tracing(provider.get_tracer("tradewind", version), TraceContextTextMapPropagator())
