"""Both databases of the stores: SQLite in a file, and a real Postgres server where its binaries are."""

from __future__ import annotations

import itertools
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, text
from sqlmodel import SQLModel
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.settings import Settings
from tradewind_server.store.executor.engine import make_engine
from tradewind_server.store.migrate import migrate
from tradewind_server.store.repositories.repository import table_of
from tradewind_server.store.stores import Stores, open_stores
from tradewind_server.store.tables import WorkspaceRow

from harness.postgres import MISSING, PostgresServer, binaries

MINE = DEFAULT_WORKSPACE
THEIRS = "00000000-0000-4000-8000-000000000002"
MOMENT = datetime(2025, 1, 1, 11, 28, 36, 123456, tzinfo=UTC)


@dataclass
class Clock:
    """Time as a test sets it."""

    moment: datetime = MOMENT
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds
        self.moment += timedelta(seconds=seconds)


@dataclass
class Server:
    """Makes databases of one kind."""

    kind: str
    url_of: Callable[[bool], str]
    """A database's URL: with the schema, or a new one without."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    try:
        server.start()
        server.create_database()
        migrate(server.url("test_1"))
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "tradewind.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.skipif(not binaries(), reason=MISSING))])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Server:
    """Every case of the suite runs over each database."""
    if request.param == "postgres":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        return Server("postgres", lambda migrated: postgres.url("test_1" if migrated else postgres.create_database()))
    template: Path = request.getfixturevalue("migrated_file")
    numbers = itertools.count()

    def sqlite_url(migrated: bool) -> str:
        path = tmp_path / f"{next(numbers)}.db"
        if migrated:
            shutil.copy(template, path)
        return f"sqlite:///{path}"

    return Server("sqlite", sqlite_url)


@pytest.fixture
def url(server: Server) -> str:
    """A migrated database without rows but those of two workspaces."""
    address = server.url_of(True)
    engine = make_engine(address, 1)
    workspace = table_of(WorkspaceRow)
    with engine.begin() as connection:
        if server.kind == "postgres":  # One database for all tests: making one takes half a second each time.
            names = ", ".join(table.name for table in SQLModel.metadata.sorted_tables if table is not workspace)
            connection.execute(text(f"TRUNCATE {names}"))
        connection.execute(delete(workspace).where(workspace.c.id != MINE))
        connection.execute(insert(workspace), {"id": THEIRS, "name": "theirs", "created_date": MOMENT})
    engine.dispose()
    return address


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def open_on(url: str, clock: Clock) -> AsyncIterator[Callable[..., Stores]]:
    """Opens stores over the test's database, as another server on it would; keyword arguments are settings. The environment
    that runtime variables read has one name."""
    opened: list[Stores] = []

    def begin(**values: Any) -> Stores:
        settings = Settings(_env_file=None, database_url=url, **values)
        opened.append(open_stores(settings, b"a secret of the tests", clock.now, clock.monotonic, {"SEASON": "storms"}))
        return opened[-1]

    yield begin
    for stores in opened:
        await stores.close()


@pytest.fixture
async def open_stores_on(clock: Clock) -> AsyncIterator[Callable[[str], Stores]]:
    """Opens stores over a database that the test names."""
    opened: list[Stores] = []

    def begin(address: str) -> Stores:
        settings = Settings(_env_file=None, database_url=address)
        opened.append(open_stores(settings, b"a secret of the tests", clock.now, clock.monotonic, {}))
        return opened[-1]

    yield begin
    for stores in opened:
        await stores.close()


@pytest.fixture
def stores(open_on: Callable[..., Stores]) -> Stores:
    return open_on()


def new_id() -> str:
    return str(uuid.uuid4())
