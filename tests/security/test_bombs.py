"""Small requests that want to become large: refused in one sentence, while other callers are served."""

from __future__ import annotations

import gzip
import io
import json
import socket
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
import requests
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub

from harness.doors import docx, error_faults
from harness.processes import anonymous_mib, tree

SECONDS = 60
GROWTH_MIB = 400


def refused(fortress: Any, answer: requests.Response, *statuses: int) -> None:
    """One of the statuses, in the one shape, and the server goes on."""
    assert answer.status_code in (statuses or (400,)), f"{answer.status_code} {answer.text[:500]}"
    assert list(error_faults(answer.status_code, answer.json(), answer.headers)) == []
    assert len(answer.json()["message"]) < 1000
    assert fortress.alive()


@pytest.fixture(autouse=True)
def bounded(fortress: Any) -> Iterator[None]:
    """Whatever a test sends, the processes do not grow with it and it does not take long."""
    before = anonymous_mib(tree(fortress.stack.process.pid))
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SECONDS
    grown = anonymous_mib(tree(fortress.stack.process.pid)) - before
    assert grown < GROWTH_MIB, f"the processes grew by {grown:.0f} MiB"


def predict(fortress: Any, data: Any, **headers: str) -> requests.Response:
    url = f"/api/v1/prediction/{fortress.open_flow}"
    answer: requests.Response = fortress.call("POST", url, data=data, headers={"Content-Type": "application/json", **headers})
    return answer


def nested(depth: int, opening: str = "[", closing: str = "]") -> str:
    return opening * depth + "1" + closing * depth


@pytest.mark.parametrize(
    "value",
    [
        nested(100_000),
        nested(5_000, '{"a":', "}"),
        nested(200, '{"a":', "}"),
        "[" * 1_000_000,
    ],
    ids=["arrays", "objects", "somewhat", "unclosed"],
)
def test_deep_json(fortress: Any, value: str) -> None:
    refused(fortress, predict(fortress, f'{{"question": "hi", "history": {value}}}'))
    refused(fortress, predict(fortress, f'{{"question": "hi", "overrideConfig": {{"x": {value}}}}}'))
    body = json.dumps({"name": "x", "type": "CHATFLOW", "flowData": f'{{"nodes": [], "edges": [], "x": {value}}}'})
    answer = fortress.call("POST", "/api/v1/chatflows", fortress.admin, data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 400)


def test_deep_values_over_grpc(fortress: Any) -> None:
    request = pb.PredictRequest(chatflow_id=fortress.open_flow, question="hi")
    value = request.override_config.fields["deep"]
    for _ in range(90):
        value = value.list_value.values.add()
    value.number_value = 1
    with pytest.raises(grpc.RpcError) as raised:
        PredictionServiceStub(fortress.channel).Predict(request, timeout=60)
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT and "google" not in raised.value.details()
    assert fortress.alive()


def test_many_keys_and_huge_numbers(fortress: Any) -> None:
    many = json.dumps({"question": "hi", "overrideConfig": {f"k{index}": index for index in range(100_000)}})
    assert predict(fortress, many).status_code in (200, 400)
    for number in ("1e400", "-1e400", "9" * 5000, "0." + "1" * 5000):
        answer = predict(fortress, f'{{"question": "hi", "overrideConfig": {{"temperature": {number}}}}}')
        assert answer.status_code in (200, 400), answer.text
    history = json.dumps({"question": "hi", "history": [{"role": "userMessage", "content": "x"}] * 50_000})
    assert predict(fortress, history).status_code in (200, 400)
    assert fortress.alive()


def test_bodies_that_are_packed_or_not_what_they_say(fortress: Any) -> None:
    packed = gzip.compress(b'{"question": "' + b"a" * 50_000_000 + b'"}')
    refused(fortress, predict(fortress, packed, **{"Content-Encoding": "gzip"}), 413)
    refused(fortress, predict(fortress, b"\xff\xfe\x00{"))
    refused(fortress, predict(fortress, b'{"question": "\xff\xff"}'))


def test_a_body_without_a_length_is_bounded_too(fortress: Any) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"question": "'
        for _ in range(70):
            yield b"a" * (1 << 20)
        yield b'"}'

    try:
        answer = predict(fortress, pieces())
    except requests.ConnectionError:  # Refused while we were still sending.
        assert fortress.alive()
        return
    refused(fortress, answer, 413)


def form(parts: list[str]) -> bytes:
    return "".join(f"--edge\r\n{part}\r\n" for part in parts).encode() + b"--edge--\r\n"


