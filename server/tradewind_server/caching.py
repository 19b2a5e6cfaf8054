"""A cache of a fraction of a second: for the look-ups that every call makes, and that may be a moment old."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

FRESH_SECONDS = 0.25
CACHE_SIZE = 512


class BriefCache(Generic[T]):
    """Values by key; callers that ask at once share one search."""

    def __init__(self, search: Callable[[str], Awaitable[T]], monotonic: Callable[[], float]) -> None:
        self._search = search
        self._monotonic = monotonic
        self._found: dict[str, tuple[float, T]] = {}
        self._searches: dict[str, asyncio.Task[T]] = {}

    async def get(self, key: str) -> T:
        known = self._found.get(key)
        if known is not None and self._monotonic() - known[0] < FRESH_SECONDS:
            return known[1]
        search = self._searches.get(key)
        if search is None:
            search = asyncio.ensure_future(self._fill(key))
            self._searches[key] = search
            search.add_done_callback(lambda done: self._ended(key, done))
        # Shielded: the caller that began the search may leave while others still wait for it.
        return await asyncio.shield(search)

    def forget(self, key: str) -> None:
        """The next call searches anew; a search under way answers its callers, and is not remembered."""
        self._found.pop(key, None)
        self._searches.pop(key, None)

    async def _fill(self, key: str) -> T:
        began = self._monotonic()
        value = await self._search(key)
        if self._searches.get(key) is asyncio.current_task():
            if len(self._found) >= CACHE_SIZE:
                self._found.clear()
            self._found[key] = (began, value)
        return value

    def _ended(self, key: str, search: asyncio.Task[T]) -> None:
        if self._searches.get(key) is search:
            del self._searches[key]
        if not search.cancelled():
            search.exception()  # Everyone who waited may have left; the error then is nobody's.


class VersionCache(Generic[T]):
    """What was made of one version of something stored, by id and version. A version never changes, so nothing grows old; the
    least recently used goes where there are more than ``most``.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[tuple[str, int], T] = OrderedDict()

    def get(self, key: str, version: int) -> T | None:
        found = self._made.get((key, version))
        if found is not None:
            self._made.move_to_end((key, version))
        return found

    def put(self, key: str, version: int, value: T) -> T:
        """Keep a value, and return it."""
        self._made[(key, version)] = value
        if len(self._made) > self._most:
            self._made.popitem(last=False)
        return value
