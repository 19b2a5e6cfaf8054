"""Looks, four times a second, at what no call tells by itself: how late the event loop is, what waits, what caches found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from tradewind_server.observability.work_metrics import Count, QueueLength, WorkMetrics

PAUSE_SECONDS = 0.25
SAMPLES_A_LOOK = 4
"""The lag is taken each time, the rest each fourth time: once a second."""


class Sampler:
    """Fills the numbers of one worker. ``queues`` tell running and waiting, ``caches`` hits and misses."""

    def __init__(
        self,
        metrics: WorkMetrics,
        queues: Mapping[str, Callable[[], QueueLength]],
        caches: Mapping[str, Callable[[], Count]],
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        self._metrics = metrics
        self._queues = queues
        self._caches = caches
        self._pause_seconds = pause_seconds

    def look(self) -> None:
        """Take the lengths of the queues and the counts of the caches."""
        self._metrics.set_queues({name: read() for name, read in self._queues.items()})
        self._metrics.set_cache_lookups({name: read() for name, read in self._caches.items()})

    async def run(self) -> None:
        """Until cancelled."""
        clock = asyncio.get_running_loop().time
        while True:
            self.look()
            for _ in range(SAMPLES_A_LOOK):
                due = clock() + self._pause_seconds
                await asyncio.sleep(self._pause_seconds)
                self._metrics.count_loop_lag(clock() - due)
