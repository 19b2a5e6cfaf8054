"""What the standard variables say of traces."""

from __future__ import annotations

from pathlib import Path

import pytest
from tradewind_server.observability.otel_settings import BadOtelSetting, check_certificates, otel_settings

GZIP = {"OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"}
ADDRESS = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4317"}


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_TRACES_EXPORTER": "none"},
        {**ADDRESS, "OTEL_TRACES_EXPORTER": "none"},
        {**ADDRESS, "OTEL_SDK_DISABLED": "true"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": ""},
        {"OTEL_SERVICE_NAME": "ferries"},
    ],
)
def test_traces_are_off_unless_asked_for(environment: dict[str, str]) -> None:
    assert not otel_settings(environment).is_on


def test_an_address_is_enough() -> None:
    otel = otel_settings(ADDRESS)
    assert (otel.is_on, otel.host, otel.port, otel.tls) == (True, "collector", 4317, False)
    assert (otel.ratio, otel.follows_caller, otel.with_contents) == (0.1, True, False)
    other = otel_settings({**ADDRESS, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "https://traces.example"})
    assert (other.host, other.port, other.tls) == ("traces.example", 443, True)


@pytest.mark.parametrize(
    ("environment", "protocol", "url"),
    [
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://[::1]"}, "grpc", "http://[::1]:4317"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4318"}, "http/protobuf", "http://collector:4318/v1/traces"),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "https://x.example/otlp/", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"},
            "http/protobuf",
            "https://x.example:443/otlp/v1/traces",
        ),
        (
            {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://x/as/it/is", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/protobuf"},
            "http/protobuf",
            "http://x:4318/as/it/is",
        ),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "grpc", "http://x:4318"),
    ],
)
def test_protocols_and_where_spans_go(environment: dict[str, str], protocol: str, url: str) -> None:
    otel = otel_settings(environment)
    assert (otel.protocol, otel.url) == (protocol, url)


@pytest.mark.parametrize(
    ("sampler", "argument", "ratio", "follows"),
    [
        ("always_on", "", 1.0, False),
        ("parentbased_always_off", "", 0.0, True),
        ("parentbased_traceidratio", "0.01", 0.01, True),
        ("traceidratio", "", 0.1, False),
    ],
)
def test_samplers(sampler: str, argument: str, ratio: float, follows: bool) -> None:
    otel = otel_settings({**ADDRESS, "OTEL_TRACES_SAMPLER": sampler, "OTEL_TRACES_SAMPLER_ARG": argument})
    assert (otel.ratio, otel.follows_caller) == (ratio, follows)


def test_keys_of_the_collector_are_read_and_not_shown() -> None:
    otel = otel_settings({**ADDRESS, "OTEL_EXPORTER_OTLP_HEADERS": "Authorization=Bearer%20secret-of-mine,x-team=ferries"})
    assert otel.headers == (("authorization", "Bearer secret-of-mine"), ("x-team", "ferries"))
    assert "secret-of-mine" not in repr(otel)


def test_keys_of_the_collector_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "headers"
    file.write_text("authorization=Bearer%20of-a-file\n")
    named = {**ADDRESS, "OTEL_EXPORTER_OTLP_HEADERS_FILE": str(file)}
    assert otel_settings(named).headers == (("authorization", "Bearer of-a-file"),)
    with pytest.raises(BadOtelSetting, match="OTEL_EXPORTER_OTLP_HEADERS_FILE cannot be read"):
        otel_settings({**ADDRESS, "OTEL_EXPORTER_OTLP_HEADERS_FILE": str(tmp_path / "away")})


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"OTEL_TRACES_SAMPLER": "sometimes"}, "OTEL_TRACES_SAMPLER=sometimes is unknown"),
        ({"OTEL_TRACES_SAMPLER_ARG": "1.5"}, "a number from 0 to 1"),
        ({"OTEL_TRACES_EXPORTER": "zipkin"}, "zipkin is not spoken here"),
        ({"OTEL_EXPORTER_OTLP_PROTOCOL": "http/json"}, "set it to grpc"),
        ({"OTEL_EXPORTER_OTLP_HEADERS": "authorization=B%C3%A4rer"}, "holds what no header can"),
        ({"OTEL_EXPORTER_OTLP_HEADERS": "x=a%0Ab"}, "holds what no header can"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "ftp://x"}, "write it as http://collector:4317"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:port"}, "write it as http://collector:4317"),
    ],
)
def test_a_wrong_value_is_a_sentence(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadOtelSetting, match=sentence):
        otel_settings({**ADDRESS, **wrong})


def test_files_of_certificates_that_cannot_be_used_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ca.crt").write_text("no certificate")
    for name in ("ca.crt", "away.crt"):
        otel = otel_settings({**ADDRESS, "OTEL_EXPORTER_OTLP_CERTIFICATE": str(tmp_path / name)})
        with pytest.raises(BadOtelSetting, match="cannot be used: "):
            check_certificates(otel)
    check_certificates(otel_settings(ADDRESS))


def test_numbers_and_texts_that_say_nothing_leave_the_defaults() -> None:
    otel = otel_settings({**ADDRESS, "OTEL_BSP_MAX_QUEUE_SIZE": "-1", "OTEL_EXPORTER_OTLP_TIMEOUT": "soon"})
    assert (otel.queue_size, otel.batch_size, otel.timeout, otel.gzip) == (2048, 512, 10, False)
    otel = otel_settings({**ADDRESS, "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment=prod, team=a%20b", **GZIP})
    assert otel.resource == (("deployment.environment", "prod"), ("team", "a b")) and otel.gzip
