"""The speech child's door and queue, with an engine that takes no time; and its decoder, where that is installed."""

from __future__ import annotations

import asyncio
import io
import threading
import wave
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import aiohttp
import pytest
from aiohttp import web
from tradewind_server.flows.predict.speech import Recording, SpeechSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.local.speech_server import SpeechServer, UnreadableRecording, Wish, decode
from tradewind_server.models.speech.form import CONTENT_TYPE
from tradewind_server.models.speech.whisper import WhisperTranscriber

needs_av = pytest.mark.skipif(find_spec("av") is None, reason="pip install 'tradewind[speech]' to test its decoder")


class CountingEngine:
    """Hears how many bytes there are; waits at ``gate`` and minds ``stop``."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.gate = threading.Event()
        self.gate.set()
        self.started = threading.Event()
        self.stopped = threading.Event()
        self.running = 0
        self.most = 0

    def transcribe(self, source: IO[bytes], wish: Wish, stop: threading.Event) -> str:
        data = source.read()
        if data == b"noise":
            raise UnreadableRecording("the recording cannot be decoded")
        self.wishes.append(wish)
        self.running += 1
        self.most = max(self.most, self.running)
        self.started.set()
        while not self.gate.wait(0.01) and not stop.is_set():
            """A sentence more."""
        if stop.is_set():
            self.stopped.set()
        self.running -= 1
        return f" {len(data)} bytes "


@pytest.fixture
def engine() -> CountingEngine:
    return CountingEngine()


@pytest.fixture
async def socket(engine: CountingEngine, tmp_path: Path) -> AsyncIterator[Path]:
    path = tmp_path / "s.sock"
    app = web.Application()
    app.router.add_post("/v1/audio/transcriptions", SpeechServer(engine).transcriptions)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.UnixSite(runner, str(path)).start()
    yield path
    engine.gate.set()
    await runner.cleanup()


@pytest.fixture
async def endpoint(socket: Path) -> AsyncIterator[Endpoint]:
    one = Endpoint("http://localhost/v1", socket=str(socket), headers={"Content-Type": CONTENT_TYPE})
    yield one
    await one.aclose()


def recording(data: bytes) -> Recording:
    return Recording("a.webm", "audio/webm", data)


async def test_our_own_adapter_speaks_with_it(endpoint: Endpoint, engine: CountingEngine) -> None:
    spec = SpeechSpec("local", language="es-ES", temperature=0.5, prompt="Íñigo")
    assert await WhisperTranscriber(endpoint, "whisper-base", spec).transcribe(recording(b"sound\r\n")) == "7 bytes"
    assert await WhisperTranscriber(endpoint, "whisper-base", SpeechSpec("local")).transcribe(recording(b"x")) == "1 bytes"
    assert engine.wishes == [Wish("es-ES", "Íñigo", 0.5), Wish()]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"language": "en"}, "no file"),
        ({"file": "text"}, "no file"),
        ({"file": io.BytesIO(b"x"), "temperature": "warm"}, "temperature"),
        ({"file": io.BytesIO(b"noise")}, "cannot be decoded"),
    ],
)
async def test_what_cannot_be_heard_is_refused(socket: Path, fields: dict[str, object], told: str) -> None:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    async with (
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as session,
        session.post("http://localhost/v1/audio/transcriptions", data=form) as response,
    ):
        assert response.status == 400
        assert told in (await response.json())["error"]["message"]


async def test_one_recording_at_a_time(endpoint: Endpoint, engine: CountingEngine) -> None:
    transcriber = WhisperTranscriber(endpoint, "m", SpeechSpec("local"))
    engine.gate.clear()
    waiting = [asyncio.create_task(transcriber.transcribe(recording(b"x" * size))) for size in (1, 2, 3)]
    await asyncio.to_thread(engine.started.wait, 60)
    engine.gate.set()
    assert await asyncio.gather(*waiting) == ["1 bytes", "2 bytes", "3 bytes"]
    assert engine.most == 1


async def test_a_caller_who_leaves_stops_the_model(endpoint: Endpoint, engine: CountingEngine) -> None:
    transcriber = WhisperTranscriber(endpoint, "m", SpeechSpec("local"))
    engine.gate.clear()
    leaving = asyncio.create_task(transcriber.transcribe(recording(b"long")))
    await asyncio.to_thread(engine.started.wait, 60)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    staying = asyncio.create_task(transcriber.transcribe(recording(b"xx")))
    assert await asyncio.to_thread(engine.stopped.wait, 5)
    engine.gate.set()
    assert await staying == "2 bytes"
    assert len(engine.wishes) == 2


def silence(seconds: float) -> io.BytesIO:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as writer:
        writer.setnchannels(2)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(bytes(int(seconds * 8000) * 4))
    sound.seek(0)
    return sound


@needs_av
def test_sound_becomes_floats_of_one_rate() -> None:
    sound = decode(silence(1.5), 2)
    assert sound.dtype == "float32"
    assert abs(len(sound) - 24_000) < 100


@needs_av
@pytest.mark.parametrize("data", [b"", b"GkXf", b"\x1aE\xdf\xa3" + bytes(100), b"RIFF" + bytes(40), b"words", bytes(20_000)])
def test_what_is_no_sound_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableRecording):
        decode(io.BytesIO(data), 10)


@needs_av
def test_a_long_recording_is_refused_before_it_is_all_decoded() -> None:
    with pytest.raises(UnreadableRecording, match="longer than 2 seconds"):
        decode(silence(60), 2)
