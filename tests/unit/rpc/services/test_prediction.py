from __future__ import annotations

import asyncio
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from tradewind.v1 import common_pb2, errors_pb2
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind_server.errors import Reason, Unavailable

from harness.open_bodies import left_open

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"


async def test_predict_maps_every_field_in_and_out(world: Any) -> None:
    request = pb.PredictRequest(chatflow_id=FLOW, question="hi", chat_id="c7", lead_email="a@b.c")
    request.session_id = "s"
    request.override_config.update({"topK": 3, "temperature": 0.5})
    request.history.add(role=common_pb2.MESSAGE_ROLE_USER, content="before")
    request.attachments.add(name="a.txt", mime="text/plain", data=b"hi")
    request.attachments.add(name="b.png", url="https://images.example/b.png")
    request.attachments.add(name="c.mp3", kind=common_pb2.ATTACHMENT_KIND_AUDIO, stored=True)
    response = await PredictionServiceStub(world.channel).Predict(request, metadata=(("origin", "https://a.example"),))
    asked = world.predictor.asked[0]
    assert (asked.question, asked.chat_id, asked.lead_email) == ("hi", "c7", "a@b.c")
    assert asked.override_config == {"sessionId": "s", "topK": 3, "temperature": 0.5}
    assert type(asked.override_config["topK"]) is int
    assert asked.history == [{"role": "userMessage", "content": "before"}]
    assert asked.uploads == [
        {"type": "file", "data": "data:text/plain;base64,aGk=", "name": "a.txt", "mime": "text/plain"},
        {"type": "url", "data": "https://images.example/b.png", "name": "b.png", "mime": ""},
        {"type": "stored-file", "name": "c.mp3", "mime": ""},
    ]
    (admitted,) = world.predictor.admitted
    assert (admitted.chatflow.id, admitted.origin) == (FLOW, "https://a.example")
    assert MessageToDict(response) == {
        "text": "Hello",
        "question": "hi",
        "chatId": "c7",
        "chatMessageId": "m1",
        "sessionId": "s1",
        "memoryType": "Buffer Memory",
        "sourceDocuments": [{"pageContent": "chunk", "metadata": {"loc": {"pageNumber": 3.0}, "tags": ["a", None]}}],
    }


async def test_a_stream_ends_with_end_and_carries_typed_data(world: Any) -> None:
    call = PredictionServiceStub(world.channel).StreamPredict(pb.StreamPredictRequest(chatflow_id=FLOW, question="you"))
    events = [one async for one in call]
    assert [one.WhichOneof("event") for one in events] == ["start", "token", "token", "metadata", "end"]
    assert events[2].token.text == "lo you"
    assert (events[3].metadata.chat_id, events[3].metadata.question) == ("c1", "you")


async def test_a_flow_that_cannot_stream_sends_its_answer_as_one_token(world: Any) -> None:
    world.predictor.streams = False
    call = PredictionServiceStub(world.channel).StreamPredict(pb.StreamPredictRequest(chatflow_id=FLOW, question="x"))
    events = [one async for one in call]
    assert [one.WhichOneof("event") for one in events] == ["start", "token", "source_documents", "metadata", "end"]
    assert events[1].token.text == "Hello"
    assert events[2].source_documents.source_documents[0].page_content == "chunk"


@pytest.mark.parametrize(
    ("error", "sentence", "reason"),
    [
        (Unavailable(Reason.MODEL_UNAVAILABLE, "The model is away."), "The model is away.", "MODEL_UNAVAILABLE"),
        (KeyError("secret"), "server", "INTERNAL"),
    ],
)
async def test_a_stream_that_breaks_off_says_so_and_ends_once(world: Any, error: Exception, sentence: str, reason: str) -> None:
    world.predictor.error, world.predictor.error_after = error, 2
    call = PredictionServiceStub(world.channel).StreamPredict(pb.StreamPredictRequest(chatflow_id=FLOW, question="x"))
    events = [one async for one in call]
    assert [one.WhichOneof("event") for one in events] == ["start", "token", "error", "end"]
    assert sentence in events[2].error.message
    assert "secret" not in events[2].error.message
    assert errors_pb2.ErrorReason.Name(events[2].error.reason) == f"ERROR_REASON_{reason}"


