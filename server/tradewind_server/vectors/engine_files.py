"""How the embedded engine lays out its directory: a folder for each collection, and a lock that names who serves them."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import TextIO

FOLDER = "qdrant"
"""Of the data directory."""
LOCK = "lock"
DESCRIPTION = "collection.json"
SHARD = "shard"
PREFIXES = ("c-", "h-")
TEMPORARY_PREFIXES = ("new-", "gone-")
"""Of folders that are being made or removed; an engine that starts removes what is left of them."""


def try_lock(directory: Path) -> TextIO | None:
    """The lock file of a directory, held until it is closed; None while another process holds it."""
    file = (directory / LOCK).open("a+")  # Not emptied: it names the address of the one who holds it.
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    file.truncate(0)
    return file


def write_address(lock: TextIO, socket: Path) -> None:
    """Say behind which socket the holder of the lock serves."""
    lock.truncate(0)
    lock.write(f"{socket.resolve()}\n")
    lock.flush()


def read_address(directory: Path) -> Path | None:
    """The socket of the engine that serves a directory; None where it does not say one yet."""
    text = (directory / LOCK).read_text().strip()
    return Path(text) if text else None
