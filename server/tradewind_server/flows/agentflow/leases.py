"""Which runs of agent flows this process has, whether it may still be sure of that, and which others fell silent."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

FRESH_SECONDS = 2.0
"""How long a process may trust that its runs are its own, after it last said so in the database."""
GRACE_SECONDS = 3.0
"""How much longer others may be silent behind a time without a database: they too have to find it again."""


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


class LifeSigns:
    """For how long the signs of others have stood still, by the clock of this process: the clocks of machines are not compared.

    A time in which this process itself stood still says nothing of others, so two looks are ``longest_step`` seconds apart at
    most, whatever the clock says.
    """

    def __init__(self, longest_step: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._longest_step = longest_step
        self._monotonic = monotonic
        self._last_look = monotonic()
        self._signs: dict[str, tuple[Any, float]] = {}
        self._grace = 0.0

    def look(self, signs: Mapping[str, Any]) -> Mapping[str, float]:
        """Seconds of silence by name, for signs that differ where somebody has given a new one."""
        moment = self._monotonic()
        step, self._last_look = min(moment - self._last_look, self._longest_step), moment
        before, self._signs = self._signs, {}
        for name, sign in signs.items():
            earlier = before.get(name)
            silence = earlier[1] + step if earlier is not None and earlier[0] == sign else -self._grace
            self._signs[name] = (sign, silence)
        self._grace = 0.0
        return {name: silence for name, (_, silence) in self._signs.items()}

    def forget(self) -> None:
        """The database was away: all begin anew."""
        self._signs, self._grace = {}, GRACE_SECONDS
