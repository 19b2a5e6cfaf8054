"""A server that nobody told to run JavaScript runs none, over either door, and says which node holds it."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from tradewind.v1 import prediction_pb2, prediction_pb2_grpc

PROCESSING = {"postProcessing": {"enabled": True, "customFunction": "return 1"}}


@pytest.mark.parametrize(
    ("name", "fields", "place"),
    [
        ("function", {}, "customFunction_0"),
        ("fork", {}, "ifElseFunction_0"),
        ("conversation", {"chatbotConfig": PROCESSING}, "post-processing"),
    ],
)
def test_functions_are_refused_by_name(fortress: Any, name: str, fields: dict[str, Any], place: str) -> None:
    flow = fortress.flow(name, **fields)
    answer = fortress.call("POST", f"/api/v1/prediction/{flow}", json={"question": "hi"})
    assert (answer.status_code, answer.json()["reason"]) == (400, "JAVASCRIPT_OFF")
    assert place in answer.json()["message"]
    stub = prediction_pb2_grpc.PredictionServiceStub(fortress.channel)
    with pytest.raises(grpc.RpcError) as caught:
        stub.Predict(prediction_pb2.PredictRequest(chatflow_id=flow, question="hi"))
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert dict(caught.value.trailing_metadata())["x-error-reason"] == "JAVASCRIPT_OFF"
    assert fortress.rows(flow) == []
