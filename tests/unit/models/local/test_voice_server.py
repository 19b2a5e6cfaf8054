"""The voice child's door and queue, with an engine that takes no time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from tradewind_server.errors import InvalidInput, Unavailable
from tradewind_server.flows.predict.text_to_speech import VoiceSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.local import voice_server
from tradewind_server.models.local.kokoro.engine import Utterance
from tradewind_server.models.local.kokoro.phonemes import UnreadableText, VoiceUnavailable
from tradewind_server.models.local.voice_server import LONGEST_TEXT, MOST_WAITING, VoiceServer, voice_app
from tradewind_server.models.speech.embedded_voice import LABEL, EmbeddedSynthesizer

WAIT = 60.0
pytestmark = pytest.mark.skipif(find_spec("numpy") is None, reason="pip install 'tradewind[voice]' to test its server")


class CountingEngine:
    """A sample for each character, in two parts; waits at ``gate`` between them and minds ``stop``."""

    voices = ("af_alloy", "af_heart", "ef_dora")

    def __init__(self) -> None:
        self.readings: list[Utterance] = []
        self.gate = threading.Event()
        self.gate.set()
        self.started = threading.Event()
        self.stopped = threading.Event()

    def sound(self, reading: Utterance, stop: threading.Event) -> Iterator[Any]:
        import numpy

        if reading.text == "silence":
            raise UnreadableText
        if reading.text == "broken":
            raise VoiceUnavailable("The program is away.")
        self.readings.append(reading)
        yield numpy.zeros(1, dtype=numpy.float32)
        self.started.set()
        while not self.gate.wait(0.01) and not stop.is_set():
            """The next sentence."""
        if stop.is_set():
            self.stopped.set()
            return
        yield numpy.zeros(len(reading.text) - 1, dtype=numpy.float32)


@pytest.fixture
def engine() -> CountingEngine:
    return CountingEngine()


@pytest.fixture
async def socket(engine: CountingEngine, tmp_path: Path) -> AsyncIterator[Path]:
    path = tmp_path / "v.sock"
    runner = web.AppRunner(voice_app(VoiceServer(engine, WAIT, ("pcm", "wav"))), access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.UnixSite(runner, str(path)).start()
    yield path
    engine.gate.set()
    await runner.cleanup()


@pytest.fixture
async def client(socket: Path) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.UnixConnector(str(socket), limit=0)
    async with aiohttp.ClientSession("http://localhost", connector=connector) as session:
        yield session


async def ask(client: aiohttp.ClientSession, **fields: Any) -> tuple[int, bytes]:
    async with client.post("/v1/audio/speech", json={"response_format": "pcm", **fields}) as response:
        return response.status, await response.read()


async def test_a_text_becomes_sound(client: aiohttp.ClientSession, engine: CountingEngine) -> None:
    assert await ask(client, input="four", voice="alloy", speed=2, model="anything") == (200, bytes(8))
    assert await ask(client, input="-x") == (200, bytes(4))
    assert engine.readings == [Utterance("four", "af_alloy", 2.0), Utterance("-x", "af_heart", 1.0)]
    async with client.post("/v1/audio/speech", json={"input": "four", "response_format": "wav"}) as response:
        assert (response.content_type, (await response.read())[:4]) == ("audio/wav", b"RIFF")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, f"1 to {LONGEST_TEXT} characters"),
        ({"input": ""}, f"1 to {LONGEST_TEXT} characters"),
        ({"input": " \r\n"}, f"1 to {LONGEST_TEXT} characters"),
        ({"input": ["x"]}, f"1 to {LONGEST_TEXT} characters"),
        ({"input": "x" * 100_000}, f"1 to {LONGEST_TEXT} characters"),
        ({"input": "silence"}, "nothing that can be read"),
        ({"input": "x", "voice": "../af_heart"}, "voice must be one of af_alloy"),
        ({"input": "x", "voice": {"id": "af_heart"}}, "voice must be one of"),
        ({"input": "x", "response_format": "mp3"}, "one of pcm, wav"),
        ({"input": "x", "speed": 9}, "0.25 to 4"),
        ({"input": "x", "speed": True}, "0.25 to 4"),
        ({"input": "x", "speed": "fast"}, "0.25 to 4"),
    ],
)
async def test_a_callers_mistake_says_what_to_change(
    client: aiohttp.ClientSession, engine: CountingEngine, fields: dict[str, Any], sentence: str
) -> None:
    status, body = await ask(client, **fields)
    assert status == 400 and sentence in body.decode()
    assert engine.readings == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
async def test_what_is_no_object_is_refused(client: aiohttp.ClientSession, body: bytes) -> None:
    async with client.post("/v1/audio/speech", data=body) as response:
        assert response.status == 400


async def test_a_voice_that_cannot_speak_says_why(client: aiohttp.ClientSession) -> None:
    status, body = await ask(client, input="broken")
    assert status == 503 and b"The program is away." in body


async def test_voices_are_listed(client: aiohttp.ClientSession) -> None:
    async with client.get("/v1/audio/voices") as response:
        assert [row["id"] for row in (await response.json())["voices"]] == list(CountingEngine.voices)


async def test_one_text_at_a_time_and_a_bounded_number_waits(client: aiohttp.ClientSession, engine: CountingEngine) -> None:
    engine.gate.clear()
    asked = [asyncio.create_task(ask(client, input="text")) for _ in range(MOST_WAITING + 3)]
    assert await asyncio.to_thread(engine.started.wait, WAIT)
    refused: set[asyncio.Task[tuple[int, bytes]]] = set()
    async with asyncio.timeout(WAIT):
        while len(refused) < 2:
            done, _ = await asyncio.wait(set(asked) - refused, return_when=asyncio.FIRST_COMPLETED)
            refused |= done
    assert all(task.result()[0] == 429 for task in refused)
    assert len(engine.readings) == 1
    engine.gate.set()
    statuses = [status for status, _ in await asyncio.wait_for(asyncio.gather(*asked), WAIT)]
    assert sorted(statuses) == [200] * (MOST_WAITING + 1) + [429] * 2
    assert len(engine.readings) == MOST_WAITING + 1


async def test_a_caller_who_leaves_stops_the_voice(client: aiohttp.ClientSession, engine: CountingEngine) -> None:
    engine.gate.clear()
    leaving = asyncio.create_task(ask(client, input="long"))
    assert await asyncio.to_thread(engine.started.wait, WAIT)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert await asyncio.to_thread(engine.stopped.wait, WAIT)
    engine.gate.set()
    assert await ask(client, input="four") == (200, bytes(8))


async def test_a_reading_that_takes_too_long_is_ended(engine: CountingEngine, tmp_path: Path) -> None:
    engine.gate.clear()
    runner = web.AppRunner(voice_app(VoiceServer(engine, 0.05, ("pcm",))), access_log=None, handler_cancellation=True)
    await runner.setup()
    path = str(tmp_path / "slow.sock")
    await web.UnixSite(runner, path).start()
    async with aiohttp.ClientSession("http://localhost", connector=aiohttp.UnixConnector(path)) as session:
        with pytest.raises(aiohttp.ClientError):
            status, _ = await ask(session, input="long")
            raise aiohttp.ClientError if status == 504 else AssertionError(status)
    engine.gate.set()
    await runner.cleanup()


@pytest.fixture
async def endpoint(socket: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Endpoint]:
    monkeypatch.setattr("tradewind_server.models.speech.openai_voice.FORMAT", "pcm")
    one = Endpoint("http://localhost/v1", socket=str(socket), label=LABEL)
    yield one
    await one.aclose()


async def test_our_own_adapter_speaks_with_it(endpoint: Endpoint, engine: CountingEngine) -> None:
    started = 0

    async def start() -> None:
        nonlocal started
        started += 1

    async def read(text: str, voice: str | None = None) -> bytes:
        synthesizer = EmbeddedSynthesizer(endpoint, VoiceSpec("local", voice=voice), start)
        return b"".join([piece async for piece in synthesizer.audio(text)])

    assert await read("four") == bytes(8)
    assert engine.readings == [Utterance("four", "af_heart")] and started == 1
    with pytest.raises(InvalidInput, match=r"The embedded voice .*voice must be one of"):
        await read("four", "someone")
    with pytest.raises(Unavailable):
        await read("broken")


def test_the_longest_piece_of_a_reading_fits() -> None:
    from tradewind_server.flows.predict.text_to_speech import LONGEST_PIECE

    assert LONGEST_PIECE <= voice_server.LONGEST_TEXT
