"""What the standard ``OTEL_*`` variables say of traces, for the workers and for the gate alike."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic_settings import SettingsError

from tradewind_server.secret_files import FILE_SUFFIX, read_secret

ADDRESSES = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
CONTENTS = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
DEFAULT_SAMPLER, DEFAULT_RATIO = "parentbased_traceidratio", 0.1
GRPC, HTTP = "grpc", "http/protobuf"
PORTS = {GRPC: 4317, HTTP: 4318}
SIGNAL_PATH = "v1/traces"
"""Behind the path of an address that is for every kind of signal."""
RATIOS = {"always_on": 1.0, "always_off": 0.0}
NO = (None, "", "none")
HEADER = re.compile(r"[a-z0-9_.-]+")


class BadOtelSetting(ValueError):
    """The message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class OtelSettings:
    """Where spans go, which calls are traced, and what of them is told."""

    is_on: bool = False
    protocol: str = GRPC
    """``grpc`` or ``http/protobuf``."""
    host: str = "localhost"
    port: int = PORTS[GRPC]
    path: str = "/"
    """Where spans are posted to over HTTP."""
    tls: bool = False
    certificate: str = ""
    """The file of authorities that the collector's certificate is checked by; empty for those that everybody trusts."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Sent to the collector with each batch: a key may be among them."""
    service_name: str = "tradewind"
    ratio: float = DEFAULT_RATIO
    """Of the calls whose caller says nothing, how many are traced."""
    follows_caller: bool = True
    """Whether a caller's ``traceparent`` decides."""
    client_certificate: str = ""
    client_key: str = ""
    """Files that show the collector who calls; empty where it does not ask."""
    gzip: bool = False
    timeout: float = 10.0
    """Seconds that the sending of one batch may take."""
    flush_ms: int = 5000
    queue_size: int = 2048
    """Spans that wait at most."""
    batch_size: int = 512
    resource: tuple[tuple[str, str], ...] = ()
    """What every span says of this server beside its name and version (``OTEL_RESOURCE_ATTRIBUTES``)."""
    with_contents: bool = False
    """Whether questions, answers and what models and tools were told are written into spans."""

    @property
    def url(self) -> str:
        """The collector's address in full; it holds no key."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        path = self.path if self.protocol == HTTP else ""
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"


def otel_settings(environment: Mapping[str, str]) -> OtelSettings:
    """The settings. Raises :class:`BadOtelSetting` for a value that is none, and for a protocol that is not spoken here.

    Without a protocol port 4318 means HTTP, any other gRPC.
    """
    exporter = environment.get("OTEL_TRACES_EXPORTER", "otlp").strip().lower()
    source = next((name for name in ADDRESSES if environment.get(name) not in NO), "")
    address = environment.get(source, "").strip()
    asks = bool(address) or environment.get("OTEL_TRACES_EXPORTER") not in NO
    if not asks or exporter == "none" or environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return OtelSettings()
    if exporter != "otlp":
        raise BadOtelSetting(
            f"OTEL_TRACES_EXPORTER={exporter[:40]} is not spoken here; leave it out, or set it to otlp or none."
        )
    protocol, parts = _protocol(environment), _address(address or "http://localhost")
    if not protocol:
        protocol = HTTP if parts.port == PORTS[HTTP] else GRPC
    tls = parts.scheme == "https"
    path = parts.path if source == ADDRESSES[0] else f"{parts.path.rstrip('/')}/{SIGNAL_PATH}"
    name = environment.get("OTEL_TRACES_SAMPLER", DEFAULT_SAMPLER).strip().lower() or DEFAULT_SAMPLER
    return OtelSettings(
        is_on=True,
        protocol=protocol,
        host=parts.hostname or "",
        port=parts.port or (443 if tls else PORTS[protocol]),
        path=path or "/",
        tls=tls,
        certificate=_of_traces(environment, "CERTIFICATE"),
        headers=_headers(environment),
        service_name=environment.get("OTEL_SERVICE_NAME", "").strip() or "tradewind",
        ratio=_ratio(name.removeprefix("parentbased_"), environment.get("OTEL_TRACES_SAMPLER_ARG", "")),
        follows_caller=name.startswith("parentbased_"),
        client_certificate=_of_traces(environment, "CLIENT_CERTIFICATE"),
        client_key=_of_traces(environment, "CLIENT_KEY"),
        gzip=_of_traces(environment, "COMPRESSION").lower() == "gzip",
        timeout=_number(_of_traces(environment, "TIMEOUT"), 10, 60),
        flush_ms=_number(environment.get("OTEL_BSP_SCHEDULE_DELAY", ""), 5000, 60_000),
        queue_size=_number(environment.get("OTEL_BSP_MAX_QUEUE_SIZE", ""), 2048, 1_000_000),
        batch_size=_number(environment.get("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", ""), 512, 100_000),
        resource=_pairs(environment.get("OTEL_RESOURCE_ATTRIBUTES", "")),
        with_contents=environment.get(CONTENTS, "").strip().lower() in ("true", "1", "span_only", "span_and_event"),
    )


def _of_traces(environment: Mapping[str, str], name: str) -> str:
    """A setting of the exporter, which may stand for traces alone."""
    value = environment.get(f"OTEL_EXPORTER_OTLP_TRACES_{name}") or environment.get(f"OTEL_EXPORTER_OTLP_{name}") or ""
    return value.strip()


def _protocol(environment: Mapping[str, str]) -> str:
    """Empty where nothing is said."""
    protocol = _of_traces(environment, "PROTOCOL").lower()
    if protocol not in ("", *PORTS):
        raise BadOtelSetting(
            f"OTEL_EXPORTER_OTLP_PROTOCOL={protocol[:40]} is not spoken here; set it to grpc (4317) or http/protobuf (4318)."
        )
    return protocol


def _address(text: str) -> SplitResult:
    try:
        parts = urlsplit(text if "//" in text else f"http://{text}")
        is_good = bool(parts.hostname) and parts.scheme in ("http", "https") and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise BadOtelSetting("OTEL_EXPORTER_OTLP_ENDPOINT is no address; write it as http://collector:4317.")
    return parts


def _headers(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    text = _of_traces(environment, "HEADERS")
    file = _of_traces(environment, f"HEADERS{FILE_SUFFIX}")
    if file and not text:
        try:
            text = read_secret(f"OTEL_EXPORTER_OTLP_HEADERS{FILE_SUFFIX}", Path(file))
        except SettingsError as error:
            raise BadOtelSetting(str(error)) from None
    pairs = tuple((name.lower(), value) for name, value in _pairs(text))
    if not all(HEADER.fullmatch(name) and value.isascii() and value.isprintable() for name, value in pairs):
        raise BadOtelSetting(
            "OTEL_EXPORTER_OTLP_HEADERS holds what no header can; write name=value,…, and other characters as %XX."
        )
    return pairs


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition("=") for part in text.split(",") if "=" in part)
    return tuple((name.strip(), unquote(value.strip())) for name, _, value in pairs if name.strip())


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


def check_certificates(settings: OtelSettings) -> None:
    """Raises :class:`BadOtelSetting` for a file of certificates or a key that cannot be used."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        if settings.certificate:
            context.load_verify_locations(settings.certificate)
        if settings.client_certificate:
            context.load_cert_chain(settings.client_certificate, settings.client_key or None, password="")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadOtelSetting(f"The files of the OTEL_EXPORTER_OTLP_…CERTIFICATE settings cannot be used: {reason}.") from None


def _number(text: str, default: int, most: int) -> int:
    """A whole number from 1 to ``most``; the default where it is none."""
    return int(text) if text.strip().isdecimal() and 0 < int(text) <= most else default
