"""Text to speech in the dialect of ElevenLabs."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.predict.text_to_speech import ProviderVoice, VoiceSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.speech.sound import sound_in

URL = "https://api.elevenlabs.io/v1"
AUTH = ("xi-api-key", "")
KEYS = ("elevenLabsApiKey", "apiKey", "api_key")
MODEL = "eleven_multilingual_v2"
VOICE = "21m00Tcm4TlvDq8ikWAM"
VOICE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
MOST_VOICES = 1000


class ElevenLabsSynthesizer:
    """The port ``SpeechSynthesizer``. Raises ``InvalidInput`` for a voice that cannot stand in an address."""

    def __init__(self, endpoint: Endpoint, spec: VoiceSpec) -> None:
        voice = spec.voice or VOICE
        if not VOICE_ID.fullmatch(voice):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "voice must be the id of a voice of ElevenLabs.")
        self._endpoint = endpoint
        self._path = f"/text-to-speech/{voice}/stream?output_format=mp3_44100_128"
        self._model = spec.model or MODEL

    async def audio(self, text: str) -> AsyncIterator[bytes]:
        async with self._endpoint.post(self._path, {"text": text, "model_id": self._model}, self._model) as response:
            async for piece in sound_in(self._endpoint, response):
                yield piece

    async def voices(self) -> Sequence[ProviderVoice]:
        answer = await self._endpoint.get_json("/voices")
        rows = answer.get("voices") if isinstance(answer, dict) else None
        if not isinstance(rows, list):
            raise self._endpoint.garbled_error()
        return [
            ProviderVoice(str(row["voice_id"]), str(row.get("name") or row["voice_id"]), str(row.get("category") or ""))
            for row in rows[:MOST_VOICES]
            if isinstance(row, dict) and row.get("voice_id")
        ]
