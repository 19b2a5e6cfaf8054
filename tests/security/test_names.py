"""Names of callers that would harm a Qdrant server reach no store: 400, with the node and what to change."""

from __future__ import annotations

from typing import Any

import pytest

HARMFUL = (".", "..", "../x", "a/b", "a\u0000b", "a\nb", "漢" * 86, "x" * 256, "🦜" * 64)
OPENED = {
    "overrideConfig": {
        "status": True,
        "overrideConfig": {"qdrant": [{"name": "qdrantCollection", "enabled": True}]},
        "variables": [{"name": "place", "enabled": True}],
    }
}


def refused(answer: Any, node: str) -> None:
    assert answer.status_code == 400, answer.text
    body = answer.json()
    assert body["reason"] == "NODE_INPUT_INVALID", body
    assert node in body["message"] and "must be" in body["message"]


@pytest.fixture(scope="module")
def bystander(fortress: Any) -> str:
    """A chatflow whose collection has to outlive everything."""
    flow: str = fortress.flow("rag", {"nodes": {"qdrant_0": {"qdrantCollection": "bystander"}}})
    assert fortress.call("POST", f"/api/v1/vector/upsert/{flow}", files={"files": ("a.txt", "A note.")}).ok
    return flow


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_name_in_the_drawing(fortress: Any, bystander: str, name: str) -> None:
    flow = fortress.flow("rag", {"nodes": {"qdrant_0": {"qdrantCollection": name}}})
    refused(fortress.call("POST", f"/api/v1/vector/upsert/{flow}", files={"files": ("a.txt", "A note.")}), "qdrant_0")
    refused(fortress.call("POST", f"/api/v1/prediction/{flow}", json={"question": "hi"}), "qdrant_0")
    assert fortress.call("POST", f"/api/v1/prediction/{bystander}", json={"question": "hi"}).ok


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_name_of_a_caller_without_a_key(fortress: Any, bystander: str, name: str) -> None:
    named = fortress.flow("rag", {"nodes": {"qdrant_0": {"qdrantCollection": "{{$vars.place}}"}}}, apiConfig=OPENED)
    for override in ({"vars": {"place": name}}, {"qdrantCollection": name}):
        asked = {"question": "hi", "overrideConfig": override}
        refused(fortress.call("POST", f"/api/v1/prediction/{named}", json=asked), "qdrant_0")
        refused(fortress.call("POST", f"/api/v1/vector/upsert/{named}", json={"overrideConfig": override}), "qdrant_0")
    assert fortress.call("POST", f"/api/v1/prediction/{bystander}", json={"question": "hi"}).ok


@pytest.mark.parametrize("name", [".", "..", "a\u0000b", "漢" * 86])
@pytest.mark.parametrize("field", ["namespace", "tableName"])
def test_a_harmful_name_of_records(fortress: Any, name: str, field: str) -> None:
    flow = fortress.flow("record-manager", {"nodes": {"SQLiteRecordManager_0": {field: name}}})
    answer = fortress.call("POST", f"/api/v1/vector/upsert/{flow}", files={"files": ("a.txt", "A note.")})
    refused(answer, "SQLiteRecordManager_0")
