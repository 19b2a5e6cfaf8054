"""Results as messages and as JSON bodies say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from tradewind_server.flows.prediction import PredictionResult
from tradewind_server.rpc.mapping import prediction_json, prediction_response

PROMPTS = '["What is next?","Why?"]'


def result(**fields: Any) -> PredictionResult:
    return PredictionResult(chat_id="c", chat_message_id="m", session_id="s", question="q", **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Hello"},
        {"text": "", "memory_type": ""},
        {"json": {"a": [1, None, "b"]}},
        {"json": []},
        {"text": "Hello", "follow_up_prompts": PROMPTS, "memory_type": "Buffer Memory", "streamed": True},
        {"text": "x", "source_documents": [{"pageContent": "c", "metadata": {"page": 3}}], "used_tools": [], "artifacts": None},
    ],
)
def test_both_forms_of_a_prediction_are_one(fields: dict[str, Any]) -> None:
    message = prediction_response(result(**fields))
    printed = MessageToDict(message, always_print_fields_with_no_presence=True)
    assert json.loads(json.dumps(prediction_json(result(**fields)))) == printed


def test_suggested_questions_are_encoded_twice_in_an_answer() -> None:
    answer = prediction_json(result(text="x", follow_up_prompts=PROMPTS))
    assert json.loads(json.loads(answer["followUpPrompts"])) == ["What is next?", "Why?"]
    assert "followUpPrompts" not in prediction_json(result(text="x"))
