"""The database as a pair of queues: reader threads and a writer thread, each working through what waits together.

One synchronous engine serves SQLite and Postgres alike. Reads that wait together share one wake-up of a thread; writes
that wait together share one transaction, and each returns after the commit that holds it (docs/adr/0002).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from tradewind_server.errors import Reason, Unavailable

T = TypeVar("T")
Work = Callable[[Connection], T]

READ_BATCH = 32
WRITE_BATCH = 256
BUSY_TIMEOUT_MS = 10_000


class _Job(Generic[T]):
    """One piece of work on its way through a thread and back. It may run twice, so it must only touch the database."""

    __slots__ = ("error", "future", "loop", "result", "work")

    def __init__(self, work: Work[T], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[T] = loop.create_future()
        self.result: T | None = None
        self.error: Exception | None = None

    def run(self, connection: Connection) -> bool:
        """Do the work, keeping its result or its error; whether it succeeded."""
        with self:
            self.result = self.work(connection)
        return self.error is None

    def __enter__(self) -> None:
        self.error = None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> bool:
        # Whatever the work raised belongs to its caller, not to the thread.
        if isinstance(error, Exception):
            self.error = error
            return True
        return False

    def settle(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(public_error(self.error))
        else:
            self.future.set_result(self.result)  # type: ignore[arg-type]


def public_error(error: Exception) -> Exception:
    """A database that is away is the caller's to know; anything else stays what it is."""
    if isinstance(error, OperationalError | InterfaceError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        away = Unavailable(Reason.DATABASE_UNAVAILABLE, "The database does not answer right now; try again shortly.")
        away.__cause__ = error
        return away
    return error


def make_engine(url: str, pool_size: int) -> Engine:
    """The engine, with the pragmas that make SQLite durable and concurrent."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=pool_size, pool_pre_ping=True, connect_args={"connect_timeout": 5})
    engine = create_engine(url, pool_size=pool_size, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says when a transaction begins, not the driver.
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=NORMAL",  # A killed process loses nothing; a power cut may lose the last commits.
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "cache_size=-8192",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            # Taking the write lock at once: upgrading a read transaction later can fail with "database is locked".
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class _Lane:
    """A queue with threads behind it."""

    def __init__(self, name: str, threads: int, batch: int, run: Callable[[Sequence[_Job[Any]]], None]) -> None:
        self._queue: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._batch = batch
        self._run = run
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
                return

    def _finish(self, jobs: list[_Job[Any]]) -> None:
        wanted = [job for job in jobs if not job.future.cancelled()]
        if wanted:
            self._run(wanted)
            for loop in {job.loop for job in wanted}:
                settled = [job for job in wanted if job.loop is loop]
                if not loop.is_closed():
                    loop.call_soon_threadsafe(_settle_all, settled)


def _settle_all(jobs: Sequence[_Job[Any]]) -> None:
    for job in jobs:
        job.settle()


class Database:
    """Runs work on connections. Raises ``Unavailable(DATABASE_UNAVAILABLE)`` while the database is away."""

    def __init__(self, url: str, readers: int = 4) -> None:
        self.url = url
        self.engine = make_engine(url, readers + 2)
        self._local = threading.local()
        self._reads = _Lane("read", readers, READ_BATCH, self._run_reads)
        self._writes = _Lane("write", 1, WRITE_BATCH, self._run_writes)

    async def read(self, work: Work[T]) -> T:
        """Run a query; it sees every write that returned before."""
        job = _Job(work, asyncio.get_running_loop())
        self._reads.put(job)
        return await job.future

    async def write(self, work: Work[T]) -> T:
        """Run statements in a transaction shared with what waits beside them; returns after the commit.

        ``work`` may run twice, because a failing neighbour rolls the shared transaction back: it must do nothing but
        talk to the database. Once begun it is carried out, even when its caller goes away.
        """
        job = _Job(work, asyncio.get_running_loop())
        self._writes.put(job)
        return await job.future

    async def answers(self) -> bool:
        """Whether the database can be asked right now."""
        try:
            await self.read(lambda connection: connection.exec_driver_sql("SELECT 1").scalar())
        except Unavailable:
            return False
        return True

    async def close(self) -> None:
        """Finish what is queued, then close the connections."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._reads.close()
        self._writes.close()
        self.engine.dispose()

    def _connection(self, isolation: str | None) -> Connection:
        """This thread's own connection, kept open between batches."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed or connection.invalidated:
            connection = self.engine.connect()
            if isolation:
                connection = connection.execution_options(isolation_level=isolation)
            self._local.connection = connection
        return connection

    def _run_reads(self, jobs: Sequence[_Job[Any]]) -> None:
        for job in jobs:
            with job:
                connection = self._connection("AUTOCOMMIT")
                if not job.run(connection) and isinstance(job.error, SQLAlchemyError):
                    self._drop_connection()
                    if isinstance(public_error(job.error), Unavailable):  # A stale connection: once more on a new one.
                        job.run(self._connection("AUTOCOMMIT"))

    def _run_writes(self, jobs: Sequence[_Job[Any]]) -> None:
        if self._run_together(jobs):
            return
        for job in jobs:
            if not self._run_together([job]) and isinstance(public_error(job.error or Exception()), Unavailable):
                self._run_together([job])

    def _run_together(self, jobs: Sequence[_Job[Any]]) -> bool:
        """All jobs in one transaction; False, and nothing stored, when any of them fails."""
        last = jobs[-1]
        succeeded = False
        with last:  # Begin and commit can fail too: the error then stands with the last job, and all are run singly.
            connection = self._connection(None)
            with connection.begin() as transaction:
                for job in jobs:
                    if not job.run(connection):
                        transaction.rollback()
                        return False
            succeeded = True
        if not succeeded:
            self._drop_connection()
        return succeeded

    def _drop_connection(self) -> None:
        connection: Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            connection.invalidate()
            connection.close()
