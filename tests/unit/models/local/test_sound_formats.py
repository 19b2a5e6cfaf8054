"""Sound as files."""

from __future__ import annotations

import io
import math
import wave
from importlib.util import find_spec
from typing import Any

import pytest
from tradewind_server.models.local import sound_formats
from tradewind_server.models.local.sound_formats import FORMATS, encode, formats_here

RATE = 24_000
needs_numpy = pytest.mark.skipif(find_spec("numpy") is None, reason="pip install 'tradewind[voice]' to test its formats")
needs_av = pytest.mark.skipif(find_spec("av") is None, reason="pip install 'tradewind[voice]' to test its encoders")


def tone(seconds: float) -> Any:
    import numpy

    return numpy.sin(numpy.arange(int(RATE * seconds)) * (2 * math.pi * 440 / RATE)).astype(numpy.float32)


def written(name: str, *parts: Any) -> bytes:
    return b"".join(encode(FORMATS[name], iter(parts), RATE))


@needs_numpy
def test_wav_and_pcm_need_no_encoder() -> None:
    sound = written("pcm", tone(0.5), tone(0.25))
    assert len(sound) == 2 * RATE * 3 // 4
    with wave.open(io.BytesIO(written("wav", tone(0.5), tone(0.25)))) as reader:
        assert (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) == (1, 2, RATE)
        assert reader.readframes(RATE) == sound


@needs_numpy
def test_what_is_too_loud_is_cut() -> None:
    assert written("pcm", tone(0.01) * 5).hex().count("ff7f") > 10


@needs_av
@pytest.mark.parametrize("name", [name for name, sound_format in FORMATS.items() if sound_format.codec])
def test_the_other_formats_can_be_read_again(name: str) -> None:
    import av

    sound = written(name, tone(0.5), tone(0.5))
    with av.open(io.BytesIO(sound)) as container:
        stream = container.streams.audio[0]
        seconds = sum(frame.samples for frame in container.decode(audio=0)) / stream.rate
    assert 0.9 < seconds < 1.3


@needs_av
def test_sound_comes_before_its_end() -> None:
    parts = iter([tone(1.0), tone(1.0)])
    file = encode(FORMATS["mp3"], parts, RATE)
    assert next(file)
    assert next(parts, None) is not None
    file.close()


def test_without_encoders_two_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_formats, "find_spec", lambda name: None)
    assert formats_here() == ("wav", "pcm")
