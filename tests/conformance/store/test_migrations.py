"""The schema as migrations make it, on either database."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel
from tradewind_server.errors import FailedPrecondition, Unavailable
from tradewind_server.store.executor.engine import make_engine
from tradewind_server.store.migrate import is_current, migrate

from .conftest import MINE, Server

EVERY_TABLE = {table.name for table in SQLModel.metadata.sorted_tables} | {"alembic_version"}


@pytest.fixture
def empty(server: Server) -> str:
    """A database without a schema."""
    return server.url_of(False)


def on(url: str, work: Any) -> Any:
    engine = make_engine(url, 1)
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


def test_a_fresh_database_gets_every_table_and_one_workspace(empty: str) -> None:
    assert on(empty, is_current) is False
    migrate(empty)
    assert on(empty, is_current) is True
    assert set(on(empty, lambda connection: inspect(connection).get_table_names())) == EVERY_TABLE
    assert on(empty, lambda connection: connection.execute(text("SELECT id FROM workspace")).scalars().all()) == [MINE]


def test_a_migrated_database_is_left_as_it_is(empty: str) -> None:
    migrate(empty)
    on(empty, lambda connection: connection.execute(text("UPDATE workspace SET name = 'renamed'")))
    migrate(empty)
    assert on(empty, lambda connection: connection.execute(text("SELECT name FROM workspace")).scalars().all()) == ["renamed"]


def test_servers_that_start_at_once_migrate_once(empty: str) -> None:
    together = threading.Barrier(4)

    def start(_number: int) -> None:
        together.wait()
        migrate(empty)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(start, range(4))) == [None] * 4
    assert on(empty, lambda connection: connection.execute(text("SELECT count(*) FROM workspace")).scalar()) == 1


def test_the_tables_are_those_of_the_models(empty: str) -> None:
    migrate(empty)

    def differences(connection: Any) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, SQLModel.metadata)

    assert on(empty, differences) == []


def test_a_database_of_a_newer_version_is_left_alone(empty: str) -> None:
    migrate(empty)
    on(empty, lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(FailedPrecondition, match="newer version"):
        migrate(empty)


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql+psycopg://x@/x?host=/nowhere"])
def test_a_database_that_is_away_is_unavailable(url: str) -> None:
    with pytest.raises(Unavailable):
        migrate(url)
