"""OpenTelemetry's protocol: spans as it writes them, sent over gRPC or posted over HTTP.

The SDK of OpenTelemetry makes objects of its own out of each span, twice; that cost five times what is done here
(``tests/load/traces.py``), so its messages alone are used.
"""

from __future__ import annotations

import gzip
import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import grpc

from tradewind_server.observability.otel_settings import HTTP, OtelSettings
from tradewind_server.observability.span_names import ATTRIBUTES, CONTENTS, OTHER_CONTENTS
from tradewind_server.observability.span_queue import NotSent
from tradewind_server.observability.spans import SpanKind

METHOD = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
KINDS = {"call": 2, "model": 3, "vector": 3, "sql": 3}
INTERNAL, FAILURE = 1, 2
IN_TRACE, KNOWS_WHERE, IS_REMOTE = 0x001, 0x100, 0x200
"""Flags of a span: it is sampled; whether its parent is in another process is known; it is."""
MOST = 1 << 63
"""Of a whole number in a message."""
MOST_COMMON, LONGEST_COMMON = 2000, 100
"""Attributes that are kept as messages: names of models and nodes come again and again. Longer texts are not."""
PASSING_CODES = ("UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED", "ABORTED")
PASSING_STATUSES = (429, 502, 503, 504)
Send = Callable[[bytes], None]


class SpanIds(NamedTuple):
    """Who a span is: what it has outside of this process. ``parent`` is empty for the first span of a trace."""

    trace: bytes
    own: bytes
    parent: bytes
    state: str = ""
    """The caller's ``tracestate``, handed on as it came."""
    is_remote: bool = False


class EndedSpan(NamedTuple):
    """What is sent of a span, and nothing that keeps its call alive."""

    ids: SpanIds
    name: str
    kind: SpanKind
    start: int
    stop: int
    facts: Mapping[str, Any]
    input: str | None = None
    output: str | None = None
    """What was said, as texts; None where nobody wants that."""


class OtlpWriter:
    """Writes batches of spans as messages. The packages of the extra are imported here."""

    def __init__(self, resource: Mapping[str, str], version: str) -> None:
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
        from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

        self._request, self._pair, self._value = ExportTraceServiceRequest, KeyValue, AnyValue
        self._resource = [self._text(name, value) for name, value in resource.items()]
        self._version = version
        self._common_text = lru_cache(MOST_COMMON)(self._text)

    def write(self, spans: Sequence[EndedSpan]) -> bytes:
        request = self._request()
        of_resource = request.resource_spans.add()
        of_resource.resource.attributes.extend(self._resource)
        of_scope = of_resource.scope_spans.add()
        of_scope.scope.name, of_scope.scope.version = "tradewind", self._version
        for span in spans:
            self._add(of_scope.spans, span)
        return bytes(request.SerializeToString())

    def _add(self, messages: Any, span: EndedSpan) -> None:
        ids, facts = span.ids, span.facts
        message = messages.add(
            trace_id=ids.trace,
            span_id=ids.own,
            parent_span_id=ids.parent,
            trace_state=_whole(ids.state),
            name=_whole(span.name),
            kind=KINDS.get(span.kind, INTERNAL),
            start_time_unix_nano=span.start,
            end_time_unix_nano=span.stop,
            flags=IN_TRACE | KNOWS_WHERE | (IS_REMOTE if ids.is_remote else 0),
            attributes=[self._pair_of(ATTRIBUTES[name], value) for name, value in facts.items() if value not in (None, "")],
        )
        for name, text in zip(CONTENTS.get(span.kind, OTHER_CONTENTS), (span.input, span.output), strict=True):
            if text is not None:
                message.attributes.append(self._text(name, text))
        if "error" in facts:
            message.status.code = FAILURE

    def _pair_of(self, name: str, value: Any) -> Any:
        if isinstance(value, str) and len(value) <= LONGEST_COMMON:
            return self._common_text(name, value)
        if isinstance(value, bool):
            return self._pair(key=name, value=self._value(bool_value=value))
        if isinstance(value, int) and -MOST <= value < MOST:
            return self._pair(key=name, value=self._value(int_value=value))
        return self._text(name, str(value))

    def _text(self, name: str, value: str) -> Any:
        return self._pair(key=name, value=self._value(string_value=_whole(value)))


def _whole(text: str) -> str:
    """The text without halves of characters, which JSON may hold and no message does."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def sender(settings: OtelSettings) -> Send:
    """Sends one message to the collector, and raises :class:`NotSent`. Blocks for ``settings.timeout`` seconds at most."""
    return _http_sender(settings) if settings.protocol == HTTP else _grpc_sender(settings)


def _grpc_sender(settings: OtelSettings) -> Send:
    target = settings.url.partition("//")[2]
    if settings.tls:
        files = (settings.certificate, settings.client_key, settings.client_certificate)
        parts = [Path(name).read_bytes() if name else None for name in files]
        channel = grpc.secure_channel(target, grpc.ssl_channel_credentials(*parts))
    else:
        channel = grpc.insecure_channel(target)
    export = channel.unary_unary(METHOD)
    compression = grpc.Compression.Gzip if settings.gzip else grpc.Compression.NoCompression

    def send(message: bytes) -> None:
        try:
            export(message, timeout=settings.timeout, metadata=settings.headers, compression=compression)
        except grpc.RpcError as error:
            code = error.code().name
            raise NotSent(code, is_passing=code in PASSING_CODES) from None

    return send


def _http_sender(settings: OtelSettings) -> Send:
    context = ssl.create_default_context(cafile=settings.certificate or None) if settings.tls else None
    if context is not None and settings.client_certificate:
        context.load_cert_chain(settings.client_certificate, settings.client_key or None)
    headers = {"Content-Type": "application/x-protobuf", **dict(settings.headers)}
    if settings.gzip:
        headers["Content-Encoding"] = "gzip"

    def send(message: bytes) -> None:
        body = gzip.compress(message) if settings.gzip else message
        request = urllib.request.Request(settings.url, body, headers, method="POST")  # noqa: S310 (http or https, as checked)
        try:
            with urllib.request.urlopen(request, timeout=settings.timeout, context=context) as answer:  # noqa: S310
                answer.read()
        except urllib.error.HTTPError as error:
            raise NotSent(f"status {error.code}", is_passing=error.code in PASSING_STATUSES) from None
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(str(getattr(error, "reason", error))[:200], is_passing=True) from None

    return send
