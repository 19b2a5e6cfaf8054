"""Speech to text: what a chatflow's owner set up, and the port to whatever turns recordings into words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from tradewind_server.chatflows.config import ProviderChoice


@dataclass(frozen=True, slots=True)
class SpeechSpec:
    """Which transcription a chatflow asks for. Hashable.

    ``provider`` is Flowise's name (``openAIWhisper``, ``groqWhisper``, ``localAISTT``, ``azureCognitive``,
    ``assemblyAiTranscribe``) or ``local``, the embedded model. ``base_url`` None means: the credential's provider, the
    configured endpoint, or the embedded model, in that order. ``language`` is a code such as ``es``; None has it heard.
    """

    provider: str
    credential_id: str | None = None
    model: str | None = None
    base_url: str | None = None
    language: str | None = None
    temperature: float | None = None
    prompt: str | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """What somebody said. ``name`` is the caller's, ``mime`` what its bytes are."""

    name: str
    mime: str
    data: bytes = field(repr=False)


class Transcriber(Protocol):
    """One configured speech model."""

    async def transcribe(self, recording: Recording) -> str:
        """The words of a recording, without surrounding white space; "" where none are heard.

        Raises ``InvalidInput(FILE_UNREADABLE)`` or ``FailedPrecondition(MODEL_REFUSED)`` for what cannot be decoded, and
        ``Unavailable(MODEL_UNAVAILABLE)``.
        """
        ...


class Transcribers(Protocol):
    """Hands out transcribers; the same spec yields the same clients underneath."""

    async def transcriber(self, workspace_id: str, spec: SpeechSpec) -> Transcriber:
        """Raises ``FailedPrecondition(SPEECH_NOT_CONFIGURED)`` saying what to install or to set."""
        ...


def speech_of(choice: ProviderChoice) -> SpeechSpec:
    """The transcription that a chatflow's ``speechToText`` chooses; settings of the wrong type count as unset."""
    values = choice.settings
    return SpeechSpec(
        provider=choice.name,
        credential_id=_text(values.get("credentialId")),
        model=_text(values.get("model") or values.get("modelName")),
        base_url=_text(values.get("baseUrl")),
        language=_text(values.get("language")),
        temperature=_number(values.get("temperature")),
        prompt=_text(values.get("prompt")),
    )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    """A number or its text, as the canvas saves it; whatever else counts as unset."""
    try:
        return None if value in (None, "") or isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return None
