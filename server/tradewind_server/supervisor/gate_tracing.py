"""The gate's part of a trace: Envoy's own span, which the worker's are inside of, sent over OTLP to the same collector.

Envoy's documentation calls its OpenTelemetry tracer work in progress, so it is configured only where ``OTEL_*`` asks.
"""

from __future__ import annotations

from typing import Any

import certifi

from tradewind_server.observability.otel_settings import GRPC, HTTP, OtelSettings

CLUSTER = "otlp"
MILLION = 1_000_000
SAMPLERS = "type.googleapis.com/envoy.extensions.tracers.opentelemetry.samplers.v3."


def set_tracing(base: dict[str, Any], otel: OtelSettings) -> None:
    """Add tracer and collector to a configuration; nothing where traces are off."""
    if not otel.is_on:
        return
    resources = base["static_resources"]
    manager = resources["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    manager["tracing"] = {
        # The worker hangs its spans under the one of the call to it.
        "spawn_upstream_span": True,
        # Keys may stand in paths and queries: none of them is told.
        "max_path_tag_length": 0,
        "provider": {
            "name": "envoy.tracers.opentelemetry",
            "typed_config": {
                "@type": "type.googleapis.com/envoy.config.trace.v3.OpenTelemetryConfig",
                **_service(otel),
                "service_name": f"{otel.service_name}-gate",
                "sampler": _sampler(otel),
            },
        },
    }
    # An id that a caller sent stays as it is; Envoy would write its decision into it.
    manager["request_id_extension"] = {
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig",
            "pack_trace_reason": False,
            "use_request_id_for_trace_sampling": False,
        }
    }
    resources["clusters"].append(_collector(otel))
    base["layered_runtime"] = {
        "layers": [{"name": "tracing", "static_layer": {"tracing.opentelemetry.flush_interval_ms": otel.flush_ms}}]
    }


def _service(otel: OtelSettings) -> dict[str, Any]:
    """Where Envoy's tracer sends spans to, in the protocol that the workers speak too."""
    if otel.protocol == HTTP:
        headers = [{"header": {"key": name, "value": value}} for name, value in otel.headers]
        return {
            "http_service": {
                "http_uri": {"uri": otel.url, "cluster": CLUSTER, "timeout": "2s"},
                "request_headers_to_add": headers,
            }
        }
    metadata = [{"key": name, "value": value} for name, value in otel.headers]
    return {"grpc_service": {"envoy_grpc": {"cluster_name": CLUSTER}, "timeout": "2s", "initial_metadata": metadata}}


def _sampler(otel: OtelSettings) -> dict[str, Any]:
    ratio = {
        "name": "envoy.tracers.opentelemetry.samplers.trace_id_ratio_based",
        "typed_config": {
            "@type": f"{SAMPLERS}TraceIdRatioBasedSamplerConfig",
            "sampling_percentage": {"numerator": round(otel.ratio * MILLION), "denominator": "MILLION"},
        },
    }
    if not otel.follows_caller:
        return ratio
    return {
        "name": "envoy.tracers.opentelemetry.samplers.parent_based",
        "typed_config": {"@type": f"{SAMPLERS}ParentBasedSamplerConfig", "wrapped_sampler": ratio},
    }


def _collector(otel: OtelSettings) -> dict[str, Any]:
    address = {"socket_address": {"address": otel.host, "port_value": otel.port}}
    cluster: dict[str, Any] = {
        "name": CLUSTER,
        "type": "STRICT_DNS",
        "connect_timeout": "1s",
        # A collector that is away or slow holds a few batches, never the gate.
        "circuit_breakers": {"thresholds": [{"max_connections": 2, "max_pending_requests": 10, "max_requests": 10}]},
        "load_assignment": {
            "cluster_name": CLUSTER,
            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address}}]}],
        },
    }
    if otel.protocol == GRPC:
        cluster["typed_extension_protocol_options"] = {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {"http2_protocol_options": {}},
            }
        }
    if otel.tls:
        cluster["transport_socket"] = {"name": "envoy.transport_sockets.tls", "typed_config": _tls(otel)}
    return cluster


def _own_certificate(otel: OtelSettings) -> dict[str, Any]:
    key = otel.client_key or otel.client_certificate
    return {"certificate_chain": {"filename": otel.client_certificate}, "private_key": {"filename": key}}


def _tls(otel: OtelSettings) -> dict[str, Any]:
    is_name = not otel.host.replace(".", "").isdecimal() and ":" not in otel.host
    return {
        "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        **({"sni": otel.host} if is_name else {}),
        "common_tls_context": {
            **({"tls_certificates": [_own_certificate(otel)]} if otel.client_certificate else {}),
            "validation_context": {
                "trusted_ca": {"filename": otel.certificate or certifi.where()},
                "match_typed_subject_alt_names": [
                    {"san_type": "DNS" if is_name else "IP_ADDRESS", "matcher": {"exact": otel.host}}
                ],
            },
        },
    }
