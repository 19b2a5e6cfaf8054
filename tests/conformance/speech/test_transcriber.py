"""What every adapter of the port ``Transcriber`` does: endpoints of both dialects, and the real embedded model."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from aiohttp import web
from tradewind_server.errors import Unavailable
from tradewind_server.flows.predict.speech import Recording, SpeechSpec, Transcriber
from tradewind_server.models import endpoint as endpoint_module
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.local.fetch import is_present, model_path, require_model
from tradewind_server.models.local.speech_server import FasterWhisper, SpeechServer
from tradewind_server.models.speech.azure import AzureTranscriber
from tradewind_server.models.speech.form import CONTENT_TYPE
from tradewind_server.models.speech.whisper import EmbeddedTranscriber, WhisperTranscriber
from tradewind_server.settings import Settings

from fakes.openai_endpoint import FakeOpenAI

MODEL = require_model("whisper-base")
SPEECH = Path(__file__).parent / "capital_of_france.webm"
"""Spoken by espeak-ng."""
FORM = {"Content-Type": CONTENT_TYPE}


@pytest.fixture(scope="module")
def engine() -> FasterWhisper:
    """The real model; loaded once."""
    directory = Settings(_env_file=None).model_dir
    if find_spec("faster_whisper") is None:
        pytest.skip("pip install 'tradewind[speech]' to test the embedded speech model")
    if not is_present(MODEL, directory):
        pytest.skip("run `tradewind models pull whisper-base` to test the embedded speech model")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    return FasterWhisper(model_path(MODEL, directory).parent, longest_seconds=30)


async def ready() -> None:
    """The server runs already."""


@pytest.fixture(params=["openai", "azure", "embedded"])
async def transcriber(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Transcriber]:
    spec = SpeechSpec(request.param, language="en")
    if request.param == "embedded":
        app = web.Application()
        app.router.add_post("/v1/audio/transcriptions", SpeechServer(request.getfixturevalue("engine")).transcriptions)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
        await runner.setup()
        await web.UnixSite(runner, str(tmp_path / "s.sock")).start()
        endpoint = Endpoint("http://localhost/v1", socket=str(tmp_path / "s.sock"), headers=FORM)
        yield EmbeddedTranscriber(WhisperTranscriber(endpoint, MODEL.name, spec), ready, 30)
        await endpoint.aclose()
        await runner.cleanup()
        return
    async with FakeOpenAI() as fake:
        endpoint = Endpoint(fake.base_url, headers=FORM)
        if request.param == "azure":
            yield AzureTranscriber(endpoint, spec)
        else:
            yield WhisperTranscriber(endpoint, "whisper-1", spec)
        await endpoint.aclose()


def said(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalpha() or char == " ").strip()


async def test_speech_becomes_words(transcriber: Transcriber) -> None:
    text = await transcriber.transcribe(Recording("audio.wav", "audio/webm", SPEECH.read_bytes()))
    assert text == text.strip()
    heard = said(text)
    assert "capital" in heard and "france" in heard


async def test_the_same_recording_twice_at_once(transcriber: Transcriber) -> None:
    recording = Recording("audio.wav", "audio/webm", SPEECH.read_bytes())
    first, second = await asyncio.gather(transcriber.transcribe(recording), transcriber.transcribe(recording))
    assert first == second != ""


async def test_a_dead_model_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_module, "RETRY_PAUSES", (0.0,))
    spec = SpeechSpec("openAIWhisper")
    for endpoint in (
        Endpoint("http://127.0.0.1:9/v1", headers=FORM),
        Endpoint("http://localhost/v1", socket=str(tmp_path / "none.sock"), headers=FORM),
    ):
        for one in (WhisperTranscriber(endpoint, "m", spec), AzureTranscriber(endpoint, spec)):
            with pytest.raises(Unavailable):
                await one.transcribe(Recording("a.webm", "audio/webm", b"x"))
        await endpoint.aclose()
