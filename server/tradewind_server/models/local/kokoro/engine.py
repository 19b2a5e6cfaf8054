"""The Kokoro model on onnxruntime: sound of a text, part by part."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tradewind_server.models.local.kokoro.phonemes import readings
from tradewind_server.models.local.kokoro.symbols import tokens_of

RATE = 24_000
"""Samples of a second."""
MOST_THREADS = 4
STYLE_SIZE = 256
ENDING = ".bin"
DEFAULT_VOICE = "af_heart"
LANGUAGES: Mapping[str, str] = {
    "a": "en-us", "b": "en-gb", "e": "es", "f": "fr-fr", "h": "hi", "i": "it", "p": "pt-br",
}  # fmt: skip
"""By the first letter of a voice's name."""
OPENAI_VOICES: Mapping[str, str] = {
    "alloy": "af_alloy", "ash": "am_michael", "ballad": "bm_george", "coral": "af_bella", "echo": "am_echo",
    "fable": "bm_fable", "nova": "af_nova", "onyx": "am_onyx", "sage": "bf_emma", "shimmer": "af_heart",
}  # fmt: skip
"""Which voice reads for a name of the OpenAI dialect."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is read, by which voice of the model, how fast: 1 is the voice's own pace."""

    text: str
    voice: str
    speed: float = 1.0


def voice_named(name: str) -> str:
    """The model's own name of a voice."""
    return OPENAI_VOICES.get(name, name)


class Kokoro:
    """The model with the voices of a folder. Called in a thread, one reading at a time.

    ``session`` is the loaded model; it maps tokens, a style and a speed to samples.
    """

    def __init__(self, session: Any, folder: Path) -> None:
        self._session = session
        self._folder = folder
        self._styles: dict[str, Any] = {}
        self.voices = tuple(sorted(path.stem for path in folder.glob(f"*{ENDING}") if path.stem[0] in LANGUAGES))
        """Names of the voices that are here."""

    def sound(self, reading: Utterance, stop: threading.Event) -> Iterator[Any]:
        """Samples of -1 to 1 (numpy float32) of part after part; ends early once ``stop`` is set.

        Raises :class:`UnreadableText` and :class:`VoiceUnavailable`.
        """
        import numpy

        styles = self._styles_of(reading.voice)
        for spelling in readings(reading.text, LANGUAGES[reading.voice[0]]):
            if stop.is_set():
                return
            tokens = tokens_of(spelling)
            inputs = {
                "tokens": numpy.array([tokens], dtype=numpy.int64),
                "style": styles[min(len(tokens) - 2, len(styles)) - 1].reshape(1, STYLE_SIZE),
                "speed": numpy.array([reading.speed], dtype=numpy.float32),
            }
            yield self._session.run(None, inputs)[0].reshape(-1)

    def _styles_of(self, voice: str) -> Any:
        """The style of a voice for each number of symbols. ``voice`` is one of :attr:`voices`."""
        import numpy

        if voice not in self._styles:
            self._styles[voice] = numpy.fromfile(self._folder / f"{voice}{ENDING}", dtype=numpy.float32).reshape(-1, STYLE_SIZE)
        return self._styles[voice]


def load(model: Path) -> Kokoro:
    """The model in a file, with the voices in the folder ``voices`` beside it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(os.cpu_count() or 1, MOST_THREADS)
    # Spinning threads starve everything else on a small machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    return Kokoro(session, model.parent / "voices")
