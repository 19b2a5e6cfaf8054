from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import IntegrityError
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.store.executor.database import Database

INSERT = text("INSERT INTO word VALUES (:word)")


def adding(word: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(INSERT, {"word": word})
        return word

    return work


def words(connection: Connection) -> list[str]:
    return [row[0] for row in connection.execute(text("SELECT text FROM word ORDER BY text"))]


class Gate:
    """Work that holds its thread until the test opens it, so that other work has to wait together."""

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self._opened = threading.Event()
        self._loop = asyncio.get_running_loop()

    def __call__(self, connection: Connection) -> None:
        self._loop.call_soon_threadsafe(self.entered.set)
        assert self._opened.wait(20)

    def open(self) -> None:
        self._opened.set()


async def waiting_together(database: Database, works: list[Callable[[Connection], Any]]) -> list[Any]:
    """The outcomes of writes that were all queued while the writer was busy."""
    gate = Gate()
    first = asyncio.create_task(database.write(gate))
    await gate.entered.wait()
    rest = [asyncio.ensure_future(database.write(work)) for work in works]
    await asyncio.sleep(0)
    gate.open()
    await first
    return await asyncio.gather(*rest, return_exceptions=True)


def count(database: Database, name: str) -> list[str]:
    """Grows by one for each such event of the engine."""
    seen: list[str] = []
    event.listen(database.engine, name, lambda *_: seen.append(name))
    return seen


async def test_what_a_write_returned_a_read_sees(database: Database) -> None:
    assert await database.write(adding("a")) == "a"
    assert await database.read(words) == ["a"]


async def test_writes_that_wait_together_share_one_commit(database: Database) -> None:
    commits = count(database, "commit")
    outcomes = await waiting_together(database, [adding(f"w{number:03}") for number in range(100)])
    assert outcomes == [f"w{number:03}" for number in range(100)]
    assert len(await database.read(words)) == 100
    assert len(commits) == 2


async def test_a_failing_neighbour_takes_nobody_along(database: Database) -> None:
    await database.write(adding("taken"))
    commits = count(database, "commit")
    works = [adding("a"), adding("taken"), adding("b"), adding("nul \x00"), adding("c")]
    first, double, second, unstorable, third = await waiting_together(database, works)
    assert (first, second, third) == ("a", "b", "c")
    assert isinstance(double, IntegrityError)
    assert isinstance(unstorable, InvalidInput)
    assert await database.read(words) == ["a", "b", "c", "taken"]
    assert len(commits) == 2, "one of the gate, one of all that could be stored"


async def test_half_a_piece_of_work_is_never_stored(database: Database) -> None:
    def half(connection: Connection) -> None:
        connection.execute(INSERT, {"word": "half"})
        raise LookupError("no more")

    with pytest.raises(LookupError):
        await database.write(half)
    outcomes = await waiting_together(database, [adding("whole"), half])
    assert outcomes[0] == "whole"
    assert isinstance(outcomes[1], LookupError)
    assert await database.read(words) == ["whole"]


async def test_a_commit_that_fails_is_everyones_and_is_not_tried_again(database: Database) -> None:
    ran: list[str] = []

    def noted(word: str) -> Callable[[Connection], str]:
        def work(connection: Connection) -> str:
            ran.append(word)
            return adding(word)(connection)

        return work

    def refuse(_connection: Connection) -> None:
        raise OSError("the disk is full")

    gate_passed = count(database, "commit")
    event.listen(database.engine, "commit", lambda connection: len(gate_passed) > 1 and refuse(connection))
    outcomes = await waiting_together(database, [noted("a"), noted("b")])
    assert [type(one) for one in outcomes] == [OSError, OSError]
    assert ran == ["a", "b"]
    assert await database.read(words) == []


async def test_a_write_whose_caller_left_before_it_began_is_not_done(database: Database) -> None:
    gate = Gate()
    first = asyncio.create_task(database.write(gate))
    await gate.entered.wait()
    left = asyncio.create_task(database.write(adding("left")))
    stays = asyncio.create_task(database.write(adding("stays")))
    await asyncio.sleep(0)
    left.cancel()
    await asyncio.sleep(0)
    gate.open()
    await asyncio.gather(first, stays)
    assert left.cancelled()
    assert await database.read(words) == ["stays"]


async def test_a_write_that_has_begun_is_carried_out_without_its_caller(database: Database) -> None:
    gate = Gate()

    def work(connection: Connection) -> None:
        gate(connection)
        connection.execute(INSERT, {"word": "begun"})

    left = asyncio.create_task(database.write(work))
    await gate.entered.wait()
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    gate.open()
    await database.write(adding("later"))
    assert await database.read(words) == ["begun", "later"]


async def test_a_loop_that_closed_does_not_stop_the_threads(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/words.db", readers=1)
    begun, go_on = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        begun.set()
        assert go_on.wait(20)

    def one_loop() -> None:
        loop = asyncio.new_event_loop()

        async def leave() -> None:
            task = asyncio.ensure_future(database.read(slow))
            await asyncio.to_thread(begun.wait)
            task.cancel()

        loop.run_until_complete(leave())
        loop.close()

    await asyncio.to_thread(one_loop)
    go_on.set()
    assert await database.read(lambda connection: connection.execute(text("SELECT 1")).scalar()) == 1
    await database.close()


async def test_close_finishes_what_is_queued_and_takes_nothing_more(tmp_path: Path, database: Database) -> None:
    gate = Gate()
    first = asyncio.create_task(database.write(gate))
    await gate.entered.wait()
    queued = [asyncio.create_task(database.write(adding(f"q{number}"))) for number in range(3)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await database.write(adding("too late"))
    gate.open()
    assert await asyncio.gather(*queued) == ["q0", "q1", "q2"]
    await asyncio.gather(first, closing)


async def test_a_database_that_is_away_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/missing/words.db", readers=1)
    for call in (database.read, database.write):
        with pytest.raises(Unavailable) as raised:
            await call(words)
        assert raised.value.reason is Reason.DATABASE_UNAVAILABLE
        assert str(tmp_path) not in raised.value.message
    await database.close()


async def test_a_refused_connection_is_asked_for_again_after_a_moment(tmp_path: Path) -> None:
    clock = [0.0]
    database = Database(f"sqlite:///{tmp_path}/later/words.db", readers=1, monotonic=lambda: clock[0])
    attempts: list[str] = []
    event.listen(database.engine, "do_connect", lambda *_: attempts.append("connect"))
    for _ in range(5):
        with pytest.raises(Unavailable):
            await database.read(words)
    assert attempts == ["connect"]
    (tmp_path / "later").mkdir()
    clock[0] = 1.5
    await database.write(lambda connection: connection.execute(text("CREATE TABLE word (text VARCHAR)")) and None)
    assert await database.read(words) == []
    await database.close()


async def test_a_fault_of_ours_is_not_called_absence(database: Database) -> None:
    with pytest.raises(Exception, match="no such table") as raised:
        await database.read(lambda connection: connection.execute(text("SELECT * FROM nowhere")).all())
    assert not isinstance(raised.value, Unavailable)


@pytest.mark.parametrize("bad", ["nul \x00", "half a pair \ud800"])
async def test_text_that_no_database_takes_is_the_callers_mistake(database: Database, bad: str) -> None:
    with pytest.raises(InvalidInput):
        await database.write(adding(bad))
    with pytest.raises(InvalidInput):
        await database.read(lambda connection: connection.execute(text("SELECT :word"), {"word": bad}).scalar())
    assert await database.read(words) == []


async def test_a_lock_held_elsewhere_fails_the_batch_once(tmp_path: Path, database: Database) -> None:
    other = Database(f"sqlite:///{tmp_path}/words.db", readers=1)
    said: list[str] = []

    def impatient(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
        connection.connection.driver_connection.set_trace_callback(said.append)  # type: ignore[union-attr]

    await other.write(impatient)
    gate = Gate()
    holding = asyncio.create_task(database.write(gate))
    await gate.entered.wait()
    said.clear()
    with pytest.raises(Unavailable):
        await other.write(adding("waits"))
    gate.open()
    await holding
    assert said == ["BEGIN IMMEDIATE"]
    assert await other.write(adding("goes")) == "goes"
    await other.close()


class Shared:
    """Work for many items, noting which came together."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def add(self, connection: Connection, items: Sequence[str]) -> list[str]:
        self.calls.append(list(items))
        connection.execute(INSERT, [{"word": item} for item in items])
        return [f"added {item}" for item in items]

    def find(self, connection: Connection, items: Sequence[str]) -> list[int]:
        self.calls.append(list(items))
        if "bad" in items:
            raise LookupError("bad")
        known = words(connection)
        return [known.count(item) for item in items]


async def test_items_that_wait_together_are_one_call_of_their_work(database: Database) -> None:
    shared = Shared()
    outcomes = await asyncio.gather(*(database.write_together(shared.add, item) for item in "abc"))
    assert outcomes == ["added a", "added b", "added c"]
    assert await asyncio.gather(*(database.lookup_together(shared.find, item) for item in "xb")) == [0, 1]
    assert shared.calls == [["a", "b", "c"], ["x", "b"]]


async def test_an_item_that_fails_takes_no_other_along(database: Database) -> None:
    shared = Shared()
    await database.write(adding("taken"))
    added = await asyncio.gather(
        *(database.write_together(shared.add, item) for item in ("a", "taken", "b")), return_exceptions=True
    )
    assert (added[0], added[2]) == ("added a", "added b")
    assert isinstance(added[1], IntegrityError)
    found = await asyncio.gather(
        *(database.lookup_together(shared.find, item) for item in ("a", "bad", "z")), return_exceptions=True
    )
    assert (found[0], found[2]) == (1, 0)
    assert isinstance(found[1], LookupError)
    assert await database.read(words) == ["a", "b", "taken"]


async def test_work_of_different_kinds_keeps_apart(database: Database) -> None:
    one, other = Shared(), Shared()
    await asyncio.gather(
        *(database.write_together(shared.add, item) for shared, item in ((one, "a"), (other, "b"), (one, "c")))
    )
    assert (one.calls, other.calls) == ([["a", "c"]], [["b"]])


async def test_what_was_asked_for_just_before_the_end_is_still_done(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/words.db", readers=1)
    asked = asyncio.ensure_future(database.read(lambda connection: connection.execute(text("SELECT 1")).scalar()))
    await asyncio.sleep(0)
    await database.close()
    assert await asked == 1


async def test_a_database_that_is_away_is_not_asked_for_each_item_anew(database: Database) -> None:
    calls: list[int] = []

    def busy(connection: Connection, items: Sequence[str]) -> list[str]:
        calls.append(len(items))
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    outcomes = await asyncio.gather(*(database.lookup_together(busy, item) for item in "abc"), return_exceptions=True)
    assert [type(one) for one in outcomes] == [Unavailable] * 3
    assert calls == [3, 3], "once more on a new connection"


@pytest.mark.parametrize("writes", [False, True])
async def test_connections_close_one_after_the_other_so_that_the_file_alone_is_whole(tmp_path: Path, writes: bool) -> None:
    """Two that close at once leave the log beside the file, as SQLite has it."""
    database = Database(f"sqlite:///{tmp_path}/words.db", readers=4)
    others_wait: list[bool] = []
    event.listen(database.engine, "invalidate", lambda *_: others_wait.append(database._leaving.locked()))
    gates, reads = [Gate() for _ in range(4)], []
    for gate in gates:  # Each in a thread of its own.
        reads.append(asyncio.create_task(database.read(gate)))
        await gate.entered.wait()
    for gate in gates:
        gate.open()
    await asyncio.gather(*reads)
    if writes:
        await database.write(lambda connection: connection.exec_driver_sql("CREATE TABLE word (text TEXT)"))
    await database.close()
    assert others_wait == [True] * (5 if writes else 4)
    assert os.listdir(tmp_path) == ["words.db"]
