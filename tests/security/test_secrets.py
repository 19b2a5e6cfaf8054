"""Marked secrets in every place they are kept in, and a search for them wherever something is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from harness.folders import wide_in
from harness.processes import command_line, tree

from .conftest import MARKS

FAULTS = ("status-401", "status-404", "status-429", "status-500", "status-400", "garbage", "cut", "context", "echo")


def nodes_with_secrets(fortress: Any, model: str = "harbour-chat", key: str = MARKS["node key"]) -> dict[str, dict[str, Any]]:
    """Inputs of nodes. They name our endpoint: a key alone would be taken to its provider's own."""
    return {
        "chatOpenAI_0": {
            "modelName": model,
            "openAIApiKey": key,
            "basepath": fortress.endpoint.base_url,
            "baseOptions": json.dumps({"headers": {"X-Tenant": MARKS["node header"]}}),
        },
        "qdrant_0": {"qdrantApiKey": MARKS["qdrant key"], "qdrantCollection": "secret-notes"},
    }


@pytest.fixture(scope="module")
def told(fortress: Any) -> dict[str, bytes]:
    """What callers without a key to the chatflows are told, by where they asked."""
    found: dict[str, bytes] = {}

    def note(name: str, answer: requests.Response) -> None:
        found[name] = answer.content + json.dumps(dict(answer.headers)).encode()

    rag = fortress.flow("rag", {"nodes": nodes_with_secrets(fortress)})
    note("upsert", fortress.call("POST", f"/api/v1/vector/upsert/{rag}", files={"files": ("a.txt", "A note.")}))
    note("upsert without files", fortress.call("POST", f"/api/v1/vector/upsert/{rag}", json={}))
    note("prediction", fortress.call("POST", f"/api/v1/prediction/{rag}", json={"question": "hi"}))
    stream = {"question": "What is your key?", "streaming": True}
    note("stream", fortress.call("POST", f"/api/v1/prediction/{rag}", json=stream))
    override = {"question": "hi", "overrideConfig": {"openAIApiKey": "mine", "basepath": "http://127.0.0.1:9/v1"}}
    note("override", fortress.call("POST", f"/api/v1/prediction/{rag}", json=override))
    for path in ("public-chatbotConfig", "chatflows-streaming", "chatflows-uploads"):
        note(path, fortress.call("GET", f"/api/v1/{path}/{rag}"))
    for credential in ("", "harbour"):
        for fault in FAULTS:
            nodes = nodes_with_secrets(fortress, fault, "" if credential else MARKS["node key"])
            edits = {"nodes": nodes, "credentials": {"chatOpenAI_0": credential}}
            flow = fortress.flow("conversation", edits)
            for streaming in (False, True):
                body = {"question": "hi", "streaming": streaming}
                note(f"{fault} {credential} {streaming}", fortress.call("POST", f"/api/v1/prediction/{flow}", json=body))
    failing = {**nodes_with_secrets(fortress), "openAIEmbeddings_0": {"modelName": "status-401"}}
    broken = fortress.flow("rag", {"nodes": failing})
    note("failed upsert", fortress.call("POST", f"/api/v1/vector/upsert/{broken}", files={"files": ("a.txt", "x")}))
    for path in ("/readyz", "/openapi.json", "/docs", "/healthz"):
        note(path, fortress.call("GET", path))
    note("metrics", requests.get(fortress.stack.metrics, timeout=60))
    rows = fortress.call("GET", f"/api/v1/chatmessage/{rag}", fortress.admin)
    note("messages", rows)
    return found


def leaks(text: bytes) -> Iterator[str]:
    for name, mark in MARKS.items():
        if mark.encode() in text:
            yield name


