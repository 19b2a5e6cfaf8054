"""Which runs of agent flows this process has, and whether it may still be sure of that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FRESH_SECONDS = 2.0
"""How long a process may trust that its runs are its own, after it last said so in the database."""


class RunLeases:
    """The runs of one process. ``owner`` is the name under which it has them, another one after each start."""

    def __init__(self, owner: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.owner = owner
        self.ids: set[str] = set()
        self._monotonic = monotonic
        self._last_renewal = monotonic()

    @contextmanager
    def hold(self, execution_id: str) -> Iterator[None]:
        self.ids.add(execution_id)
        try:
            yield
        finally:
            self.ids.discard(execution_id)

    def renew(self) -> None:
        """The database has heard of all of them."""
        self._last_renewal = self._monotonic()

    @property
    def are_fresh(self) -> bool:
        """False in a process that stood still: others may have its runs by now."""
        return self._monotonic() - self._last_renewal < FRESH_SECONDS
