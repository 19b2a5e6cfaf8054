"""Settings in the gate's configuration."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from tradewind_server.observability.otel_settings import otel_settings
from tradewind_server.resources import descriptor, resource, rest_services
from tradewind_server.supervisor.envoy_config import GateValues, compose, envoy_binary
from tradewind_server.supervisor.gate_limits import GateLimits

ENVOY = envoy_binary()
DESCRIPTOR = descriptor()
TRACING = otel_settings(
    {
        "OTEL_EXPORTER_OTLP_ENDPOINT": "https://collector.example:4317",
        "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20of-the-collector",
        "OTEL_TRACES_SAMPLER_ARG": "0.25",
    }
)
OVER_HTTP = otel_settings(
    {
        "OTEL_EXPORTER_OTLP_ENDPOINT": "https://127.0.0.1:4318",
        "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20of-the-collector",
    }
)
REST_SERVICES = json.loads(rest_services().read_text())


def composed(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": 3000,
        "descriptor": DESCRIPTOR,
        "rest_services": REST_SERVICES,
        "workers": [Path("/tmp/worker-0.sock")],
        "max_body_bytes": 7_000_000,
        "max_json_bytes": 3_000_000,
        "max_connections": 321,
        "heap_bytes": 200_000_000,
        "request_seconds": 42.0,
        "limits": GateLimits(calls=20, calls_on_their_way=5, streams=7, trusted_hops=1, admin=Path("/tmp/envoy.sock")),
    }
    base = yaml.safe_load(resource("envoy.yaml", "envoy/envoy.yaml").read_text())
    return compose(base, GateValues(**{**values, **changes}))


def found(value: Any, name: str) -> list[Any]:
    """Every value of that name, wherever it stands."""
    if isinstance(value, dict):
        return [one for key, part in value.items() for one in ([part] if key == name else found(part, name))]
    return [one for part in value for one in found(part, name)] if isinstance(value, list) else []


def test_workers_elsewhere_are_found_by_name() -> None:
    clusters = composed(workers=[], upstream=("servers", 50051))["static_resources"]["clusters"]
    for cluster in clusters:
        assert cluster["type"] == "STRICT_DNS"
        assert found(cluster, "address") == [{"socket_address": {"address": "servers", "port_value": 50051}}]


def test_address_workers_and_limits_are_in_place() -> None:
    config = composed(workers=[Path("/tmp/a.sock"), Path("/tmp/b.sock")], host="0.0.0.0", port=8080)
    listener = config["static_resources"]["listeners"][0]
    assert listener["address"]["socket_address"] == {"address": "0.0.0.0", "port_value": 8080}
    for cluster in config["static_resources"]["clusters"]:
        assert [pipe["path"] for pipe in found(cluster, "pipe")] == ["/tmp/a.sock", "/tmp/b.sock"]
    assert set(found(config, "max_request_bytes")) == {7_000_000}
    assert set(found(config, "max_request_body_size")) == {7_000_000, 3_000_000}
    assert set(found(config, "request_body_buffer_limit")) == {3_000_000}
    assert found(config, "max_active_downstream_connections") == [321]
    assert found(config, "max_heap_size_bytes") == [200_000_000]
    assert "52s" in found(config, "idle_timeout")
    assert set(found(config, "proto_descriptor")) == {str(DESCRIPTOR)}
    timeouts = found(config, "timeout")
    assert "42s" in timeouts
    assert "300s" not in timeouts
    assert "transport_socket" not in listener["filter_chains"][0]


def test_every_service_with_routes_is_transcoded_somewhere() -> None:
    lists = [part for part in found(composed(), "services") if part]
    assert {name for part in lists for name in part} == set(REST_SERVICES)
    general, *special = sorted(lists, key=len, reverse=True)
    assert general == [name for name in REST_SERVICES if not any(name in part for part in special)]


def test_a_value_is_data_whatever_it_holds() -> None:
    hostile = '"}], "evil": {"'
    config = composed(cors_origins=[hostile], descriptor=Path("/tmp/a\nb: c"))
    assert "evil" not in json.loads(json.dumps(config))
    assert {"exact": hostile} in [match for group in found(config, "allow_origin_string_match") for match in group]


@pytest.mark.parametrize(
    ("origins", "match"), [(["https://a.example"], {"exact": "https://a.example"}), (["*"], {"safe_regex": {"regex": ".*"}})]
)
def test_configured_origins(origins: list[str], match: dict[str, Any]) -> None:
    groups = found(composed(cors_origins=origins), "allow_origin_string_match")
    assert [match] in groups


def test_tls_names_its_files() -> None:
    config = composed(tls_cert=Path("/c.pem"), tls_key=Path("/k.pem"))
    chain = config["static_resources"]["listeners"][0]["filter_chains"][0]
    pair = chain["transport_socket"]["typed_config"]["common_tls_context"]["tls_certificates"][0]
    assert pair == {"certificate_chain": {"filename": "/c.pem"}, "private_key": {"filename": "/k.pem"}}


def test_all_addresses_are_those_of_both_kinds() -> None:
    def address(host: str) -> Any:
        return composed(host=host)["static_resources"]["listeners"][0]["address"]["socket_address"]

    assert address("::") == {"address": "::", "port_value": 3000, "ipv4_compat": True}
    assert "ipv4_compat" not in address("0.0.0.0") and "ipv4_compat" not in address("fd00::1")


def test_without_traces_nothing_of_them_is_there() -> None:
    assert found(composed(), "tracing") == found(composed(), "layered_runtime") == []


def test_the_gate_samples_as_the_workers_do_and_tells_no_paths() -> None:
    [tracing] = found(composed(tracing=TRACING), "tracing")
    assert tracing["max_path_tag_length"] == 0
    [share] = found(tracing, "sampling_percentage")
    assert share == {"numerator": 250_000, "denominator": "MILLION"}
    assert found(tracing, "initial_metadata") == [[{"key": "authorization", "value": "Bearer of-the-collector"}]]


def test_the_gate_speaks_http_to_a_collector_that_does() -> None:
    config = composed(tracing=OVER_HTTP)
    [service] = found(config, "http_service")
    assert service["http_uri"]["uri"] == "https://127.0.0.1:4318/v1/traces"
    assert service["request_headers_to_add"] == [{"header": {"key": "authorization", "value": "Bearer of-the-collector"}}]
    [cluster] = [one for one in config["static_resources"]["clusters"] if one["name"] == "otlp"]
    assert "typed_extension_protocol_options" not in cluster, "posts need no HTTP/2"


@pytest.mark.skipif(ENVOY is None, reason="there is no Envoy here")
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"cors_origins": ["https://a.example", "*"]},
        {"workers": [Path("/a"), Path("/b")]},
        {"tracing": TRACING},
        {"tracing": OVER_HTTP},
    ],
)
def test_envoy_accepts_it(tmp_path: Path, changes: dict[str, Any]) -> None:
    file = tmp_path / "envoy.json"
    file.write_text(json.dumps(composed(**changes)))
    command = [str(ENVOY), "--mode", "validate", "-c", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
