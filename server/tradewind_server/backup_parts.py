"""The composition root of ``tradewind backup`` and ``tradewind restore``."""

from __future__ import annotations

from importlib.metadata import version as package_version
from pathlib import Path

from tradewind_server.backup.manifest import FILES, VECTORS
from tradewind_server.backup.ports import VectorSnapshots
from tradewind_server.backup.restore import KEY_FILES, SECRET, Restorer
from tradewind_server.backup.writer import Installation
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.settings import Settings
from tradewind_server.store.dump import StoreDump
from tradewind_server.store.secret_key import check_of, load_secret
from tradewind_server.vectors.engine_files import FOLDER
from tradewind_server.vectors.snapshots import EmbeddedSnapshots, QdrantServerSnapshots
from tradewind_server.vectors.trust import read_trust


def installation(settings: Settings) -> Installation:
    """What a backup copies. Raises ``FailedPrecondition`` where the secret key is gone."""
    key_check = _configured_check(settings)
    if key_check is None:
        key_check = check_of(_stored_secret(settings))
    paths = {name: settings.data_dir / name for name in KEY_FILES}
    return Installation(
        database=StoreDump(settings.sql_url),
        vectors=_vectors(settings),
        files=_kept_files(settings),
        keys={name: path for name, path in paths.items() if path.exists()},
        key_check=key_check,
        version=package_version("tradewind"),
    )


def restorer(settings: Settings) -> Restorer:
    places = {VECTORS: settings.data_dir / FOLDER, FILES: _kept_files(settings)}
    return Restorer(settings.data_dir, places, StoreDump(settings.sql_url), _configured_check(settings), check_of)


def make_secret(settings: Settings) -> None:
    """A secret key of its own for what was restored without one: the server would ask for the lost one otherwise."""
    load_secret(settings)


def _kept_files(settings: Settings) -> Path:
    return settings.data_dir / "files" / "kept"


def _configured_check(settings: Settings) -> str | None:
    return check_of(settings.secret_key.get_secret_value()) if settings.secret_key is not None else None


def _stored_secret(settings: Settings) -> str:
    try:
        return (settings.data_dir / SECRET).read_text()
    except OSError:
        raise FailedPrecondition(
            Reason.CONFLICT,
            f"There is no {SECRET} in {settings.data_dir} that can be read; name the data directory with --data-dir, or set "
            "TRADEWIND_SECRET_KEY.",
        ) from None


def _vectors(settings: Settings) -> VectorSnapshots:
    if settings.qdrant_url is None:
        return EmbeddedSnapshots(settings.data_dir / FOLDER)
    key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
    try:
        trust = read_trust(settings.qdrant_ca, settings.qdrant_cert, settings.qdrant_key)
    except OSError as error:
        raise FailedPrecondition(
            Reason.CONFLICT, f"The file {error.filename} of the TRADEWIND_QDRANT settings cannot be read."
        ) from None
    return QdrantServerSnapshots(settings.qdrant_url, key, trust)
