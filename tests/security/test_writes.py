"""What callers write: only what is theirs to set, whatever else they send; and text that is never anything but text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.flows import drawing
from harness.folders import everything_in
from harness.keys import OTHER_WORKSPACE

FLOW_DATA = json.dumps(drawing("conversation"))
STOLEN = "99999999-9999-4999-8999-999999999999"
NOT_THEIRS = {
    "id": STOLEN,
    "workspaceId": OTHER_WORKSPACE,
    "workspace_id": OTHER_WORKSPACE,
    "organizationId": STOLEN,
    "createdDate": "1999-01-01T00:00:00.000Z",
    "updatedDate": "1999-01-01T00:00:00.000Z",
    "version": 77,
    "webhookSecret": "x",
    "webhookSecretConfigured": True,
    "isAdmin": True,
    "permissions": ["*"],
    "__proto__": {"isAdmin": True},
    "constructor": {"prototype": {}},
}
INJECTIONS = (
    "' OR '1'='1",
    '" OR ""="',
    "'; DROP TABLE chat_message; --",
    "1; DELETE FROM chatflow WHERE 1=1",
    "x') UNION SELECT digest FROM api_key --",
    "%",
    "_%",
    "*",
    "\\",
    "${7*7}",
    "{{7*7}}",
    "{{$vars.secret}}",
    "{{chatOpenAI_0.data.instance}}",
    '{"$gt": ""}',
    "[$ne]=1",
    "\u0000",
    "a\u0000b",
    "\ud83d",
    "0x27",
    "sleep(10)",
    "1e309",
    "-1",
    "٣",
)


def test_a_new_chatflow_takes_only_what_is_the_callers_to_set(fortress: Any) -> None:
    body = {"name": "Mine", "type": "CHATFLOW", "flowData": FLOW_DATA, **NOT_THEIRS}
    made = fortress.call("POST", "/api/v1/chatflows", fortress.admin, json=body).json()
    ours = fortress.call("GET", f"/api/v1/chatflows/{fortress.open_flow}", fortress.admin).json()
    assert made["id"] != STOLEN and made["workspaceId"] == ours["workspaceId"]
    assert not made["createdDate"].startswith("1999") and not made["updatedDate"].startswith("1999")
    assert made["webhookSecretConfigured"] is False
    assert fortress.call("GET", f"/api/v1/chatflows/{STOLEN}", fortress.admin).status_code == 404
    assert fortress.call("GET", f"/api/v1/chatflows/{made['id']}", fortress.other).status_code == 404


def test_an_update_changes_neither_owner_nor_id(fortress: Any) -> None:
    flow = fortress.flow()
    before = fortress.call("GET", f"/api/v1/chatflows/{flow}", fortress.admin).json()
    body = {"name": "Renamed", **NOT_THEIRS}
    after = fortress.call("PUT", f"/api/v1/chatflows/{flow}", fortress.admin, json=body).json()
    assert after["name"] == "Renamed"
    kept = {"id", "workspaceId", "createdDate", "type", "flowData", "webhookSecretConfigured"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert fortress.call("GET", f"/api/v1/chatflows/{flow}", fortress.other).status_code == 404


def test_an_update_of_another_id_in_body_or_query_touches_only_the_one_of_the_path(fortress: Any) -> None:
    first, second = fortress.flow(), fortress.flow()
    url = f"/api/v1/chatflows/{first}"
    fortress.call("PUT", url, fortress.admin, params={"id": second}, json={"id": second, "name": "Renamed"})
    names = [fortress.call("GET", f"/api/v1/chatflows/{one}", fortress.admin).json()["name"] for one in (first, second)]
    assert names == ["Renamed", "Test"]


def test_an_import_takes_over_neither_ids_nor_keys_nor_owners(fortress: Any) -> None:
    exported = {"name": "Imported", "flowData": FLOW_DATA, "apikeyid": fortress.flow_key.id, **NOT_THEIRS}
    answer = fortress.call("POST", "/api/v1/chatflows-import", fortress.admin, json={"data": {"ChatFlow": [exported]}}).json()
    made = fortress.call("GET", f"/api/v1/chatflows/{answer['chatflows'][0]['id']}", fortress.admin).json()
    assert made["id"] != STOLEN and made["apikeyid"] is None and made["workspaceId"] != OTHER_WORKSPACE


def test_a_caller_cannot_write_into_the_rows_of_a_turn(fortress: Any) -> None:
    flow = fortress.flow()
    body = {"question": "hi", "chatId": "c-1", **NOT_THEIRS, "role": "apiMessage", "chatType": "INTERNAL", "content": "forged"}
    body |= {
        "memoryType": "forged",
        "sourceDocuments": [{}],
        "createdDate": "1999-01-01T00:00:00.000Z",
        "chat_type": "INTERNAL",
    }
    assert fortress.call("POST", f"/api/v1/prediction/{flow}", json=body).ok
    for row in fortress.rows(flow):
        assert row["chatType"] == "EXTERNAL" and row["memoryType"] == "Buffer Memory"
        assert row["content"] != "forged" and not row["createdDate"].startswith("1999")


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_in_a_filter_is_only_compared(fortress: Any, text: str) -> None:
    flow = fortress.flow()
    fortress.call("POST", f"/api/v1/prediction/{flow}", json={"question": "kept", "chatId": "c-1"})
    for name in ("sessionId", "chatId", "memoryType", "messageId", "chatType", "sort", "order", "startDate", "endDate"):
        query = {name: text.encode("utf-8", "surrogatepass")}
        listed = fortress.call("GET", f"/api/v1/chatmessage/{flow}", fortress.admin, params=query)
        assert (listed.status_code, listed.json()) == (200, []) or listed.status_code == 400, (name, listed.text)
        deleted = fortress.call("DELETE", f"/api/v1/chatmessage/{flow}", fortress.admin, params=query)
        assert deleted.status_code == 400 or deleted.json() == {"raw": [], "affected": 0}, (name, deleted.text)
    assert len(fortress.rows(flow)) == 2
    for path in ("/api/v1/chatflows/", "/api/v1/chatflows-streaming/", "/api/v1/public-chatbotConfig/"):
        escaped = "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))
        answer = fortress.call("GET", path + escaped, fortress.admin)
        assert answer.status_code in (400, 404), answer.text


@pytest.mark.parametrize("text", [one for one in INJECTIONS if one != "\ud83d"])
def test_text_of_a_question_stays_text(fortress: Any, text: str) -> None:
    flow = fortress.flow()
    fortress.endpoint.forget()
    body = {"question": f"say {text}", "chatId": f"c {text}", "overrideConfig": {"sessionId": f"s {text}"}}
    answer = fortress.call("POST", f"/api/v1/prediction/{flow}", json=body)
    if answer.status_code == 400:  # Text that no database keeps may be refused, in one sentence.
        assert "\u0000" in text
        return
    [asked] = fortress.endpoint.seen()["requests"]
    assert asked["body"]["messages"][-1]["content"] == f"say {text}"
    assert fortress.rows(flow)[0]["content"] == f"say {text}"
    found = fortress.call("GET", f"/api/v1/chatmessage/{flow}", fortress.admin, params={"sessionId": f"s {text}"}).json()
    assert len(found) == 2


def test_a_search_filter_of_the_drawing_cannot_be_replaced_by_a_caller(fortress: Any) -> None:
    only = json.dumps({"must": [{"key": "metadata.source", "match": {"value": "open.txt"}}]})
    flow = fortress.flow("rag", {"nodes": {"qdrant_0": {"qdrantFilter": only, "topK": 50}}})
    files = [("files", ("open.txt", "An open note.")), ("files", ("closed.txt", "A closed note."))]
    fortress.call("POST", f"/api/v1/vector/upsert/{flow}", files=files)
    for override in (
        {"qdrantFilter": {}},
        {"qdrantFilter": ""},
        {"qdrantFilter": {"should": [{"key": "metadata.source", "match": {"value": "closed.txt"}}]}},
        {"qdrantFilter": {"qdrant_0": {}}},
        {"qdrant_0": {"qdrantFilter": {}}},
        {"qdrantCollection": "other", "topK": 1000, "contentPayloadKey": "metadata"},
    ):
        body = {"question": "note?", "overrideConfig": override}
        answer = fortress.call("POST", f"/api/v1/prediction/{flow}", json=body).json()
        assert [one["pageContent"] for one in answer["sourceDocuments"]] == ["An open note."], override


@pytest.mark.parametrize("name", ["../../etc", "a/b", "..", "a b", "' OR 1=1", "x" * 400, "\u0000", "collections/x"])
def test_a_collection_name_is_a_name(fortress: Any, name: str) -> None:
    flow = fortress.flow("rag", {"nodes": {"qdrant_0": {"qdrantCollection": name}}})
    answer = fortress.call("POST", f"/api/v1/vector/upsert/{flow}", files={"files": ("a.txt", "A note.")})
    assert answer.status_code in (200, 400), answer.text
    inside = fortress.stack.data_dir / "qdrant"
    assert all(path.is_relative_to(inside) for path in everything_in(inside))
    assert not (fortress.stack.data_dir / "etc").exists()
