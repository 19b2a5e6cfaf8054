"""Server-sent events as Flowise's clients read them: ``message:``, then one line of JSON (docs/contract.md §5.2)."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event

CONTENT_TYPE = "text/event-stream"
HEARTBEAT = b":heartbeat\n\n"
"""A comment frame, which keeps proxies from closing the connection while a model is silent."""
HEARTBEAT_SECONDS = 7.0
"""Seconds between two checks for silence; a silence lasts at most twice as long."""
HEADERS = (("cache-control", "no-cache"), ("x-accel-buffering", "no"))


def frame(event: Event) -> bytes:
    if event is events.HEARTBEAT:
        return HEARTBEAT
    return b"message:\ndata:" + orjson.dumps({"event": event.name, "data": event.data}) + b"\n\n"


def frame_of(line: bytes) -> bytes:
    """The frame of an event that is JSON already."""
    return b"message:\ndata:" + line + b"\n\n"


def frames(together: Iterable[Event]) -> bytes:
    """The frames of several events as one piece of bytes."""
    return b"".join([frame(event) for event in together])
