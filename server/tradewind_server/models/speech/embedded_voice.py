"""The embedded voice: the OpenAI dialect over the socket of its child process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec

from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.predict.text_to_speech import ProviderVoice, VoiceSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.local.fetch import is_present, require_model
from tradewind_server.models.local.kokoro.engine import DEFAULT_VOICE, LANGUAGES
from tradewind_server.models.local.kokoro.phonemes import MISSING, program_path
from tradewind_server.models.local.manifest import KOKORO_VOICES
from tradewind_server.models.speech.openai_voice import OpenAISynthesizer
from tradewind_server.settings import Settings

URL = "http://localhost/v1"
LABEL = "The embedded voice"
PACKAGES = ("onnxruntime", "av")


class EmbeddedSynthesizer:
    """The port ``SpeechSynthesizer``. ``start`` has the voice's process started, which happens at the first text."""

    def __init__(self, endpoint: Endpoint, spec: VoiceSpec, start: Callable[[], Awaitable[None]]) -> None:
        self._inner = OpenAISynthesizer(endpoint, replace(spec, voice=spec.voice or DEFAULT_VOICE))
        self._start = start

    async def audio(self, text: str) -> AsyncIterator[bytes]:
        await self._start()
        try:
            async for piece in self._inner.audio(text):
                yield piece
        except FailedPrecondition as error:
            # The child refuses only what the caller or the chatflow asks for.
            raise InvalidInput(Reason.INVALID_ARGUMENT, error.message) from None

    async def voices(self) -> Sequence[ProviderVoice]:
        """The voices of the model; their category is the language."""
        return [ProviderVoice(name, name[3:].capitalize(), LANGUAGES[name[0]]) for name, _ in KOKORO_VOICES]


def missing_part(settings: Settings) -> str | None:
    """What the embedded voice lacks on this machine, as a sentence that says what to do; None where it can read."""
    if any(find_spec(name) is None for name in PACKAGES):
        return "The embedded voice needs pip install 'tradewind[voice]'."
    if not is_present(require_model(settings.voice_model), settings.model_dir):
        return f"The embedded voice needs its model; run tradewind models pull {settings.voice_model}."
    return None if program_path() else MISSING