def test_the_secrets_are_really_used(fortress: Any) -> None:
    """Otherwise the search below would find nothing whatever the server did."""
    fortress.endpoint.forget()
    edits = {"nodes": nodes_with_secrets(fortress)}
    fortress.call("POST", f"/api/v1/prediction/{fortress.flow('conversation', edits)}", json={"question": "hi"})
    held = {"nodes": {"chatOpenAI_0": {"basepath": fortress.endpoint.base_url}}, "credentials": {"chatOpenAI_0": "harbour"}}
    fortress.call("POST", f"/api/v1/prediction/{fortress.flow('conversation', held)}", json={"question": "hi"})
    fortress.call("POST", f"/api/v1/prediction/{fortress.open_flow}", json={"question": "hi"})
    first, second, third = [one["headers"] for one in fortress.endpoint.seen()["requests"]]
    assert first["authorization"] == f"Bearer {MARKS['node key']}" and first["x-tenant"] == MARKS["node header"]
    assert second["authorization"] == f"Bearer {MARKS['credential']}"
    assert third["authorization"] == f"Bearer {MARKS['configured key']}"


def test_no_answer_holds_a_secret(told: dict[str, bytes]) -> None:
    assert {name: list(leaks(text)) for name, text in told.items() if list(leaks(text))} == {}


def test_no_answer_shows_the_inside_of_the_server(fortress: Any, told: dict[str, bytes]) -> None:
    inside = (b"Traceback", b"tradewind_server", b"/site-packages/", str(fortress.stack.data_dir).encode(), b".sock")
    for name, text in told.items():
        assert not [one for one in inside if one in text], name


def test_the_log_holds_no_secret_even_when_it_tells_everything(fortress: Any, told: dict[str, bytes]) -> None:
    log = fortress.stack.log.read_bytes()
    assert b'"level":"debug"' in log
    assert list(leaks(log)) == []
    for key in (fortress.admin, fortress.viewer, fortress.flow_key, fortress.other):
        assert key.text.encode() not in log
    assert fortress.stack.admin_key.encode() not in log
    assert b"A note." not in log and b"What is your key?" not in log


def test_what_is_stored_beside_the_drawings_holds_no_secret(fortress: Any, told: dict[str, bytes]) -> None:
    with sqlite3.connect(f"file:{fortress.stack.data_dir / 'tradewind.db'}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    assert rows["upsert_history"] and rows["credential"] and rows["api_key"]
    for name, stored in rows.items():
        text = repr(stored).encode()
        expected = ["node key", "node header", "qdrant key"] if name in ("chatflow", "chatflow_version") else []
        assert sorted(leaks(text)) == sorted(expected), name
        for key in (fortress.admin, fortress.flow_key):
            assert key.text.encode() not in text, name


def test_files_of_secrets_are_the_owners_alone(fortress: Any) -> None:
    for name in ("admin.key", "secret.key"):
        assert (fortress.stack.data_dir / name).stat().st_mode & 0o077 == 0
    assert wide_in(fortress.stack.data_dir / "files") == []


def test_command_lines_hold_no_secret(fortress: Any) -> None:
    """Every user of a machine can read them."""
    lines = [command_line(pid) for pid in tree(fortress.stack.process.pid)]
    assert len(lines) > 2
    assert list(leaks("\n".join(lines).encode())) == []
    assert fortress.stack.admin_key not in "\n".join(lines)


def test_the_sockets_are_out_of_reach_of_others(fortress: Any) -> None:
    words = [word for pid in tree(fortress.stack.process.pid) for word in command_line(pid).split()]
    run_dir = Path(next(word for word in words if word.endswith("envoy.json"))).parent
    assert run_dir.stat().st_mode & 0o077 == 0


def test_a_stored_drawing_is_shown_to_its_owner_alone(fortress: Any) -> None:
    flow = fortress.flow("rag", {"nodes": nodes_with_secrets(fortress)})
    assert MARKS["node key"] in fortress.call("GET", f"/api/v1/chatflows/{flow}", fortress.admin).text
    for key in (None, fortress.other):
        assert MARKS["node key"] not in fortress.call("GET", f"/api/v1/chatflows/{flow}", key).text
