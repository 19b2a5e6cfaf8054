"""The events of a streamed answer, in the order of contract §3.8."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

START, TOKEN, SOURCES, TOOLS, ARTIFACTS = "start", "token", "sourceDocuments", "usedTools", "artifacts"
METADATA, ERROR, ABORT, END = "metadata", "error", "abort", "end"
DONE = "[DONE]"
WAITING_EVENTS = 256


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its name and a JSON value."""

    name: str
    data: Any


class QueueSink:
    """Takes tokens from a running flow and hands them to a reader. A slow reader slows the model down."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Event | None] = asyncio.Queue(WAITING_EVENTS)
        self._said: list[str] = []
        self._started = False

    @property
    def text(self) -> str:
        """What was said so far."""
        return "".join(self._said)

    async def start(self) -> None:
        if not self._started:
            self._started = True
            await self.queue.put(Event(START, ""))

    async def token(self, text: str) -> None:
        await self.start()
        self._said.append(text)
        await self.queue.put(Event(TOKEN, text))

    async def event(self, name: str, data: Any) -> None:
        await self.start()
        await self.queue.put(Event(name, data))
