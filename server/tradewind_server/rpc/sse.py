"""Server-sent events as Flowise's clients read them: ``message:`` and one line of JSON."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import orjson

from tradewind_server.flows.events import Event

CONTENT_TYPE = "text/event-stream"
HEARTBEAT = b":heartbeat\n\n"
HEARTBEAT_SECONDS = 7.0
"""How often a silence is looked for, so that none is longer than twice this."""
WAITING_FRAMES = 256
HEADERS = (("cache-control", "no-cache"), ("x-accel-buffering", "no"))


def frame(event: Event) -> bytes:
    return b"message:\ndata:" + orjson.dumps({"event": event.name, "data": event.data}) + b"\n\n"


async def frames(stream: AsyncIterator[Event], heartbeat_seconds: float = HEARTBEAT_SECONDS) -> AsyncIterator[bytes]:
    """The events as bytes, those that wait together in one piece, with a comment in each long silence.

    The comment keeps proxies from closing a connection on which a slow model says nothing. Closing this iterator stops
    ``stream`` at once and waits until it has cleaned up.
    """
    waiting: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING_FRAMES)
    pump = asyncio.create_task(_pump(stream, waiting))
    loop = asyncio.get_running_loop()
    silent = True

    timer: asyncio.TimerHandle | None = None

    def beat() -> None:
        nonlocal silent, timer
        if silent and waiting.empty():
            waiting.put_nowait(HEARTBEAT)
        silent = True
        timer = loop.call_later(heartbeat_seconds, beat)

    timer = loop.call_later(heartbeat_seconds, beat)
    try:
        ended = False
        while not ended:
            piece = await waiting.get()
            if piece is None:
                break
            silent = silent and piece is HEARTBEAT
            while not waiting.empty() and not ended:
                more = waiting.get_nowait()
                ended = more is None
                piece += more or b""
            yield piece
        await pump
    finally:
        if timer is not None:
            timer.cancel()
        if not pump.done():
            pump.cancel()
            await asyncio.wait({pump})


async def _pump(stream: AsyncIterator[Event], waiting: asyncio.Queue[bytes | None]) -> None:
    try:
        async with aclosing(stream) as source:  # type: ignore[type-var]
            async for event in source:
                await waiting.put(frame(event))
    finally:
        # The reader must learn of the end in any case; only a cancelled stream can find the queue full here for long.
        if waiting.full() and asyncio.current_task().cancelling():  # type: ignore[union-attr]
            waiting.get_nowait()
        await waiting.put(None)
