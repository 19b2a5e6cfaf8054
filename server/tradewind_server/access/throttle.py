"""Tells a guesser to slow down: counts the failed credentials of an address, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

FAILURES = 100
WINDOW = 60.0
MOST_ADDRESSES = 10_000


class FailureThrottle:
    """A fixed window for each address. Right credentials never touch it and are never held up by it."""

    def __init__(self, monotonic: Callable[[], float], *, failures: int = FAILURES, window: float = WINDOW) -> None:
        self._monotonic = monotonic
        self._failures = failures
        self._window = window
        self._counts: dict[str, tuple[float, int]] = {}

    def record_failure(self, address: str) -> None:
        now = self._monotonic()
        ends, count = self._counts.pop(address, (0.0, 0))
        if ends <= now:
            ends, count = now + self._window, 0
        if len(self._counts) >= MOST_ADDRESSES:
            del self._counts[next(iter(self._counts))]
        self._counts[address] = (ends, count + 1)

    def wait(self, address: str) -> float:
        """Seconds until a wrong credential of this address is answered as such again; 0 when it is."""
        ends, count = self._counts.get(address, (0.0, 0))
        remaining = ends - self._monotonic()
        return remaining if count >= self._failures and remaining > 0 else 0.0
