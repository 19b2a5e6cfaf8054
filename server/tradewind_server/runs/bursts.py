"""Many starts at once: all of their callers are answered before the runs begin, for as long as that is short."""

from __future__ import annotations

import asyncio

QUIET_SECONDS = 0.01
"""A burst is over once so long nothing has started."""
MOST_SECONDS = 1.0
"""No run waits longer than this for a burst to be over."""


class Bursts:
    """The starts of one process. An answer takes several times what a start does, and a caller waits for the start alone."""

    def __init__(self, quiet_seconds: float = QUIET_SECONDS, most_seconds: float = MOST_SECONDS) -> None:
        self._quiet_seconds = quiet_seconds
        self._most_seconds = most_seconds
        self._last = 0.0
        self._over: asyncio.Future[None] | None = None

    def note(self) -> float:
        """Something starts now; the moment, by the loop's clock."""
        loop = asyncio.get_running_loop()
        self._last = loop.time()
        if self._over is None:
            self._over = loop.create_future()
            loop.call_later(self._quiet_seconds, self._look)
        return self._last

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        rest = self._last + self._quiet_seconds - loop.time()
        if rest > 0:
            loop.call_later(rest, self._look)
        elif self._over is not None:
            self._over.set_result(None)
            self._over = None

    async def wait(self, since: float) -> None:
        """Until a burst is over, or something that started at ``since`` has waited its longest."""
        rest = since + self._most_seconds - asyncio.get_running_loop().time()
        if self._over is not None and rest > 0:
            await asyncio.wait((self._over,), timeout=rest)
