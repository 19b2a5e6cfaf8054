from __future__ import annotations

import asyncio
from typing import Any

import grpc
import orjson
import pytest
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.flows.predict.events import HEARTBEAT
from tradewind_server.rest_stubs import prediction_pb2 as pb
from tradewind_server.rest_stubs.prediction_pb2_grpc import PredictionFormRestServiceStub, PredictionRestServiceStub
from tradewind_server.rpc import sse

from harness.open_bodies import left_open

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
BOUNDARY = "multipart/form-data; boundary=edge"


def ask(world: Any, question: str = "you", **metadata: Any) -> Any:
    return send(world, orjson.dumps({"question": question, "streaming": True}), **metadata)


def send(world: Any, data: bytes, content_type: str = "application/json", flow: str = FLOW, **metadata: Any) -> Any:
    request = pb.PredictBodyRequest(chatflow_id=flow, body={"content_type": content_type, "data": data})
    return PredictionRestServiceStub(world.channel).PredictBody(request, **metadata)


def form(fields: dict[str, str], files: dict[str, bytes] | None = None) -> bytes:
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()]
    for name, data in (files or {}).items():
        head = f'--edge\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return b"".join(parts) + b"--edge--\r\n"


def send_form(world: Any, data: bytes, flow: str = FLOW) -> Any:
    requests = [
        pb.PredictFormRequest(chatflow_id=flow, body={"content_type": BOUNDARY, "data": data[:40]}),
        pb.PredictFormRequest(body={"data": data[40:]}),
    ]
    return PredictionFormRestServiceStub(world.channel).PredictForm(iter(requests))


async def test_the_bytes_of_a_stream_are_those_that_flowise_sends(world: Any) -> None:
    call = ask(world)
    messages = [one async for one in call]
    assert messages[0].content_type == "text/event-stream"
    assert b"".join(one.data for one in messages) == (
        b'message:\ndata:{"event":"start","data":""}\n\n'
        b'message:\ndata:{"event":"token","data":"Hel"}\n\n'
        b'message:\ndata:{"event":"token","data":"lo you"}\n\n'
        b'message:\ndata:{"event":"metadata","data":{"chatId":"c1","chatMessageId":"m1","question":"you","sessionId":"s1"}}\n\n'
        b'message:\ndata:{"event":"end","data":"[DONE]"}\n\n'
    )
    assert dict([*await call.initial_metadata()])["cache-control"] == "no-cache"


async def test_a_flow_that_cannot_stream_answers_one_json_object(world: Any) -> None:
    world.predictor.streams = False
    messages = [one async for one in ask(world)]
    assert [one.content_type for one in messages] == ["application/json"]
    answer = orjson.loads(messages[0].data)
    assert answer["text"] == "Hello"
    assert answer["isStreamValid"] is False
    assert "usedTools" not in answer
    assert answer["sourceDocuments"][0]["metadata"]["loc"] == {"pageNumber": 3}


async def test_an_unknown_flow_is_a_status_and_not_a_stream(world: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        [one async for one in send(world, b'{"question": "x"}', flow="44444444-4444-4444-8444-444444444444")]
    assert raised.value.code() is grpc.StatusCode.NOT_FOUND


async def test_a_model_that_breaks_off_is_an_event_and_the_stream_still_ends(world: Any) -> None:
    world.predictor.error, world.predictor.error_after = Unavailable(Reason.MODEL_UNAVAILABLE, "The model is away."), 2
    data = b"".join([one.data async for one in ask(world)])
    assert data.endswith(
        b'message:\ndata:{"event":"error","data":"The model is away."}\n\nmessage:\ndata:{"event":"end","data":"[DONE]"}\n\n'
    )
    assert data.count(b'"end"') == 1


async def test_a_caller_that_leaves_stops_the_domain(world: Any) -> None:
    world.predictor.hold = asyncio.Event()
    call = ask(world)
    assert (await call.read()).data
    call.cancel()
    await asyncio.wait_for(world.predictor.cancelled.wait(), 60)


@pytest.mark.parametrize("door", ["body", "form"])
async def test_an_answer_in_one_piece_has_its_time_and_a_stream_its_readers(start: Any, door: str) -> None:
    world = await start(request_timeout=0.5)
    world.predictor.hold = asyncio.Event()
    fields = {"question": "x", "streaming": "false"}
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        [one async for one in (send(world, orjson.dumps(fields)) if door == "body" else send_form(world, form(fields)))]
    assert raised.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert world.predictor.cancelled.is_set()

    fields["streaming"] = "true"
    call = send(world, orjson.dumps(fields)) if door == "body" else send_form(world, form(fields))
    messages = aiter(call)
    assert (await anext(messages)).data
    await asyncio.sleep(0.6)  # Longer than an answer in one piece may take.
    world.predictor.hold.set()
    assert b'"end"' in [one.data async for one in messages][-1]


def test_a_silence_is_a_comment() -> None:
    assert sse.frames([HEARTBEAT]) == b":heartbeat\n\n"


async def test_a_form_is_answered_as_json(world: Any) -> None:
    body = form({"question": "true", "chatId": "c7", "overrideConfig": '{"topK": 2}', "sessionId": "s"})
    messages = [one async for one in send_form(world, body)]
    assert orjson.loads(messages[0].data)["chatId"] == "c7"
    asked = world.predictor.asked[0]
    assert (asked.question, asked.override_config) == ("true", {"sessionId": "s", "topK": 2})


async def test_a_form_with_streaming_streams(world: Any) -> None:
    messages = [one async for one in send_form(world, form({"question": "x", "streaming": "true"}))]
    assert messages[0].content_type == "text/event-stream"
    assert b'"end"' in messages[-1].data


async def test_files_of_a_form_reach_the_domain_and_leave_the_disk(world: Any) -> None:
    [one async for one in send_form(world, form({"question": "x"}, {"a.txt": b"content"}))]
    assert [(file.name, file.size) for file in world.predictor.asked[0].files] == [("a.txt", 7)]
    assert world.blobs.left() == []


async def test_a_keyed_flow_reads_no_form_of_a_stranger(world: Any) -> None:
    begin = {"content_type": BOUNDARY, "data": form({"question": "x"}, {"a.txt": b"content"})[:40]}
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        stub = PredictionFormRestServiceStub(world.channel)
        [one async for one in stub.PredictForm(left_open([pb.PredictFormRequest(chatflow_id=KEYED, body=begin)]))]
    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert world.blobs.received == []


async def test_a_form_that_breaks_off_is_refused(world: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        [one async for one in send_form(world, form({"question": "x"}, {"a.txt": b"content"})[:-12])]
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert world.blobs.left() == []
