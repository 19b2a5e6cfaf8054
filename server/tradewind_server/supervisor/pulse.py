"""Whether a worker's event loop turns: it answers pings on a socket of its own, and the supervisor asks every second.

The answer comes from the loop and from no thread, so a stopped process and a loop that is held by one long computation look
the same here: silent. A loop that is merely busy answers late, between two pieces of its work.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

PING, PONG = b"ping\n", b"pong\n"
PAUSE_SECONDS = 1.0
MOST_STEPS = 30
"""The waiting for an answer is counted in so many steps: one during which this process itself was held counts once."""
SHOW_STACK = signal.SIGUSR2
"""Has a worker write the stacks of its threads to standard error, whatever holds its interpreter."""


class Pulse:
    """The side of the worker. Its loop answers each line."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._server: asyncio.AbstractServer | None = None

    async def start(self) -> None:
        await asyncio.to_thread(self._socket.unlink, missing_ok=True)
        self._server = await asyncio.start_unix_server(self._answer, str(self._socket))

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, ValueError):
            while await reader.readline():
                writer.write(PONG)
                await writer.drain()
        writer.close()

    def stop(self) -> None:
        if self._server is not None:
            self._server.close()


async def silence(socket: Path, seconds: float) -> None:
    """Ping the loop behind a socket; returns once it has been silent for ``seconds``, and never while it answers."""
    step = seconds / MOST_STEPS
    silent = 0.0
    beat: asyncio.Task[None] | None = None
    try:
        while silent < seconds:
            if beat is None:
                beat = asyncio.create_task(_beat(socket))
            await asyncio.wait({beat}, timeout=step)
            if not beat.done():
                silent += step
            elif beat.exception() is not None:
                # Nobody listens: the process is about to end, or its socket is gone, which is no better than silence.
                silent += step
                beat = None
                await asyncio.sleep(step)
            else:
                silent, beat = 0.0, None
                await asyncio.sleep(min(PAUSE_SECONDS, step))
    finally:
        if beat is not None:
            beat.cancel()


async def _beat(socket: Path) -> None:
    """One ping and its answer. Raises ``OSError`` when nobody is there."""
    reader, writer = await asyncio.open_unix_connection(str(socket))
    try:
        writer.write(PING)
        if await reader.readline() != PONG:
            raise ConnectionResetError("the answer was cut off")
    finally:
        writer.close()
