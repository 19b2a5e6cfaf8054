"""Copies of a SQLite file while others write to it, by SQLite's own online backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tradewind_server.backup.copying import copy_file
from tradewind_server.errors import Reason, Unavailable

BUSY_SECONDS = 10.0


def file_of(url: str) -> Path:
    return Path(url.partition("sqlite:///")[2].partition("?")[0])


def save_sqlite(url: str, target: Path) -> None:
    """All pages in one step: one read transaction, which keeps no writer waiting in WAL mode. In several steps each write
    between two of them would have it begin anew. The copy is then read once.
    """
    try:
        with (
            closing(sqlite3.connect(file_of(url).resolve().as_uri() + "?mode=ro", BUSY_SECONDS, uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # One file, without a log beside it.
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise Unavailable(Reason.DATABASE_UNAVAILABLE, f"The database cannot be copied: {error}.") from error
    if verdict != "ok":
        raise Unavailable(
            Reason.DATABASE_UNAVAILABLE, "The database file is damaged; go back to the last backup, or see SQLite's .recover."
        )


def load_sqlite(url: str, source: Path) -> None:
    copy_file(source, file_of(url))
