"""What a start needs of its files, looked at before any process runs: one sentence says what is wrong and what to do."""

from __future__ import annotations

import os
from pathlib import Path

from tradewind_server.settings import PREFIX, Settings

PAIRS = (("tls_cert", "tls_key"), ("qdrant_cert", "qdrant_key"))
SINGLE_FILES = ("qdrant_ca",)


class StartError(Exception):
    """The stack cannot start; the message is a sentence for people."""


def check_files(settings: Settings) -> None:
    """Raises :class:`StartError` for half a pair of certificate and key, a file that cannot be read, and a data directory
    that cannot be written.
    """
    for cert, key in PAIRS:
        if bool(getattr(settings, cert)) != bool(getattr(settings, key)):
            raise StartError(f"Set {_variable(cert)} and {_variable(key)} together.")
    for name in (*(name for pair in PAIRS for name in pair), *SINGLE_FILES):
        path: Path | None = getattr(settings, name)
        if path is not None:
            _check_readable(path, name)
    if not os.access(settings.data_dir, os.W_OK | os.X_OK):
        raise StartError(
            f"The data directory {settings.data_dir} cannot be written; mount it writable for this user, or choose another "
            "with --data-dir."
        )


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _check_readable(path: Path, name: str) -> None:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise StartError(f"The file {path} of {_variable(name)} cannot be read: {reason}.") from None
