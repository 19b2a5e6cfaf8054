"""What the model is asked, part by part; with the model itself where it was pulled."""

from __future__ import annotations

import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.models.local.fetch import is_present, model_path, require_model
from tradewind_server.models.local.kokoro import phonemes
from tradewind_server.models.local.kokoro.engine import LANGUAGES, OPENAI_VOICES, RATE, STYLE_SIZE, Kokoro, Utterance, load
from tradewind_server.models.local.manifest import KOKORO_VOICES
from tradewind_server.settings import Settings

needs_numpy = pytest.mark.skipif(find_spec("numpy") is None, reason="pip install 'tradewind[voice]' to test its engine")
MODEL = require_model("kokoro-82m")


def here() -> bool:
    return (
        find_spec("onnxruntime") is not None
        and phonemes.program_path() is not None
        and is_present(MODEL, Settings(_env_file=None).model_dir)  # type: ignore[call-arg]
    )


class CountingSession:
    """Says as many samples as there are tokens."""

    def __init__(self) -> None:
        self.inputs: list[dict[str, Any]] = []

    def run(self, outputs: None, inputs: dict[str, Any]) -> list[Any]:
        import numpy

        self.inputs.append(inputs)
        return [numpy.zeros(inputs["tokens"].shape[1], dtype=numpy.float32)]


@pytest.fixture
def kokoro(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kokoro:
    import numpy

    monkeypatch.setattr(phonemes, "phonemes_of", lambda fragment, language: fragment)
    rows = numpy.arange(510, dtype=numpy.float32).repeat(STYLE_SIZE)
    for voice in ("ef_dora", "af_heart", "zf_xiaoyi"):
        rows.tofile(tmp_path / f"{voice}.bin")
    return Kokoro(CountingSession(), tmp_path)


@needs_numpy
def test_the_style_is_that_of_the_length(kokoro: Kokoro) -> None:
    parts = list(kokoro.sound(Utterance("one. two three.", "ef_dora", 1.5), threading.Event()))
    session: Any = kokoro._session
    assert [len(part) for part in parts] == [len("one.") + 2, len("two three.") + 2]
    assert [float(asked["style"][0][0]) for asked in session.inputs] == [3.0, 9.0]
    assert [asked["style"].shape for asked in session.inputs] == [(1, STYLE_SIZE)] * 2
    assert [float(asked["speed"][0]) for asked in session.inputs] == [1.5, 1.5]


@needs_numpy
def test_voices_of_languages_that_are_not_read_are_left_out(kokoro: Kokoro) -> None:
    assert kokoro.voices == ("af_heart", "ef_dora")


@needs_numpy
def test_a_stop_ends_it_between_parts(kokoro: Kokoro) -> None:
    stop = threading.Event()
    sound = kokoro.sound(Utterance("one. two. three.", "af_heart"), stop)
    next(sound)
    stop.set()
    assert list(sound) == []


def test_every_voice_has_a_language_and_every_name_a_voice() -> None:
    names = {name for name, _ in KOKORO_VOICES}
    assert {name[0] for name in names} == set(LANGUAGES)
    assert set(OPENAI_VOICES.values()) <= names


@pytest.mark.skipif(not here(), reason="tradewind models pull kokoro-82m, and install espeak-ng, to hear the model itself")
def test_the_model_itself_reads() -> None:
    kokoro = load(model_path(MODEL, Settings(_env_file=None).model_dir))  # type: ignore[call-arg]
    (samples,) = kokoro.sound(Utterance("Good day.", "af_heart"), threading.Event())
    assert RATE // 2 < len(samples) < RATE * 5
    assert abs(samples).max() > 0.05
