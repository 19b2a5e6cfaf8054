"""A backup of a running installation, in an order that leaves nothing out which something else names.

Files are copied before the rows and again after them: rows name files that were there before, and none is written again.
Vectors are copied while no upsert begins or ends: the rows that tell of them are compared before and after, and both are
copied again where they differ. So the copies are as a killed server would leave them, which each start repairs.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tradewind_server.backup.copying import copy_file, copy_new_files
from tradewind_server.backup.manifest import DATABASE, DIGESTS, FILES, FORMAT, VECTORS, Manifest, digest_of, write_digests
from tradewind_server.backup.ports import DatabaseDump, ServerSnapshot, VectorSnapshots
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, Unavailable

ATTEMPTS = 3
UNSTEADY = (
    "Upserts ran all the time while vectors and rows were copied; after a restore, upsert the documents of that hour again."
)
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Installation:
    """What is copied. ``keys`` are the key files that the server made, by name; ``key_check`` tells its secret key from
    others.
    """

    database: DatabaseDump
    vectors: VectorSnapshots
    files: Path
    keys: Mapping[str, Path]
    key_check: str
    version: str


def write_backup(
    installation: Installation, directory: Path, keys_directory: Path | None, now: datetime, tell: Callable[[str], None]
) -> Manifest:
    """Copy everything into an empty directory, the key files into another one; what was written.

    Raises ``InvalidInput`` for a directory that is not empty, ``FailedPrecondition`` where nothing was stored yet,
    ``Unavailable`` where a store does not answer or a disk is full.
    """
    revision = installation.database.revision()
    if revision is None:
        raise FailedPrecondition(Reason.CONFLICT, "There is nothing to back up: nothing was stored here yet.")
    for folder in (directory, keys_directory):
        if folder is not None:
            _prepare(folder)
    try:
        if keys_directory is not None:
            tell("keys")
            for name, path in installation.keys.items():
                copy_file(path, keys_directory / name)
        tell("files")
        copy_new_files(installation.files, directory / FILES)
        snapshots, warnings = _copy_stores(installation, directory, tell)
        tell("new files")
        copy_new_files(installation.files, directory / FILES)
        tell("digests")
        count, size = write_digests(directory)
        manifest = Manifest(
            format=FORMAT,
            version=installation.version,
            date=now,
            database=installation.database.kind,
            schema_revision=revision,
            vectors=installation.vectors.kind,
            snapshots=tuple(snapshots),
            key_check=installation.key_check,
            files=count,
            size=size,
            digests=digest_of(directory / DIGESTS),
            warnings=tuple(warnings),
        )
        os.sync()  # The manifest says that all the rest is there: it must not reach the disk before the rest does.
        manifest.write(directory)
    except OSError as error:
        reason = "the disk is full" if error.errno in NO_SPACE else (error.strerror or "it cannot be written").lower()
        raise Unavailable(
            Reason.SERVER_UNAVAILABLE, f"The backup in {directory} is not complete: {reason}: {error.filename or directory}."
        ) from None
    return manifest


def _copy_stores(
    installation: Installation, directory: Path, tell: Callable[[str], None]
) -> tuple[Sequence[ServerSnapshot], Sequence[str]]:
    """Vectors and rows of one moment, as far as upserts let one find it within ``ATTEMPTS``."""
    database, vectors = directory / DATABASE, directory / VECTORS
    for attempt in range(1, ATTEMPTS + 1):
        shutil.rmtree(vectors, ignore_errors=True)
        database.unlink(missing_ok=True)
        vectors.mkdir(mode=0o700)
        before = installation.database.vector_marks()
        tell("vectors" if attempt == 1 else f"vectors, attempt {attempt}")
        snapshots = installation.vectors.save(vectors)
        tell("database")
        installation.database.save(database)
        if installation.database.vector_marks() == before:
            return snapshots, ()
    return snapshots, (UNSTEADY,)


def _prepare(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(directory.iterdir()):
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"The directory {directory} is not empty; name a new one.")
    except OSError as error:
        reason = (error.strerror or "it cannot be used").lower()
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"The directory {directory} cannot be used: {reason}.") from None
