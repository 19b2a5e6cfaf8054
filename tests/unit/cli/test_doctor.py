"""``tradewind doctor``: what it finds wrong, what it only warns of, and that it changes nothing."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.cli import doctor_data
from tradewind_server.cli.doctor_data import MIB
from tradewind_server.store.dump import StoreDump
from tradewind_server.store.migrate import migrate

from .conftest import Line


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked here has nothing to do with models."""
    monkeypatch.setenv("TRADEWIND_LOCAL_MODELS", "false")


def rows(line: Line) -> dict[str, dict[str, Any]]:
    return {row["check"]: row for row in json.loads(line("doctor", "--json").stdout)}


def test_nothing_is_made_where_nothing_was_started_yet(first_line: Line) -> None:
    found = rows(first_line)
    assert {name for name, row in found.items() if not row["ok"]} <= {"envoy"}
    assert found["database"]["notes"] == ["none yet: the first start makes it"]
    assert not first_line.data_dir.exists()


def test_a_database_of_an_older_version_is_named_and_stays_as_it_is(first_line: Line) -> None:
    first_line.data_dir.mkdir(mode=0o700)
    url = f"sqlite:///{first_line.data_dir}/tradewind.db"
    migrate(url, "0001")
    found = rows(first_line)
    assert not found["database"]["ok"] and "run `tradewind migrate` first" in found["database"]["notes"][0]
    assert found["chatflows"]["notes"] == ["not looked at: there is no database of this version with a secret key"]
    assert StoreDump(url).revision() == "0001"


def test_another_secret_key_is_one_sentence(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line("credentials", "set", "one", "--provider", "openAIApi", stdin="sk-one\n")
    line("credentials", "set", "two", "--provider", "openAIApi", stdin="sk-two\n")
    assert rows(line)["secrets"] == {
        "check": "secrets",
        "ok": True,
        "notes": ["the secret key opens the stored credentials (2 tried)"],
    }
    monkeypatch.setenv("TRADEWIND_SECRET_KEY", "another key, of another server")
    row = rows(line)["secrets"]
    assert not row["ok"]
    assert row["notes"][0].startswith("The secret key of TRADEWIND_SECRET_KEY does not open 2 of 2 stored credentials")
    assert "another key" not in str(row)
    monkeypatch.delenv("TRADEWIND_SECRET_KEY")
    (line.data_dir / "secret.key").unlink()
    assert "is not there; bring it back" in rows(line)["secrets"]["notes"][0]


@pytest.mark.parametrize(
    ("free", "files", "ok", "says"),
    [
        (63 * MIB, 10_000, False, "room for 63 MiB more"),
        (500 * MIB, 10_000, True, "warning: little room is left: 500 MiB free"),
        (5000 * MIB, 3, False, "room for 3 files more"),
        (5000 * MIB, 10_000, True, "5,000 MiB free"),
    ],
)
def test_a_full_disk_is_named(line: Line, monkeypatch: pytest.MonkeyPatch, free: int, files: int, ok: bool, says: str) -> None:
    values = (4096, 1, 10**9, free, free, 10**6, files, files, 0, 255)
    monkeypatch.setattr(doctor_data, "_room_of", lambda place: os.statvfs_result(values))
    row = rows(line)["disk"]
    assert row["ok"] is ok and says in row["notes"][0]


@pytest.mark.parametrize(("version", "ok"), [((12, 22), False), ((13, 0), True), ((17, 1), True)])
def test_the_version_of_postgres_is_looked_at(
    line: Line, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], ok: bool
) -> None:
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", f"sqlite:///{line.data_dir}/tradewind.db")
    monkeypatch.setattr(StoreDump, "kind", "Postgres")
    monkeypatch.setattr(StoreDump, "server_version", lambda self: version)
    row = rows(line)["database"]
    assert row["ok"] is ok and f"{version[0]}.{version[1]}" in row["notes"][0]


def test_a_collector_that_is_away_is_a_warning(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rows(line)["traces"]["notes"] == ["off"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{port}")
        assert rows(line)["traces"]["notes"] == [f"http://127.0.0.1:{port} can be reached over grpc"]
    row = rows(line)["traces"]
    assert row["ok"] and row["notes"][0].startswith("warning: nobody answers at ")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "sometimes")
    row = rows(line)["traces"]
    assert not row["ok"] and "OTEL_TRACES_SAMPLER=sometimes is unknown" in row["notes"][0]


def test_it_changes_nothing_where_there_is_something(line: Line) -> None:
    def contents() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in Path(line.data_dir).rglob("*") if path.is_file()}

    line("keys", "list")
    before = contents()
    rows(line)
    assert contents() == before
