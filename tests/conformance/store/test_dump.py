"""Both databases are copied while they are written to, and brought into an unused one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tradewind_server.errors import Unavailable
from tradewind_server.store.dump import StoreDump
from tradewind_server.store.executor.engine import make_engine
from tradewind_server.store.migrate import migrate

from .conftest import Server


def on(url: str, work: Callable[[Any], Any]) -> Any:
    engine = make_engine(url, 1)
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


def rename(url: str, name: str) -> None:
    on(url, lambda connection: connection.execute(text("UPDATE workspace SET name = :name"), {"name": name}))


def name_in(url: str) -> str:
    return str(on(url, lambda connection: connection.execute(text("SELECT name FROM workspace")).scalar()))


def test_a_dump_is_the_state_of_one_moment_and_loads_into_an_unused_database(server: Server, tmp_path: Path) -> None:
    source, target = server.url_of(False), server.url_of(False)
    assert StoreDump(source).revision() is None
    migrate(source)
    rename(source, "before")
    dump, engine = StoreDump(source), make_engine(source, 1)
    with engine.begin() as connection:  # A writer whose transaction is open keeps nobody waiting, and is not in the copy.
        connection.execute(text("UPDATE workspace SET name = 'in a transaction'"))
        dump.save(tmp_path / "dump")
    engine.dispose()
    other = StoreDump(target)
    assert (other.is_unused(), dump.is_unused()) == (True, False)
    other.load(tmp_path / "dump")
    assert name_in(target) == "before"
    assert (other.kind.lower(), other.revision()) == (server.kind, dump.revision())
    assert other.knows(dump.revision() or "") is True
    assert other.knows("9999") is False
    migrate(target)


def test_the_marks_change_with_rows_that_speak_of_vectors(server: Server) -> None:
    url = server.url_of(False)
    migrate(url)
    dump = StoreDump(url)
    before = dump.vector_marks()
    rename(url, "other")
    assert dump.vector_marks() == before
    row = "INSERT INTO chat_upload (id, workspace_id, chatflow_id, chat_id, collection, chunks) SELECT 'u', id, 'f', 'c', '{}', 1 FROM workspace"  # noqa: E501
    on(url, lambda connection: connection.execute(text(row)))
    assert dump.vector_marks() != before


def test_a_damaged_file_is_no_backup(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tradewind.db'}"
    migrate(url)
    with (tmp_path / "tradewind.db").open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 8000)
    with pytest.raises(Unavailable, match="database"):
        StoreDump(url).save(tmp_path / "dump")


def test_missing_programs_of_postgres_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="no pg_dump here; install the client programs"):
        StoreDump("postgresql+psycopg://x@/x?host=/nowhere").save(tmp_path / "dump")


@pytest.mark.skipif(not shutil.which("pg_dump"), reason="no pg_dump on PATH")
def test_a_postgres_that_is_away_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="pg_dump failed") as caught:
        StoreDump("postgresql+psycopg://x:s3cret@/x?host=/nowhere").save(tmp_path / "dump")
    assert "s3cret" not in caught.value.message
