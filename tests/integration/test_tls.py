"""TLS on the gate's listener, with a certificate made for the test."""

from __future__ import annotations

import datetime
import ipaddress
import json
from pathlib import Path

import grpc
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub

from fakes.otlp_collector import Collector, SpanRecord, running_collector, tree
from harness.flows import drawing
from harness.runner import World
from harness.stack import running_stack

TRACE_ID, PARENT_ID = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tradewind test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return cert_file, key_file


def test_rest_and_grpc_over_tls_with_traces(world: World, tmp_path: Path) -> None:
    """One stack for both: each is seen at the gate alone."""
    with running_collector() as collector:
        _ask_over_tls(world, tmp_path, collector)
        spans = collector.wait(lambda spans: {"tradewind", "tradewind-gate"} <= {span.service for span in traced(spans)})
    check_trace(traced(spans))


def traced(spans: list[SpanRecord]) -> list[SpanRecord]:
    return [span for span in spans if span.trace_id == TRACE_ID]


def check_trace(spans: list[SpanRecord]) -> None:
    """The caller's trace goes through the gate into the worker, and nothing else was sampled."""
    by_id = {span.span_id: span for span in spans}
    [call] = [span for span in spans if span.name == "tradewind.v1.PredictionService/Predict"]
    assert by_id[call.parent_id].service == "tradewind-gate"
    assert {span.parent_id for span in spans} - set(by_id) == {PARENT_ID}
    names = {span.name.partition(" ")[0] for span in spans}
    assert {"invoke_agent", "chat", "sql"} <= names, tree(spans)
    assert not any("secret-of-the-path" in str(span) for span in spans)


def _ask_over_tls(world: World, tmp_path: Path, collector: Collector) -> None:
    cert, key = certificate(tmp_path)
    settings = {
        "TRADEWIND_TLS_CERT": str(cert),
        "TRADEWIND_TLS_KEY": str(key),
        "TRADEWIND_OPENAI_BASE_URL": world.endpoint.base_url,
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address,
        "OTEL_TRACES_SAMPLER": "parentbased_always_off",
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }
    with running_stack(tmp_path / "data", env=settings) as stack:
        address = stack.rest.rpartition("/")[2]
        secure = f"https://{address}"
        assert stack.rest == secure
        assert requests.get(f"{secure}/api/v1/ping", verify=str(cert), timeout=60).text == "pong"
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(f"{secure}/api/v1/ping", timeout=60)
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.get(f"http://{address}/api/v1/ping", timeout=60)
        body = {"name": "TLS", "type": "CHATFLOW", "flowData": json.dumps(drawing("conversation"))}
        made = requests.post(f"{secure}/api/v1/chatflows", json=body, headers=stack.admin, verify=str(cert), timeout=60)
        credentials = grpc.ssl_channel_credentials(cert.read_bytes())
        with grpc.secure_channel(address, credentials) as channel:
            request = pb.PredictRequest(chatflow_id=made.json()["id"], question="hi")
            traceparent = (("traceparent", f"00-{TRACE_ID}-{PARENT_ID}-01"),)
            answer = PredictionServiceStub(channel).Predict(request, timeout=60, metadata=traceparent)
            assert answer.text.startswith("Reply ")
        headers = {"traceparent": traceparent[0][1]}
        path = f"{secure}/api/v1/verify/apikey/secret-of-the-path"
        requests.get(path, headers=headers, verify=str(cert), timeout=60)
