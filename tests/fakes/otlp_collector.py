"""Collectors of traces in this process, which keep what they are sent: OpenTelemetry's own servicer over gRPC, and its other
protocol, batches that are posted over HTTP. Both listen on loopback ports."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc


@dataclass(frozen=True)
class SpanRecord:
    """One span as it came over the wire. Ids are hexadecimal."""

    service: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str
    attributes: Mapping[str, Any]
    start: int
    end: int
    is_error: bool


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    def __init__(self) -> None:
        self.spans: list[SpanRecord] = []
        self.metadata: list[dict[str, str]] = []
        self._arrival = threading.Condition()
        self.address = ""

    def Export(self, request: Any, context: grpc.ServicerContext) -> Any:
        self.take(request, dict(context.invocation_metadata()))
        return trace_service_pb2.ExportTraceServiceResponse()

    def take(self, request: Any, headers: dict[str, str]) -> None:
        with self._arrival:
            self.metadata.append(headers)
            self.spans += records_of(request)
            self._arrival.notify_all()

    def wait(self, is_enough: Callable[[list[SpanRecord]], bool], seconds: float = 60.0) -> list[SpanRecord]:
        """All spans, once they are enough."""
        with self._arrival:
            assert self._arrival.wait_for(lambda: is_enough(self.spans), seconds), tree(self.spans)
            return list(self.spans)


def records_of(request: Any) -> Iterator[SpanRecord]:
    for resource in request.resource_spans:
        service = attributes_of(resource.resource.attributes).get("service.name", "")
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield SpanRecord(
                    service, span.name, span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex(),
                    attributes_of(span.attributes), span.start_time_unix_nano, span.end_time_unix_nano, span.status.code == 2,
                )  # fmt: skip


def attributes_of(pairs: Any) -> dict[str, Any]:
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value") or "string_value") for pair in pairs}


def tree(spans: list[SpanRecord]) -> str:
    """The spans as an indented list, those of one parent by their start."""
    ids = {span.span_id for span in spans}
    lines: list[str] = []

    def write(span: SpanRecord, depth: int) -> None:
        milliseconds = (span.end - span.start) / 1e6
        lines.append(f"{'  ' * depth}{span.name}  {milliseconds:.1f} ms  [{span.service}]")
        for child in sorted((one for one in spans if one.parent_id == span.span_id), key=lambda one: one.start):
            write(child, depth + 1)

    for root in sorted((one for one in spans if one.parent_id not in ids), key=lambda one: one.start):
        write(root, 0)
    return "\n".join(lines)


@contextmanager
def running_collector() -> Iterator[Collector]:
    collector = Collector()
    server = grpc.server(ThreadPoolExecutor(2))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(collector, server)
    collector.address = f"http://127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield collector
    finally:
        server.stop(0).wait(10)


@contextmanager
def running_http_collector() -> Iterator[Collector]:
    """Takes posts to ``/v1/traces`` alone. Its ``metadata`` are the headers, and under ``:path`` the path."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 60

        def do_POST(self) -> None:
            body = self._body()
            is_known = self.path == "/v1/traces" and self.headers["content-type"] == "application/x-protobuf"
            if is_known:
                text = gzip.decompress(body) if self.headers["content-encoding"] == "gzip" else body
                headers = {name.lower(): value for name, value in self.headers.items()}
                collector.take(trace_service_pb2.ExportTraceServiceRequest.FromString(text), {**headers, ":path": self.path})
            answer = trace_service_pb2.ExportTraceServiceResponse().SerializeToString()
            self.send_response(200 if is_known else 404)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def _body(self) -> bytes:
            """Envoy sends its batches in chunks."""
            if self.headers["transfer-encoding"] != "chunked":
                return self.rfile.read(int(self.headers["content-length"]))
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def log_message(self, format: str, *args: Any) -> None:
            """What is asked is told by the collector."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        collector.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield collector
        finally:
            server.shutdown()
