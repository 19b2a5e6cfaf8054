"""The data directory: made for one user alone, tightened where an earlier start left it wide, refused when not ours."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tradewind_server.errors import PermissionDenied, Reason

LOG = logging.getLogger("tradewind")
OTHERS = 0o077
OTHERS_WRITE = 0o022
SQLITE_SUFFIXES = ("", "-wal", "-shm", "-journal")


def prepare_data_dir(directory: Path, own_files: Sequence[Path] = ()) -> None:
    """Make the directory (0700), or see that nobody but this user reaches what is in it.

    ``own_files`` are files of the server's own that may lie elsewhere, such as a SQLite file that a setting names. What is
    wider than 0700 and 0600 is tightened, with one line in the log. Raises ``PermissionDenied`` with a sentence when the
    directory belongs to another user or to all, or cannot be made.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = directory.resolve()
        mode = _check_mode(directory, place)
        count = _tighten([place])  # Closed first: from here on nobody else changes what is looked at below.
        if mode & OTHERS_WRITE:
            _refuse_entries_of_others(directory, place)
        entries = sorted(place.iterdir())
        below = _below(entries) if count or any(_is_wide(one) for one in entries) else ()
        elsewhere = (one for one in own_files if not one.is_relative_to(place) and one != directory)
        databases = (one.with_name(one.name + suffix) for one in elsewhere for suffix in SQLITE_SUFFIXES)
        count += _tighten([*entries, *below, *databases])
    except FileExistsError:
        raise _refusal(f"The data directory {directory} is a file; choose another with --data-dir.") from None
    except OSError as error:
        reason = (error.strerror or "it cannot be used").lower()
        raise _refusal(f"The data directory {directory} cannot be used: {reason}: {error.filename}.") from None
    if count:
        LOG.warning(
            "The data directory %s was open to other users of this machine; it is closed to them now (%d entries).",
            directory,
            count,
        )


def _refusal(sentence: str) -> PermissionDenied:
    return PermissionDenied(Reason.PERMISSION_DENIED, sentence)


def _check_mode(directory: Path, place: Path) -> int:
    """The permissions of a directory that is this server's to set."""
    status = place.stat()
    if status.st_uid != os.geteuid():
        raise _refusal(
            f"The data directory {directory} belongs to another user (id {status.st_uid}); run this as that user, or choose "
            "another directory with --data-dir."
        )
    if status.st_mode & stat.S_ISVTX or place == place.parent:
        raise _refusal(f"The data directory {directory} is one that all users share; choose one below it with --data-dir.")
    return status.st_mode


def _refuse_entries_of_others(directory: Path, place: Path) -> None:
    """In a directory that others could write to, a key or a database of theirs would be taken for the server's own."""
    for entry in place.iterdir():
        owner = entry.lstat().st_uid
        if owner != os.geteuid():
            raise _refusal(
                f"Other users could write to the data directory {directory}, and {entry.name} in it belongs to one of them "
                f"(id {owner}); take that out, or choose another directory with --data-dir."
            )


def _below(entries: Iterable[Path]) -> Iterator[Path]:
    """Everything in the directories among the entries. Only looked at after something was wide: behind a closed directory
    nothing is reached, and there may be a million uploads.
    """
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            for folder, folders, files in os.walk(entry):
                yield from (Path(folder, name) for name in (*folders, *files))


def _is_wide(path: Path) -> bool:
    """Whether others may do something with it. A link has no permissions of its own, and what others own is theirs."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    return not stat.S_ISLNK(status.st_mode) and status.st_uid == os.geteuid() and bool(status.st_mode & OTHERS)


def _tighten(paths: Iterable[Path]) -> int:
    """Take every right of others away; how many paths that changed. One that goes meanwhile is passed over."""
    count = 0
    for path in paths:
        if _is_wide(path):
            try:
                path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~OTHERS)
                count += 1
            except FileNotFoundError:
                continue
    return count
