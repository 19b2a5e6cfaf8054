"""The embedded voice: an OpenAI-compatible ``/v1/audio/speech`` over a unix socket, in a process of its own.

``python -m tradewind_server.models.local.voice_server --socket PATH --model NAME --dir DIR --longest SECONDS``

One text is read at a time, with all the cores, and a bounded number waits; a caller who leaves stops it at the next sentence.
The sound goes out sentence by sentence.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any, Protocol

import orjson
from aiohttp import web

from tradewind_server.models.local.fetch import model_path, require_model
from tradewind_server.models.local.kokoro.engine import DEFAULT_VOICE, OPENAI_VOICES, RATE, Utterance, load, voice_named
from tradewind_server.models.local.kokoro.phonemes import UnreadableText, VoiceUnavailable
from tradewind_server.models.local.sound_formats import FORMATS, SoundFormat, encode, formats_here
from tradewind_server.process import announce_ready, begin_child

LONGEST_TEXT = 4096
"""Characters of one call, as in the OpenAI dialect."""
MOST_BODY = 128 * 1024
MOST_WAITING = 8
"""Callers that wait for their turn; the next is told to come again."""
RETRY_SECONDS = 5
SLOWEST, FASTEST = 0.25, 4.0
DEFAULT_FORMAT = "mp3"


class InvalidReading(Exception):
    """A call that says something wrong; the message says what."""


class VoiceEngine(Protocol):
    """One loaded voice model; called in a thread."""

    @property
    def voices(self) -> Sequence[str]: ...

    def sound(self, reading: Utterance, stop: threading.Event) -> Iterator[Any]:
        """See :class:`tradewind_server.models.local.kokoro.engine.Kokoro`."""
        ...


class VoiceServer:
    """Reads texts in turn. ``longest`` bounds one reading, in seconds; ``formats`` are the names of what can be written."""

    def __init__(self, engine: VoiceEngine, longest: float, formats: Sequence[str]) -> None:
        self._engine = engine
        self._longest = longest
        self._formats = formats
        self._turn = asyncio.Lock()
        self._callers = 0

    async def voices(self, request: web.Request) -> web.Response:
        return web.json_response({"voices": [{"id": name, "name": name} for name in self._engine.voices]})

    async def speech(self, request: web.Request) -> web.StreamResponse:
        try:
            reading, name = self._reading(await request.read())
        except InvalidReading as error:
            return _refusal(400, str(error))
        if self._callers > MOST_WAITING:
            busy = _refusal(429, "the voice has too many texts to read; try again later")
            busy.headers["Retry-After"] = str(RETRY_SECONDS)
            return busy
        self._callers += 1
        try:
            async with self._turn:
                return await self._answer(request, reading, FORMATS[name])
        finally:
            self._callers -= 1

    async def _answer(self, request: web.Request, reading: Utterance, sound_format: SoundFormat) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": sound_format.media_type})
        try:
            async with asyncio.timeout(self._longest), aclosing(self._sound(reading, sound_format)) as sound:  # type: ignore[type-var]
                async for data in sound:
                    if not response.prepared:
                        await response.prepare(request)
                    await response.write(data)
        except UnreadableText:
            return _refusal(400, "the input holds nothing that can be read aloud")
        except VoiceUnavailable as error:
            if not response.prepared:
                return _refusal(503, str(error))
            raise
        except TimeoutError:
            if not response.prepared:
                return _refusal(504, f"the text took longer than {self._longest:g} seconds to read")
            raise
        await response.write_eof()
        return response

    async def _sound(self, reading: Utterance, sound_format: SoundFormat) -> AsyncIterator[bytes]:
        """The bytes as they are made in a thread; who stops asking has it end, and the next waits until it has."""
        stop = threading.Event()
        pieces = encode(sound_format, self._engine.sound(reading, stop), RATE)
        try:
            while True:
                work = asyncio.create_task(asyncio.to_thread(next, pieces, None))
                try:
                    data = await asyncio.shield(work)
                finally:
                    if not work.done():
                        stop.set()
                    await asyncio.wait({work})
                    work.exception()  # Of one whose caller left, nobody else asks.
                if data is None:
                    return
                yield data
        finally:
            pieces.close()

    def _reading(self, body: bytes) -> tuple[Utterance, str]:
        """What a body asks for, and the name of its format."""
        try:
            fields = orjson.loads(body)
        except orjson.JSONDecodeError:
            raise InvalidReading("the body is not JSON") from None
        if not isinstance(fields, dict):
            raise InvalidReading("the body is not a JSON object")
        text, name = fields.get("input"), fields.get("response_format") or DEFAULT_FORMAT
        voice, speed = fields.get("voice") or DEFAULT_VOICE, fields.get("speed", 1.0)
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
            raise InvalidReading(f"input must be a text of 1 to {LONGEST_TEXT} characters")
        if name not in self._formats:
            raise InvalidReading(f"response_format must be one of {', '.join(self._formats)} on this machine")
        if not isinstance(voice, str) or voice_named(voice) not in self._engine.voices:
            raise InvalidReading(f"voice must be one of {', '.join((*self._engine.voices, *OPENAI_VOICES))}")
        if isinstance(speed, bool) or not isinstance(speed, (int, float)) or not SLOWEST <= speed <= FASTEST:
            raise InvalidReading(f"speed must be a number of {SLOWEST:g} to {FASTEST:g}")
        return Utterance(text, voice_named(voice), float(speed)), name


def _refusal(status: int, message: str) -> web.Response:
    kind = "invalid_request_error" if status < 500 else "server_error"
    return web.json_response({"error": {"message": message, "type": kind}}, status=status)


def voice_app(server: VoiceServer) -> web.Application:
    app = web.Application(client_max_size=MOST_BODY)
    app.router.add_post("/v1/audio/speech", server.speech)
    app.router.add_get("/v1/audio/voices", server.voices)
    return app


async def serve(server: VoiceServer, socket: Path) -> None:
    runner = web.AppRunner(voice_app(server), access_log=None, handler_cancellation=True)
    await runner.setup()
    await asyncio.to_thread(socket.unlink, missing_ok=True)
    await web.UnixSite(runner, str(socket)).start()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    announce_ready(address=f"unix:{socket}")
    await stop.wait()
    # A reading that still runs in its thread would hold up the end, and is nobody's any more.
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--longest", type=float, required=True)
    arguments = parser.parse_args()
    begin_child()
    engine = load(model_path(require_model(arguments.model), arguments.dir))
    asyncio.run(serve(VoiceServer(engine, arguments.longest, formats_here()), arguments.socket))


if __name__ == "__main__":
    main()
