"""The events of a streamed answer, in the order of docs/contract.md §5.3."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

START, TOKEN, SOURCES, TOOLS, ARTIFACTS = "start", "token", "sourceDocuments", "usedTools", "artifacts"
TTS_START, TTS_DATA, TTS_END, TTS_ABORT, TTS_ERROR = "tts_start", "tts_data", "tts_end", "tts_abort", "tts_error"
METADATA, ERROR, ABORT, END = "metadata", "error", "abort", "end"
FLOW, NODE, STEPS, ACTION = "agentFlowEvent", "nextAgentFlow", "agentFlowExecutedData", "action"
CALLED_TOOLS, CALL_USAGE, THINKING = "calledTools", "usageMetadata", "thinking"
"""Events of agent flows alone."""
DONE = "[DONE]"
MOST_WAITING = 256


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its name and a JSON value. ``reason`` is that of an error, for callers who read typed events."""

    name: str
    data: Any
    reason: str = ""


HEARTBEAT = Event("heartbeat", "")
"""Stands for a silence, where a reader asked to be told of them. No event of an answer."""


class WaitingEvents:
    """Takes the events of a running flow and hands them to a reader, all that wait at once: what is paid for each step on
    their way out is paid for them together. A slow reader slows the model down.
    """

    def __init__(self, *, starts: bool = True) -> None:
        """``starts``: the event ``start`` comes before the first other one."""
        self._waiting: list[Event] = []
        self._arrival = asyncio.Event()
        self._room = asyncio.Event()
        self._texts: list[str] = []
        self._started = not starts
        self._no_reader = False
        self._at_end = False
        self._silent = True

    @property
    def text(self) -> str:
        """What was said so far."""
        return "".join(self._texts)

    async def start(self) -> None:
        if not self._started:
            self._started = True
            await self.put(Event(START, ""))

    async def token(self, text: str) -> None:
        await self.start()
        self._texts.append(text)
        await self.put(Event(TOKEN, text))

    async def event(self, name: str, data: Any) -> None:
        await self.start()
        await self.put(Event(name, data))

    async def put(self, event: Event) -> None:
        """Put an event behind those that wait; waits itself while there are ``MOST_WAITING``."""
        while len(self._waiting) >= MOST_WAITING and not self._no_reader:
            self._room.clear()
            await self._room.wait()
        if self._no_reader:
            return
        self._silent = False
        self._waiting.append(event)
        self._arrival.set()

    def leave(self) -> None:
        """The reader has gone, and what tells the events goes on: they are passed over."""
        self._no_reader = True
        self._waiting = []
        self._room.set()

    def end(self) -> None:
        """Nothing more comes; what waits can still be taken."""
        self._at_end = True
        self._arrival.set()

    async def next_events(self) -> list[Event]:
        """All events that wait, once there are any. Nothing at the end."""
        await self._arrival.wait()
        events, self._waiting = self._waiting, []
        if not self._at_end:
            self._arrival.clear()
        self._room.set()
        return events

    @contextmanager
    def heartbeats(self, seconds: float | None) -> Iterator[None]:
        """Has a ``HEARTBEAT`` among the events after a silence of ``seconds``, or up to twice that."""
        if seconds is None:
            yield
            return
        loop = asyncio.get_running_loop()
        timer: asyncio.TimerHandle

        def beat() -> None:
            nonlocal timer
            if self._silent and not self._waiting:
                self._waiting.append(HEARTBEAT)
                self._arrival.set()
            self._silent = True
            timer = loop.call_later(seconds, beat)

        timer = loop.call_later(seconds, beat)
        try:
            yield
        finally:
            timer.cancel()


class TextRecorder:
    """Takes the events of a flow whose answer goes out whole, and keeps the words for the case that it is stopped."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    @property
    def text(self) -> str:
        """What was said so far."""
        return "".join(self._texts)

    async def token(self, text: str) -> None:
        self._texts.append(text)

    async def event(self, name: str, data: Any) -> None:
        """Nothing: what an event tells stands in the answer too."""
