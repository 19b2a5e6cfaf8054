"""Which voice a text is read with: that of a credential, or of the configured endpoint; one shared client for each address."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from cachetools import LRUCache

from tradewind_server.access.ports import Credentials, endpoint_of
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.predict.text_to_speech import SpeechSynthesizer, VoiceSpec
from tradewind_server.models.endpoint import BEARER, Connections, Endpoint, GuardedConnections
from tradewind_server.models.speech import eleven_labs, embedded_voice
from tradewind_server.models.speech.eleven_labs import ElevenLabsSynthesizer
from tradewind_server.models.speech.embedded_voice import EmbeddedSynthesizer
from tradewind_server.models.speech.openai_voice import PATH, OpenAISynthesizer
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.settings import Settings

OPENAI, ELEVEN_LABS, EMBEDDED = "openai", "elevenlabs", "local"
OPENAI_URL = "https://api.openai.com/v1"
OPENAI_KEYS = ("openAIApiKey", "apiKey", "api_key")
MOST_ENDPOINTS = 256


class VoiceCatalog:
    """The port ``SpeechSynthesizers``.

    Order: a credential that this server holds, whose key goes to its own endpoint where it names one, else to the provider's;
    the configured endpoint, and the embedded voice, for the OpenAI dialect alone. What a credential names is reached through
    the guard of outbound calls, what the operator configured directly.

    ``start`` has the process of the embedded voice started, which serves at ``socket``, and ``missing_part`` says what it
    lacks; None where nothing embedded runs.
    """

    def __init__(
        self,
        settings: Settings,
        credentials: Credentials,
        *,
        socket: Path | None,
        start: Callable[[], Awaitable[None]] | None,
        missing_part: Callable[[], str | None],
    ) -> None:
        self._settings = settings
        self._credentials = credentials
        self._socket = socket if settings.local_models else None
        self._start = start
        self._missing_part = missing_part
        self._own = Connections()
        self._guard = GuardedConnections(Destinations.from_entries(settings.outbound_allow))
        self._endpoints: LRUCache[tuple[str, str | None, bool], Endpoint] = LRUCache(MOST_ENDPOINTS)

    async def synthesizer(self, workspace_id: str, spec: VoiceSpec) -> SpeechSynthesizer:
        if spec.provider == EMBEDDED:
            return await self._embedded(spec)
        secret = await self._credentials.reveal(workspace_id, spec.credential_id) if spec.credential_id else None
        fields: Mapping[str, str] = secret[1] if secret else {}
        if spec.provider == OPENAI:
            endpoint = self._openai(fields)
            return OpenAISynthesizer(endpoint, spec) if endpoint else await self._embedded(spec)
        if spec.provider == ELEVEN_LABS:
            return ElevenLabsSynthesizer(self._eleven_labs(fields), spec)
        raise FailedPrecondition(
            Reason.FEATURE_NOT_SUPPORTED,
            f"This server does not know the voices of {spec.provider[:60]}; it knows {OPENAI}, {ELEVEN_LABS} and {EMBEDDED}.",
        )

    async def aclose(self) -> None:
        await self._own.aclose()
        await self._guard.aclose()

    async def _embedded(self, spec: VoiceSpec) -> SpeechSynthesizer:
        socket, start = self._socket, self._start
        if socket is None or start is None:
            raise FailedPrecondition(
                Reason.SPEECH_NOT_CONFIGURED,
                "There is no voice here: store the credential of the chatflow's textToSpeech, or set TRADEWIND_VOICE_BASE_URL.",
            )
        missing = await asyncio.to_thread(self._missing_part)
        if missing:
            raise FailedPrecondition(
                Reason.SPEECH_NOT_CONFIGURED,
                f"{missing} Or store the credential of the chatflow's textToSpeech, or set TRADEWIND_VOICE_BASE_URL.",
            )
        return EmbeddedSynthesizer(self._endpoint(embedded_voice.URL, None, has_guard=False, socket=socket), spec, start)

    def _openai(self, fields: Mapping[str, str]) -> Endpoint | None:
        """The endpoint of a credential, or the configured one; None where there is neither."""
        key = _first(fields, OPENAI_KEYS)
        url = endpoint_of(fields) or (OPENAI_URL if key else None)
        if url:
            return self._endpoint(url.removesuffix(PATH), key, has_guard=True)
        settings = self._settings
        if settings.voice_base_url:
            url, own_key = settings.voice_base_url, settings.voice_api_key
        elif settings.openai_base_url:
            url, own_key = settings.openai_base_url, settings.openai_api_key
        else:
            return None
        key = own_key.get_secret_value() if own_key else None
        return self._endpoint(url.rstrip("/").removesuffix(PATH), key, has_guard=False)

    def _eleven_labs(self, fields: Mapping[str, str]) -> Endpoint:
        key = _first(fields, eleven_labs.KEYS)
        if key is None:
            raise FailedPrecondition(
                Reason.SPEECH_NOT_CONFIGURED, "The voices of ElevenLabs need a credential of this workspace with its API key."
            )
        return self._endpoint(
            endpoint_of(fields) or eleven_labs.URL, key, has_guard=True, auth=eleven_labs.AUTH, dialect="ElevenLabs"
        )

    def _endpoint(
        self,
        url: str,
        key: str | None,
        *,
        has_guard: bool,
        auth: tuple[str, str] = BEARER,
        dialect: str = "OpenAI",
        socket: Path | None = None,
    ) -> Endpoint:
        """The endpoint of an address and a key, made once; the embedded voice behind its ``socket``."""
        identity = (url, key, has_guard)
        endpoint = self._endpoints.get(identity)
        if endpoint is None:
            endpoint = Endpoint(
                url,
                key,
                timeout=self._settings.request_timeout if socket else self._settings.model_timeout,
                label=embedded_voice.LABEL if socket else None,
                socket=str(socket) if socket else None,
                auth=auth,
                dialect=dialect,
                connections=self._guard if has_guard else self._own,
            )
            self._endpoints[identity] = endpoint
        return endpoint


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((fields[name] for name in names if fields.get(name)), None)
