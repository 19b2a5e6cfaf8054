"""How far long work is, for those who watch it: counts while it runs, then what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from tradewind_server.ingest.ports import Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counts:
    """The latest counts of one node or loader, by stage."""

    node_id: str
    stages: Mapping[str, int]


class Feed(Generic[T]):
    """Counts and results of running work, in order. A slow reader gets the latest counts and misses earlier ones; the work
    waits until it has read a result.
    """

    def __init__(self) -> None:
        self.change = asyncio.Event()
        self._stages: dict[str, dict[str, int]] = {}
        self._new: set[str] = set()
        self._ready: list[Counts | T] = []
        self._room = asyncio.Event()

    def report(self, step: Progress) -> None:
        self._stages.setdefault(step.node_id, {})[step.stage] = step.count
        self._new.add(step.node_id)
        self.change.set()

    async def put(self, result: T) -> None:
        """Hand a result on, behind the counts before it."""
        self._ready += [*self._latest(), result]
        self._room.clear()
        self.change.set()
        await self._room.wait()

    def pop(self) -> Iterator[Counts | T]:
        """What came since the last call. Does not wait."""
        self.change.clear()
        ready, self._ready = self._ready, []
        yield from ready
        yield from self._latest()
        self._room.set()

    def _latest(self) -> Iterator[Counts]:
        for node_id in [one for one in self._stages if one in self._new]:
            self._new.discard(node_id)
            yield Counts(node_id, dict(self._stages[node_id]))


async def watch(work: Callable[[Feed[T]], Awaitable[None]]) -> AsyncGenerator[Counts | T]:
    """What work puts into its feed, while it runs. Raises what it raises. When the reader leaves, the work is cancelled and
    has ended before this ends.
    """
    feed: Feed[T] = Feed()
    run = asyncio.ensure_future(work(feed))
    run.add_done_callback(lambda _: feed.change.set())
    try:
        while not run.done():
            await feed.change.wait()
            for one in feed.pop():
                yield one
        for one in feed.pop():
            yield one
        run.result()
    finally:
        if not run.done():
            run.cancel()
            await asyncio.wait([run])
