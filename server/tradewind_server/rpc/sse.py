"""Server-sent events as Flowise's clients read them: ``message:`` and one line of JSON."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import orjson

from tradewind_server.flows.events import Event

CONTENT_TYPE = "text/event-stream"
HEARTBEAT = b":heartbeat\n\n"
HEARTBEAT_SECONDS = 12.0
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

    def beat() -> None:
        nonlocal silent, timer
        if silent and waiting.empty():
            waiting.put_nowait(HEARTBEAT)
        silent = True
        timer = loop.call_later(heartbeat_seconds, beat)

    timer = loop.call_later(heartbeat_seconds, beat)
    try:
        while (piece := await waiting.get()) is not None:
            silent = silent and piece is HEARTBEAT
            while not waiting.empty() and (more := waiting.get_nowait()) is not None:
                piece += more
            else_ended = not waiting.empty()
            yield piece
            if else_ended:
                break
        await pump
    finally:
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
        if not waiting.full():
            waiting.put_nowait(None)
