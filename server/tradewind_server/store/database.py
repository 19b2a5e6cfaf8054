"""The database as a pair of queues: reader threads and a writer thread, each working through what waits together.

One synchronous engine serves SQLite and Postgres alike. Reads that wait together share one wake-up of a thread; writes
that wait together share one transaction, and each returns after the commit that holds it (docs/adr/0002).
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Insert
from sqlalchemy.exc import SQLAlchemyError

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.store.engine import STATEMENT_TIMEOUT_MS, make_engine
from tradewind_server.store.faults import away, passes, public_error, timed_out

T = TypeVar("T")
Work = Callable[[Connection], T]

READ_BATCH = 32
WRITE_BATCH = 256
IN_ERROR = 3
"""``psycopg.pq.TransactionStatus.INERROR``, without loading the driver where there is no Postgres."""
REFUSED_SECONDS = 1.0
"""How long nobody tries to connect again after a connection was refused; callers meanwhile hear so at once."""


class _Attempt:
    """A block whose error is kept: it belongs to those who wait for the work, not to the thread."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __enter__(self) -> _Attempt:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> bool:
        if isinstance(error, Exception):
            self.error = error
            return True
        return False


def _is_aborted(connection: Connection) -> bool:
    """Whether some work swallowed an error of Postgres: its commit would then roll back, without a word, for everyone."""
    info = getattr(connection.connection.driver_connection, "info", None)
    return info is not None and info.transaction_status == IN_ERROR


