"""One answer at a time in a session, for the chatflows whose owners want that (docs/contract.md §4.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tradewind_server.chatflows.config import DoubleSend


class SessionPlace(Protocol):
    """The place of one answer among those of its session."""

    @property
    def is_first(self) -> bool:
        """Whether nobody was before it when it was taken."""
        ...

    def keep(self) -> None:
        """Whoever holds it sees to it that it is left. Without this word it is left where nobody waits for it for a while."""
        ...

    async def wait(self, stop: Callable[[], None]) -> None:
        """Until all earlier answers are over. From here until it is left, ``stop`` is called when a later question takes
        this place.

        Raises ``Conflict(SESSION_BUSY)`` when that takes too long.
        """
        ...

    async def leave(self) -> None:
        """The answer is over, and stored. Raises nothing; more than once is once."""
        ...


class SessionPlaces(Protocol):
    """The places in sessions, over all workers."""

    async def enter(self, chatflow_id: str, session_id: str, choice: DoubleSend) -> SessionPlace:
        """Take a place behind those that are there. Raises ``Conflict(SESSION_BUSY)`` where there may be none."""
        ...
