"""A throw-away Postgres server: its own directory, a unix socket, a TCP port if asked for, run by an unprivileged user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

MISSING = "no Postgres binaries (initdb, postgres) on PATH or under /usr/lib/postgresql; on Debian: apt-get install postgresql"


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, of the newest version that is here."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*installed, *([Path(on_path).parent] if on_path else [])]
    return next((one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()), None)


OPTIONS = (
    "max_connections=60",
    "autovacuum=off",  # Plans change when a test says ANALYZE, not when it pleases the server.
    # Nothing of a throw-away server need survive a power cut.
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
)


class PostgresServer:
    """One server; ``start`` and ``stop`` as often as a test likes, ``remove`` at the end."""

    def __init__(self, *, tcp: bool = False) -> None:
        folder = binaries()
        assert folder is not None, MISSING
        self._binaries = folder
        self._home = Path(tempfile.mkdtemp(prefix="tw-pg-", dir="/tmp"))  # Short: a socket's path has 107 bytes.
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        self.port = _free_port() if tcp else 0
        """Of 127.0.0.1; 0 where the server has none."""
        self._run_as: dict[str, Any] = {}
        if os.geteuid() == 0:  # Postgres refuses to be run by root.
            user = next(name for name in ("postgres", "nobody") if _exists(name))
            entry = pwd.getpwnam(user)
            os.chown(self._home, entry.pw_uid, entry.pw_gid)
            self._run_as = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self._call("initdb", "-D", str(self._home / "data"), "-A", "trust", "-U", "tradewind", "-E", "UTF8", "--locale=C", "-N")

    def _call(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._binaries / program), *arguments],
            cwd=self._home,
            capture_output=True,
            check=False,
            timeout=300,  # A database is made in two seconds, or in two minutes on a busy machine.
            **self._run_as,
        )
        assert done.returncode == 0, done.stderr.decode()

    def start(self) -> None:
        """Start, and wait until it answers."""
        data = str(self._home / "data")
        address = (f"listen_addresses={'127.0.0.1' if self.port else ''}", *((f"port={self.port}",) if self.port else ()))
        options = (f"unix_socket_directories={self._home}", *address, *OPTIONS)
        command = [str(self._binaries / "postgres"), "-D", data, *(part for one in options for part in ("-c", one))]
        with open(self._home / "log", "ab") as log:
            self._process = subprocess.Popen(command, cwd=self._home, stdout=log, stderr=log, **self._run_as)
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self._address("postgres")).close()
                return
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self._home / "log").read_text()
                assert time.monotonic() < deadline, "Postgres did not start within 60 s"
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End every connection and stop."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._home, ignore_errors=True)

    def _address(self, database: str) -> str:
        return f"postgresql://tradewind@/{database}?host={self._home}" + (f"&port={self.port}" if self.port else "")

    def url(self, database: str) -> str:
        """What SQLAlchemy calls a database of this server."""
        return self._address(database).replace("postgresql://", "postgresql+psycopg://")

    def execute(self, statement: str, database: str = "postgres") -> None:
        """One statement outside any transaction."""
        with psycopg.connect(self._address(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def connections(self, database: str) -> int:
        """How many connections to a database are open, once those that are being closed are gone."""
        deadline = time.monotonic() + 60
        while True:
            with psycopg.connect(self._address("postgres")) as connection:
                found = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (database,)).fetchone()
            count = int(found[0]) if found else 0
            if not count or time.monotonic() > deadline:
                return count
            time.sleep(0.02)

    def query(self, statement: str, database: str) -> list[tuple[Any, ...]]:
        """The rows of one query."""
        with psycopg.connect(self._address(database), autocommit=True) as connection:
            return connection.execute(statement.encode()).fetchall()

    def create_database(self, template: str | None = None) -> str:
        """A new database, empty or a copy of another; its name."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
