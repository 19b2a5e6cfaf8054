"""``tradewind backup`` and ``tradewind restore``: a whole installation as a directory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import typer

from tradewind_server.backup.manifest import Manifest
from tradewind_server.cli.output import DataDir, data_dir_option, emit_json, fail, json_option, load_settings
from tradewind_server.errors import TradewindError

BYTES_PER_MB = 1_000_000


def backup(
    directory: Path = typer.Argument(..., help="A new or empty directory for the copies.", show_default=False),
    keys: Path | None = typer.Option(
        None, "--keys", help="Another new directory, for secret.key and admin.key. Store it apart.", show_default=False
    ),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Copy database, vectors and files of one moment, while the server runs. Keys go to a directory of their own."""
    from tradewind_server.backup.writer import write_backup
    from tradewind_server.backup_parts import installation

    settings = load_settings(data_dir=data_dir)
    try:
        parts = installation(settings)
        manifest = write_backup(parts, directory, keys, datetime.now(UTC), _progress(as_json))
    except TradewindError as error:
        fail(error.message)
    notes = [*manifest.warnings, *_about_keys(keys, tuple(parts.keys))]
    if manifest.snapshots:
        notes.append("The vectors stay where the Qdrant server keeps its snapshots; manifest.json names them.")
    _tell(manifest, directory, notes, as_json=as_json, verb="Backed up")


def restore(
    directory: Path = typer.Argument(..., help="What `tradewind backup` wrote.", show_default=False),
    keys: Path | None = typer.Option(None, "--keys", help="The directory with the keys of that backup.", show_default=False),
    without_keys: bool = typer.Option(
        False, "--without-keys", help="Restore without the secret key: stored credentials and API keys are void then."
    ),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Bring a backup into an empty data directory and an unused database. Then start the server as ever."""
    from tradewind_server.backup_parts import make_secret, restorer

    settings = load_settings(data_dir=data_dir)
    try:
        manifest = restorer(settings).restore(directory, keys, without_keys=without_keys, tell=_progress(as_json))
        if without_keys:
            make_secret(settings)
    except TradewindError as error:
        fail(error.message)
    notes = list(manifest.warnings)
    notes += [f"Have the Qdrant server recover {snapshot.collection} from {snapshot.name}." for snapshot in manifest.snapshots]
    _tell(manifest, settings.data_dir, notes, as_json=as_json, verb="Restored")


def _progress(as_json: bool) -> Callable[[str], None]:
    return (lambda _part: None) if as_json else (lambda part: typer.echo(f"{part} …", err=True))


def _about_keys(keys: Path | None, names: tuple[str, ...]) -> list[str]:
    if not names:
        return ["The keys are in the settings alone; keep TRADEWIND_SECRET_KEY and TRADEWIND_ADMIN_KEY where they are safe."]
    if keys is None:
        return [
            f"Without keys: keep {' and '.join(names)} of the data directory elsewhere, or name a directory with --keys. "
            "Without the secret key, stored credentials and API keys are void after a restore."
        ]
    return [f"{' and '.join(names)} are in {keys}; whoever has them and the copies reads every stored credential."]


def _tell(manifest: Manifest, directory: Path, notes: list[str], *, as_json: bool, verb: str) -> None:
    if as_json:
        emit_json({"directory": str(directory.resolve()), "notes": notes, **manifest.model_dump(mode="json")})
        return
    megabytes = manifest.size / BYTES_PER_MB
    typer.echo(f"{verb} {manifest.files} files, {megabytes:.1f} MB, schema {manifest.schema_revision}: {directory}")
    for note in notes:
        typer.echo(f"    note: {note}")
