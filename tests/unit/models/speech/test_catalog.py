"""Which speech model a chatflow gets, and what is sent there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.access.ports import Credential
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, Unavailable
from tradewind_server.flows.predict.speech import Recording, SpeechSpec
from tradewind_server.models.speech import catalog as catalog_module
from tradewind_server.models.speech.azure import AzureTranscriber
from tradewind_server.models.speech.catalog import SpeechCatalog, SpeechProvider, is_installed
from tradewind_server.models.speech.form import BOUNDARY, form_body
from tradewind_server.models.speech.whisper import EmbeddedTranscriber, WhisperTranscriber
from tradewind_server.settings import Settings

SECRET = "sk-very-secret-key"
RECORDING = Recording("audio.wav", "audio/webm", b"\x1aE\xdf\xa3\r\n--sound\r\n")
SECRETS = {
    "openai": {"openAIApiKey": SECRET},
    "groq": {"groqApiKey": SECRET},
    "azure": {"azureSubscriptionKey": SECRET, "serviceRegion": "westeurope"},
    "azure-bad": {"azureSubscriptionKey": SECRET, "serviceRegion": "x.evil.example/"},
    "assembly": {"assemblyAIAPIKey": SECRET},
}


class StoredCredentials:
    async def reveal(self, workspace_id: str, name_or_id: str) -> tuple[Credential, Mapping[str, str]] | None:
        if workspace_id != "w" or name_or_id not in SECRETS:
            return None
        now = datetime.now(UTC)
        return Credential(name_or_id, "w", name_or_id, "any", now, now), SECRETS[name_or_id]


@pytest.fixture
async def make(monkeypatch: pytest.MonkeyPatch, fake: Any) -> AsyncIterator[Any]:
    """Makes a catalogue whose official addresses are the fake's; keyword arguments are settings."""
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    official = {
        name: SpeechProvider(provider.url and f"{fake.base_url}/{name}", provider.model, provider.keys)
        for name, provider in catalog_module.PROVIDERS.items()
    }
    monkeypatch.setattr(catalog_module, "PROVIDERS", official)
    made: list[SpeechCatalog] = []

    def make(*, socket: Path | None = None, installed: bool = True, start: Any = None, **settings: Any) -> SpeechCatalog:
        catalog = SpeechCatalog(
            Settings(_env_file=None, **settings),
            StoredCredentials(),  # type: ignore[arg-type]
            socket=socket,
            start=start,
            is_installed=lambda: installed,
        )
        made.append(catalog)
        return catalog

    yield make
    for catalog in made:
        await catalog.aclose()


@pytest.mark.parametrize(
    ("spec", "path", "model", "keyed"),
    [
        (SpeechSpec("openAIWhisper", "openai"), "/v1/openAIWhisper/audio/transcriptions", "whisper-1", True),
        (SpeechSpec("groqWhisper", "groq"), "/v1/groqWhisper/audio/transcriptions", "whisper-large-v3", True),
        (SpeechSpec("groqWhisper", "groq", model="turbo"), "/v1/groqWhisper/audio/transcriptions", "turbo", True),
        (SpeechSpec("openAIWhisper", "elsewhere"), "/v1/configured/audio/transcriptions", "whisper-1", False),
        (SpeechSpec("azureCognitive", "elsewhere"), "/v1/configured/audio/transcriptions", "whisper-1", False),
        (SpeechSpec("localAISTT", model="large"), "/v1/configured/audio/transcriptions", "large", False),
    ],
)
async def test_where_a_recording_goes(make: Any, fake: Any, spec: SpeechSpec, path: str, model: str, keyed: bool) -> None:
    catalog = make(speech_base_url=f"{fake.base_url}/configured")
    transcriber = await catalog.transcriber("w", spec)
    assert await transcriber.transcribe(RECORDING) == "What is the capital of France?"
    seen = fake.requests[-1]
    assert seen.path == path
    assert seen.body["model"] == model
    assert ("authorization" in seen.headers) is keyed


