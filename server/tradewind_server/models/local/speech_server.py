"""The embedded speech model: an OpenAI-compatible ``/v1/audio/transcriptions`` over a unix socket, in a process of its own.

``python -m tradewind_server.models.local.speech_server --socket PATH --model NAME --dir DIR --longest SECONDS``

Recordings come from strangers and are decoded here, away from everything else. One is transcribed at a time, with all
the cores; a caller who leaves stops it at the next sentence.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from aiohttp import web

from tradewind_server.models.local.fetch import model_path, require_model
from tradewind_server.process import announce_ready, begin_child

MOST_BODY = 1100 * 1024 * 1024
"""Above any limit of the door, which is the one that counts."""
RATE = 16_000
MOST_THREADS = 4


class UnreadableRecording(Exception):
    """A recording that cannot be transcribed; the message says why."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a recording is to be heard. ``language`` None has the model find out."""

    language: str | None = None
    prompt: str | None = None
    temperature: float = 0.0


class SpeechEngine(Protocol):
    """One loaded speech model; called in a thread."""

    def transcribe(self, source: IO[bytes], wish: Wish, stop: threading.Event) -> str:
        """The words. Raises :class:`UnreadableRecording`; returns early once ``stop`` is set."""
        ...


class FasterWhisper:
    """Whisper on the CPU, by the faster-whisper package."""

    def __init__(self, folder: Path, longest_seconds: int) -> None:
        from faster_whisper import WhisperModel

        self._longest = longest_seconds
        self._model: Any = WhisperModel(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=min(os.cpu_count() or 1, MOST_THREADS),
            local_files_only=True,
        )

    def transcribe(self, source: IO[bytes], wish: Wish, stop: threading.Event) -> str:
        sound = decode(source, self._longest)
        language = (wish.language or "").lower().replace("_", "-").partition("-")[0]
        segments, _ = self._model.transcribe(
            sound,
            language=language if language in self._model.supported_languages else None,
            initial_prompt=wish.prompt,
            temperature=wish.temperature,
            beam_size=1,
            vad_filter=True,  # Without it the model makes up words for silence.
            condition_on_previous_text=False,
        )
        return _join((segment.text for segment in segments), stop)


def _join(texts: Iterable[str], stop: threading.Event) -> str:
    words = []
    for text in texts:
        if stop.is_set():
            break
        words.append(text)
    return "".join(words).strip()


def decode(source: IO[bytes], longest_seconds: int) -> Any:
    """The sound of a recording as 16 kHz mono floats (numpy float32). Raises :class:`UnreadableRecording`.

    What is longer is refused as soon as that shows: a small file can hold hours.
    """
    import av
    import numpy

    pieces, samples = [], 0
    try:
        with av.open(source, mode="r", metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise UnreadableRecording("the recording holds no sound")
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            for frame in container.decode(audio=0):
                for piece in resampler.resample(frame):
                    pieces.append(piece.to_ndarray().reshape(-1))
                    samples += piece.samples
                if samples > longest_seconds * RATE:
                    raise UnreadableRecording(f"the recording is longer than {longest_seconds} seconds")
            pieces += [piece.to_ndarray().reshape(-1) for piece in resampler.resample(None)]
    except (av.FFmpegError, ValueError, IndexError) as error:
        raise UnreadableRecording("the recording cannot be decoded") from error
    if not pieces:
        raise UnreadableRecording("the recording is empty")
    return numpy.concatenate(pieces).astype(numpy.float32) / 32768.0


class SpeechServer:
    """Takes recordings in turn."""

    def __init__(self, engine: SpeechEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()

    async def transcriptions(self, request: web.Request) -> web.Response:
        form = await request.post()
        file = form.get("file")
        if not isinstance(file, web.FileField):
            return _refusal("the form has no file")
        try:
            wish = Wish(_value(form, "language"), _value(form, "prompt"), float(_value(form, "temperature") or 0))
        except ValueError:
            return _refusal("the temperature is not a number")
        stop = threading.Event()
        async with self._turn:
            work = asyncio.create_task(asyncio.to_thread(self._engine.transcribe, file.file, wish, stop))
            try:
                text = await asyncio.shield(work)
            except UnreadableRecording as error:
                return _refusal(str(error))
            finally:
                stop.set()
                await asyncio.wait({work})  # The next one waits until the cores are free.
                work.exception()  # Of one whose caller left, nobody else asks.
        return web.json_response({"text": text})


def _value(form: Any, name: str) -> str | None:
    value = form.get(name)
    return value if isinstance(value, str) and value else None


def _refusal(message: str) -> web.Response:
    return web.json_response({"error": {"message": message, "type": "invalid_request_error"}}, status=400)


async def serve(engine: SpeechEngine, socket: Path) -> None:
    app = web.Application(client_max_size=MOST_BODY)
    app.router.add_post("/v1/audio/transcriptions", SpeechServer(engine).transcriptions)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await asyncio.to_thread(socket.unlink, missing_ok=True)
    await web.UnixSite(runner, str(socket)).start()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    announce_ready(address=f"unix:{socket}")
    await stop.wait()
    # A transcription that still runs in its thread would hold up the end, and is nobody's any more.
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--longest", type=int, required=True)
    arguments = parser.parse_args()
    begin_child()
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # Spinning threads starve everything else on a small machine.
    folder = model_path(require_model(arguments.model), arguments.dir).parent
    asyncio.run(serve(FasterWhisper(folder, arguments.longest), arguments.socket))


if __name__ == "__main__":
    main()
