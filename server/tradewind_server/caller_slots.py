"""Who may use a pool of processes now: as many at once as there are, of one caller at most a share, and the others in turn."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tradewind_server.errors import Reason, ResourceExhausted

MOST_WAITING = 1000
MOST_WAITING_OF_ONE = 200
RETRY_SECONDS = 5.0


class CallerSlots:
    """``total`` places. A caller holds at most half of them, at least one; free ones go round the callers that wait.

    ``refusal`` is the sentence for callers who come when too many wait already.
    """

    def __init__(self, total: int, refusal: str) -> None:
        self._refusal = refusal
        self._total = total
        self._free = total
        self._share = max(1, total // 2)
        self._holders: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        """By caller; the caller that was served longest ago comes first."""

    @property
    def counts(self) -> tuple[int, int]:
        """How many hold a place, and how many wait for one."""
        return self._total - self._free, sum(map(len, self._waiting.values()))

    @asynccontextmanager
    async def hold(self, caller: str) -> AsyncIterator[None]:
        """Wait for a place. Raises ``ResourceExhausted(TOO_MANY_CALLS)`` where too many wait already."""
        await self._acquire(caller)
        try:
            yield
        finally:
            self._give_back(caller)

    async def _acquire(self, caller: str) -> None:
        if self._free and self._holders[caller] < self._share and caller not in self._waiting:
            self._free -= 1
            self._holders[caller] += 1
            return
        own = self._waiting.get(caller, ())
        if len(own) >= MOST_WAITING_OF_ONE or sum(map(len, self._waiting.values())) >= MOST_WAITING:
            raise ResourceExhausted(Reason.TOO_MANY_CALLS, self._refusal, RETRY_SECONDS)
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(caller, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(caller)
            else:
                self._forget(caller, turn)
            raise

    def _forget(self, caller: str, turn: asyncio.Future[None]) -> None:
        own = self._waiting.get(caller)
        if own is not None and turn in own:
            own.remove(turn)
            if not own:
                del self._waiting[caller]

    def _give_back(self, caller: str) -> None:
        self._free += 1
        self._holders[caller] -= 1
        if not self._holders[caller]:
            del self._holders[caller]
        while self._free and (following := self._next()) is not None:
            own = self._waiting.pop(following)
            turn = own.popleft()
            if own:
                self._waiting[following] = own  # At the end: the others first.
            if not turn.done():
                self._free -= 1
                self._holders[following] += 1
                turn.set_result(None)

    def _next(self) -> str | None:
        return next((caller for caller in self._waiting if self._holders[caller] < self._share), None)
