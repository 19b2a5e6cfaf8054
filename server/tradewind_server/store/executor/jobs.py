"""Work on its way to a thread of the database and back, alone or together with its like."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from tradewind_server.store.dialects.dialect import SharedWork, Work
from tradewind_server.store.dialects.postgres import is_aborted
from tradewind_server.store.executor.faults import public_error

T = TypeVar("T")
K = TypeVar("K")


class Attempt:
    """A block whose error is kept: it belongs to those who wait for the work, not to the thread."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __enter__(self) -> Attempt:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> bool:
        if isinstance(error, Exception):
            self.error = error
            return True
        return False


class Job(Generic[T]):
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
        with Attempt() as attempt:
            if apart:
                with connection.begin_nested():
                    self.result = self.work(connection)
                    if is_aborted(connection):
                        raise RuntimeError("The work went on after a statement of it had failed.")
            else:
                self.result = self.work(connection)
        self.error = attempt.error
        return self.error is None

    def parts(self) -> Sequence[Job[Any]]:
        """The jobs that this one stands for."""
        return (self,)

    def settle(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(public_error(self.error))
        else:
            self.future.set_result(self.result)  # type: ignore[arg-type]


class SharedJob(Job[T], Generic[K, T]):
    """An item for work that takes many at once."""

    __slots__ = ("item", "shared_work")

    def __init__(self, shared_work: SharedWork[K, T], item: K, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(self._alone, loop)
        self.shared_work = shared_work
        self.item = item

    def _alone(self, connection: Connection) -> T:
        return self.shared_work(connection, [self.item])[0]


class JoinedJob(Job[None]):
    """Items that wait together for the same work, done with one call of it. Nobody waits for this job itself."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Sequence[SharedJob[Any, Any]]) -> None:
        super().__init__(self._run_parts, parts[0].loop)
        self._parts = parts

    def parts(self) -> Sequence[Job[Any]]:
        return self._parts

    def _run_parts(self, connection: Connection) -> None:
        outcomes = self._parts[0].shared_work(connection, [part.item for part in self._parts])
        for part, outcome in zip(self._parts, outcomes, strict=True):
            part.result = outcome

    def run(self, connection: Connection, *, apart: bool = False) -> bool:
        success = super().run(connection, apart=apart)
        for part in self._parts:
            part.error = self.error
        return success


def together(jobs: Sequence[Job[Any]]) -> list[Job[Any]]:
    """The jobs, with those that share their work made one. Jobs are independent of each other, so their order is free."""
    sharing: dict[SharedWork[Any, Any], list[SharedJob[Any, Any]]] = {}
    result: list[Job[Any]] = []
    for job in jobs:
        if isinstance(job, SharedJob):
            sharing.setdefault(job.shared_work, []).append(job)
        else:
            result.append(job)
    result += [JoinedJob(parts) if len(parts) > 1 else parts[0] for parts in sharing.values()]
    return result


def fail(jobs: Sequence[Job[Any]], error: Exception) -> None:
    """Nothing of these is done; a job that failed by itself keeps its own error."""
    for job in jobs:
        job.error = job.error or error
