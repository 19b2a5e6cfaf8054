"""Makes a span for each call where ``OTEL_*`` variables ask for traces."""

from __future__ import annotations

import grpc

from tradewind_server.observability.opentelemetry import Tracer
from tradewind_server.observability.spans import SPAN
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Hooks
from tradewind_server.rpc.methods import Method


class Tracing:
    """``tracer`` is None for no tracing. The span of a call holds names and codes, no contents and no path."""

    def __init__(self, tracer: Tracer | None) -> None:
        self.tracer = tracer

    def hooks(self, method: Method) -> Hooks:
        tracer = self.tracer
        if tracer is None:
            return Hooks()
        facts = {"rpc_system": "grpc", "rpc_service": method.service, "rpc_method": method.name}
        name = method.path.lstrip("/")

        def enter(call: Call) -> None:
            call.span = tracer.begin_call(name, call.headers, {**facts, "request_id": call.request_id})
            if call.span is not None:
                SPAN.set(call.span)

        def leave(call: Call) -> None:
            span = call.span
            if span is None:
                return
            span.facts["rpc_code"] = call.code.value[0]
            if call.code is not grpc.StatusCode.OK:
                span.facts["error"] = call.failure_reason or call.code.name
            span.end()

        return Hooks(enter=enter, leave=leave)
