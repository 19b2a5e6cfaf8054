"""A backup brought back into an empty data directory and an unused database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from tradewind_server.backup.copying import copy_directory, copy_file
from tradewind_server.backup.manifest import DATABASE, FILES, VECTORS, Manifest, check_digests, read_manifest
from tradewind_server.backup.ports import DatabaseDump
from tradewind_server.data_dir import prepare_data_dir
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, TradewindError, Unavailable

SECRET = "secret.key"  # noqa: S105 (the name of a file)
KEY_FILES = (SECRET, "admin.key")


class Restorer:
    """Restores into ``data_dir`` and ``database``; ``places`` are the folders of vectors and files below it.

    ``key_check`` is what the secret key of the settings leads to, None where they name none; ``check_of`` does that for the
    content of a key file.
    """

    def __init__(
        self,
        data_dir: Path,
        places: Mapping[str, Path],
        database: DatabaseDump,
        key_check: str | None,
        check_of: Callable[[str], str],
    ) -> None:
        self._data_dir = data_dir
        self._places = places
        self._database = database
        self._key_check = key_check
        self._check_of = check_of

    def restore(self, backup: Path, keys: Path | None, *, without_keys: bool, tell: Callable[[str], None]) -> Manifest:
        """Check everything that can be checked, then copy. What a failed copy leaves is taken out again.

        Raises ``InvalidInput`` and ``FailedPrecondition`` with what to change, before anything is written.
        """
        manifest = read_manifest(backup)
        self._check(manifest)
        self._check_keys(manifest, keys, without_keys)
        self._check_room()
        tell("digests")
        check_digests(backup, manifest)
        try:
            prepare_data_dir(self._data_dir)
            for name in KEY_FILES if keys is not None else ():
                if (keys / name).exists():  # type: ignore[operator]
                    tell(name)
                    copy_file(keys / name, self._data_dir / name)  # type: ignore[operator]
            tell("files")
            copy_directory(backup / FILES, self._places[FILES])
            tell("vectors")
            copy_directory(backup / VECTORS, self._places[VECTORS])
            tell("database")
            self._database.load(backup / DATABASE)
        except OSError as error:
            self._clear()
            reason = (error.strerror or "it cannot be written").lower()
            raise Unavailable(
                Reason.SERVER_UNAVAILABLE, f"Nothing was restored: {reason}: {error.filename or self._data_dir}."
            ) from None
        except TradewindError:
            self._clear()
            raise
        return manifest

    def _check(self, manifest: Manifest) -> None:
        if manifest.database != self._database.kind:
            raise InvalidInput(
                Reason.INVALID_ARGUMENT,
                f"The backup is of {manifest.database} and this server is set up for {self._database.kind}; set "
                "TRADEWIND_DATABASE_URL accordingly.",
            )
        if not self._database.knows(manifest.schema_revision):
            raise FailedPrecondition(
                Reason.CONFLICT,
                f"The backup was made by Tradewind {manifest.version}, which is newer than this one; install that version to "
                "restore it.",
            )

    def _check_keys(self, manifest: Manifest, keys: Path | None, without_keys: bool) -> None:
        key_check = self._key_check
        if keys is not None and key_check is None:
            try:
                key_check = self._check_of((keys / SECRET).read_text())
            except (OSError, UnicodeDecodeError):
                raise InvalidInput(Reason.INVALID_ARGUMENT, f"There is no {SECRET} in {keys} that can be read.") from None
        if key_check is None and not without_keys:
            raise InvalidInput(
                Reason.INVALID_ARGUMENT,
                "Name the directory of the backup's keys with --keys, or set TRADEWIND_SECRET_KEY; with --without-keys all is "
                "restored, and stored credentials and API keys are void.",
            )
        if key_check not in (None, manifest.key_check):
            raise InvalidInput(
                Reason.INVALID_ARGUMENT,
                "The secret key is not the one of this backup: its credentials could not be read. Name the directory with the "
                "keys that were written with it.",
            )

    def _check_room(self) -> None:
        if self._data_dir.exists() and (not self._data_dir.is_dir() or any(self._data_dir.iterdir())):
            raise InvalidInput(
                Reason.INVALID_ARGUMENT,
                f"The data directory {self._data_dir} is not empty; restore into a new one with --data-dir.",
            )
        if not self._database.is_unused():
            raise InvalidInput(
                Reason.INVALID_ARGUMENT, "The database of TRADEWIND_DATABASE_URL is not empty; restore into a new one."
            )

    def _clear(self) -> None:
        for path in list(self._data_dir.iterdir()):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()
