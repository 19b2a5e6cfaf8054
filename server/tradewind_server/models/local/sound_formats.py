"""Sound as files: what the embedded voice can be asked for. WAV and PCM need nothing, the others the package ``av``."""

from __future__ import annotations

import io
import struct
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

UNKNOWN_SIZE = 0xFFFFFFFF
"""Stands for the length in the head of a WAV file whose end is not known yet."""
SAMPLE_BYTES = 2


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """``container`` and ``codec`` are FFmpeg's names, "" for what is written without it; ``bit_rate`` in bits a second."""

    media_type: str
    container: str = ""
    codec: str = ""
    bit_rate: int | None = None


FORMATS: Mapping[str, SoundFormat] = {
    "mp3": SoundFormat("audio/mpeg", "mp3", "libmp3lame", 64_000),
    "opus": SoundFormat("audio/ogg", "ogg", "libopus", 32_000),
    "aac": SoundFormat("audio/aac", "adts", "aac", 64_000),
    "flac": SoundFormat("audio/flac", "flac", "flac"),
    "wav": SoundFormat("audio/wav"),
    "pcm": SoundFormat("audio/pcm"),
}
"""By their names in the OpenAI dialect. All have one channel; PCM is 16 bit, little-endian."""


def formats_here() -> tuple[str, ...]:
    """The names of the formats that can be written on this machine."""
    has_encoders = find_spec("av") is not None
    return tuple(name for name, sound_format in FORMATS.items() if has_encoders or not sound_format.codec)


def encode(sound_format: SoundFormat, parts: Iterable[Any], rate: int) -> Generator[bytes, None, None]:
    """The bytes of a file, as they come of the parts: samples of -1 to 1 (numpy float32) at ``rate`` a second."""
    if sound_format.codec:
        yield from _by_ffmpeg(sound_format, parts, rate)
        return
    if sound_format.media_type == "audio/wav":
        yield _wav_head(rate)
    for part in parts:
        yield _pcm(part).tobytes()


def _pcm(samples: Any) -> Any:
    import numpy

    return (numpy.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2")


def _wav_head(rate: int) -> bytes:
    layout = struct.pack("<HHIIHH", 1, 1, rate, rate * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES)
    return b"".join((
        b"RIFF", struct.pack("<I", UNKNOWN_SIZE), b"WAVEfmt ", struct.pack("<I", len(layout)), layout,
        b"data", struct.pack("<I", UNKNOWN_SIZE),
    ))  # fmt: skip


class _Pipe(io.RawIOBase):
    """A file that is only written, and handed on as it grows."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._bytes += data
        return len(data)

    def drain(self) -> bytes:
        data = bytes(self._bytes)
        self._bytes.clear()
        return data


def _by_ffmpeg(sound_format: SoundFormat, parts: Iterable[Any], rate: int) -> Iterator[bytes]:
    import av

    pipe = _Pipe()
    # What FFmpeg would write into the head afterwards cannot be: the head is on its way by then.
    options = {"write_xing": "0", "id3v2_version": "0"} if sound_format.container == "mp3" else {}
    with av.open(pipe, mode="w", format=sound_format.container, options=options) as container:
        stream: Any = container.add_stream(sound_format.codec, rate=rate)
        stream.layout = "mono"
        if sound_format.bit_rate:
            stream.bit_rate = sound_format.bit_rate
        for part in parts:
            frame = av.AudioFrame.from_ndarray(_pcm(part).reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = rate
            container.mux(stream.encode(frame))
            if data := pipe.drain():
                yield data
        container.mux(stream.encode(None))
    if data := pipe.drain():
        yield data
