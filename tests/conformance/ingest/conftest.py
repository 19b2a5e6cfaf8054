"""Both adapters of the port ``Locks``: files, and a real Postgres server where its binaries are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tradewind_server.files.locks import FileLocks
from tradewind_server.ingest.ports import Locks
from tradewind_server.store.advisory_locks import AdvisoryLocks

from harness.postgres import MISSING, PostgresServer, binaries


@dataclass
class Kind:
    """One kind of locks; ``place`` is where they are: a folder, or a database."""

    name: str
    place: str

    def open(self) -> Locks:
        """Locks as one more process has them."""
        return FileLocks(Path(self.place)) if self.name == "files" else AdvisoryLocks(self.place)


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    server = PostgresServer()
    try:
        server.start()
        yield server.url(server.create_database())
    finally:
        server.remove()


@pytest.fixture(params=["files", pytest.param("postgres", marks=pytest.mark.skipif(not binaries(), reason=MISSING))])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Kind:
    if request.param == "postgres":
        url: str = request.getfixturevalue("database")
        return Kind("postgres", url.replace("postgresql://", "postgresql+psycopg://"))
    FileLocks(tmp_path / "locks").prepare()
    return Kind("files", str(tmp_path / "locks"))
