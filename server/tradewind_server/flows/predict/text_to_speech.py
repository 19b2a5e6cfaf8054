"""Answers read aloud: what a chatflow's owner set up, the port to voices, and the readings that can be stopped
(docs/contract.md §6.6)."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Protocol

from tradewind_server.chatflows.config import ProviderChoice
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event, WaitingEvents
from tradewind_server.flows.predict.running import RunningAnswers

FORMAT = "mp3"
LONGEST_TEXT = 20_000
"""Characters of one reading; an answer that is longer is read so far."""
LONGEST_PIECE = 4000
"""Characters that a provider reads at once; longer texts go in pieces that end with a sentence."""
SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+|\n+")


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """Which voice is asked for. Hashable. ``provider`` is Flowise's name: ``openai`` or ``elevenlabs``."""

    provider: str
    credential_id: str | None = None
    voice: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class ProviderVoice:
    """A voice of a provider. ``category`` is the provider's word, "" where it has none."""

    id: str
    name: str
    category: str = ""


class SpeechSynthesizer(Protocol):
    """One configured voice. Raises what a chat model raises where its endpoint fails."""

    def audio(self, text: str) -> AsyncIterator[bytes]:
        """The sound of a text of at most ``LONGEST_PIECE`` characters, MP3, piece by piece as it arrives."""
        ...

    async def voices(self) -> Sequence[ProviderVoice]:
        """The voices of the provider, at most 1000."""
        ...


class SpeechSynthesizers(Protocol):
    """Hands out synthesizers; the same spec yields the same clients underneath."""

    async def synthesizer(self, workspace_id: str, spec: VoiceSpec) -> SpeechSynthesizer:
        """Raises ``FailedPrecondition(SPEECH_NOT_CONFIGURED)`` saying what to set, or ``FEATURE_NOT_SUPPORTED``."""
        ...


@dataclass(frozen=True, slots=True)
class SpeechId:
    """Whose reading it is: a stop names all three. ``chatflow_id`` is empty where no chatflow is read for."""

    chatflow_id: str
    chat_id: str
    message_id: str


class TextToSpeech:
    """Reads texts aloud, and stops."""

    def __init__(self, synthesizers: SpeechSynthesizers) -> None:
        self._synthesizers = synthesizers
        self._running = RunningAnswers()

    async def voices(self, workspace_id: str, spec: VoiceSpec) -> Sequence[ProviderVoice]:
        return await (await self._synthesizers.synthesizer(workspace_id, spec)).voices()

    async def read(self, sink: WaitingEvents, reading: SpeechId, workspace_id: str, spec: VoiceSpec, text: str) -> None:
        """Put ``tts_start``, ``tts_data`` for each piece of sound and ``tts_end`` into the sink; ``tts_abort`` behind what came
        of a reading that somebody stops. Returns at its end; cancelling the awaiting task ends the work too.

        Raises ``InvalidInput(INVALID_ARGUMENT)`` for a text that is empty or too long, and what the voice raises: before
        the first event where it does not begin to speak.
        """
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"text must have 1 to {LONGEST_TEXT} characters.")
        work = asyncio.create_task(self._work(sink, reading, workspace_id, spec, text))
        with self._running.register(reading.chatflow_id, _key(reading), work):
            try:
                await asyncio.wait((work,))
            finally:
                if not work.done():
                    work.cancel()
                    await asyncio.wait((work,))
        if work.cancelled():
            await sink.put(Event(events.TTS_ABORT, {"chatMessageId": reading.message_id}))
        else:
            work.result()

    async def _work(self, sink: WaitingEvents, reading: SpeechId, workspace_id: str, spec: VoiceSpec, text: str) -> None:
        message = {"chatMessageId": reading.message_id}
        synthesizer = await self._synthesizers.synthesizer(workspace_id, spec)
        is_first = True
        async with aclosing(sound_of(synthesizer, text)) as sound:  # type: ignore[type-var]
            async for data in sound:
                if is_first:
                    await sink.put(Event(events.TTS_START, {**message, "format": FORMAT}))
                    is_first = False
                await sink.put(Event(events.TTS_DATA, {**message, "audioChunk": base64.b64encode(data).decode()}))
        await sink.put(Event(events.TTS_END, message))

    async def stream(self, reading: SpeechId, workspace_id: str, spec: VoiceSpec, text: str) -> AsyncIterator[Sequence[Event]]:
        """The events of :meth:`read`, those together that wait together. A caller that leaves stops the voice."""
        sink = WaitingEvents()

        async def read() -> None:
            try:
                await self.read(sink, reading, workspace_id, spec, text)
            finally:
                sink.end()

        task = asyncio.create_task(read())
        try:
            while together := await sink.next_events():
                yield together
            await task
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait((task,))

    def abort(self, reading: SpeechId) -> int:
        """Stop a reading in this process; how many there were."""
        return self._running.abort(reading.chatflow_id, _key(reading))


def voice_of(choice: ProviderChoice | None) -> VoiceSpec:
    """The voice that a chatflow's ``textToSpeech`` chooses; settings of the wrong type count as unset.

    Raises ``FailedPrecondition(SPEECH_NOT_CONFIGURED)`` where none is on.
    """
    if choice is None:
        raise FailedPrecondition(
            Reason.SPEECH_NOT_CONFIGURED, "The chatflow reads nothing aloud; switch on a provider in its textToSpeech."
        )
    values = choice.settings
    return VoiceSpec(choice.name, _text(values.get("credentialId")), _text(values.get("voice")), _text(values.get("model")))


def reads_by_itself(choice: ProviderChoice | None) -> bool:
    """Whether the owner wants each streamed answer read aloud."""
    return choice is not None and choice.settings.get("autoPlay") in (True, "true")


async def sound_of(synthesizer: SpeechSynthesizer, text: str) -> AsyncIterator[bytes]:
    """The sound of a text of any length, piece by piece."""
    for piece in pieces_of(text):
        async for data in synthesizer.audio(piece):
            yield data


def pieces_of(text: str, longest: int = LONGEST_PIECE) -> Iterator[str]:
    """The text in pieces of at most ``longest`` characters, which end with a sentence where one ends in time."""
    text = text.strip()
    while len(text) > longest:
        ends = [match.end() for match in SENTENCE.finditer(text, 0, longest)]
        cut = ends[-1] if ends else text.rfind(" ", 1, longest) + 1 or longest
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _key(reading: SpeechId) -> str:
    return f"{reading.chat_id}\x00{reading.message_id}"


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
