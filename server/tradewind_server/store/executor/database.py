"""The database as a pair of queues: reader threads and a writer thread, each working through what waits together.

One synchronous engine serves SQLite and Postgres alike. Reads that wait together share one wake-up of a thread; writes
that wait together share one transaction, and each returns after the commit that holds it (docs/adr/0002).
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.observability.spans import SPAN, Span
from tradewind_server.store.dialects.choice import dialect_of
from tradewind_server.store.dialects.dialect import SharedWork, Work
from tradewind_server.store.dialects.postgres import is_aborted
from tradewind_server.store.executor.engine import STATEMENT_TIMEOUT_MS, make_engine
from tradewind_server.store.executor.faults import away, passes, timed_out
from tradewind_server.store.executor.jobs import Attempt, Job, SharedJob, fail, together
from tradewind_server.store.executor.lanes import Lane, Observe

T = TypeVar("T")
K = TypeVar("K")

READ_BATCH = 32
WRITE_BATCH = 256
REFUSED_SECONDS = 1.0
"""How long nobody tries to connect again after a connection was refused; callers meanwhile hear so at once."""


class Database:
    """Runs work on connections. Raises ``Unavailable(DATABASE_UNAVAILABLE)`` while the database is away."""

    def __init__(
        self,
        url: str,
        readers: int = 4,
        monotonic: Callable[[], float] = time.monotonic,
        statement_timeout_ms: int = STATEMENT_TIMEOUT_MS,
    ) -> None:
        self.url = url
        self.engine = make_engine(url, readers + 3, statement_timeout_ms)
        self.dialect = dialect_of(url)
        self._monotonic = monotonic
        self._last_refusal: tuple[float, SQLAlchemyError] | None = None
        self._closed = False
        self._local = threading.local()
        self._leaving = threading.Lock()
        self._reads = Lane("read", readers, READ_BATCH, self._run_reads, self._leave)
        # SQLite answers a lookup within microseconds, and threads that share them fight over the interpreter lock for
        # longer than that; Postgres is waited for, side by side.
        self._lookups = self._reads
        if self.dialect.answers_at_once:
            self._lookups = Lane("lookup", 1, READ_BATCH, self._run_reads, self._leave)
        self._writes = Lane("write", 1, WRITE_BATCH, self._run_writes, self._leave)
        self._lanes = tuple(dict.fromkeys((self._reads, self._lookups, self._writes)))

    async def read(self, work: Work[T]) -> T:
        """Run a query; it sees every write that returned before."""
        return await self._put(self._reads, work)

    async def lookup(self, work: Work[T]) -> T:
        """Run a query that an index answers with a few rows: it waits behind no longer one."""
        return await self._put(self._lookups, work)

    async def lookup_together(self, work: SharedWork[K, T], item: K) -> T:
        """:meth:`lookup` with work that takes the items of all who wait for it; they come together whose ``work`` is equal.

        Work that fails is done for each item by itself, so that an item that cannot be looked up fails nobody else;
        unless the database is away or too slow, which everybody hears at once.
        """
        return await self._enqueue(self._lookups, SharedJob(work, item, asyncio.get_running_loop()))

    async def write(self, work: Work[T]) -> T:
        """Run statements in a transaction shared with what waits beside them; returns after the commit.

        ``work`` may run twice, because a failing neighbour rolls the shared transaction back: it must do nothing but
        talk to the database. Once begun it is carried out, even when its caller goes away. Where the connection breaks
        during the commit, nobody can say whether it was stored: it is not tried again, and the caller hears
        ``Unavailable``.
        """
        return await self._put(self._writes, work)

    async def write_together(self, work: SharedWork[K, T], item: K) -> T:
        """:meth:`write` with work that takes the items of all who wait for it; each item is stored whole or not at all."""
        return await self._enqueue(self._writes, SharedJob(work, item, asyncio.get_running_loop()))

    def _put(self, lane: Lane, work: Work[T]) -> asyncio.Future[T]:
        return self._enqueue(lane, Job(work, asyncio.get_running_loop()))

    def _enqueue(self, lane: Lane, job: Job[T]) -> asyncio.Future[T]:
        if self._closed:
            raise Unavailable(Reason.DATABASE_UNAVAILABLE, "The server is stopping; try again shortly.")
        lane.put(job)
        if (span := SPAN.get()) is not None:
            job.future.add_done_callback(partial(_end_span, self._begin_span(span, lane.name, job)))
        return job.future

    def _begin_span(self, parent: Span, queue: str, job: Job[Any]) -> Span:
        """The span of a piece of work: its wait in the queue, and what it shared with others, included."""
        work = getattr(job, "shared_work", job.work)
        names = [part for part in getattr(work, "__qualname__", type(work).__qualname__).split(".") if part[0] != "<"]
        operation = ".".join(names[:2])
        return parent.child(f"sql {queue} {operation}", "sql", {"database": self.engine.name, "db_operation": operation})

    def watch(self, observe: Observe) -> None:
        """Have ``observe`` told of all work from now on."""
        for lane in self._lanes:
            lane.observe = observe

    def waiting(self) -> Mapping[str, int]:
        """Batches that wait in each queue."""
        return {lane.name: lane.waiting for lane in self._lanes}

    async def answers(self) -> bool:
        """Whether the database can be asked right now."""
        try:
            await self.read(lambda connection: connection.exec_driver_sql("SELECT 1").scalar())
        except Unavailable:
            return False
        return True

    async def close(self) -> None:
        """Finish what is queued, then close the connections, one after the other.

        SQLite moves its log into the database file when the last connection closes, and not at all when two are the last
        at once: whoever copies that file alone then copies less than was stored.
        """
        self._closed = True
        ends = [lane.close() for lane in self._lanes]
        await asyncio.to_thread(self._end, ends)

    def _end(self, ends: Sequence[Callable[[], None]]) -> None:
        for end in ends:
            end()
        self.engine.dispose()

    def _connection(self, isolation: str | None = None) -> Connection:
        """This thread's own connection, kept open between batches."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed or connection.invalidated:
            connection = self._connect()
            if isolation:
                connection = connection.execution_options(isolation_level=isolation)
            self._local.connection = connection
        return connection

    def _connect(self) -> Connection:
        if self._last_refusal is not None and self._monotonic() - self._last_refusal[0] < REFUSED_SECONDS:
            raise away(self._last_refusal[1])
        try:
            connection = self.engine.connect()
        except SQLAlchemyError as error:
            self._last_refusal = (self._monotonic(), error)
            raise
        self._last_refusal = None
        return connection

    def _drop_connection(self) -> None:
        connection: Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            with Attempt():  # It may be broken; then there is nothing to close.
                connection.invalidate()
                connection.close()

    def _leave(self) -> None:
        """The last thing that a thread does."""
        with self._leaving:
            self._drop_connection()

    def _run_reads(self, jobs: Sequence[Job[Any]]) -> None:
        """Each job by itself; one that finds its connection stale is run once more on a new one."""
        waiting = together(jobs)
        while waiting:
            job = waiting.pop()
            for _ in range(2):
                with Attempt() as opening:
                    connection = self._connection("AUTOCOMMIT")
                if opening.error is not None:
                    fail([part for rest in (job, *waiting) for part in rest.parts()], opening.error)
                    return
                if job.run(connection) or not passes(job.error or Exception()):
                    break
                self._drop_connection()
            # One item may be at fault. A database that is away or too slow is so for each of them, one after the other.
            if job.error is not None and len(job.parts()) > 1 and not (passes(job.error) or timed_out(job.error)):
                waiting += job.parts()

    def _run_writes(self, jobs: Sequence[Job[Any]]) -> None:
        """All in one transaction; when that fails, once more with a savepoint around each, so that the others go through."""
        if not self._transact(jobs, apart=False):
            self._transact([job for job in jobs if not timed_out(job.error)], apart=True)

    def _transact(self, jobs: Sequence[Job[Any]], *, apart: bool) -> bool:
        """One transaction. False when nothing is stored and another attempt is worth it; else every job has its outcome."""
        if not jobs:
            return True
        with Attempt() as opening:
            connection = self._connection()
            transaction = connection.begin()
        if opening.error is not None:
            self._drop_connection()
            fail(jobs, opening.error)
            return True
        for job in jobs if apart else together(jobs):
            if job.run(connection, apart=apart) or (apart and not connection.invalidated):
                continue
            is_lost = passes(job.error or Exception())
            with Attempt() as undoing:
                transaction.rollback()
            if is_lost or undoing.error is not None:
                self._drop_connection()
            if apart:
                fail(jobs, job.error or Exception())
            return apart or (len(jobs) == 1 and not is_lost)
        if is_aborted(connection) and not apart:
            transaction.rollback()
            return False
        with Attempt() as closing:
            transaction.commit()
        if closing.error is not None:
            self._drop_connection()
            fail(jobs, closing.error)
        return True


def _end_span(span: Span, done: asyncio.Future[Any]) -> None:
    span.end(None if done.cancelled() else done.exception())
