"""Which voice a text is read with, and what is sent there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.access.ports import Credential
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.flows.predict.text_to_speech import VoiceSpec
from tradewind_server.models.speech.embedded_voice import EmbeddedSynthesizer
from tradewind_server.models.speech.openai_voice import OpenAISynthesizer
from tradewind_server.models.speech.voice_catalog import VoiceCatalog
from tradewind_server.settings import Settings

SECRET = "sk-very-secret-key"


class StoredCredentials:
    def __init__(self, endpoint: str) -> None:
        self.secrets = {
            "own": {"openAIApiKey": SECRET, "baseUrl": endpoint},
            "eleven": {"elevenLabsApiKey": SECRET, "baseUrl": endpoint},
            "empty": {"note": "nothing"},
        }

    async def reveal(self, workspace_id: str, name_or_id: str) -> tuple[Credential, Mapping[str, str]] | None:
        if workspace_id != "w" or name_or_id not in self.secrets:
            return None
        now = datetime.now(UTC)
        return Credential(name_or_id, "w", name_or_id, "any", now, now), self.secrets[name_or_id]


@pytest.fixture
async def make(monkeypatch: pytest.MonkeyPatch, fake: Any) -> AsyncIterator[Any]:
    """Makes a catalogue; keyword arguments are settings. The fake's address is open to outbound calls."""
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    made: list[VoiceCatalog] = []

    def make(
        *, socket: Path | None = None, start: Any = None, missing_part: str | None = None, **settings: Any
    ) -> VoiceCatalog:
        settings.setdefault("outbound_allow", ["127.0.0.1"])
        catalog = VoiceCatalog(
            Settings(_env_file=None, **settings),
            StoredCredentials(fake.base_url),  # type: ignore[arg-type]
            socket=socket,
            start=start,
            missing_part=lambda: missing_part,
        )
        made.append(catalog)
        return catalog

    yield make
    for catalog in made:
        await catalog.aclose()


async def said(catalog: VoiceCatalog, spec: VoiceSpec, text: str = "Hello") -> bytes:
    synthesizer = await catalog.synthesizer("w", spec)
    return b"".join([piece async for piece in synthesizer.audio(text)])


async def test_a_credentials_key_goes_to_its_own_endpoint(make: Any, fake: Any) -> None:
    sound = await said(make(), VoiceSpec("openai", "own", "nova", "tts-1"))
    assert b"Hello" in sound
    request = fake.requests[-1]
    assert (request.path, request.headers["authorization"]) == ("/v1/audio/speech", f"Bearer {SECRET}")
    assert request.body == {"model": "tts-1", "voice": "nova", "input": "Hello", "response_format": "mp3"}


async def test_the_guard_holds_for_what_a_credential_names(make: Any, fake: Any) -> None:
    for provider, credential in (("openai", "own"), ("elevenlabs", "eleven")):
        with pytest.raises(TradewindError) as raised:
            await said(make(outbound_allow=[]), VoiceSpec(provider, credential))
        assert raised.value.reason is Reason.OUTBOUND_REFUSED
    assert not fake.requests


async def test_the_configured_endpoint_reads_without_a_credential(make: Any, fake: Any) -> None:
    catalog = make(outbound_allow=[], voice_base_url=f"{fake.base_url}/audio/speech", voice_api_key="own-key")
    for credential in (None, "unknown", "empty"):
        assert b"Hello" in await said(catalog, VoiceSpec("openai", credential))
    assert fake.requests[-1].headers["authorization"] == "Bearer own-key"
    assert fake.requests[-1].body["voice"] == "alloy"
    assert b"Hello" in await said(make(openai_base_url=fake.base_url), VoiceSpec("openai"))