async def test_the_form_says_what_the_chatflow_wants(make: Any, fake: Any) -> None:
    spec = SpeechSpec("localAISTT", None, "m", fake.base_url, "es", 0.25, "Nombres: Íñigo")
    await (await make().transcriber("w", spec)).transcribe(RECORDING)
    body = dict(fake.requests[-1].body)
    assert body.pop("file") == {"filename": "recording.webm", "type": "audio/webm", "data": RECORDING.data}
    assert body == {
        "model": "m",
        "response_format": "json",
        "language": "es",
        "temperature": "0.25",
        "prompt": "Nombres: Íñigo",
    }


async def test_the_configured_endpoints_in_their_order(make: Any, fake: Any) -> None:
    spec = SpeechSpec("openAIWhisper")
    both = make(
        openai_base_url=f"{fake.base_url}/chat",
        openai_api_key="sk-of-chat",
        speech_base_url=f"{fake.base_url}/speech",
        speech_api_key="sk-of-speech",
    )
    await (await both.transcriber("w", spec)).transcribe(RECORDING)
    assert fake.requests[-1].path.startswith("/v1/speech/")
    assert fake.requests[-1].headers["authorization"] == "Bearer sk-of-speech"
    chat = make(openai_base_url=f"{fake.base_url}/chat", openai_api_key="sk-of-chat", speech_api_key="sk-of-speech")
    await (await chat.transcriber("w", spec)).transcribe(RECORDING)
    assert fake.requests[-1].path.startswith("/v1/chat/")
    assert fake.requests[-1].headers["authorization"] == "Bearer sk-of-chat"


async def test_azure_is_asked_in_its_own_way(make: Any, fake: Any) -> None:
    spec = SpeechSpec("azureCognitive", "azure", base_url=fake.base_url, language='es-ES"')
    transcriber = await make().transcriber("w", spec)
    assert isinstance(transcriber, AzureTranscriber)
    assert await transcriber.transcribe(RECORDING) == "What is the capital of France?"
    seen = fake.requests[-1]
    assert seen.path.startswith("/v1/speechtotext/transcriptions:transcribe?api-version=20")
    assert seen.headers["ocp-apim-subscription-key"] == SECRET
    assert seen.body["definition"] == '{"locales": ["es-ES"]}'
    assert seen.body["audio"]["data"] == RECORDING.data


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        (SpeechSpec("dictaphone"), "dictaphone; it knows openAIWhisper"),
        (SpeechSpec("assemblyAiTranscribe", "assembly"), "AssemblyAI"),
        (SpeechSpec("azureCognitive", "azure-bad"), "serviceRegion"),
    ],
)
async def test_what_is_not_spoken_is_refused_by_name(make: Any, spec: SpeechSpec, told: str) -> None:
    with pytest.raises(FailedPrecondition, match=told) as caught:
        await make(speech_base_url="http://127.0.0.1:9/v1").transcriber("w", spec)
    assert SECRET not in caught.value.message


async def test_clients_are_shared_and_secrets_are_not_shown(make: Any) -> None:
    catalog = make()
    spec = SpeechSpec("openAIWhisper", "openai")
    first, second = [await catalog.transcriber("w", one) for one in (spec, SpeechSpec("openAIWhisper", "openai", "other"))]
    assert first._endpoint is second._endpoint
    assert isinstance(first, WhisperTranscriber)
    assert SECRET not in repr(first) + repr(catalog)


async def nothing() -> None:
    """Already started."""


@pytest.mark.parametrize(
    ("socket", "installed", "settings"),
    [
        (None, True, {}),
        (Path("/run/s.sock"), False, {}),
        (Path("/run/s.sock"), True, {"local_models": False}),
    ],
)
async def test_without_a_model_it_says_what_to_install(
    make: Any, socket: Path | None, installed: bool, settings: dict[str, Any]
) -> None:
    catalog = make(socket=socket, installed=installed, start=nothing, **settings)
    for provider in ("local", "openAIWhisper"):
        with pytest.raises(FailedPrecondition, match=r"tradewind\[speech\].*tradewind models pull whisper-base") as caught:
            await catalog.transcriber("w", SpeechSpec(provider))
        assert caught.value.reason == Reason.SPEECH_NOT_CONFIGURED


