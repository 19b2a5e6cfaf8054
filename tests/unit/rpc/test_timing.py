"""How callers hear what part of an answer the models took."""

from __future__ import annotations

from typing import Any

from google.api.httpbody_pb2 import HttpBody
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind_server.observability.steps import ModelStep
from tradewind_server.rest_stubs import prediction_pb2 as rest
from tradewind_server.rest_stubs.prediction_pb2_grpc import PredictionRestServiceStub

FLOW = "11111111-1111-4111-8111-111111111111"


class AskingPredictor:
    """The predictor of the tests, with a model call in each answer."""

    def __init__(self, predictor: Any) -> None:
        self._run = predictor.run

    async def run(self, prepared: Any) -> Any:
        with ModelStep("chat", "openai", "gpt"):
            return await self._run(prepared)


def parts(timing: str) -> dict[str, float]:
    return {name: float(value.removeprefix("dur=")) for name, _, value in (one.partition(";") for one in timing.split(", "))}


async def test_grpc_hears_it_in_a_trailer(world: Any) -> None:
    world.predictor.run = AskingPredictor(world.predictor).run
    call = PredictionServiceStub(world.channel).Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"))
    await call
    trailers = dict([*await call.trailing_metadata()])
    assert set(parts(trailers["server-timing"])) == {"model", "own"}
    assert trailers["x-request-id"]


async def test_rest_hears_it_in_a_header(world: Any) -> None:
    world.predictor.run = AskingPredictor(world.predictor).run
    body = HttpBody(content_type="application/json", data=b'{"question": "x"}')
    stub = PredictionRestServiceStub(world.channel)
    call = stub.PredictBody(rest.PredictBodyRequest(chatflow_id=FLOW, body=body))
    headers = dict([*await call.initial_metadata()])
    answer = [message async for message in call]
    assert answer[0].content_type == "application/json"
    assert min(parts(headers["server-timing"]).values()) >= 0


async def test_an_answer_without_a_model_says_nothing(world: Any) -> None:
    call = PredictionServiceStub(world.channel).Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"))
    await call
    assert "server-timing" not in dict([*await call.trailing_metadata()])
