"""What the standard ``OTEL_*`` variables say of traces, for the workers and for the gate alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

ADDRESSES = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
CONTENTS = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
DEFAULT_SAMPLER, DEFAULT_RATIO = "parentbased_traceidratio", 0.1
DEFAULT_ADDRESS = "http://localhost:4317"
GRPC_PORT = 4317
RATIOS = {"always_on": 1.0, "always_off": 0.0}
NO = (None, "", "none")


class BadOtelSetting(ValueError):
    """The message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class OtelSettings:
    """Where spans go, which calls are traced, and what of them is told."""

    is_on: bool = False
    endpoint: str = DEFAULT_ADDRESS
    host: str = "localhost"
    port: int = GRPC_PORT
    tls: bool = False
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Sent to the collector with each batch: a key may be among them."""
    service_name: str = "tradewind"
    ratio: float = DEFAULT_RATIO
    """Of the calls whose caller says nothing, how many are traced."""
    follows_caller: bool = True
    """Whether a caller's ``traceparent`` decides."""
    flush_ms: int = 5000
    with_contents: bool = False
    """Whether questions, answers and what models and tools were told are written into spans."""


def otel_settings(environment: Mapping[str, str]) -> OtelSettings:
    """The settings. Raises :class:`BadOtelSetting` for a value that is none, and for a protocol that is not spoken here."""
    exporter = environment.get("OTEL_TRACES_EXPORTER", "otlp").strip().lower()
    address = next((value.strip() for name in ADDRESSES if (value := environment.get(name)) not in NO), "")
    asks = bool(address) or environment.get("OTEL_TRACES_EXPORTER") not in NO
    if not asks or exporter == "none" or environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return OtelSettings()
    if exporter != "otlp":
        raise BadOtelSetting(
            f"OTEL_TRACES_EXPORTER={exporter[:40]} is not spoken here; leave it out, or set it to otlp or none."
        )
    protocol = environment.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") or environment.get("OTEL_EXPORTER_OTLP_PROTOCOL") or "grpc"
    if protocol.strip().lower() != "grpc":
        raise BadOtelSetting(f"OTEL_EXPORTER_OTLP_PROTOCOL={protocol[:40]} is not spoken here; set it to grpc (port 4317).")
    host, port, tls = _address(address or DEFAULT_ADDRESS)
    name = environment.get("OTEL_TRACES_SAMPLER", DEFAULT_SAMPLER).strip().lower() or DEFAULT_SAMPLER
    return OtelSettings(
        is_on=True,
        endpoint=f"{host}:{port}",
        host=host,
        port=port,
        tls=tls,
        headers=_headers(environment),
        service_name=environment.get("OTEL_SERVICE_NAME", "").strip() or "tradewind",
        ratio=_ratio(name.removeprefix("parentbased_"), environment.get("OTEL_TRACES_SAMPLER_ARG", "")),
        follows_caller=name.startswith("parentbased_"),
        flush_ms=_milliseconds(environment.get("OTEL_BSP_SCHEDULE_DELAY", "")),
        with_contents=environment.get(CONTENTS, "").strip().lower() in ("true", "1", "span_only", "span_and_event"),
    )


def _address(text: str) -> tuple[str, int, bool]:
    parts = urlsplit(text if "//" in text else f"http://{text}")
    try:
        host, port = parts.hostname, parts.port or GRPC_PORT
    except ValueError:
        host, port = None, 0
    if not host or parts.scheme not in ("http", "https"):
        raise BadOtelSetting("OTEL_EXPORTER_OTLP_ENDPOINT is no address; write it as http://collector:4317.")
    return host, port, parts.scheme == "https"


def _headers(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    text = environment.get("OTEL_EXPORTER_OTLP_TRACES_HEADERS") or environment.get("OTEL_EXPORTER_OTLP_HEADERS") or ""
    pairs = (part.partition("=") for part in text.split(",") if "=" in part)
    return tuple((name.strip().lower(), unquote(value.strip())) for name, _, value in pairs if name.strip())


def _ratio(sampler: str, argument: str) -> float:
    if sampler in RATIOS:
        return RATIOS[sampler]
    if sampler != "traceidratio":
        raise BadOtelSetting(
            f"OTEL_TRACES_SAMPLER={sampler[:40]} is unknown; use always_on, always_off or traceidratio, each with or without "
            "parentbased_ before it."
        )
    try:
        ratio = float(argument) if argument.strip() else DEFAULT_RATIO
    except ValueError:
        ratio = -1.0
    if not 0 <= ratio <= 1:
        raise BadOtelSetting("OTEL_TRACES_SAMPLER_ARG is no share; write a number from 0 to 1.")
    return ratio


def _milliseconds(text: str) -> int:
    return int(text) if text.strip().isdecimal() and 0 < int(text) <= 60_000 else 5000
