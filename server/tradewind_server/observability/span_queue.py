"""Spans that wait for their sending, in a queue of bounded length that a thread of its own empties."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

LOG = logging.getLogger("tradewind.traces")
LOG_PAUSE = 300.0
PAUSES = (1.0, 2.0, 4.0)
"""Seconds between the attempts at one batch."""
T = TypeVar("T")


class NotSent(Exception):
    """A batch did not reach the collector. ``is_passing``: another attempt may do better."""

    def __init__(self, reason: str, *, is_passing: bool) -> None:
        super().__init__(reason)
        self.is_passing = is_passing


class ExportFaults:
    """Says once in five minutes that spans do not reach the collector."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._last = float("-inf")

    def say(self, reason: str) -> None:
        now = time.monotonic()
        if now - self._last >= LOG_PAUSE:
            self._last = now
            LOG.warning(
                "Traces do not reach %s (%s); they are dropped until it takes them. Calls go on as they are.",
                self._address,
                reason,
            )


class SpanQueue(Generic[T]):
    """Takes spans without waiting: what does not fit is dropped.

    ``send`` blocks, in this queue's thread alone, for a bounded time, and raises :class:`NotSent`. A batch leaves after
    ``seconds``, or when ``batch`` spans wait.
    """

    def __init__(
        self, send: Callable[[Sequence[T]], None], faults: ExportFaults, *, length: int, batch: int, seconds: float
    ) -> None:
        self._send = send
        self._faults = faults
        self._length = length
        self._batch = min(batch, length)
        self._seconds = seconds
        self._waiting: deque[T] = deque()
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._empty, name="traces", daemon=True)
        self._thread.start()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, span: T) -> None:
        """Called in any thread; the bound may be passed by as many as there are."""
        waiting = len(self._waiting)
        if waiting < self._length:
            self._waiting.append(span)
            if waiting + 1 >= self._batch and not self._wake.is_set():
                self._wake.set()

    def close(self, seconds: float) -> None:
        """Send what waits, for so long at most. Blocks."""
        self._stop.set()
        self._wake.set()
        self._thread.join(seconds)

    def _empty(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(self._seconds)
            self._wake.clear()
            while self._waiting:
                self._send_batch([self._waiting.popleft() for _ in range(min(self._batch, len(self._waiting)))])

    def _send_batch(self, spans: Sequence[T]) -> None:
        for pause in (*PAUSES, None):
            try:
                return self._send(spans)
            except NotSent as fault:
                self._faults.say(str(fault))
                if pause is None or not fault.is_passing or self._stop.wait(pause):
                    return None
        return None
