"""Work that is done once for many callers, and what is remembered of it. The least recently used goes first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

from cachetools import LRUCache

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

FRESH_SECONDS = 0.25
CACHE_SIZE = 512


class SingleFlight(Generic[K, T]):
    """Callers that ask for the same key at once share one run of the work.

    A caller that leaves does not stop the run. An error is raised to all who wait, and is not remembered.
    """

    def __init__(self) -> None:
        self._runs: dict[K, asyncio.Task[T]] = {}

    async def run(self, key: K, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        task = self._runs.get(key)
        if task is None:
            task = self._runs[key] = asyncio.create_task(work())
            task.add_done_callback(partial(self._end, key))
        return await asyncio.shield(task)

    def forget(self, key: K) -> None:
        """The next caller begins a new run; one under way answers those who wait for it."""
        self._runs.pop(key, None)

    def is_current(self, key: K) -> bool:
        """Asked inside the work: whether its run has not been forgotten meanwhile."""
        return self._runs.get(key) is asyncio.current_task()

    def _end(self, key: K, task: asyncio.Task[T]) -> None:
        if self._runs.get(key) is task:
            del self._runs[key]
        if not task.cancelled():
            task.exception()  # Everyone who waited may have left; the error then is nobody's.


class BriefCache(Generic[T]):
    """Values by key, for a fraction of a second: for the lookups that every call makes, and that may be a moment old.

    A plain LRU cache with the moment beside each value: ``cachetools.TTLCache`` costs 5 µs for each lookup, this 0.5.
    """

    def __init__(self, search: Callable[[str], Awaitable[T]], monotonic: Callable[[], float]) -> None:
        self._search = search
        self._monotonic = monotonic
        self._entries: LRUCache[str, tuple[float, T]] = LRUCache(CACHE_SIZE)
        self._searches: SingleFlight[str, T] = SingleFlight()
        self._hits = 0
        self._misses = 0

    @property
    def counts(self) -> tuple[int, int]:
        """Hits and misses so far."""
        return self._hits, self._misses

    async def get(self, key: str) -> T:
        entry = self._entries.get(key)
        if entry is not None and self._monotonic() - entry[0] < FRESH_SECONDS:
            self._hits += 1
            return entry[1]
        self._misses += 1
        return await self._searches.run(key, partial(self._fill, key))

    def forget(self, key: str) -> None:
        """The next call searches anew; a search under way answers its callers, and is not remembered."""
        self._entries.pop(key, None)
        self._searches.forget(key)

    async def _fill(self, key: str) -> T:
        start = self._monotonic()
        value = await self._search(key)
        if self._searches.is_current(key):
            self._entries[key] = (start, value)
        return value


class VersionCache(Generic[T]):
    """What was made of one version of something stored. A key names the version, which never changes, so nothing grows old; the
    least recently used goes where there are more than ``most``.
    """

    def __init__(self, most: int) -> None:
        self._entries: LRUCache[Hashable, T] = LRUCache(most)
        self._hits = 0
        self._misses = 0

    @property
    def counts(self) -> tuple[int, int]:
        """Hits and misses so far."""
        return self._hits, self._misses

    def get(self, key: Hashable) -> T | None:
        value = self._entries.get(key)
        if value is None:
            self._misses += 1
        else:
            self._hits += 1
        return value

    def put(self, key: Hashable, value: T) -> T:
        """Keep a value, and return it."""
        self._entries[key] = value
        return value
