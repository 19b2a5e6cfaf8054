"""What stands beside the copies: when and from what they were made, and a digest of each file."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from tradewind_server.backup.copying import paths_below
from tradewind_server.backup.ports import ServerSnapshot
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason

FORMAT = 1
MANIFEST = "manifest.json"
DIGESTS = "digests.sha256"
DATABASE, VECTORS, FILES = "database.dump", "vectors", "files"
MOST_MANIFEST_BYTES = 64 << 20


class Manifest(BaseModel):
    """``manifest.json``: written last, so a directory that has one holds a whole backup.

    ``schema_revision`` is that of the database; ``key_check`` follows from the secret key and does not lead back to it.
    ``digests`` is the SHA-256 of the list of digests, ``size`` the sum of all files in bytes.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: int
    version: str
    date: datetime
    database: str
    schema_revision: str
    vectors: str
    snapshots: tuple[ServerSnapshot, ...] = ()
    key_check: str
    files: int
    size: int
    digests: str
    warnings: tuple[str, ...] = ()

    def write(self, directory: Path) -> None:
        """Whole or not at all."""
        draft = directory / f"{MANIFEST}.part"
        draft.write_text(self.model_dump_json(indent=2) + "\n")
        os.replace(draft, directory / MANIFEST)


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a backup. Raises ``InvalidInput`` where there is none, ``FailedPrecondition`` for a newer form."""
    try:
        with (directory / MANIFEST).open("rb") as source:
            manifest = Manifest.model_validate_json(source.read(MOST_MANIFEST_BYTES))
    except OSError:
        raise InvalidInput(
            Reason.INVALID_ARGUMENT, f"There is no backup in {directory}: it has no {MANIFEST} that can be read."
        ) from None
    except ValidationError:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"The {MANIFEST} in {directory} is damaged; use another backup.") from None
    if manifest.format > FORMAT:
        raise FailedPrecondition(
            Reason.CONFLICT,
            f"The backup was made by Tradewind {manifest.version}, in a form that this version does not know; install that "
            "version to restore it.",
        )
    return manifest


def digest_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def write_digests(directory: Path) -> tuple[int, int]:
    """List all files of a backup as ``sha256sum -c`` reads them; how many they are, and their bytes."""
    count = size = 0
    with (directory / DIGESTS).open("w") as sink:
        for path in paths_below(directory):
            if path.name not in (DIGESTS, MANIFEST):
                count, size = count + 1, size + path.stat().st_size
                sink.write(f"{digest_of(path)}  {path.relative_to(directory)}\n")
    return count, size


def check_digests(directory: Path, manifest: Manifest) -> dict[str, str]:
    """The digests of a backup by path, each compared with its file. Raises ``InvalidInput`` at the first difference."""
    fault = f"The backup in {directory} is damaged, use another: "
    try:
        if digest_of(directory / DIGESTS) != manifest.digests:
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"{fault}{DIGESTS} is not the list that was written.")
        lines = (directory / DIGESTS).read_text().splitlines()
        digests = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
        for path, digest in digests.items():
            if digest_of(directory / path) != digest:
                raise InvalidInput(Reason.INVALID_ARGUMENT, f"{fault}{path} is not the file that was written.")
    except OSError as error:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"{fault}{error.filename} cannot be read.") from None
    return digests
