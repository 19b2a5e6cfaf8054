"""Dumps of a Postgres database by its own programs, pg_dump and pg_restore, which know each version's catalogue."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tradewind_server.errors import Reason, Unavailable

LONGEST_SECONDS = 12 * 3600
CONNECT_SECONDS = "10"
MOST_SAID = 300


def save_postgres(url: str, target: Path) -> None:
    """A dump of one moment, compressed, without owners and rights: it is loaded into a database of another owner too."""
    _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load_postgres(url: str, source: Path) -> None:
    """All of it in one transaction, or nothing."""
    _run(url, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(source))


def _run(url: str, program: str, *arguments: str) -> None:
    """Run it on the database of a URL, with the password in its environment, where no other user of the machine reads it."""
    parameters = conninfo_to_dict(url.replace("postgresql+psycopg://", "postgresql://"))
    password = parameters.pop("password", None)
    environment = {**os.environ, "PGCONNECT_TIMEOUT": CONNECT_SECONDS, "LC_ALL": "C"}
    if password is not None:
        environment["PGPASSWORD"] = str(password)
    command = [program, f"--dbname={make_conninfo('', **parameters)}", "--no-password", *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, env=environment, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
        )
    except FileNotFoundError:
        raise Unavailable(
            Reason.DATABASE_UNAVAILABLE,
            f"There is no {program} here; install the client programs of your Postgres version (Debian: postgresql-client).",
        ) from None
    except subprocess.TimeoutExpired:
        raise Unavailable(Reason.DATABASE_UNAVAILABLE, f"{program} did not end within twelve hours.") from None
    if done.returncode:
        words = " ".join(done.stderr.split())[:MOST_SAID]
        raise Unavailable(Reason.DATABASE_UNAVAILABLE, f"{program} failed: {words}")
