"""Settings into the gate's configuration: values placed in the loaded YAML, never text into text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tradewind_server.observability.otel_settings import OtelSettings
from tradewind_server.supervisor.gate_limits import GateLimits, set_limits
from tradewind_server.supervisor.gate_tracing import set_tracing

FORM_BYTES, JSON_BYTES = 50 * 1024 * 1024, 8 * 1024 * 1024
"""The two limits as the file has them."""
DNS_SECONDS = 2
"""How often the name of workers elsewhere is looked up: a new one gets calls, and one that left gets none, this soon."""
CORS_TYPE = "envoy.extensions.filters.http.cors.v3.CorsPolicy"


@dataclass(frozen=True, slots=True)
class GateValues:
    """What differs from one gate to another. ``workers`` are unix sockets."""

    host: str
    port: int
    descriptor: Path
    rest_services: Sequence[str]
    """All services with REST routes."""
    workers: Sequence[Path]
    max_body_bytes: int
    max_json_bytes: int
    max_connections: int
    heap_bytes: int
    request_seconds: float
    limits: GateLimits
    upstream: tuple[str, int] | None = None
    """A host name and port that lead to workers elsewhere, asked again and again, in place of ``workers``."""
    cors_origins: Sequence[str] = ()
    tls_cert: Path | None = None
    tls_key: Path | None = None
    tracing: OtelSettings = field(default_factory=OtelSettings)


def compose(base: dict[str, Any], values: GateValues) -> dict[str, Any]:
    """The configuration with the values in it. ``base`` is changed and returned."""
    listener = base["static_resources"]["listeners"][0]
    listener["address"]["socket_address"] = {"address": values.host, "port_value": values.port}
    if values.host == "::":  # All addresses of both kinds, as the two other ports take it.
        listener["address"]["socket_address"]["ipv4_compat"] = True
    listed_names = {name for part in _objects(base) for name in part.get("services", ())}
    missing = [name for name in values.rest_services if name not in listed_names]
    sizes = {FORM_BYTES: values.max_body_bytes, JSON_BYTES: values.max_json_bytes}
    for part in _objects(base):
        if "proto_descriptor" in part:
            part["proto_descriptor"] = str(values.descriptor)
            part["services"] = part["services"] or missing
        for name in ("max_request_body_size", "max_request_bytes", "request_body_buffer_limit"):
            if name in part:
                part[name] = sizes[part[name]]
        if "max_active_downstream_connections" in part:
            part["max_active_downstream_connections"] = values.max_connections
        if "max_heap_size_bytes" in part:
            part["max_heap_size_bytes"] = values.heap_bytes
        if part.get("timeout") == "300s" and "cluster" in part:
            part["timeout"] = f"{values.request_seconds:g}s"
        if part.get("idle_timeout") == "310s":  # The worker's own limit comes first, with its sentence.
            part["idle_timeout"] = f"{values.request_seconds + 10:g}s"
    _set_cors(base, values.cors_origins)
    if values.tls_cert and values.tls_key:
        listener["filter_chains"][0]["transport_socket"] = _tls(values.tls_cert, values.tls_key)
    _set_workers(base["static_resources"]["clusters"], values)
    set_limits(base, values.limits)
    set_tracing(base, values.tracing)
    return base


def _set_workers(clusters: list[dict[str, Any]], values: GateValues) -> None:
    """Where the workers are. The endpoints of the first cluster are those of the other one, too."""
    addresses: list[dict[str, Any]] = [{"pipe": {"path": str(worker)}} for worker in values.workers]
    if values.upstream:
        host, port = values.upstream
        addresses = [{"socket_address": {"address": host, "port_value": port}}]
        for cluster in clusters:
            cluster.update(type="STRICT_DNS", dns_lookup_family="V4_PREFERRED", dns_refresh_rate=f"{DNS_SECONDS}s")
    endpoints = [{"endpoint": {"address": address}} for address in addresses]
    clusters[0]["load_assignment"]["endpoints"][0]["lb_endpoints"] = endpoints


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a value, the value itself first. An anchored object is met at each place it is used."""
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _objects(one)
    elif isinstance(value, list):
        for one in value:
            yield from _objects(one)


def _set_cors(base: dict[str, Any], origins: Sequence[str]) -> None:
    """Put the configured origins into the one policy that lists none; the public routes keep theirs."""
    matches: list[dict[str, Any]] = []
    for origin in origins:
        matches.append({"safe_regex": {"regex": ".*"}} if origin == "*" else {"exact": origin})
    for part in _objects(base):
        if str(part.get("@type", "")).endswith(CORS_TYPE) and not part["allow_origin_string_match"]:
            part["allow_origin_string_match"] = matches


def _tls(cert: Path, key: Path) -> dict[str, Any]:
    pair = {"certificate_chain": {"filename": str(cert)}, "private_key": {"filename": str(key)}}
    return {
        "name": "envoy.transport_sockets.tls",
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
            "common_tls_context": {
                "tls_params": {"tls_minimum_protocol_version": "TLSv1_2"},
                "alpn_protocols": ["h2", "http/1.1"],
                "tls_certificates": [pair],
            },
        },
    }


def envoy_binary() -> str | None:
    """The Envoy of the ``envoy`` extra, else one on the path; None where there is neither."""
    import importlib.util
    import shutil

    spec = importlib.util.find_spec("envoy")
    for place in (spec.submodule_search_locations or []) if spec else []:
        binary = Path(place) / "_bin" / "envoy"
        if binary.exists():
            return str(binary)
    return shutil.which("envoy")