async def test_what_is_not_configured_says_what_to_set(make: Any) -> None:
    for spec in (VoiceSpec("openai"), VoiceSpec("elevenlabs"), VoiceSpec("elevenlabs", "empty")):
        with pytest.raises(FailedPrecondition) as raised:
            await said(make(), spec)
        assert raised.value.reason is Reason.SPEECH_NOT_CONFIGURED
    with pytest.raises(FailedPrecondition, match="piper"):
        await said(make(), VoiceSpec("piper"))


async def test_without_an_endpoint_the_embedded_voice_reads(make: Any) -> None:
    async def start() -> None:
        """Nothing to start."""

    here = {"socket": Path("/run/voice.sock"), "start": start}
    for spec in (VoiceSpec("openai"), VoiceSpec("openai", "unknown"), VoiceSpec("local"), VoiceSpec("local", "own")):
        assert isinstance(await make(**here).synthesizer("w", spec), EmbeddedSynthesizer)
    endpoint = {"voice_base_url": "http://voice.example/v1"}
    assert isinstance(await make(**here, **endpoint).synthesizer("w", VoiceSpec("openai")), OpenAISynthesizer)
    assert isinstance(await make(**here, **endpoint).synthesizer("w", VoiceSpec("local")), EmbeddedSynthesizer)
    voices = await (await make(**here).synthesizer("w", VoiceSpec("local"))).voices()
    assert ("ef_dora", "Dora", "es") in [(one.id, one.name, one.category) for one in voices]


async def test_what_the_embedded_voice_lacks_is_told(make: Any) -> None:
    lacking = {"socket": Path("/run/voice.sock"), "start": object(), "missing_part": "Install espeak-ng."}
    for catalog, sentence in (
        (make(**lacking), r"Install espeak-ng\. .*TRADEWIND_VOICE_BASE_URL"),
        (make(**lacking, local_models=False), "There is no voice here"),
    ):
        with pytest.raises(FailedPrecondition, match=sentence) as raised:
            await catalog.synthesizer("w", VoiceSpec("local"))
        assert raised.value.reason is Reason.SPEECH_NOT_CONFIGURED


async def test_eleven_labs_has_its_own_dialect(make: Any, fake: Any) -> None:
    assert b"Hello" in await said(make(), VoiceSpec("elevenlabs", "eleven", "v1"))
    request = fake.requests[-1]
    assert request.path == "/v1/text-to-speech/v1/stream?output_format=mp3_44100_128"
    assert (request.headers["xi-api-key"], request.headers.get("authorization")) == (SECRET, None)
    assert request.body == {"text": "Hello", "model_id": "eleven_multilingual_v2"}
    with pytest.raises(InvalidInput, match="voice"):
        await said(make(), VoiceSpec("elevenlabs", "eleven", "../v1/voices"))


async def test_voices_are_listed(make: Any) -> None:
    catalog = make(openai_base_url="http://model.example/v1")
    eleven = await (await catalog.synthesizer("w", VoiceSpec("elevenlabs", "eleven"))).voices()
    assert [(one.id, one.name, one.category) for one in eleven] == [("v1", "Ana", "premade")]
    names = [one.id for one in await (await catalog.synthesizer("w", VoiceSpec("openai"))).voices()]
    assert "nova" in names


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("status-401", Reason.MODEL_REFUSED),
        ("status-429", Reason.MODEL_RATE_LIMITED),
        ("garbage", Reason.MODEL_UNAVAILABLE),
        ("cut", Reason.MODEL_UNAVAILABLE),
    ],
)
async def test_failures_are_those_of_any_endpoint(make: Any, fake: Any, behaviour: str, reason: Reason) -> None:
    fake.behaviours["tts-1"] = behaviour
    with pytest.raises(TradewindError) as raised:
        await said(make(), VoiceSpec("openai", "own", None, "tts-1"))
    assert raised.value.reason is reason
    assert SECRET not in str(raised.value)


async def test_a_text_is_no_sound(make: Any, fake: Any) -> None:
    fake.behaviours["/v1/audio/speech"] = "garbage"
    with pytest.raises(Unavailable):
        await said(make(), VoiceSpec("openai", "own"))
