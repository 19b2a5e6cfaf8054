"""Places in sessions, kept in the database: one answer at a time over all workers, for chatflows that want that.

A place is a row, numbered within its session; the lowest number has its turn. The rows of a worker that died are removed by
the keeper of another one (:mod:`tradewind_server.runs.keeper`).
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Coroutine
from typing import NamedTuple, Protocol

import orjson

from tradewind_server.chatflows.config import DoubleSend
from tradewind_server.errors import Conflict, Reason, Unavailable
from tradewind_server.retries import patiently
from tradewind_server.runs.active_runs import ActiveRuns
from tradewind_server.runs.ports import RunWorkers

LOOK_AGAIN_SECONDS = 0.1
MOST_IN_SESSION = 17
"""Answers of one session: one that is made, and those that wait."""
LONGEST_WAIT_SECONDS = 600.0
PATIENCE_SECONDS = 10.0
"""How long leaving a place is tried while the database is away, before the keeper sees to it."""
STOP_SECONDS = 30.0
"""How long an answer whose place another question takes may take to end."""
BEGIN_SECONDS = 60.0
"""How long a place is kept that nobody waits for: its caller left before the answer began."""
BUSY = "This session is being answered already; send the next question when that answer has ended."
FULL = f"{MOST_IN_SESSION - 1} questions of this session wait already; send the next one when some are answered."


class PlaceView(NamedTuple):
    """How a place stands: whether others are before it, and whether a later question takes its place."""

    has_earlier: bool
    is_stopped: bool


class SessionTurns(Protocol):
    """The repository of places."""

    async def enter(self, place_id: str, session: str, owner: str, *, most: int, stops_others: bool) -> int:
        """Take a place behind those that are there; how many those are. From ``most`` on none is taken."""
        ...

    async def view(self, place_id: str, session: str) -> PlaceView:
        """A place that is not there any more has nobody before it."""
        ...

    async def leave(self, place_id: str) -> None: ...

    async def release_all(self, owner: str) -> None:
        """Remove the places of a worker that died."""
        ...


class KeptPlace:
    """The port ``SessionPlace``. Reads its row while it waits, and later on where others may take its place."""

    def __init__(self, places: StoredPlaces, place_id: str, session: str, choice: DoubleSend, *, is_first: bool) -> None:
        self.id = place_id
        self.is_first = is_first
        self._places = places
        self._session = session
        self._choice = choice
        self._watch: asyncio.Task[None] | None = None
        self._is_left = False
        loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = loop.call_later(BEGIN_SECONDS, places.leave_unused, self)

    def keep(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def wait(self, stop: Callable[[], None]) -> None:
        self.keep()
        if self._choice is DoubleSend.INTERRUPT:
            self._watch = asyncio.create_task(self._watch_stop(stop))
        if self.is_first:
            return
        seconds = STOP_SECONDS if self._choice is DoubleSend.INTERRUPT else LONGEST_WAIT_SECONDS
        try:
            async with asyncio.timeout(seconds):
                while True:  # Those before it may be other processes'.
                    if not (await self._places.view(self.id, self._session)).has_earlier:
                        return
                    await asyncio.sleep(LOOK_AGAIN_SECONDS)
        except TimeoutError:
            raise Conflict(Reason.SESSION_BUSY, BUSY) from None

    async def _watch_stop(self, stop: Callable[[], None]) -> None:
        while True:
            try:
                if (await self._places.view(self.id, self._session)).is_stopped:
                    stop()
                    return
            except Unavailable:
                pass  # The database is away for now: the answer goes on.
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def leave(self) -> None:
        if self._is_left:
            return
        self._is_left = True
        self.keep()
        if self._watch is not None:
            self._watch.cancel()
        await asyncio.shield(self._places.leave_soon(self.id))


class StoredPlaces:
    """The port ``SessionPlaces`` over a repository. ``owner`` is this worker."""

    def __init__(
        self,
        turns: SessionTurns,
        workers: RunWorkers,
        active: ActiveRuns,
        owner: str,
        new_id: Callable[[], str],
        log: logging.Logger,
    ) -> None:
        self._turns = turns
        self._workers = workers
        self._active = active
        self._owner = owner
        self._new_id = new_id
        self._log = log
        self._tasks: set[asyncio.Task[None]] = set()
        self._remains: list[str] = []

    async def enter(self, chatflow_id: str, session_id: str, choice: DoubleSend) -> KeptPlace:
        entry = asyncio.ensure_future(self._enter(chatflow_id, session_id, choice))
        try:
            return await asyncio.shield(entry)
        except asyncio.CancelledError:
            entry.add_done_callback(self._leave_unseen)
            raise

    async def _enter(self, chatflow_id: str, session_id: str, choice: DoubleSend) -> KeptPlace:
        session = hashlib.sha256(orjson.dumps([chatflow_id, session_id])).hexdigest()
        most = 1 if choice is DoubleSend.REJECT else MOST_IN_SESSION
        place_id = self._new_id()
        self._active.others += 1
        is_taken = False
        try:
            if not self._active.is_listed:  # A worker that dies before its first beat must be missed too.
                await self._workers.beat(self._owner)
                self._active.is_listed = True
            earlier = await self._turns.enter(
                place_id, session, self._owner, most=most, stops_others=choice is DoubleSend.INTERRUPT
            )
            if earlier >= most:
                raise Conflict(Reason.SESSION_BUSY, BUSY if choice is DoubleSend.REJECT else FULL)
            is_taken = True
        finally:
            if not is_taken:
                self._active.others -= 1
        return KeptPlace(self, place_id, session, choice, is_first=not earlier)

    def _leave_unseen(self, entry: asyncio.Future[KeptPlace]) -> None:
        if not entry.cancelled() and entry.exception() is None:
            self.leave_unused(entry.result())

    def leave_unused(self, place: KeptPlace) -> None:
        self._run(place.leave())

    def leave_soon(self, place_id: str) -> asyncio.Task[None]:
        return self._run(self._leave(place_id))

    def _run(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def view(self, place_id: str, session: str) -> PlaceView:
        return await self._turns.view(place_id, session)

    async def _leave(self, place_id: str) -> None:
        """Give up a place; where the database stays away, once it is back (:meth:`settle`)."""
        try:
            await patiently(lambda: self._turns.leave(place_id), PATIENCE_SECONDS)
        except Unavailable:
            self._log.warning("a place in a session could not be left, as the database is away; it is tried again")
            self._remains.append(place_id)
        else:
            self._active.others -= 1

    async def settle(self) -> None:
        """Give up what could not be given up before. Raises ``Unavailable``."""
        while self._remains:
            await self._turns.leave(self._remains[-1])
            self._remains.pop()
            self._active.others -= 1

    async def release_all(self, owner: str) -> None:
        """Give up the places of a worker that died."""
        await self._turns.release_all(owner)