class _Job(Generic[T]):
    """One piece of work on its way through a thread and back. It may run twice, so it must only touch the database."""

    __slots__ = ("error", "future", "loop", "result", "work")

    def __init__(self, work: Work[T], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[T] = loop.create_future()
        self.result: T | None = None
        self.error: Exception | None = None

    def run(self, connection: Connection, *, apart: bool = False) -> bool:
        """Do the work, ``apart`` behind a savepoint of its own; whether it succeeded."""
        with _Attempt() as attempt:
            if apart:
                with connection.begin_nested():
                    self.result = self.work(connection)
                    if _is_aborted(connection):
                        raise RuntimeError("The work went on after a statement of it had failed.")
            else:
                self.result = self.work(connection)
        self.error = attempt.error
        return self.error is None

    def settle(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(public_error(self.error))
        else:
            self.future.set_result(self.result)  # type: ignore[arg-type]


class _Insert(_Job[None]):
    """Rows for one statement. Those that wait together for the same one go in with one execution."""

    __slots__ = ("parts", "rows", "statement")

    def __init__(
        self,
        statement: Insert,
        rows: Sequence[Mapping[str, Any]],
        loop: asyncio.AbstractEventLoop,
        parts: Sequence[_Insert] = (),
    ) -> None:
        super().__init__(self._insert, loop)
        self.statement = statement
        self.rows = list(rows)
        self.parts = parts
        """The inserts that this one stands for."""

    def _insert(self, connection: Connection) -> None:
        connection.execute(self.statement, self.rows)

    def run(self, connection: Connection, *, apart: bool = False) -> bool:
        succeeded = super().run(connection, apart=apart)
        for part in self.parts:
            part.error = self.error
        return succeeded


def _together(jobs: Sequence[_Job[Any]]) -> list[_Job[Any]]:
    """The jobs with the inserts of each statement made one. Jobs are independent of each other, so their order is free."""
    inserts: dict[int, list[_Insert]] = {}
    joined: list[_Job[Any]] = []
    for job in jobs:
        if isinstance(job, _Insert):
            inserts.setdefault(id(job.statement), []).append(job)
        else:
            joined.append(job)
    for parts in inserts.values():
        first = parts[0]
        rows = [row for part in parts for row in part.rows]
        joined.append(_Insert(first.statement, rows, first.loop, parts) if len(parts) > 1 else first)
    return joined


class _Lane:
    """A queue with threads behind it. ``leave`` is the last thing each thread does."""

    def __init__(
        self,
        name: str,
        threads: int,
        batch: int,
        run: Callable[[Sequence[_Job[Any]]], None],
        leave: Callable[[], None],
    ) -> None:
        self._queue: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._batch = batch
        self._run = run
        self._leave = leave
        self._threads = [threading.Thread(target=self._work, name=f"db-{name}-{i}", daemon=True) for i in range(threads)]
        for thread in self._threads:
            thread.start()

    def put(self, job: _Job[Any]) -> None:
        self._queue.put(job)

    def close(self) -> None:
        """Finish what is queued, then end the threads."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            jobs = [first]
            ended = False
            while len(jobs) < self._batch and not ended:
                try:
                    following = self._queue.get_nowait()
                except Empty:
                    break
                if following is None:
                    ended = True
                else:
                    jobs.append(following)
            self._finish(jobs)
            if ended:
                break
        self._leave()

    def _finish(self, jobs: list[_Job[Any]]) -> None:
        wanted = [job for job in jobs if not job.future.cancelled()]
        if not wanted:
            return
        with _Attempt() as attempt:
            self._run(wanted)
        if attempt.error is not None:
            _fail(wanted, attempt.error)
        for loop in {job.loop for job in wanted}:
            # A loop that has closed meanwhile has nobody left who waits.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle_all, [job for job in wanted if job.loop is loop])


def _settle_all(jobs: Sequence[_Job[Any]]) -> None:
    for job in jobs:
        job.settle()


def _fail(jobs: Sequence[_Job[Any]], error: Exception) -> None:
    """Nothing of these is stored; a job that failed by itself keeps its own error."""
    for job in jobs:
        job.error = job.error or error


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
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._monotonic = monotonic
        self._refused: tuple[float, SQLAlchemyError] | None = None
        self._closed = False
        self._local = threading.local()
        self._reads = _Lane("read", readers, READ_BATCH, self._run_reads, self._drop_connection)
        # SQLite answers a lookup within microseconds, and threads that share them fight over the interpreter lock for
        # longer than that; Postgres is waited for, side by side.
        self._lookups = (
            _Lane("lookup", 1, READ_BATCH, self._run_reads, self._drop_connection) if self.is_sqlite else self._reads
        )
        self._writes = _Lane("write", 1, WRITE_BATCH, self._run_writes, self._drop_connection)

    async def read(self, work: Work[T]) -> T:
        """Run a query; it sees every write that returned before."""
        return await self._put(self._reads, work)

    async def lookup(self, work: Work[T]) -> T:
        """Run a query that an index answers with a few rows: it waits behind no longer one."""
        return await self._put(self._lookups, work)

    async def write(self, work: Work[T]) -> T:
        """Run statements in a transaction shared with what waits beside them; returns after the commit.

        ``work`` may run twice, because a failing neighbour rolls the shared transaction back: it must do nothing but
        talk to the database. Once begun it is carried out, even when its caller goes away. Where the connection breaks
        during the commit, nobody can say whether it was stored: it is not tried again, and the caller hears
        ``Unavailable``.
        """
        return await self._put(self._writes, work)

    async def insert(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        """:meth:`write` of rows, all or none; cheaper where many calls insert with one statement at once."""
        job = _Insert(statement, rows, asyncio.get_running_loop())
        await self._queued(self._writes, job)

    def _put(self, lane: _Lane, work: Work[T]) -> asyncio.Future[T]:
        return self._queued(lane, _Job(work, asyncio.get_running_loop()))

    def _queued(self, lane: _Lane, job: _Job[T]) -> asyncio.Future[T]:
        if self._closed:
            raise Unavailable(Reason.DATABASE_UNAVAILABLE, "The server is stopping; try again shortly.")
        lane.put(job)
        return job.future

    async def answers(self) -> bool:
        """Whether the database can be asked right now."""
        try:
            await self.read(lambda connection: connection.exec_driver_sql("SELECT 1").scalar())
        except Unavailable:
            return False
        return True

    async def close(self) -> None:
        """Finish what is queued, then close the connections."""
        self._closed = True
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._reads.close()
        if self._lookups is not self._reads:
            self._lookups.close()
        self._writes.close()
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
        if self._refused is not None and self._monotonic() - self._refused[0] < REFUSED_SECONDS:
            raise away(self._refused[1])
        try:
            connection = self.engine.connect()
        except SQLAlchemyError as error:
            self._refused = (self._monotonic(), error)
            raise
        self._refused = None
        return connection

    def _drop_connection(self) -> None:
        connection: Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            with _Attempt():  # It may be broken; then there is nothing to close.
                connection.invalidate()
                connection.close()

    def _run_reads(self, jobs: Sequence[_Job[Any]]) -> None:
        """Each job by itself; one that finds its connection stale is run once more on a new one."""
        for done, job in enumerate(jobs):
            for _ in range(2):
                with _Attempt() as opening:
                    connection = self._connection("AUTOCOMMIT")
                if opening.error is not None:
                    _fail(jobs[done:], opening.error)
                    return
                if job.run(connection) or not passes(job.error or Exception()):
                    break
                self._drop_connection()

    def _run_writes(self, jobs: Sequence[_Job[Any]]) -> None:
        """All in one transaction; when that fails, once more with a savepoint around each, so that the others go through."""
        if not self._transact(jobs, apart=False):
            self._transact([job for job in jobs if not timed_out(job.error)], apart=True)

    def _transact(self, jobs: Sequence[_Job[Any]], *, apart: bool) -> bool:
        """One transaction. False when nothing is stored and another attempt is worth it; else every job has its outcome."""
        if not jobs:
            return True
        with _Attempt() as opening:
            connection = self._connection()
            transaction = connection.begin()
        if opening.error is not None:
            self._drop_connection()
            _fail(jobs, opening.error)
            return True
        for job in jobs if apart else _together(jobs):
            if job.run(connection, apart=apart) or (apart and not connection.invalidated):
                continue
            lost = passes(job.error or Exception())
            with _Attempt() as undoing:
                transaction.rollback()
            if lost or undoing.error is not None:
                self._drop_connection()
            if apart:
                _fail(jobs, job.error or Exception())
            return apart or (len(jobs) == 1 and not lost)
        if _is_aborted(connection) and not apart:
            transaction.rollback()
            return False
        with _Attempt() as closing:
            transaction.commit()
        if closing.error is not None:
            self._drop_connection()
            _fail(jobs, closing.error)
        return True
