"""Server-sent events as Flowise's clients read them: ``message:`` and one line of JSON."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event

CONTENT_TYPE = "text/event-stream"
HEARTBEAT = b":heartbeat\n\n"
"""A comment. It keeps proxies from closing a connection on which a slow model says nothing."""
HEARTBEAT_SECONDS = 7.0
"""How often a silence is looked for, so that none is longer than twice this."""
HEADERS = (("cache-control", "no-cache"), ("x-accel-buffering", "no"))


def frame(event: Event) -> bytes:
    if event is events.HEARTBEAT:
        return HEARTBEAT
    return b"message:\ndata:" + orjson.dumps({"event": event.name, "data": event.data}) + b"\n\n"


def frames(together: Iterable[Event]) -> bytes:
    """Events that wait together, in one piece."""
    return b"".join([frame(event) for event in together])
