"""How often one address may ask one chatflow (docs/contract.md §3.5): a fixed window, as the owner set it in ``apiConfig``."""

from __future__ import annotations

import hmac
import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Protocol

from tradewind_server.access.addresses import network_of
from tradewind_server.errors import Reason, ResourceExhausted

LONGEST_MESSAGE = 500
LONGEST_WINDOW = 366 * 24 * 3600.0
MESSAGE = "Too many requests; try again later."
MOST_WINDOWS = 100_000


@dataclass(frozen=True, slots=True)
class RateLimit:
    """``most`` calls of one address in ``seconds``."""

    most: int
    seconds: float
    message: str


@dataclass(frozen=True, slots=True)
class Window:
    """What was counted, this call included, and the seconds until counting begins again."""

    count: int
    remaining: float


class FixedWindows:
    """Counts by a key, in windows that begin with their first count. The oldest go first when there are more than ``most``."""

    def __init__(self, monotonic: Callable[[], float], most: int) -> None:
        self._monotonic = monotonic
        self._most = most
        self._windows: OrderedDict[Hashable, tuple[float, int]] = OrderedDict()

    def hit(self, key: Hashable, seconds: float) -> Window:
        """Count once more."""
        now = self._monotonic()
        ends, count = self._windows.get(key, (0.0, 0))
        if ends <= now:
            ends, count = now + seconds, 0
            self._windows.pop(key, None)
        self._windows[key] = (ends, count + 1)
        if len(self._windows) > self._most:
            self._windows.popitem(last=False)
        return Window(count + 1, ends - now)

    def look(self, key: Hashable) -> Window:
        """What was counted so far; nothing where no window is open."""
        ends, count = self._windows.get(key, (0.0, 0))
        remaining = ends - self._monotonic()
        return Window(count, remaining) if remaining > 0 else Window(0, 0.0)


class RateWindows(Protocol):
    """Counts calls in fixed windows. A window begins with its first call."""

    async def hit(self, workspace_id: str, key: str, seconds: float) -> Window:
        """Count one call of a key. Of calls at the same time each gets a count of its own."""
        ...


class LocalRateWindows:
    """Windows of this process: exact where it is the only one."""

    def __init__(self, monotonic: Callable[[], float], most: int = MOST_WINDOWS) -> None:
        self._windows = FixedWindows(monotonic, most)

    async def hit(self, workspace_id: str, key: str, seconds: float) -> Window:
        return self._windows.hit((workspace_id, key), seconds)


class RateLimits:
    """Refuses what is too much. ``secret`` keeps addresses from being read out of the keys of stored windows."""

    def __init__(self, windows: RateWindows, secret: bytes) -> None:
        self._windows = windows
        self._secret = secret

    async def check(self, limit: RateLimit | None, workspace_id: str, chatflow_id: str, address: str) -> None:
        """Count a call of a chatflow with this limit. Raises ``ResourceExhausted(RATE_LIMITED)`` with the owner's sentence."""
        if limit is None:
            return
        name = f"{chatflow_id} {network_of(address)}"
        key = hmac.digest(self._secret, name.encode("utf-8", "surrogateescape"), "sha256").hex()
        window = await self._windows.hit(workspace_id, key, limit.seconds)
        if window.count > limit.most:
            raise ResourceExhausted(
                Reason.RATE_LIMITED,
                limit.message,
                window.remaining,
                limit=str(limit.most),
                remaining="0",
                reset=str(max(1, math.ceil(window.remaining))),
            )


def rate_limit_of(limit: Any) -> RateLimit | None:
    """The limit that the ``rateLimit`` of an ``apiConfig`` sets: where all its numbers are set and it is not switched off."""
    if not isinstance(limit, dict) or limit.get("status") in (False, "false"):
        return None
    most, seconds = _positive(limit.get("limitMax")), _positive(limit.get("limitDuration"))
    if most is None or seconds is None:
        return None
    message = limit.get("limitMsg")
    sentence = message.strip()[:LONGEST_MESSAGE] if isinstance(message, str) else ""
    return RateLimit(int(most), min(seconds, LONGEST_WINDOW), sentence or MESSAGE)


def _positive(value: Any) -> float | None:
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else 0.0
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 1 else None
