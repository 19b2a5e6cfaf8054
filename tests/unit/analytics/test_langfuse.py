"""What Langfuse is sent."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from tradewind_server.analytics.langfuse import langfuse_request
from tradewind_server.flows.predict.analytics import AnswerReport

KEYS = {"langFusePublicKey": "pk-lf-1", "langFuseSecretKey": "sk-lf-1"}


def test_one_batch_holds_the_trace_and_its_steps(answer: AnswerReport, new_id: Callable[[], str]) -> None:
    request = langfuse_request(answer, {"release": "r7"}, KEYS, new_id)
    assert request.url == "https://cloud.langfuse.com/api/public/ingestion"
    assert base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")) == b"pk-lf-1:sk-lf-1"
    events = request.body["batch"]
    assert [event["type"] for event in events] == [
        "trace-create", "span-create", "span-create", "generation-create", "span-create",
    ]  # fmt: skip
    trace, node, search, chat, tool = (event["body"] for event in events)
    assert (trace["name"], trace["input"], trace["output"], trace["sessionId"]) == ("Ferries", "When?", "At nine.", "s1")
    assert trace["metadata"]["chatflowid"] == "f1" and trace["release"] == "r7"
    assert "parentObservationId" not in node
    assert {one["parentObservationId"] for one in (search, chat, tool)} == {node["id"]}
    assert {one["traceId"] for one in (node, search, chat, tool)} == {trace["id"]}
    assert chat["usage"] == {"input": 7, "output": 2, "unit": "TOKENS"}
    assert (chat["model"], chat["output"]) == ("gpt", "At nine.")
    assert chat["input"] == [{"role": "user", "content": "When? ***"}]
    assert (tool["level"], tool["statusMessage"]) == ("ERROR", "The clock stands.")
    assert all(event["timestamp"].endswith("Z") for event in events)


def test_a_server_of_ones_own_and_a_credential_without_keys(answer: AnswerReport, new_id: Callable[[], str]) -> None:
    request = langfuse_request(answer, {}, {**KEYS, "langFuseEndpoint": "https://langfuse.example/ "}, new_id)
    assert request.url == "https://langfuse.example/api/public/ingestion"
    with pytest.raises(KeyError, match="langFuseSecretKey"):
        langfuse_request(answer, {}, {"langFusePublicKey": "pk"}, new_id)
