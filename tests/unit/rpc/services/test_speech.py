"""Texts read aloud through both doors: who may have one, frames, and aborts."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import grpc
import pytest
from tradewind.v1 import speech_pb2 as pb
from tradewind.v1.speech_pb2_grpc import SpeechServiceStub
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.rest_stubs import speech_pb2 as rest
from tradewind_server.rest_stubs.speech_pb2_grpc import SpeechRestServiceStub

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
VOICE = '{"openai": {"status": true, "voice": "nova", "credentialId": "cred"}}'
FAILURE = Unavailable(Reason.MODEL_UNAVAILABLE, "The voice is away.")


@pytest.fixture
def speaking(world: Any) -> Any:
    for flow in (FLOW, KEYED):
        world.predictor.flows[flow] = replace(world.predictor.flows[flow], text_to_speech=VOICE)
    return world


def body(**fields: Any) -> dict[str, Any]:
    values = {"text": "Hello", "chatflowId": FLOW, "chatId": "c", "chatMessageId": "m", **fields}
    return {"content_type": "application/json", "data": json.dumps(values).encode()}


def generate(world: Any, metadata: Any = (), **fields: Any) -> Any:
    request = rest.GenerateSpeechRequest(body=body(**fields))
    return SpeechRestServiceStub(world.channel).GenerateSpeech(request, metadata=metadata)


def stream(world: Any, metadata: Any = (), **fields: Any) -> Any:
    request = pb.StreamSpeechRequest(**{"text": "Hello", "chatflow_id": FLOW, "chat_id": "c", "chat_message_id": "m", **fields})
    return SpeechServiceStub(world.channel).StreamSpeech(request, metadata=metadata)


async def refused(call: Any) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        [one async for one in call]
    return raised.value.code(), dict([*(raised.value.trailing_metadata() or ())])["x-error-reason"]


async def test_frames_carry_the_name_of_the_event(speaking: Any) -> None:
    messages = [one async for one in generate(speaking)]
    assert messages[0].content_type == "text/event-stream"
    text = b"".join(one.data for one in messages).decode()
    frames = [frame.split("\n") for frame in text.strip().split("\n\n")]
    assert [frame[0] for frame in frames] == ["event: tts_start", "event: tts_data", "event: tts_data", "event: tts_end"]
    assert all(len(frame) == 2 and frame[1].startswith("data: {") for frame in frames)
    assert json.loads(frames[1][1][6:]) == {"event": "tts_data", "data": {"chatMessageId": "m", "audioChunk": "SGVsbG8="}}
    ((_, spec),) = speaking.synthesizers.specs
    assert (spec.provider, spec.voice, spec.credential_id) == ("openai", "nova", "cred")


async def test_typed_events_carry_bytes(speaking: Any) -> None:
    events = [one async for one in stream(speaking)]
    assert [one.WhichOneof("event") for one in events] == ["start", "audio", "audio", "end"]
    assert (events[0].start.format, events[1].audio) == ("mp3", b"Hello")


async def test_a_chatflow_with_a_key_reads_for_its_holder_alone(speaking: Any) -> None:
    speaking.keys.put("tw_flow", key_id="flow-key")
    unauthenticated = grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED"
    assert await refused(generate(speaking, chatflowId=KEYED)) == unauthenticated
    assert await refused(stream(speaking, chatflow_id=KEYED)) == unauthenticated
    assert len([one async for one in stream(speaking, speaking.metadata("tw_flow"), chatflow_id=KEYED)]) == 4


async def test_a_voice_that_the_caller_names_needs_a_key(speaking: Any) -> None:
    unauthenticated = grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED"
    direct = {"chatflowId": None, "provider": "elevenlabs", "credentialId": "mine", "voice": "v1"}
    assert await refused(generate(speaking, **direct)) == unauthenticated
    choice = pb.VoiceChoice(provider="elevenlabs", credential_id="mine")
    assert await refused(stream(speaking, chatflow_id="", voice=choice)) == unauthenticated
    assert await refused(stream(speaking, speaking.metadata("tw_wrong"), chatflow_id="", voice=choice)) == unauthenticated
    assert speaking.synthesizers.specs == []
    speaking.keys.put("tw_poor", "nothing:at-all", key_id="poor-key")
    denied = grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_DENIED"
    assert await refused(generate(speaking, speaking.metadata("tw_poor"), **direct)) == denied
    speaking.keys.put("tw_any", "chatflows:view", key_id="other-key")
    assert [one async for one in generate(speaking, speaking.metadata("tw_any"), **direct)]
    ((_, spec),) = speaking.synthesizers.specs
    assert (spec.provider, spec.credential_id, spec.voice) == ("elevenlabs", "mine", "v1")
    missing = await refused(generate(speaking, speaking.metadata("tw_any"), chatflowId=None))
    assert missing == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT")


async def test_what_fails_before_the_sound_has_its_status(speaking: Any, world: Any) -> None:
    assert await refused(generate(speaking, text="")) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT")
    assert await refused(generate(speaking, text="x" * 20_001)) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT")
    speaking.synthesizers.voice.error = FAILURE
    assert await refused(generate(speaking)) == (grpc.StatusCode.UNAVAILABLE, "MODEL_UNAVAILABLE")
    assert await refused(stream(speaking)) == (grpc.StatusCode.UNAVAILABLE, "MODEL_UNAVAILABLE")
    world.predictor.flows[FLOW] = replace(world.predictor.flows[FLOW], text_to_speech=None, version=2)
    off = grpc.StatusCode.FAILED_PRECONDITION, "SPEECH_NOT_CONFIGURED"
    assert await refused(generate(world)) == off
    assert await refused(stream(world)) == off


async def test_what_fails_behind_it_is_an_event(speaking: Any) -> None:
    speaking.synthesizers.voice.error, speaking.synthesizers.voice.error_after = FAILURE, 1
    text = b"".join([one.data async for one in generate(speaking)]).decode()
    assert text.endswith(
        'event: tts_error\ndata: {"event":"tts_error","data":{"chatMessageId":"m","error":"The voice is away."}}\n\n'
    )
    *_, last = [one async for one in stream(speaking)]
    assert last.error.message == "The voice is away."


@pytest.mark.parametrize("typed", [True, False])
async def test_an_abort_stops_the_work(speaking: Any, typed: bool) -> None:
    voice = speaking.synthesizers.voice
    voice.hold = asyncio.Event()

    async def read() -> bytes:
        return b"".join([one.data async for one in generate(speaking)])

    reader = asyncio.create_task(read())
    await asyncio.wait_for(voice.speaking.wait(), 60)
    if typed:
        request = pb.AbortSpeechRequest(chatflow_id=FLOW, chat_id="c", chat_message_id="m")
        await SpeechServiceStub(speaking.channel).AbortSpeech(request)
    else:
        answer = await SpeechRestServiceStub(speaking.channel).AbortSpeechBody(rest.AbortSpeechBodyRequest(body=body()))
        assert (answer.message, answer.chat_id, answer.chat_message_id) == ("TTS stream aborted successfully", "c", "m")
    text = await asyncio.wait_for(reader, 60)
    assert text.rstrip().endswith(b'data: {"event":"tts_abort","data":{"chatMessageId":"m"}}')
    assert voice.left.is_set()


async def test_an_abort_needs_all_three_ids(speaking: Any) -> None:
    call = SpeechRestServiceStub(speaking.channel).AbortSpeechBody(rest.AbortSpeechBodyRequest(body=body(chatMessageId=None)))
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_voices_need_a_key_and_a_provider(speaking: Any) -> None:
    request = rest.ListSpeechVoicesRequest(provider="openai")
    stub = SpeechRestServiceStub(speaking.channel)
    assert (await refused(stub.ListSpeechVoices(request)))[0] is grpc.StatusCode.UNAUTHENTICATED
    voices = [one async for one in stub.ListSpeechVoices(request, metadata=speaking.metadata())]
    assert [(one.id, one.name, one.category) for one in voices] == [("ana", "Ana", "premade")]
    nobody = stub.ListSpeechVoices(rest.ListSpeechVoicesRequest(), metadata=speaking.metadata())
    assert (await refused(nobody))[0] is grpc.StatusCode.INVALID_ARGUMENT
    answer = await SpeechServiceStub(speaking.channel).ListVoices(
        pb.ListVoicesRequest(provider="openai"), metadata=speaking.metadata()
    )
    assert [one.name for one in answer.voices] == ["Ana"]
