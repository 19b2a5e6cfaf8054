"""Transcription over an OpenAI-compatible endpoint, and by the embedded model, which speaks the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.predict.speech import Recording, SpeechSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.speech.form import form_body

PATH = "/audio/transcriptions"


class WhisperTranscriber:
    """The port ``Transcriber``. ``endpoint`` sends forms."""

    def __init__(self, endpoint: Endpoint, model: str, spec: SpeechSpec) -> None:
        self._endpoint = endpoint
        parameters = {"language": spec.language, "temperature": spec.temperature, "prompt": spec.prompt}
        self._fields = {"model": model, "response_format": "json"}
        self._fields |= {
            name: f"{value:g}" if isinstance(value, float) else value for name, value in parameters.items() if value
        }

    async def transcribe(self, recording: Recording) -> str:
        answer = await self._endpoint.json(PATH, form_body(self._fields, recording), self._fields["model"])
        text = answer.get("text") if isinstance(answer, dict) else None
        if not isinstance(text, str):
            raise self._endpoint.garbled_error()
        return text.strip()


class EmbeddedTranscriber:
    """The embedded model. ``start`` has its process started, which happens at the first recording."""

    def __init__(self, inner: WhisperTranscriber, start: Callable[[], Awaitable[None]], longest_seconds: int) -> None:
        self._inner = inner
        self._start = start
        self._minutes = f"{longest_seconds / 60:g}"

    async def transcribe(self, recording: Recording) -> str:
        await self._start()
        try:
            return await self._inner.transcribe(recording)
        except FailedPrecondition:
            # The child refuses only what it cannot decode, and what is too long.
            raise InvalidInput(
                Reason.FILE_UNREADABLE,
                f"The recording {recording.name} cannot be transcribed; send sound of at most {self._minutes} minutes.",
            ) from None
