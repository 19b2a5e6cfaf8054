from __future__ import annotations

import asyncio

import pytest
from tradewind_server.caching import CACHE_SIZE, BriefCache, VersionCache


class Source:
    """What is searched: a value that a test changes, and a door that it can close."""

    def __init__(self) -> None:
        self.value = "old"
        self.searches = 0
        self.open = asyncio.Event()
        self.open.set()
        self.error: Exception | None = None
        self.clock = 0.0

    async def search(self, key: str) -> str:
        self.searches += 1
        found = f"{self.value} {key}"
        await self.open.wait()
        if self.error is not None:
            raise self.error
        return found


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def cache(source: Source) -> BriefCache[str]:
    return BriefCache(source.search, lambda: source.clock)


async def test_a_value_is_remembered_for_a_quarter_of_a_second(source: Source, cache: BriefCache[str]) -> None:
    assert [await cache.get("a"), await cache.get("a"), await cache.get("b")] == ["old a", "old a", "old b"]
    source.value, source.clock = "new", 0.2
    assert await cache.get("a") == "old a"
    source.clock = 0.26
    assert await cache.get("a") == "new a"
    assert source.searches == 3


async def test_callers_at_once_share_one_search(source: Source, cache: BriefCache[str]) -> None:
    assert await asyncio.gather(*(cache.get("a") for _ in range(50))) == ["old a"] * 50
    assert source.searches == 1


async def test_a_search_from_before_a_change_is_not_remembered(source: Source, cache: BriefCache[str]) -> None:
    source.open.clear()
    early = asyncio.create_task(cache.get("a"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    source.value = "new"
    cache.forget("a")
    source.open.set()
    assert await early == "old a"
    assert await cache.get("a") == "new a"


async def test_the_one_who_began_may_leave(source: Source, cache: BriefCache[str]) -> None:
    source.open.clear()
    first, second = asyncio.create_task(cache.get("a")), asyncio.create_task(cache.get("a"))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    source.open.set()
    assert await second == "old a"
    assert source.searches == 1


async def test_an_error_is_everyones_and_is_not_remembered(source: Source, cache: BriefCache[str]) -> None:
    source.error = LookupError("away")
    outcomes = await asyncio.gather(cache.get("a"), cache.get("a"), return_exceptions=True)
    assert [type(one) for one in outcomes] == [LookupError, LookupError]
    source.error = None
    assert await cache.get("a") == "old a"


async def test_the_cache_does_not_grow_without_end(source: Source, cache: BriefCache[str]) -> None:
    for number in range(CACHE_SIZE * 2):
        await cache.get(str(number))
    assert len(cache._entries) <= CACHE_SIZE


def test_versions_are_kept_apart_and_the_least_recently_used_goes() -> None:
    cache: VersionCache[str] = VersionCache(2)
    assert cache.get(("a", 1)) is None
    assert cache.put(("a", 1), "first") == "first"
    cache.put(("a", 2), "second")
    assert (cache.get(("a", 1)), cache.get(("a", 2)), cache.get(("b", 1))) == ("first", "second", None)
    cache.get(("a", 1))
    cache.put(("b", 1), "other")
    assert (cache.get(("a", 1)), cache.get(("a", 2)), cache.get(("b", 1))) == ("first", None, "other")
