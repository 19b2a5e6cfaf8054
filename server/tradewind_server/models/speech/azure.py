"""Azure's fast transcription: one form in, the phrases of the whole recording out."""

from __future__ import annotations

from tradewind_server.flows.predict.speech import Recording, SpeechSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.speech.form import form_body

PATH = "/speechtotext/transcriptions:transcribe"
VERSION = "2024-11-15"
AUTH = ("Ocp-Apim-Subscription-Key", "")
LOCALE = "en-US"


class AzureTranscriber:
    """The port ``Transcriber``. ``endpoint`` sends forms and carries the subscription key and the version."""

    def __init__(self, endpoint: Endpoint, spec: SpeechSpec) -> None:
        self._endpoint = endpoint
        self._definition = f'{{"locales": ["{_locale(spec.language)}"]}}'

    async def transcribe(self, recording: Recording) -> str:
        answer = await self._endpoint.json(PATH, form_body({"definition": self._definition}, recording, "audio"))
        try:
            return " ".join(str(phrase["text"]) for phrase in answer["combinedPhrases"]).strip()
        except (LookupError, TypeError):
            raise self._endpoint.garbled_error() from None


def _locale(language: str | None) -> str:
    """A locale of letters, digits and hyphens alone: it is put into JSON."""
    tag = "".join(char for char in language or "" if char.isascii() and (char.isalnum() or char == "-"))
    return tag or LOCALE
