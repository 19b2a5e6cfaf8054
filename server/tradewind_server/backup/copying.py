"""Copies of files that are written once, and copies with holes where the original holds nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

READ_BYTES = 1 << 20


def paths_below(directory: Path) -> Iterator[Path]:
    """Every file below a directory, in the order of their names; links are not followed."""
    for folder, folders, names in os.walk(directory):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(names))


def copy_file(source: Path, target: Path) -> None:
    """Copy a file, with its time of change; mode 0600. Blocks of zeros stay holes: the log of a collection is mostly that."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with source.open("rb") as reader, os.fdopen(descriptor, "wb") as writer:
        status = os.fstat(reader.fileno())
        while block := reader.read(READ_BYTES):
            if block.count(0) == len(block):
                writer.seek(len(block), os.SEEK_CUR)
            else:
                writer.write(block)
        writer.truncate()
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def copy_directory(source: Path, target: Path) -> None:
    """Copy every file below a directory that does not change meanwhile; empty folders come along."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder, folders, _ in os.walk(source):
        for name in folders:
            (target / Path(folder, name).relative_to(source)).mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in paths_below(source):
        copy_file(path, target / path.relative_to(source))


def copy_new_files(source: Path, target: Path) -> int:
    """Copy what is not in ``target`` yet, or is another file there; how many were copied.

    The directory may be in use: half-written files have names that begin with a dot and are left out, and a file that goes
    meanwhile is left as an earlier copy has it.
    """
    count = 0
    for path in paths_below(source):
        copy = target / path.relative_to(source)
        if path.name.startswith("."):
            continue
        try:
            if not _is_same(path, copy):
                copy_file(path, copy)
                count += 1
        except FileNotFoundError:
            continue
    return count


def _is_same(path: Path, copy: Path) -> bool:
    try:
        earlier = copy.stat()
    except FileNotFoundError:
        return False
    status = path.stat()
    return (status.st_size, status.st_mtime_ns) == (earlier.st_size, earlier.st_mtime_ns)
