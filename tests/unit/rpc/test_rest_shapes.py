"""Results in the shapes of REST."""

from __future__ import annotations

import json
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict, ParseDict
from tradewind_server.flows.llm.usage import TokenUsage
from tradewind_server.flows.predict.messages import PredictionResult
from tradewind_server.rest_stubs.prediction_pb2 import PredictionAnswer
from tradewind_server.rpc.mapping.predictions import predict_response
from tradewind_server.rpc.rest_shapes import prediction_json

PROMPTS = '["What is next?","Why?"]'


def result(**fields: Any) -> PredictionResult:
    return PredictionResult(chat_id="c", chat_message_id="m", session_id="s", question="q", **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Hello"},
        {"json": {"a": [1, None, "b"]}},
        {"json": []},
        {"text": "Hello", "follow_up_prompts": PROMPTS, "memory_type": "Buffer Memory", "as_stream": True},
        {"text": "x", "source_documents": [{"pageContent": "c", "metadata": {"page": 3}}], "used_tools": [], "artifacts": None},
        {"text": "x", "usage": TokenUsage(5, 2, model="m", provider="p", calls=1)},
    ],
)
def test_a_body_is_of_the_shape_that_the_contract_describes(fields: dict[str, Any]) -> None:
    body = json.loads(json.dumps(prediction_json(result(**fields))))
    message = ParseDict(body, PredictionAnswer())
    assert MessageToDict(message, always_print_fields_with_no_presence=True).items() >= body.items()


def test_suggested_questions_are_encoded_twice_in_an_answer() -> None:
    answer = prediction_json(result(text="x", follow_up_prompts=PROMPTS))
    assert json.loads(json.loads(answer["followUpPrompts"])) == ["What is next?", "Why?"]
    assert "followUpPrompts" not in prediction_json(result(text="x"))
    assert list(predict_response(result(text="x", follow_up_prompts=PROMPTS)).follow_up_prompts) == ["What is next?", "Why?"]


def test_what_no_endpoint_told_is_null_over_rest_and_absent_over_grpc() -> None:
    answered = result(text="x", usage=TokenUsage(prompt_tokens=5, model="m", provider="p", calls=2))
    assert prediction_json(answered)["usage"] == {
        "promptTokens": 5,
        "completionTokens": None,
        "cachedTokens": None,
        "reasoningTokens": None,
        "model": "m",
        "provider": "p",
        "calls": 2,
    }
    usage = predict_response(answered).usage
    assert (usage.prompt_tokens, usage.calls, usage.HasField("completion_tokens")) == (5, 2, False)
    assert "usage" not in prediction_json(result(text="x"))
    assert not predict_response(result(text="x")).HasField("usage")
