"""What holds for the database under the stores on either kind, and what only a server can do to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from tradewind_server.errors import DeadlineExceeded, InvalidInput, Unavailable
from tradewind_server.store.executor.database import Database

from harness.postgres import MISSING, PostgresServer, binaries

from .conftest import Clock, Server

INSERT = text("INSERT INTO word VALUES (:word)")
END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tradewind'"
needs_server = pytest.mark.skipif(not binaries(), reason=MISSING)


@pytest.fixture
async def database(server: Server) -> AsyncIterator[Database]:
    database = Database(server.url_of(False), readers=2)
    await database.write(
        lambda connection: connection.execute(text("CREATE TABLE word (text VARCHAR(255) PRIMARY KEY)")) and None
    )
    yield database
    await database.close()


@pytest.fixture
async def on_postgres(postgres: PostgresServer, clock: Clock) -> AsyncIterator[Database]:
    database = Database(postgres.url(postgres.create_database()), readers=2, monotonic=clock.monotonic)
    await database.write(
        lambda connection: connection.execute(text("CREATE TABLE word (text VARCHAR(255) PRIMARY KEY)")) and None
    )
    yield database
    await database.close()


async def add(database: Database, word: str) -> None:
    await database.write(lambda connection: connection.execute(INSERT, {"word": word}) and None)


async def words(database: Database) -> list[str]:
    return await database.read(
        lambda connection: (
            [row[0] for row in connection.execute(text('SELECT text FROM word ORDER BY text COLLATE "C"'))]
            if connection.dialect.name == "postgresql"
            else [row[0] for row in connection.execute(text("SELECT text FROM word ORDER BY text"))]
        )
    )


async def test_200_writers_at_once_with_bad_ones_among_them(database: Database) -> None:
    await add(database, "taken")
    given = [f"w{number:03}" for number in range(200)] + ["taken", "nul \x00"] * 20
    outcomes = await asyncio.gather(*(add(database, word) for word in given), return_exceptions=True)
    assert outcomes[:200] == [None] * 200
    assert {type(one) for one in outcomes[200:]} == {IntegrityError, InvalidInput}
    assert await words(database) == ["taken", *given[:200]]


async def test_work_that_swallows_an_error_does_not_undo_its_neighbours(database: Database) -> None:
    await add(database, "taken")

    def careless(connection: Connection) -> None:
        with suppress(SQLAlchemyError):
            connection.execute(INSERT, {"word": "taken"})

    outcomes = await asyncio.gather(add(database, "a"), database.write(careless), add(database, "b"), return_exceptions=True)
    assert (outcomes[0], outcomes[2]) == (None, None)
    assert await words(database) == ["a", "b", "taken"]


async def test_any_character_but_nul_comes_back(database: Database) -> None:
    given = "Straße 東京 🏙‍🌊 \u202e \ufffd \x01 \x7f ’"
    await add(database, given)
    assert await words(database) == [given]


@needs_server
async def test_connections_that_the_server_ended_are_replaced_without_a_word(
    on_postgres: Database, postgres: PostgresServer
) -> None:
    await add(on_postgres, "before")
    assert await words(on_postgres) == ["before"]
    postgres.execute(END_ALL)
    await asyncio.gather(*(add(on_postgres, f"w{number}") for number in range(5)))
    postgres.execute(END_ALL)
    assert await words(on_postgres) == ["before", "w0", "w1", "w2", "w3", "w4"]


@needs_server
async def test_a_connection_that_ends_in_the_commit_is_not_tried_again(on_postgres: Database, postgres: PostgresServer) -> None:
    ran: list[str] = []
    event.listen(on_postgres.engine, "commit", lambda _: postgres.execute(END_ALL), once=True)

    def work(connection: Connection) -> None:
        ran.append("once")
        connection.execute(INSERT, {"word": "lost"})

    with pytest.raises(Unavailable):
        await on_postgres.write(work)
    assert ran == ["once"]
    await add(on_postgres, "next")
    assert await words(on_postgres) == ["next"]


@needs_server
async def test_a_server_that_is_down_is_unavailable_until_it_is_back(
    on_postgres: Database, postgres: PostgresServer, clock: Clock
) -> None:
    await add(on_postgres, "before")
    postgres.stop()
    try:
        outcomes = await asyncio.gather(
            *(add(on_postgres, f"w{number}") for number in range(50)),
            *(words(on_postgres) for _ in range(50)),
            return_exceptions=True,
        )
        assert {type(one) for one in outcomes} == {Unavailable}
    finally:
        postgres.start()
    clock.advance(1.5)
    await add(on_postgres, "after")
    assert await words(on_postgres) == ["after", "before"]


@needs_server
async def test_two_servers_that_lock_each_other_out_both_get_through(on_postgres: Database, postgres: PostgresServer) -> None:
    other = Database(on_postgres.url, readers=1)
    await asyncio.gather(add(on_postgres, "a"), add(on_postgres, "b"))
    met: Any = asyncio.Barrier(2)
    loop = asyncio.get_running_loop()

    def crossing(first: str, second: str) -> Any:
        tries: list[str] = []

        def work(connection: Connection) -> None:
            tries.append(first)
            change = text("UPDATE word SET text = text WHERE text = :word")
            connection.execute(change, {"word": first})
            if len(tries) == 1:
                asyncio.run_coroutine_threadsafe(met.wait(), loop).result(20)
            connection.execute(change, {"word": second})

        return work

    await asyncio.gather(on_postgres.write(crossing("a", "b")), other.write(crossing("b", "a")))
    await other.close()


async def test_errors_do_not_show_what_was_stored(database: Database) -> None:
    await add(database, "a secret")
    with pytest.raises(IntegrityError) as raised:
        await add(database, "a secret")
    shown = str(raised.value).replace("Key (text)=(a secret) already exists", "")  # The server's own words about a key.
    assert "a secret" not in shown


@needs_server
async def test_a_closed_database_leaves_no_connection_behind(postgres: PostgresServer) -> None:
    name = postgres.create_database()
    database = Database(postgres.url(name), readers=3)
    await asyncio.gather(
        *(database.read(lambda connection: connection.execute(text("SELECT pg_sleep(0.01)")).all()) for _ in range(200))
    )
    await database.write(lambda connection: connection.execute(text("CREATE TABLE word (text VARCHAR)")) and None)
    await database.close()
    assert postgres.connections(name) == 0


@needs_server
async def test_a_statement_that_takes_too_long_is_stopped_and_not_repeated(postgres: PostgresServer) -> None:
    database = Database(postgres.url(postgres.create_database()), readers=1, statement_timeout_ms=500)
    await database.write(lambda connection: connection.execute(text("CREATE TABLE word (text VARCHAR)")) and None)
    ran: list[str] = []

    def slow(connection: Connection) -> None:
        ran.append("once")
        connection.execute(text("SELECT pg_sleep(30)")).all()

    for call in (database.read, database.write):
        with pytest.raises(DeadlineExceeded):
            await call(slow)
    assert ran == ["once", "once"]
    outcomes = await asyncio.gather(add(database, "a"), database.write(slow), add(database, "b"), return_exceptions=True)
    assert [type(one) for one in outcomes] == [type(None), DeadlineExceeded, type(None)]
    assert await words(database) == ["a", "b"]
    assert len(ran) == 3
    await database.close()
