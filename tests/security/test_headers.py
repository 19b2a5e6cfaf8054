"""Headers that only the gate may set, and headers that try to be more than a header."""

from __future__ import annotations

import json
import socket
from typing import Any

import grpc
import pytest
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub

UNKNOWN = "11111111-2222-4333-8444-555555555555"


def ask(fortress: Any, flow: str | None = None, headers: dict[str, str] | None = None, **body: Any) -> Any:
    url = f"/api/v1/prediction/{flow or fortress.open_flow}"
    return fortress.call("POST", url, headers=headers or {}, json={"question": "hi", **body})


def test_the_streaming_mark_of_the_gate_cannot_be_sent(fortress: Any) -> None:
    for name in ("x-body-streaming", "X-Body-Streaming"):
        assert ask(fortress, headers={name: "true"}).headers["content-type"] == "application/json"
    streamed = ask(fortress, headers={"x-body-streaming": "false"}, streaming=True)
    assert streamed.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize(
    "headers",
    [
        {"x-envoy-upstream-rq-timeout-ms": "1"},
        {"x-envoy-upstream-rq-per-try-timeout-ms": "1"},
        {"x-envoy-expected-rq-timeout-ms": "1"},
        {"x-envoy-retry-on": "5xx", "x-envoy-max-retries": "50"},
        {"x-envoy-internal": "true", "x-forwarded-for": "10.0.0.1"},
        {"x-envoy-original-path": "/api/v1/ping"},
        {"x-envoy-original-method": "HEAD"},
        {"x-envoy-force-trace": "1", "x-client-trace-id": "x"},
        {"x-envoy-decorator-operation": "x", "x-envoy-hedge-on-per-try-timeout": "true"},
        {"x-forwarded-proto": "https", "x-forwarded-host": "evil.example", "forwarded": "for=1.2.3.4"},
        {"x-error-reason": "FORGED", "grpc-status": "0", "grpc-message": "forged"},
        {"grpc-timeout": "1n"},
        {"te": "trailers", "grpc-encoding": "gzip"},
        {"connection": "upgrade", "upgrade": "websocket"},
        {"expect": "100-continue"},
        {"host": "evil.example"},
        {"content-length": "abc"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_headers_between_proxies_change_nothing(fortress: Any, headers: dict[str, str]) -> None:
    fortress.endpoint.forget()
    slow = fortress.flow("conversation", {"nodes": {"chatOpenAI_0": {"modelName": "say:calm"}}})
    answer = ask(fortress, slow, headers=headers)
    if answer.status_code in (400, 403) and {"content-length", "upgrade", "grpc-encoding", "te"} & set(headers):
        return
    assert answer.status_code == 200 and answer.json()["text"] == "calm", answer.text
    assert len(fortress.endpoint.seen()["requests"]) == 1
    assert "FORGED" not in json.dumps(dict(answer.headers)) and "evil" not in answer.text


def test_errors_do_not_carry_what_a_caller_put_into_headers(fortress: Any) -> None:
    answer = ask(fortress, UNKNOWN, headers={"x-error-reason": "FORGED", "grpc-message": "forged"})
    assert (answer.status_code, answer.json()["reason"]) == (404, "CHATFLOW_NOT_FOUND")
    assert answer.headers["x-error-reason"] == "CHATFLOW_NOT_FOUND"


def test_internal_requests_of_the_older_server_are_no_way_in(fortress: Any) -> None:
    headers = {"x-request-from": "internal", "cookie": "token=a.b.c", "x-api-key": ""}
    assert fortress.call("GET", "/api/v1/chatflows", headers=headers).status_code == 401
    assert ask(fortress, fortress.keyed_flow, headers=headers).status_code == 401


@pytest.mark.parametrize("value", ["x" * 500, 'a"b', "a b", "{json}", "ä", "a,b;c", "<script>", "%0d%0aset-cookie:x=1"])
def test_a_request_id_that_is_none_is_replaced_or_tamed(fortress: Any, value: str) -> None:
    answer = ask(fortress, UNKNOWN, headers={"x-request-id": value.encode().decode("latin-1")})
    assert answer.status_code == 404 and "set-cookie" not in answer.headers
    body = json.loads(answer.text)
    assert body["reason"] == "CHATFLOW_NOT_FOUND" and "<script>" not in body["message"]


def test_the_log_stays_one_line_of_json_for_each_call(fortress: Any) -> None:
    for value in ('"},{"forged":true', "a\\u000ab", "\x7f"):
        ask(fortress, UNKNOWN, headers={"x-request-id": value, "user-agent": value, "origin": value})
    for line in fortress.stack.log_text().splitlines():
        if line.startswith("{"):
            assert "forged" not in json.loads(line)


def test_over_tcp_nothing_forwarded_is_believed(fortress: Any) -> None:
    """The port without the gate: a caller there is where its connection comes from, and its request id is ours."""
    metadata = (("x-forwarded-for", "10.9.8.7"), ("x-request-id", "chosen-by-the-caller"), ("x-envoy-original-method", "HEAD"))
    with grpc.insecure_channel(fortress.stack.grpc) as channel, pytest.raises(grpc.RpcError) as raised:
        PredictionServiceStub(channel).Predict(pb.PredictRequest(chatflow_id=UNKNOWN), metadata=metadata, timeout=60)
    told = dict([*raised.value.trailing_metadata()])
    assert told["x-request-id"] != "chosen-by-the-caller"
    assert "10.9.8.7" not in fortress.stack.log_text()


def raw(fortress: Any, request: bytes) -> bytes:
    host, port = fortress.stack.grpc_gate.split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(request)
        connection.settimeout(10)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
            if len(answer) > 1_000_000:
                break
        return answer


def test_one_request_cannot_hide_another(fortress: Any) -> None:
    """Request smuggling: lengths that contradict each other are refused, and the connection ends."""
    hidden = b"GET /api/v1/chatflows HTTP/1.1\r\nHost: x\r\n\r\n"
    path = f"/api/v1/prediction/{fortress.open_flow}".encode()
    head = b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    for lengths in (
        b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 2\r\nContent-Length: 60\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Content-Length: +2\r\n",
        b"Content-Length: -1\r\n",
    ):
        answer = raw(fortress, head + lengths + b"\r\n{}" + hidden)
        assert answer.count(b"HTTP/1.1") <= 1 and b" 200 " not in answer.split(b"\r\n")[0], (lengths, answer[:200])


def test_line_breaks_in_a_path_or_header_split_nothing(fortress: Any) -> None:
    answer = raw(fortress, b"GET /api/v1/ping%0d%0aSet-Cookie:%20x=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert b"set-cookie" not in answer.lower().split(b"\r\n\r\n")[0]
