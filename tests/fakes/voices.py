"""Voices that say what a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from tradewind_server.flows.predict.text_to_speech import ProviderVoice, VoiceSpec


class FakeSynthesizer:
    """The port ``SpeechSynthesizer``: two pieces for each text, the text itself and a full stop."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.error: BaseException | None = None
        self.error_after = 0
        """Pieces before the error."""
        self.hold: asyncio.Event | None = None
        """Where it is set, the voice waits for it behind its first piece."""
        self.speaking = asyncio.Event()
        self.left = asyncio.Event()

    async def audio(self, text: str) -> AsyncIterator[bytes]:
        self.texts.append(text)
        try:
            for number, piece in enumerate((text.encode(), b".")):
                if self.error is not None and number == self.error_after:
                    raise self.error
                yield piece
                self.speaking.set()
                if self.hold is not None:
                    await self.hold.wait()
        finally:
            self.left.set()

    async def voices(self) -> Sequence[ProviderVoice]:
        return [ProviderVoice("ana", "Ana", "premade")]


class FakeSynthesizers:
    """The port ``SpeechSynthesizers``: one voice for all, and the specs that were asked for."""

    def __init__(self) -> None:
        self.voice = FakeSynthesizer()
        self.specs: list[tuple[str, VoiceSpec]] = []

    async def synthesizer(self, workspace_id: str, spec: VoiceSpec) -> FakeSynthesizer:
        self.specs.append((workspace_id, spec))
        return self.voice
