"""Which speech model a chatflow gets: the same order as for chat models, and one shared client for each address."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tradewind_server.access.ports import Credentials, endpoint_of
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.predict.speech import SpeechSpec, Transcriber
from tradewind_server.models.endpoint import Connections, Endpoint
from tradewind_server.models.local.fetch import is_present, require_model
from tradewind_server.models.speech import azure, whisper
from tradewind_server.models.speech.azure import AzureTranscriber
from tradewind_server.models.speech.form import CONTENT_TYPE
from tradewind_server.models.speech.whisper import EmbeddedTranscriber, WhisperTranscriber
from tradewind_server.settings import Settings

EMBEDDED, AZURE, ASSEMBLY_AI = "local", "azureCognitive", "assemblyAiTranscribe"
EMBEDDED_URL = "http://localhost/v1"
LABEL = "The embedded speech model"
REGION = re.compile(r"[a-z0-9-]{1,60}")
VERSION = re.compile(r"[0-9A-Za-z.-]{1,40}")


@dataclass(frozen=True, slots=True)
class SpeechProvider:
    """An OpenAI-compatible provider. ``url`` None: the chatflow says where it is."""

    url: str | None
    model: str
    keys: tuple[str, ...]


PROVIDERS: Mapping[str, SpeechProvider] = {
    "openAIWhisper": SpeechProvider("https://api.openai.com/v1", "whisper-1", ("openAIApiKey", "apiKey", "api_key")),
    "groqWhisper": SpeechProvider("https://api.groq.com/openai/v1", "whisper-large-v3", ("groqApiKey", "apiKey", "api_key")),
    "localAISTT": SpeechProvider(None, "whisper-1", ("localAIApiKey", "apiKey", "api_key")),
}


class SpeechCatalog:
    """The port ``Transcribers``.

    Order: the address the chatflow names; a credential that this server holds, whose key goes to its own endpoint where it
    names one; the configured endpoint; the embedded model.

    ``start`` has the embedded model's process started, ``installed`` says whether its package and its files are
    here; None where nothing embedded runs.
    """

    def __init__(
        self,
        settings: Settings,
        credentials: Credentials,
        *,
        socket: Path | None,
        start: Callable[[], Awaitable[None]] | None,
        is_installed: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._credentials = credentials
        self._socket = socket if settings.local_models else None
        self._start = start
        self._is_installed = is_installed
        self._connections = Connections()
        self._endpoints: dict[tuple[object, ...], Endpoint] = {}

    async def transcriber(self, workspace_id: str, spec: SpeechSpec) -> Transcriber:
        if spec.provider not in (EMBEDDED, AZURE, ASSEMBLY_AI, *PROVIDERS):
            names = ", ".join((*PROVIDERS, AZURE, EMBEDDED))
            raise _refusal(f"This server does not know the speech provider {spec.provider}; it knows {names}.")
        if spec.provider == EMBEDDED:
            return await self._embedded(spec)
        secret = await self._secret(workspace_id, spec)
        if spec.provider in PROVIDERS:
            remote = self._openai(spec, PROVIDERS[spec.provider], secret)
            if remote is not None:
                return remote
        elif secret and spec.provider == AZURE:
            return self._azure(spec, secret)
        elif secret:
            raise _refusal("This server does not speak with AssemblyAI; choose another speech provider for the chatflow.")
        return self._from_settings(spec) or await self._embedded(spec)

    async def aclose(self) -> None:
        await self._connections.aclose()

    async def _secret(self, workspace_id: str, spec: SpeechSpec) -> dict[str, str]:
        """The fields of the chatflow's credential; empty when this server does not hold it."""
        secret = await self._credentials.reveal(workspace_id, spec.credential_id) if spec.credential_id else None
        return secret[1] if secret else {}

    def _openai(self, spec: SpeechSpec, provider: SpeechProvider, secret: Mapping[str, str]) -> Transcriber | None:
        key = next((secret[name] for name in provider.keys if secret.get(name)), None)
        # A drawing that names the provider's own address says no more than the provider's name does.
        base_url = spec.base_url if spec.base_url and spec.base_url.rstrip("/") != provider.url else None
        url = base_url or endpoint_of(secret) or (provider.url if key else None)
        if url is None:
            return None
        url = url.rstrip("/").removesuffix(whisper.PATH)
        return WhisperTranscriber(self._endpoint(url, key), spec.model or provider.model, spec)

    def _azure(self, spec: SpeechSpec, secret: Mapping[str, str]) -> Transcriber:
        region, version = secret.get("serviceRegion", ""), secret.get("apiVersion") or azure.VERSION
        key = secret.get("azureSubscriptionKey", "")
        own = spec.base_url or endpoint_of(secret)
        if not (own or REGION.fullmatch(region)) or not VERSION.fullmatch(version) or not key:
            raise _refusal("The credential of the Azure speech provider needs azureSubscriptionKey and serviceRegion.")
        url = own or f"https://{region}.cognitiveservices.azure.com"
        endpoint = self._endpoint(url, key, auth=azure.AUTH, query=f"api-version={version}", dialect="Azure")
        return AzureTranscriber(endpoint, spec)

    def _from_settings(self, spec: SpeechSpec) -> Transcriber | None:
        settings = self._settings
        if settings.speech_base_url:
            url, secret = settings.speech_base_url, settings.speech_api_key
        elif settings.openai_base_url:
            url, secret = settings.openai_base_url, settings.openai_api_key
        else:
            return None
        provider = PROVIDERS.get(spec.provider)
        model = spec.model or (provider.model if provider else "whisper-1")
        return WhisperTranscriber(self._endpoint(url, secret.get_secret_value() if secret else None), model, spec)

    async def _embedded(self, spec: SpeechSpec) -> Transcriber:
        settings, start = self._settings, self._start
        if self._socket is None or start is None or not await asyncio.to_thread(self._is_installed):
            raise FailedPrecondition(
                Reason.SPEECH_NOT_CONFIGURED,
                "There is no speech model here: run pip install 'tradewind[speech]' and tradewind models pull "
                f"{settings.speech_model}, set TRADEWIND_SPEECH_BASE_URL, or store the chatflow's credential.",
            )
        socket = str(self._socket)
        endpoint = self._endpoint(EMBEDDED_URL, None, label=LABEL, socket=socket, timeout=settings.request_timeout)
        return EmbeddedTranscriber(
            WhisperTranscriber(endpoint, settings.speech_model, spec), start, settings.max_speech_seconds
        )

    def _endpoint(self, url: str, key: str | None, **options: Any) -> Endpoint:
        """The endpoint of an address and a key, made once."""
        identity = (url, key, *sorted(options.items()))
        endpoint = self._endpoints.get(identity)
        if endpoint is None:
            options.setdefault("timeout", self._settings.model_timeout)
            endpoint = Endpoint(url, key, headers={"Content-Type": CONTENT_TYPE}, connections=self._connections, **options)
            self._endpoints[identity] = endpoint
        return endpoint


def is_installed(settings: Settings) -> bool:
    """Whether the embedded model's package and its files are here."""
    return find_spec("faster_whisper") is not None and is_present(require_model(settings.speech_model), settings.model_dir)


def _refusal(sentence: str) -> FailedPrecondition:
    return FailedPrecondition(Reason.FEATURE_NOT_SUPPORTED, sentence)
