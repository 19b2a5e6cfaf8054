"""What LangSmith is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tradewind_server.analytics.langsmith import langsmith_request
from tradewind_server.flows.predict.analytics import AnswerReport

KEYS = {"langSmithApiKey": "ls-1"}


def test_one_batch_holds_all_runs_in_their_places(answer: AnswerReport, new_id: Callable[[], str]) -> None:
    request = langsmith_request(answer, {"projectName": "ferries"}, KEYS, new_id)
    assert request.url == "https://api.smith.langchain.com/runs/batch"
    assert request.headers == {"x-api-key": "ls-1"}
    root, node, search, chat, tool = request.body["post"]
    assert [run["run_type"] for run in request.body["post"]] == ["chain", "chain", "retriever", "llm", "tool"]
    assert (root["name"], root["parent_run_id"]) == ("Ferries", None)
    assert (root["inputs"], root["outputs"]) == ({"input": "When?"}, {"output": "At nine."})
    assert root["extra"]["metadata"] == {"session_id": "s1", "chatflowid": "f1", "chatId": "c1"}
    assert {run["session_name"] for run in request.body["post"]} == {"ferries"}
    assert {run["trace_id"] for run in request.body["post"]} == {root["id"]}
    assert chat["dotted_order"].startswith(f"{node['dotted_order']}.")
    assert node["dotted_order"].startswith(f"{root['dotted_order']}.")
    assert root["dotted_order"].endswith(f"Z{root['id']}")
    assert chat["outputs"]["usage_metadata"] == {"input_tokens": 7, "output_tokens": 2, "total_tokens": 9}
    assert tool["error"] == "The clock stands." and search["error"] is None


def test_another_server_and_a_credential_without_its_key(answer: AnswerReport, new_id: Callable[[], str]) -> None:
    request = langsmith_request(answer, {}, {**KEYS, "langSmithEndpoint": "https://eu.api.smith.langchain.com"}, new_id)
    assert request.url == "https://eu.api.smith.langchain.com/runs/batch"
    assert request.body["post"][0]["session_name"] == "default"
    with pytest.raises(KeyError, match="langSmithApiKey"):
        langsmith_request(answer, {}, {}, new_id)
