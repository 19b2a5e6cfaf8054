"""What the REST doors take as a body and as a query, through the real gate."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
import requests

from harness.doors import error_faults
from harness.flows import drawing
from harness.runner import World

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
GZIP = {"Content-Encoding": "gzip"}
MARK = b"\xef\xbb\xbf"
MEGABYTE = 1024 * 1024
CHATFLOWS = "/api/v1/chatflows"


@pytest.fixture(scope="module")
def flow(world: World) -> str:
    return world.stack.create_flow(drawing("conversation"))


def ask(world: World, flow: str, data: Any, headers: dict[str, str]) -> requests.Response:
    return requests.post(f"{world.stack.rest}/api/v1/prediction/{flow}", data=data, headers=headers, timeout=30)


def refused(answer: requests.Response, status: int, reason: str) -> str:
    body = answer.json()
    assert list(error_faults(answer.status_code, body, answer.headers)) == []
    assert (answer.status_code, body["reason"]) == (status, reason)
    return str(body["message"])


BODY = json.dumps({"question": "hi", "overrideConfig": {"sessionId": "s-1"}}).encode()
PAIRS = b"question=hi&overrideConfig%5BsessionId%5D=s-1"


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (BODY, JSON),
        (BODY, {}),
        (MARK + BODY, JSON),
        (BODY.decode().encode("utf-16"), JSON),
        (gzip.compress(BODY), {**JSON, **GZIP}),
        (gzip.compress(MARK + BODY), {**JSON, **GZIP}),
        (PAIRS, FORM),
        (b"question=hi&overrideConfig=%7B%22sessionId%22%3A%22s-1%22%7D", FORM),
        (gzip.compress(PAIRS), {**FORM, **GZIP}),
        (BODY, FORM),
    ],
)
def test_bodies_that_a_prediction_takes(world: World, flow: str, data: bytes, headers: dict[str, str]) -> None:
    answer = ask(world, flow, data, headers)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["question"], answer.json()["sessionId"]) == ("hi", "s-1")


def test_a_packed_form_with_parts(world: World, flow: str) -> None:
    form = b'--b\r\nContent-Disposition: form-data; name="question"\r\n\r\nhi\r\n--b--\r\n'
    answer = ask(world, flow, gzip.compress(form), {"Content-Type": "multipart/form-data; boundary=b", **GZIP})
    assert answer.json()["question"] == "hi"


def test_an_upsert_takes_the_same(world: World, flow: str) -> None:
    for data, headers in ((b"stopNodeId=x", FORM), (gzip.compress(b'{"stopNodeId": "x"}'), {**JSON, **GZIP})):
        answer = requests.post(f"{world.stack.rest}/api/v1/vector/upsert/{flow}", data=data, headers=headers, timeout=30)
        refused(answer, 400, "NO_VECTOR_STORE")


def test_what_is_packed_wrongly_is_told_so(world: World, flow: str) -> None:
    packed = gzip.compress(json.dumps({"question": "hi" * 5000}).encode())
    assert "is not gzip" in refused(ask(world, flow, BODY, {**JSON, **GZIP}), 400, "INVALID_ARGUMENT")
    assert "breaks off" in refused(ask(world, flow, packed[:-12], {**JSON, **GZIP}), 400, "INVALID_ARGUMENT")
    for packing in ("br", "deflate", "gzip, gzip"):
        refused(ask(world, flow, packed, {**JSON, "Content-Encoding": packing}), 415, "INVALID_ARGUMENT")


def test_sizes_count_unpacked(world: World, flow: str) -> None:
    large = b'{"question": "hi", "x": "' + b"x" * (9 * MEGABYTE) + b'"}'

    def pieces() -> Any:
        for start in range(0, len(large), 100_000):
            yield large[start : start + 100_000]

    for data, headers in ((large, JSON), (pieces(), JSON), (gzip.compress(large), {**JSON, **GZIP})):
        assert "TRADEWIND_MAX_JSON_MB" in refused(ask(world, flow, data, headers), 413, "PAYLOAD_TOO_LARGE")
    file = {"data": {"nodes": [], "x": "x" * (9 * MEGABYTE)}}
    url = f"{world.stack.rest}/api/v1/chatflows-import"
    assert requests.post(url, json=file, headers=world.stack.admin, timeout=30).status_code == 200
    refused(requests.post(url, json=file, timeout=30), 401, "UNAUTHENTICATED")


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (b"name=a", FORM),
        (gzip.compress(b"{}"), {**JSON, **GZIP}),
        (b"<a/>", {"Content-Type": "text/xml"}),
        (b"--b--", {"Content-Type": "multipart/form-data; boundary=b"}),
    ],
)
def test_other_routes_take_plain_json_alone(world: World, data: bytes, headers: dict[str, str]) -> None:
    for path in (CHATFLOWS, "/api/v1/chatflows-import"):
        answer = requests.post(world.stack.rest + path, data=data, headers={**world.stack.admin, **headers}, timeout=30)
        assert "application/json" in refused(answer, 415, "INVALID_ARGUMENT")


@pytest.mark.parametrize("value", [5, True, [], {}, "x"])
@pytest.mark.parametrize(
    "name", ["question", "overrideConfig", "history", "chatId", "streaming", "uploads", "leadEmail", "chat_id"]
)
def test_a_wrong_type_is_named_as_it_was_sent(world: World, flow: str, name: str, value: Any) -> None:
    answer = ask(world, flow, json.dumps({"question": "hi", name: value}), JSON)
    if answer.status_code != 200:
        message = answer.json()["message"]
        assert answer.status_code == 400 and name in message, message
        assert not any(word in message for word in ("Proto", "proto", "field", "oneof", "Struct")), message


class TestQueries:
    @pytest.mark.parametrize(
        "query",
        ["?sessionId", "?&", "?=x", "?sessionId&", "?sessionId%3D", "?chatId=1&sessionId", "?chatId=1;sessionId=2",
         "?hardDelete=true;sessionId", "?sesionId=x", "?foo=x", "?sessionId=a&sessionId=b", "?sessionId=%ff", "?sessionId.x=a"],
    )  # fmt: skip
    def test_a_lost_filter_deletes_nothing(self, world: World, flow: str, query: str) -> None:
        ask(world, flow, BODY, JSON)
        url = f"{world.stack.rest}/api/v1/chatmessage/{flow}"
        before = len(requests.get(url, headers=world.stack.admin, timeout=60).json())
        answer = raw("DELETE", url + query, world.stack.admin)
        assert answer.status_code == 400, answer.text
        assert any(name in answer.json()["message"] for name in ("ess", "foo", "=x", "empty")), answer.text
        assert len(requests.get(url, headers=world.stack.admin, timeout=60).json()) == before > 0

    @pytest.mark.parametrize("path", ["chatmessage/{flow}", "internal-chatmessage/{flow}", "chatflows"])
    def test_lists(self, world: World, flow: str, path: str) -> None:
        url = f"{world.stack.rest}/api/v1/{path.format(flow=flow)}"
        for query in ("?limit", "?limit=1&page", "?&", "?=x", "?limt=1", "?page=1"):
            assert raw("GET", url + query, world.stack.admin).status_code == 400, query
        assert "send limit too" in raw("GET", url + "?page=1", world.stack.admin).json()["message"]
        for query in ("", "?", "?_=1&lang=es", "?limit=1"):
            assert isinstance(raw("GET", url + query, world.stack.admin).json(), list), query
        assert len(raw("GET", url + "?limit=1", world.stack.admin).json()) <= 1


def raw(method: str, url: str, headers: dict[str, str]) -> requests.Response:
    """A call whose query leaves as it stands."""
    request = requests.Request(method, url, headers=headers).prepare()
    request.url = url
    with requests.Session() as session:
        return session.send(request, timeout=60)
