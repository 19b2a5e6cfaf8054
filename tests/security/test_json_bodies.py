"""Hostile JSON: each body is refused with a true sentence, and others are answered meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from harness.flows import drawing
from harness.runner import World

SIZE = 7_900_000
AT_ONCE = 8
OTHERS_WAIT = 30
"""Seconds another caller may wait here, on a machine busy with tests; bodies that the gate reads take five times as long."""
HEADERS = {"Content-Type": "application/json"}
SHAPES = {
    "nulls": b"[" + b"null," * (SIZE // 5) + b"1]",
    "lists": b"[" + b"[]," * (SIZE // 3) + b"1]",
    "objects": b"[" + b"{}," * (SIZE // 3) + b"1]",
    "names": b"{" + b",".join(b'"%07d":1' % number for number in range(SIZE // 12)) + b"}",
    "deep": b"[" * 5000 + b"]" * 5000,
}


@pytest.fixture(scope="module")
def flow(world: World) -> str:
    return world.stack.create_flow(drawing("conversation"))


@pytest.mark.parametrize("shape", SHAPES)
def test_eight_at_once_hold_nobody_up(world: World, flow: str, shape: str) -> None:
    url, stop = f"{world.stack.rest}/api/v1/prediction/{flow}", threading.Event()
    body = b'{"question": "hi", "history": ' + SHAPES[shape] + b"}"

    def other() -> int:
        count = 0
        while not stop.is_set():
            assert requests.post(url, json={"question": "hi"}, timeout=OTHERS_WAIT).status_code == 200
            assert requests.get(f"{world.stack.rest}/healthz", timeout=OTHERS_WAIT).status_code == 200
            count += 1
        return count

    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        watching = pool.submit(other)
        sent = [pool.submit(requests.post, url, data=body, headers=HEADERS, timeout=60) for _ in range(AT_ONCE)]
        answers = [one.result() for one in sent]
        stop.set()
        watching.result()
    assert {(answer.status_code, answer.json()["reason"]) for answer in answers} == {(400, "BODY_TOO_COMPLEX")}


@pytest.mark.parametrize("field", ["overrideConfig", "history", "uploads", "form", "streaming", "question", "unknown"])
def test_every_field_is_counted(world: World, flow: str, field: str) -> None:
    body = b'{"question": "hi", "' + field.encode() + b'": ' + SHAPES["nulls"] + b"}"
    for path in (f"prediction/{flow}", f"vector/upsert/{flow}"):
        answer = requests.post(f"{world.stack.rest}/api/v1/{path}", data=body, headers=HEADERS, timeout=60)
        assert (answer.status_code, answer.json()["reason"]) == (400, "BODY_TOO_COMPLEX")


def test_fields_of_forms_too(world: World, flow: str) -> None:
    text = "[" + "1," * 150_000 + "1]"
    for arguments in ({"files": {"history": (None, text)}}, {"data": {"history": text}}):
        answer = requests.post(f"{world.stack.rest}/api/v1/prediction/{flow}", timeout=60, **arguments)
        assert (answer.status_code, answer.json()["reason"]) == (400, "BODY_TOO_COMPLEX")
