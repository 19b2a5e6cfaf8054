"""Tells a guesser to slow down: counts the failed credentials of an address, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from tradewind_server.access.rate_limits import FixedWindows

FAILURES = 100
WINDOW = 60.0
MOST_ADDRESSES = 10_000


class FailureThrottle:
    """A fixed window for each address. Right credentials never touch it and are never held up by it."""

    def __init__(self, monotonic: Callable[[], float], *, failures: int = FAILURES, window: float = WINDOW) -> None:
        self._failures = failures
        self._seconds = window
        self._windows = FixedWindows(monotonic, MOST_ADDRESSES)

    def record_failure(self, address: str) -> None:
        self._windows.hit(address, self._seconds)

    def wait(self, address: str) -> float:
        """Seconds until a wrong credential of this address is answered as such again; 0 when it is."""
        window = self._windows.look(address)
        return window.remaining if window.count >= self._failures else 0.0
