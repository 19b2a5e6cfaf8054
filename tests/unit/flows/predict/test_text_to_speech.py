"""Texts read aloud: pieces, events, and readings that are stopped or fail."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tradewind_server.access.ports import ANONYMOUS
from tradewind_server.chatflows.config import ProviderChoice
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, Unavailable
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.text_to_speech import (
    LONGEST_TEXT,
    SpeechId,
    TextToSpeech,
    VoiceSpec,
    pieces_of,
    reads_by_itself,
    voice_of,
)

from fakes.flow_engine import Engine, conversation
from fakes.voices import FakeSynthesizers

READING = SpeechId("flow", "chat", "message")
SPEC = VoiceSpec("openai", "cred", "nova")
FAILURE = Unavailable(Reason.MODEL_UNAVAILABLE, "The voice is away.")


@pytest.fixture
def voices() -> FakeSynthesizers:
    return FakeSynthesizers()


@pytest.fixture
def speech(voices: FakeSynthesizers) -> TextToSpeech:
    return TextToSpeech(voices)


async def read(speech: TextToSpeech, text: str = "Hello") -> list[Event]:
    return [event async for together in speech.stream(READING, "w", SPEC, text) for event in together]


def sound(events: list[Event]) -> bytes:
    return b"".join(base64.b64decode(event.data["audioChunk"]) for event in events if event.name == "tts_data")


async def test_a_reading_begins_goes_on_and_ends(speech: TextToSpeech, voices: FakeSynthesizers) -> None:
    events = await read(speech)
    assert [event.name for event in events] == ["tts_start", "tts_data", "tts_data", "tts_end"]
    assert events[0].data == {"chatMessageId": "message", "format": "mp3"}
    assert events[-1].data == {"chatMessageId": "message"}
    assert sound(events) == b"Hello."
    assert voices.specs == [("w", SPEC)]


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST_TEXT + 1)])
async def test_a_text_has_some_length(speech: TextToSpeech, text: str) -> None:
    with pytest.raises(InvalidInput):
        await read(speech, text)


async def test_long_texts_go_in_pieces_that_end_with_a_sentence(speech: TextToSpeech, voices: FakeSynthesizers) -> None:
    text = "The ferry leaves at six. " * 400
    await read(speech, text)
    assert len(voices.voice.texts) == 3
    assert all(piece.endswith("six.") and len(piece) <= 4000 for piece in voices.voice.texts)
    assert " ".join(voices.voice.texts) == text.strip()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("one. two! three", ["one. two!", "three"]),
        ("onetwothreefour", ["onetwothre", "efour"]),
        ("one two three", ["one two", "three"]),
        ("  ", []),
        ("short", ["short"]),
    ],
)
def test_where_a_text_is_cut(text: str, pieces: list[str]) -> None:
    assert list(pieces_of(text, 10)) == pieces


async def test_a_failure_before_the_sound_is_raised_without_an_event(speech: TextToSpeech, voices: FakeSynthesizers) -> None:
    voices.voice.error = FAILURE
    events: list[Event] = []
    with pytest.raises(Unavailable):
        async for together in speech.stream(READING, "w", SPEC, "Hello"):
            events += together
    assert events == []


async def test_a_failure_behind_the_sound_comes_after_it(speech: TextToSpeech, voices: FakeSynthesizers) -> None:
    voices.voice.error, voices.voice.error_after = FAILURE, 1
    events: list[Event] = []
    with pytest.raises(Unavailable):
        async for together in speech.stream(READING, "w", SPEC, "Hello"):
            events += together
    assert [event.name for event in events] == ["tts_start", "tts_data"]


async def test_an_abort_stops_the_voice(speech: TextToSpeech, voices: FakeSynthesizers) -> None:
    voices.voice.hold = asyncio.Event()
    reader = asyncio.create_task(read(speech))
    await voices.voice.speaking.wait()
    assert speech.abort(SpeechId("flow", "chat", "another")) == 0
    assert speech.abort(READING) == 1
    events = await asyncio.wait_for(reader, 60)
    assert [event.name for event in events] == ["tts_start", "tts_data", "tts_abort"]
    await asyncio.wait_for(voices.voice.left.wait(), 60)
    assert speech.abort(READING) == 0


async def test_a_reader_who_leaves_stops_the_voice(speech: TextToSpeech, voices: FakeSynthesizers) -> None:
    voices.voice.hold = asyncio.Event()
    stream: Any = speech.stream(READING, "w", SPEC, "Hello")
    await anext(stream)
    await stream.aclose()
    assert voices.voice.left.is_set()
    assert speech.abort(READING) == 0


def test_the_voice_of_a_chatflow() -> None:
    settings = {"credentialId": " cred ", "voice": "nova", "model": 7, "autoPlay": True}
    assert voice_of(ProviderChoice("openai", settings)) == VoiceSpec("openai", "cred", "nova", None)
    with pytest.raises(FailedPrecondition) as raised:
        voice_of(None)
    assert raised.value.reason is Reason.SPEECH_NOT_CONFIGURED
    assert [reads_by_itself(ProviderChoice("openai", {"autoPlay": value})) for value in (True, "true", False, 2, None)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert not reads_by_itself(None)


AUTOPLAY = {"openai": {"status": True, "autoPlay": True, "voice": "nova"}}


@pytest.fixture
def engine() -> Engine:
    return Engine()


async def test_a_streamed_answer_is_read_before_metadata(engine: Engine) -> None:
    flow = engine.put(*conversation(), text_to_speech=AUTOPLAY)
    engine.model("m", "Hello there")
    events = await engine.stream(flow, "Hi")
    names = [event.name for event in events if event.name not in ("start", "token")]
    assert names == ["tts_start", "tts_data", "tts_data", "tts_end", "metadata", "end"]
    (metadata,) = (event.data for event in events if event.name == "metadata")
    assert {event.data["chatMessageId"] for event in events if event.name.startswith("tts_")} == {metadata["chatMessageId"]}
    assert engine.synthesizers.voice.texts == ["Hello there"]
    assert len(engine.messages.rows) == 2


async def test_without_autoplay_and_whole_answers_nothing_is_read(engine: Engine) -> None:
    quiet = engine.put(*conversation(), text_to_speech={"openai": {"status": True}})
    await engine.stream(quiet, "Hi")
    await engine.ask(engine.put(*conversation(), text_to_speech=AUTOPLAY), "Hi")
    assert engine.synthesizers.voice.texts == []


@pytest.mark.parametrize("after", [0, 1])
async def test_a_voice_that_fails_leaves_the_answer_whole(engine: Engine, after: int) -> None:
    engine.synthesizers.voice.error, engine.synthesizers.voice.error_after = FAILURE, after
    flow = engine.put(*conversation(), text_to_speech=AUTOPLAY)
    names = [event.name for event in await engine.stream(flow, "Hi")]
    assert names[-3:] == ["tts_abort", "metadata", "end"]
    assert len(engine.messages.rows) == 2


async def first_sound(events: AsyncIterator[Any]) -> list[str]:
    """The names up to the first piece of sound."""
    names: list[str] = []
    while "tts_data" not in names:
        names += [event.name for event in await anext(events)]
    return names


async def test_an_aborted_chat_ends_the_sound_alone_and_stores_the_turn_once(engine: Engine) -> None:
    engine.synthesizers.voice.hold = asyncio.Event()
    flow = engine.put(*conversation(), text_to_speech=AUTOPLAY)
    events = engine.predictor.stream(await engine.prepare(flow, "Hi", chat_id="c"))
    await first_sound(events)
    assert engine.predictor.abort(await engine.admit(flow), "c") == 1
    names = [event.name async for together in events for event in together]
    assert names == ["tts_abort", "metadata", "end"]
    assert len(engine.messages.rows) == 2
    assert engine.synthesizers.voice.left.is_set()


async def test_a_stopped_reading_ends_the_sound_alone(engine: Engine) -> None:
    engine.synthesizers.voice.hold = asyncio.Event()
    flow = engine.put(*conversation(), text_to_speech=AUTOPLAY)
    prepared = await engine.prepare(flow, "Hi", ANONYMOUS, chat_id="c")
    events = engine.predictor.stream(prepared)
    await first_sound(events)
    assert engine.text_to_speech.abort(SpeechId(flow, "c", prepared.turn.message_id)) == 1
    names = [event.name async for together in events for event in together]
    assert names == ["tts_abort", "metadata", "end"]


async def test_a_caller_who_leaves_while_it_is_read_has_the_turn_stored_once(engine: Engine) -> None:
    engine.synthesizers.voice.hold = asyncio.Event()
    flow = engine.put(*conversation(), text_to_speech=AUTOPLAY)
    events: Any = engine.predictor.stream(await engine.prepare(flow, "Hi", chat_id="c"))
    await first_sound(events)
    await events.aclose()
    assert len(engine.messages.rows) == 2
    assert engine.synthesizers.voice.left.is_set()
