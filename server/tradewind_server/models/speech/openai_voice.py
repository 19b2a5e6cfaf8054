"""Text to speech over an OpenAI-compatible endpoint."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from tradewind_server.flows.predict.text_to_speech import FORMAT, ProviderVoice, VoiceSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.speech.sound import sound_in

PATH = "/audio/speech"
MODEL = "gpt-4o-mini-tts"
VOICES = ("alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer")


class OpenAISynthesizer:
    """The port ``SpeechSynthesizer``."""

    def __init__(self, endpoint: Endpoint, spec: VoiceSpec) -> None:
        self._endpoint = endpoint
        self._voice = spec.voice or VOICES[0]
        self._model = spec.model or MODEL

    async def audio(self, text: str) -> AsyncIterator[bytes]:
        body = {"model": self._model, "voice": self._voice, "input": text, "response_format": FORMAT}
        async with self._endpoint.post(PATH, body, self._model) as response:
            async for piece in sound_in(self._endpoint, response):
                yield piece

    async def voices(self) -> Sequence[ProviderVoice]:
        """The endpoint has no list of them; these are those of its documentation."""
        return [ProviderVoice(name, name.capitalize()) for name in VOICES]
