"""Another tenant with every permission: sees nothing of ours, changes nothing, and cannot tell foreign from missing."""

from __future__ import annotations

import json
from typing import Any

import grpc
import pytest
from tradewind_server.rpc.methods import Level

from harness.flows import drawing
from harness.sweep import id_within, methods

from .conftest import store_lead

KEY = {method.path: method for method in methods() if method.level is Level.KEY}
MISSING = "11111111-2222-4333-8444-555555555555"
FAILED = (grpc.StatusCode.NOT_FOUND, grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.FAILED_PRECONDITION)


@pytest.fixture(scope="module")
def ours(fortress: Any) -> str:
    flow: str = fortress.flow(name="conversation", category="our own harbour")
    fortress.call("POST", f"/api/v1/prediction/{flow}", json={"question": "our secret plan", "chatId": "one"})
    store_lead(fortress.stack.data_dir, flow)
    return flow


def without_ids(answer: bytes, flow: str) -> bytes:
    """An answer without what the caller sent: the id of the chatflow, and that of its lead."""
    return answer.replace(flow.encode(), b"").replace(id_within(flow, "lead_id").encode(), b"")


@pytest.mark.parametrize("path", sorted(KEY), ids=lambda path: path.rpartition(".")[2])
def test_a_foreign_chatflow_looks_like_a_missing_one(fortress: Any, ours: str, path: str) -> None:
    method = KEY[path]
    theirs = (("authorization", f"Bearer {fortress.other.text}"),)
    code, answer = method.outcome(fortress.channel, method.request(ours), theirs)
    gone_code, gone_answer = method.outcome(fortress.channel, method.request(MISSING), theirs)
    assert code is gone_code
    if code is not grpc.StatusCode.OK:
        assert code in FAILED
        assert without_ids(answer, ours) == without_ids(gone_answer, MISSING)
    for inside in (b"our secret plan", b"our own harbour", b"Our own Ana", fortress.open_flow.encode()):
        assert inside not in answer


def test_everything_of_ours_is_still_there_after_the_sweep(fortress: Any, ours: str) -> None:
    flow = fortress.call("GET", f"/api/v1/chatflows/{ours}", fortress.admin).json()
    assert (flow["name"], flow["category"]) == ("Test", "our own harbour")
    assert fortress.rows(ours)[0]["content"] == "our secret plan"
    (lead,) = fortress.call("GET", f"/api/v1/leads/{ours}", fortress.admin).json()
    assert lead["name"] == "Our own Ana"


def test_lists_hold_only_ones_own(fortress: Any, ours: str) -> None:
    body = {"name": "Theirs", "type": "CHATFLOW", "flowData": json.dumps(drawing("conversation"))}
    theirs = fortress.call("POST", "/api/v1/chatflows", fortress.other, json=body).json()
    for query in ({}, {"page": "1", "limit": "100"}, {"type": "CHATFLOW"}):
        listed = fortress.call("GET", "/api/v1/chatflows", fortress.other, params=query).json()
        rows = listed["data"] if isinstance(listed, dict) else listed
        assert {row["workspaceId"] for row in rows} == {theirs["workspaceId"]}
        mine = fortress.call("GET", "/api/v1/chatflows", fortress.admin, params=query).json()
        rows = mine["data"] if isinstance(mine, dict) else mine
        assert theirs["id"] not in {row["id"] for row in rows} and ours in {row["id"] for row in rows}
    assert fortress.call("GET", "/api/v1/chatflows-export", fortress.other).text.count('"flowData"') >= 1
    assert ours not in fortress.call("GET", "/api/v1/chatflows-export", fortress.other).text


def test_one_collection_name_in_two_workspaces_is_two_collections(fortress: Any) -> None:
    edits = {"nodes": {"qdrant_0": {"qdrantCollection": "shared-name"}}}
    mine = fortress.flow("rag", edits)
    fortress.call("POST", f"/api/v1/vector/upsert/{mine}", files={"files": ("a.txt", "The treasure lies under the pier.")})
    body = {"name": "Theirs", "type": "CHATFLOW", "flowData": json.dumps(drawing("rag", edits))}
    theirs = fortress.call("POST", "/api/v1/chatflows", fortress.other, json=body).json()["id"]
    question = {"question": "Where is the treasure?"}
    assert fortress.call("POST", f"/api/v1/prediction/{mine}", json=question).json()["sourceDocuments"]
    assert fortress.call("POST", f"/api/v1/prediction/{theirs}", json=question).json()["sourceDocuments"] == []


def test_a_credential_of_another_workspace_is_not_used(fortress: Any) -> None:
    """Ours is stored under the name ``harbour``; a flow of theirs that names it falls back to what is configured."""
    body = {
        "name": "Theirs",
        "type": "CHATFLOW",
        "flowData": json.dumps(drawing("conversation", {"credentials": {"chatOpenAI_0": "harbour"}})),
    }
    theirs = fortress.call("POST", "/api/v1/chatflows", fortress.other, json=body).json()["id"]
    fortress.endpoint.forget()
    assert fortress.call("POST", f"/api/v1/prediction/{theirs}", json={"question": "hi"}).ok
    [asked] = fortress.endpoint.seen()["requests"]
    assert "canary-credential" not in asked["headers"]["authorization"]


def test_a_key_of_another_workspace_does_not_open_a_keyed_flow(fortress: Any) -> None:
    answer = fortress.call("POST", f"/api/v1/prediction/{fortress.keyed_flow}", fortress.other, json={"question": "hi"})
    assert answer.status_code == 401
