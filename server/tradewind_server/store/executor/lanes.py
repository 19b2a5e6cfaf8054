"""Queues between event loops and threads: what one turn of a loop asks for goes over, and comes back, together."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from tradewind_server.store.executor.jobs import Attempt, Job, fail

Observe = Callable[[str, int, float], None]
"""Is told the queue, how many jobs were done together, and in how many seconds. Called in the queue's threads."""


class Lane:
    """A queue with threads behind it. ``leave`` is the last thing each thread does.

    A thread that wakes takes the interpreter lock from the loop, so it is woken once for all that a turn of the loop
    puts, not for each.
    """

    def __init__(
        self,
        name: str,
        threads: int,
        batch: int,
        run: Callable[[Sequence[Job[Any]]], None],
        leave: Callable[[], None],
    ) -> None:
        self.name = name
        self.observe: Observe | None = None
        self._queue: SimpleQueue[list[Job[Any]] | None] = SimpleQueue()
        self._pending: dict[asyncio.AbstractEventLoop, list[Job[Any]]] = {}
        self._batch = batch
        self._run = run
        self._leave = leave
        self._threads = [threading.Thread(target=self._work, name=f"db-{name}-{i}", daemon=True) for i in range(threads)]
        for thread in self._threads:
            thread.start()

    @property
    def waiting(self) -> int:
        """Batches that no thread has taken yet."""
        return self._queue.qsize()

    def put(self, job: Job[Any]) -> None:
        """Called in the job's own loop."""
        jobs = self._pending.setdefault(job.loop, [])
        jobs.append(job)
        if len(jobs) == 1:
            job.loop.call_soon(self._send, job.loop)

    def _send(self, loop: asyncio.AbstractEventLoop) -> None:
        jobs = self._pending.pop(loop, [])
        size = min(self._batch, -(-len(jobs) // len(self._threads)) or 1)
        for start in range(0, len(jobs), size):
            self._queue.put(jobs[start : start + size])

    def close(self) -> Callable[[], None]:
        """Take over what is gathered; what this returns blocks until all is finished and the threads have ended."""
        for loop in list(self._pending):
            self._send(loop)
        return self._end

    def _end(self) -> None:
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (jobs := self._queue.get()) is not None:
            at_end = False
            while len(jobs) < self._batch and not at_end:
                try:
                    following = self._queue.get_nowait()
                except Empty:
                    break
                if following is None:
                    at_end = True
                else:
                    jobs = jobs + following
            self._finish(jobs)
            if at_end:
                break
        self._leave()

    def _finish(self, jobs: list[Job[Any]]) -> None:
        waiting = [job for job in jobs if not job.future.cancelled()]
        if not waiting:
            return
        start = time.perf_counter()
        with Attempt() as attempt:
            self._run(waiting)
        if self.observe is not None:
            self.observe(self.name, len(waiting), time.perf_counter() - start)
        if attempt.error is not None:
            fail(waiting, attempt.error)
        for loop in {job.loop for job in waiting}:
            # A loop that has closed meanwhile has nobody left who waits.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle_all, [job for job in waiting if job.loop is loop])


def _settle_all(jobs: Sequence[Job[Any]]) -> None:
    for job in jobs:
        job.settle()
