"""Answers that are being made, so that they can be stopped from outside (docs/contract.md §5.4)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Key = tuple[str, str]
ABORT_MESSAGE = "aborted"
"""What the cancellation of an answer says when somebody asked for it."""


class Running:
    """One answer in the making. :meth:`abort` cancels the task that makes it; the task asks ``is_aborted`` why."""

    def __init__(self, task: asyncio.Task[Any]) -> None:
        self._task = task
        self.is_aborted = False

    def drop(self) -> None:
        """Cancel the task: another process makes the answer."""
        self._task.cancel()

    def abort(self) -> None:
        if not self._task.done():
            self.is_aborted = True
            self._task.cancel(ABORT_MESSAGE)


class RunningAnswers:
    """All answers of this process, by chatflow and chat. One chat may have several at once; they stop together."""

    def __init__(self) -> None:
        self._running: dict[Key, set[Running]] = {}

    @contextmanager
    def register(self, chatflow_id: str, chat_id: str, task: asyncio.Task[Any]) -> Iterator[Running]:
        """Lists the answer that ``task`` makes while the block runs."""
        key = (chatflow_id, chat_id)
        running = Running(task)
        self._running.setdefault(key, set()).add(running)
        try:
            yield running
        finally:
            others = self._running[key]
            others.discard(running)
            if not others:
                del self._running[key]

    def abort(self, chatflow_id: str, chat_id: str) -> int:
        """Stop the answers of a chat; how many there were."""
        running = tuple(self._running.get((chatflow_id, chat_id), ()))
        for one in running:
            one.abort()
        return len(running)
