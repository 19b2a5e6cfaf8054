"""The runs that this process answers, and the places for them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tradewind_server.chats.ports import ChatMessage
from tradewind_server.errors import Reason, ResourceExhausted, Unavailable
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.runs.bursts import Bursts
from tradewind_server.runs.event_log import EventLog
from tradewind_server.runs.ports import StoredRun

RETRY_SECONDS = 1.0
Discard = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class RunPlaces:
    """Most runs that one worker answers at once, and that wait beside them. One caller has half of each at most."""

    running: int = 100
    waiting: int = 1000


@dataclass(slots=True)
class ActiveRun:
    """A run while this process has it."""

    run: StoredRun
    log: EventLog
    place: bool | None = None
    """True once it is answered; None while it waits."""
    since: float = 0.0
    """When it was started here, by the loop's clock; 0 for one that was taken over, or that its caller listens to."""
    turn: asyncio.Future[None] | None = None
    """Done when its place is free."""
    task: asyncio.Task[None] | None = None
    answer: asyncio.Task[None] | None = None
    prepared: PreparedPrediction | None = None
    last_events: Sequence[Event] = field(default_factory=list)
    messages: Sequence[ChatMessage] = ()
    """Those of its turn, to be stored with its end."""
    discard: Discard | None = None
    """Removes files of the call at the end."""
    has_start: bool = False
    """Whether readers know of the beginning already, from before a restart."""
    is_lost: bool = False
    """Whether another worker has it by now."""
    failure: BaseException | None = None
    """Why it has no answer, once it has ended."""

    def stop(self) -> None:
        """Stop the answer, as an abort does: what was said is stored."""
        running = self.prepared.running if self.prepared is not None else None
        if running is not None:
            running.abort()
        elif self.answer is not None:
            self.answer.cancel()

    def drop(self) -> None:
        """Another worker has it: nothing more of it is made or written here."""
        self.is_lost = True
        running = self.prepared.running if self.prepared is not None else None
        if running is not None:
            running.drop()
        elif self.answer is not None:
            self.answer.cancel()

    def without_second_start(self, together: Sequence[Event]) -> Sequence[Event]:
        """The events of a run that begins again, or goes on, whose readers know that it began."""
        if self.has_start and together and together[0].name in (events.START, events.FLOW):
            self.has_start = False
            return together[1:]
        return together


class ActiveRuns:
    """All runs of this process, by id."""

    def __init__(self, places: RunPlaces) -> None:
        self._places = places
        self._runs: dict[str, ActiveRun] = {}
        self._waiting: deque[ActiveRun] = deque()
        self._shares: dict[str, int] = {}
        self._running = 0
        self.bursts = Bursts()
        self.is_stopping = False
        self.others = 0
        """Calls with an idempotency key that this process works on."""
        self.is_listed = False
        """Whether the worker is entered in the database as one that has runs."""
        self.has_strays = False
        """Whether the end of a run could not be stored: in the database this worker has it still."""

    @property
    def counts(self) -> tuple[int, int]:
        """How many runs are answered, and how many wait."""
        return self._running, len(self._waiting)

    def all(self) -> Sequence[ActiveRun]:
        return list(self._runs.values())

    def get(self, run_id: str) -> ActiveRun | None:
        return self._runs.get(run_id)

    @property
    def count(self) -> int:
        """What this process has that another one would have to take over."""
        return len(self._runs) + self.others

    def admit(self, active: ActiveRun, *, always: bool = False) -> None:
        """Give a run a place, or one in the queue. ``always``: also where the queue is full, for runs that are stored already.

        Raises ``Unavailable(OVERLOADED)`` and ``ResourceExhausted(TOO_MANY_CALLS)``.
        """
        run, share = active.run, self._shares.get(active.run.starter, 0)
        if not always and (self.is_stopping or len(self._waiting) >= self._places.waiting):
            raise Unavailable(
                Reason.OVERLOADED, "As many runs as may wait are waiting already; try again shortly.", RETRY_SECONDS
            )
        if not always and share >= (self._places.running + self._places.waiting) // 2:
            raise ResourceExhausted(
                Reason.TOO_MANY_CALLS,
                f"You have {share} runs that have not ended, as many as you may; wait for some.",
                RETRY_SECONDS,
            )
        self._runs[run.id] = active
        self._shares[run.starter] = share + 1
        if self._running < self._places.running:
            self._running += 1
            active.place = True
        else:
            active.turn = asyncio.get_running_loop().create_future()
            self._waiting.append(active)

    async def wait(self, active: ActiveRun) -> None:
        """Until it is the run's turn, and the callers of those that start beside it are answered."""
        if active.turn is not None:
            await active.turn
        await self.bursts.wait(active.since)

    def leave(self, active: ActiveRun) -> None:
        """The run ended: its place goes to the one that waits longest."""
        if self._runs.pop(active.run.id, None) is None:
            return
        share = self._shares[active.run.starter] - 1
        if share:
            self._shares[active.run.starter] = share
        else:
            del self._shares[active.run.starter]
        if active.place is None:
            self._waiting.remove(active)
            return
        self._running -= 1
        while self._waiting and self._running < self._places.running:
            following = self._waiting.popleft()
            following.place = True
            self._running += 1
            if following.turn is not None and not following.turn.done():
                following.turn.set_result(None)

    async def stop(self, seconds: float) -> None:
        """Wait so long for the runs to end; those that go on then are left to another worker, or to the next start."""
        self.is_stopping = True
        tasks: list[asyncio.Task[Any]] = [active.task for active in self._runs.values() if active.task is not None]
        if not tasks:
            return
        await asyncio.wait(tasks, timeout=seconds)
        for active in list(self._runs.values()):
            if active.answer is not None:
                active.answer.cancel()
        await asyncio.wait(tasks, timeout=1.0)
