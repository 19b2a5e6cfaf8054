"""Calls that keep coming while something is killed: which were acknowledged, and how the others failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests

from harness.doors import error_faults

PAUSE = 0.02


@dataclass
class Callers:
    """What the callers saw. ``closed`` counts connections that ended without an answer."""

    acknowledged: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    closed: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, mark: str, response: requests.Response) -> None:
        with self._lock:
            self.statuses.append(response.status_code)
            if response.ok:
                self.acknowledged.append(mark)
                return
            body = response.json() if response.headers.get("content-type", "").startswith("application/json") else None
            self.faults += error_faults(response.status_code, body, response.headers)

    def note_closed(self) -> None:
        with self._lock:
            self.closed += 1

    def wait_for(self, count: int, seconds: float = 60) -> None:
        """Until so many more calls than now have been acknowledged."""
        wanted, end = len(self.acknowledged) + count, time.monotonic() + seconds
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < end, f"only {len(self.acknowledged)} of {wanted} calls: {self.statuses[-20:]}"
            time.sleep(PAUSE)

    def settled(self) -> set[int]:
        return set(self.statuses)


Call = Callable[[requests.Session, str], requests.Response]


@contextmanager
def calling(call: Call, callers: int = 6) -> Iterator[Callers]:
    """Threads that call again and again, each time with a mark of its own, until the block ends."""
    seen, stop = Callers(), threading.Event()

    def run(number: int) -> None:
        session = requests.Session()
        turn = 0
        while not stop.is_set():
            turn += 1
            mark = f"caller-{number}-{turn}"
            try:
                seen.note(mark, call(session, mark))
            except requests.RequestException:
                seen.note_closed()
            stop.wait(PAUSE)

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(callers)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