def upload(fortress: Any, flow: str, body: Any) -> requests.Response:
    headers = {"Content-Type": "multipart/form-data; boundary=edge"}
    answer: requests.Response = fortress.call("POST", f"/api/v1/vector/upsert/{flow}", data=body, headers=headers)
    return answer


@pytest.mark.parametrize(
    "parts",
    [
        [f'Content-Disposition: form-data; name="f{index}"\r\n\r\nx' for index in range(20_000)],
        [f'Content-Disposition: form-data; name="files"; filename="{index}.txt"\r\n\r\nx' for index in range(2_000)],
        ['Content-Disposition: form-data; name="a"\r\nX-Long: ' + "v" * 1_000_000 + "\r\n\r\nx"],
        [f'Content-Disposition: form-data; name="{"n" * 500_000}"\r\n\r\nx'],
        ['Content-Disposition: form-data; name="a"\r\n' + "".join(f"X-{i}: v\r\n" for i in range(20_000)) + "\r\nx"],
        ['Content-Disposition: form-data; name="chunkSize"\r\n\r\n' + "9" * 3_000_000],
        ['Content-Disposition: form-data; name="overrideConfig"\r\n\r\n' + nested(50_000)],
        ["Content-Disposition: form-data\r\n\r\nx"],
        ['Content-Disposition: form-data; name="a[b][c][d][e]"\r\n\r\nx'] * 150,
    ],
    ids=["fields", "files", "header", "name", "headers", "field", "json", "nameless", "brackets"],
)
def test_forms_of_too_much(fortress: Any, parts: list[str]) -> None:
    refused(fortress, upload(fortress, fortress.flow("rag"), form(parts)))
    assert not list((fortress.stack.data_dir / "files").glob("incoming*/*"))


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=" + "b" * 5000, "multipart/form-data; boundary="]
)
def test_boundaries_that_are_none(fortress: Any, kind: str) -> None:
    url = f"/api/v1/vector/upsert/{fortress.open_flow}"
    refused(fortress, fortress.call("POST", url, data=b"--edge", headers={"Content-Type": kind}))


def zip_bomb(megabytes: int) -> bytes:
    """A Word document whose text is a few kilobytes packed and hundreds of megabytes unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(["x"]))) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name) if name != "word/document.xml" else b"<w:p>" + b" " * (megabytes << 20))
    return packed.getvalue()


def billion_laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><w:document><w:p>&j;</w:p></w:document>'.encode()


def laughing_docx() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(["x"]))) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, billion_laughs() if name == "word/document.xml" else source.read(name))
    return packed.getvalue()


@pytest.mark.parametrize("make", [lambda: zip_bomb(300), laughing_docx], ids=["zip", "entities"])
def test_documents_that_swell(fortress: Any, make: Any) -> None:
    flow = fortress.flow("rag-any-file")
    files = {"files": ("report.docx", make(), "application/octet-stream")}
    refused(fortress, fortress.call("POST", f"/api/v1/vector/upsert/{flow}", files=files))


def test_a_query_of_too_much(fortress: Any) -> None:
    url = f"/api/v1/chatmessage/{fortress.open_flow}"
    refused(fortress, fortress.call("GET", url, fortress.admin, params={"sessionId": "s" * 100_000}), 400, 414, 431)
    many = fortress.call("GET", url, fortress.admin, params=[("chatType", "EXTERNAL")] * 2_000)
    assert many.status_code in (200, 400, 431)
    assert fortress.alive()


def test_a_caller_that_sends_its_headers_slowly_holds_up_nobody(fortress: Any) -> None:
    host, port = fortress.stack.grpc_gate.split(":")
    sockets = [socket.create_connection((host, int(port)), timeout=60) for _ in range(100)]
    for one in sockets:
        one.sendall(b"POST /api/v1/prediction/x HTTP/1.1\r\nHost: x\r\nX-")
    assert fortress.alive()
    for one in sockets:
        one.close()


def test_a_pattern_that_never_ends_is_stopped(fortress: Any) -> None:
    """A splitter's separators are the owner's, but no text of a caller may hang a worker."""
    flow = fortress.flow("rag", {"nodes": {"recursiveCharacterTextSplitter_0": {"separators": '["(a+)+$", ""]'}}})
    files = {"files": ("a.txt", "a" * 30_000 + "!")}
    answer = fortress.call("POST", f"/api/v1/vector/upsert/{flow}", files=files)
    assert answer.status_code in (200, 400) and fortress.alive()