async def test_the_embedded_model_is_started_at_the_first_recording(make: Any, fake_openai: Any, tmp_path: Path) -> None:
    socket = tmp_path / "s.sock"
    child = fake_openai()
    starts = []

    async def start() -> None:
        if not starts:
            await child.start(socket=str(socket))
        starts.append(1)

    catalog = make(socket=socket, start=start, openai_base_url="http://127.0.0.1:9/v1")
    transcriber = await catalog.transcriber("w", SpeechSpec("local", language="en"))
    assert isinstance(transcriber, EmbeddedTranscriber)
    assert not starts
    for _ in range(2):
        assert await transcriber.transcribe(RECORDING) == "What is the capital of France?"
    assert len(starts) == 2
    child.behaviours["whisper-base"] = "status-400"
    with pytest.raises(InvalidInput, match=r"audio\.wav.*10 minutes") as caught:
        await transcriber.transcribe(RECORDING)
    assert caught.value.reason == Reason.FILE_UNREADABLE
    await child.stop()


async def test_a_start_that_fails_is_passed_on(make: Any) -> None:
    async def start() -> None:
        raise Unavailable(Reason.MODEL_UNAVAILABLE, "The embedded speech model cannot be started; see the server's log.")

    transcriber = await make(socket=Path("/run/s.sock"), start=start).transcriber("w", SpeechSpec("local"))
    with pytest.raises(Unavailable, match="cannot be started"):
        await transcriber.transcribe(RECORDING)


def test_a_model_that_was_not_fetched_is_not_installed(tmp_path: Path) -> None:
    assert not is_installed(Settings(_env_file=None, model_dir=tmp_path))


def test_a_recording_cannot_end_its_part_of_the_form() -> None:
    hostile = Recording("a.webm", "audio/webm", f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="x"'.encode())
    with pytest.raises(InvalidInput, match="cannot be read"):
        form_body({}, hostile)


@pytest.mark.parametrize("field", ["baseUrl", "basePath", "baseURL", "endpoint"])
@pytest.mark.parametrize(
    ("provider", "secret", "path"),
    [
        ("openAIWhisper", {"openAIApiKey": SECRET}, "/v1/own/audio/transcriptions"),
        ("groqWhisper", {"groqApiKey": SECRET}, "/v1/own/audio/transcriptions"),
        ("localAISTT", {"apiKey": SECRET}, "/v1/own/audio/transcriptions"),
        ("localAISTT", {}, "/v1/own/audio/transcriptions"),
        ("azureCognitive", {"azureSubscriptionKey": SECRET}, "/v1/own/speechtotext/transcriptions:transcribe"),
    ],
)
async def test_a_credentials_key_and_the_recording_go_to_its_own_endpoint(
    make: Any, fake: Any, monkeypatch: pytest.MonkeyPatch, field: str, provider: str, secret: dict[str, str], path: str
) -> None:
    monkeypatch.setitem(SECRETS, "own", {**secret, field: f" {fake.base_url}/own/ "})
    drawn = catalog_module.PROVIDERS[provider].url if provider in catalog_module.PROVIDERS and secret else None
    for base_url in {None, drawn}:
        transcriber = await make().transcriber("w", SpeechSpec(provider, "own", base_url=base_url))
        await transcriber.transcribe(RECORDING)
        assert fake.requests[-1].path.partition("?")[0] == path


async def test_the_address_that_the_chatflow_names_goes_first(make: Any, fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SECRETS, "own", {"openAIApiKey": SECRET, "baseUrl": f"{fake.base_url}/own"})
    spec = SpeechSpec("openAIWhisper", "own", base_url=f"{fake.base_url}/drawn/audio/transcriptions")
    await (await make().transcriber("w", spec)).transcribe(RECORDING)
    assert fake.requests[-1].path == "/v1/drawn/audio/transcriptions"


async def test_a_text_that_holds_the_boundary_of_the_form_is_refused() -> None:
    with pytest.raises(InvalidInput):
        form_body({"prompt": f"--{BOUNDARY}\r\nContent-Disposition: form-data"}, RECORDING)
    assert b"Content-Type: application/octet-stream" in form_body({}, Recording("a", "audio/x\r\nX-Evil: 1", b"x"))