async def test_an_error_before_the_first_event_is_the_status_of_the_call(world: Any) -> None:
    world.predictor.error = Unavailable(Reason.MODEL_UNAVAILABLE, "The model is away.", node="chatOpenAI_0")
    call = PredictionServiceStub(world.channel).StreamPredict(pb.StreamPredictRequest(chatflow_id=FLOW, question="x"))
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        [one async for one in call]
    assert raised.value.code() is grpc.StatusCode.UNAVAILABLE
    status = await rpc_status.aio.from_call(call)
    info = error_details_pb2.ErrorInfo()
    assert status.details[0].Unpack(info)
    assert (info.reason, info.domain, dict(info.metadata)) == (
        "MODEL_UNAVAILABLE",
        "tradewind",
        {"node": "chatOpenAI_0"},
    )


async def test_two_streams_at_once_do_not_mix(world: Any) -> None:
    async def listen(question: str) -> list[str]:
        call = PredictionServiceStub(world.channel).StreamPredict(pb.StreamPredictRequest(chatflow_id=FLOW, question=question))
        return [one.token.text async for one in call if one.HasField("token")]

    first, second = await asyncio.gather(listen("one"), listen("two"))
    assert (first, second) == (["Hel", "lo one"], ["Hel", "lo two"])


async def test_cancelling_reaches_the_domain(world: Any) -> None:
    world.predictor.hold = asyncio.Event()
    call = PredictionServiceStub(world.channel).Predict(pb.PredictRequest(chatflow_id=FLOW, question="x"))
    await world.predictor.started.wait()
    call.cancel()
    await asyncio.wait_for(world.predictor.cancelled.wait(), 60)


async def test_cancelling_a_stream_closes_the_domains_generator(world: Any) -> None:
    world.predictor.hold = asyncio.Event()
    call = PredictionServiceStub(world.channel).StreamPredict(pb.StreamPredictRequest(chatflow_id=FLOW, question="x"))
    await world.predictor.started.wait()
    call.cancel()
    await asyncio.wait_for(world.predictor.cancelled.wait(), 60)


async def test_an_upload_writes_files_and_leaves_none_behind(world: Any) -> None:
    async def parts() -> Any:
        yield pb.UploadPredictRequest(options=pb.PredictRequest(chatflow_id=FLOW, question="x"))
        for name in ("a.txt", "b.txt"):
            yield pb.UploadPredictRequest(file={"name": name, "mime": "text/plain"})
            yield pb.UploadPredictRequest(chunk=b"one ")
            yield pb.UploadPredictRequest(chunk=name.encode())

    response = await PredictionServiceStub(world.channel).UploadPredict(parts())
    assert response.prediction.text == "Hello"
    assert [(file.name, file.size) for file in world.predictor.asked[0].files] == [("a.txt", 9), ("b.txt", 9)]
    assert world.blobs.left() == []


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [pb.UploadPredictRequest(chunk=b"x")],
        [pb.UploadPredictRequest(options=pb.PredictRequest(chatflow_id=FLOW)), pb.UploadPredictRequest(chunk=b"x")],
        [pb.UploadPredictRequest(options=pb.PredictRequest(chatflow_id=FLOW))] * 2,
    ],
)
async def test_an_upload_out_of_order_is_refused(world: Any, parts: list[Any]) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await PredictionServiceStub(world.channel).UploadPredict(left_open(parts) if parts else iter(parts))
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert world.blobs.left() == []


async def test_a_keyed_flow_takes_no_file_from_a_stranger(world: Any) -> None:
    options = pb.UploadPredictRequest(options=pb.PredictRequest(chatflow_id=KEYED, question="x"))
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await PredictionServiceStub(world.channel).UploadPredict(left_open([options]))
    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert world.blobs.received == []
