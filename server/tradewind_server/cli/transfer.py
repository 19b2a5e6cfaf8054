"""``tradewind import`` and ``tradewind export``: whole workspaces as files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.cli.json_files import json_of, text_of
from tradewind_server.cli.output import (
    WRONG_USE,
    DataDir,
    data_dir_option,
    emit_json,
    emit_table,
    fail,
    json_option,
    load_settings,
    run_async,
)
from tradewind_server.settings import Settings

if TYPE_CHECKING:
    from tradewind_server.administration import Administration
    from tradewind_server.transfer.flowise_move import MoveOptions, MoveResult
    from tradewind_server.transfer.importer import WorkspaceImport

WORKSPACE = typer.Option(None, "--workspace", help="Name or id of a workspace. Default: the default one.", show_default=False)
LARGEST_KEY_FILE = 1 << 20
"""Bytes of a file with a passphrase: 1 MiB."""


def import_workspace(
    file: Path | None = typer.Argument(None, help="ExportData.json, or - for standard input.", show_default=False),
    from_flowise: str | None = typer.Option(
        None, "--from-flowise", help="Move in from Flowise: its SQLite file or its Postgres URL.", show_default=False
    ),
    storage: Path | None = typer.Option(
        None, "--storage", help="Flowise's folder of uploaded files.", show_default=False, exists=True, file_okay=False
    ),
    secret_key: Path | None = typer.Option(
        None, "--secret-key", help="File with Flowise's passphrase: encryption.key.", show_default=False
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would be stored, and store nothing."),
    workspace: str | None = WORKSPACE,
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Add an export to the workspace, all of it or nothing; or move in from a Flowise installation, which is only read."""
    settings = load_settings(data_dir=data_dir)
    if (file is None) == (from_flowise is None):
        fail("Name a file, or a database with --from-flowise.", WRONG_USE)
    if from_flowise is not None:
        from tradewind_server.transfer.flowise_move import MoveOptions

        options = MoveOptions(_passphrase(secret_key), storage, dry_run)
        _tell_move(run_async(_move(settings, workspace, from_flowise, options)), dry_run=dry_run, as_json=as_json)
        return
    assert file is not None
    result = run_async(_import(settings, json_of(file, "export it again"), workspace, dry_run))
    if as_json:
        emit_json({"stored": result.counts, "present": result.present, "notes": result.notes, "dryRun": dry_run})
        return
    verb = "would be stored" if dry_run else "stored"
    for name, count in result.counts.items():
        typer.echo(f"{name}: {count} {verb}")
    if not result.counts:
        typer.echo("Nothing to store.")
    _tell(result.notes)


def export_workspace(
    output: Path | None = typer.Option(None, "--output", "-o", help="File to write. Default: standard output."),
    with_messages: bool = typer.Option(False, "--with-messages", help="Chat messages and their feedback too."),
    workspace: str | None = WORKSPACE,
    data_dir: DataDir = data_dir_option(),
) -> None:
    """Write the workspace as a file that `import` and Flowise read. Credentials, API keys and vectors stay here."""
    settings = load_settings(data_dir=data_dir)
    size = run_async(_export(settings, workspace, output, with_messages))
    if output is not None:
        typer.echo(f"Wrote {size} bytes to {output}.")


def _tell_move(result: MoveResult, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        emit_json(
            {
                "stored": result.counts,
                "present": result.present,
                "keysToRenew": result.keys_to_renew,
                "notes": result.notes,
                "dryRun": dry_run,
            }
        )
        return
    names = sorted({*result.counts, *result.present})
    rows = [(name, result.counts.get(name, 0), result.present.get(name, 0)) for name in names]
    emit_table(("what", "to store" if dry_run else "stored", "present"), rows, "Nothing to move.")
    if result.keys_to_renew:
        typer.echo(f"API keys to make anew: {', '.join(result.keys_to_renew)}.")
    _tell(result.notes)


def _passphrase(file: Path | None) -> str | None:
    """The text of a key file, without the line's end."""
    if file is None:
        return None
    return text_of(file, LARGEST_KEY_FILE).strip()


def _progress(name: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{name}: {done} of {total}", err=True, nl=done >= total)


def _tell(notes: Iterable[str]) -> None:
    for note in notes:
        typer.echo(f"    note: {note}")


async def workspace_id(administration: Administration, workspace: str | None) -> str:
    """The id of the workspace of that name or id; the default one's for None. Raises ``NotFound``."""
    return (await administration.workspaces.get(workspace)).id if workspace else DEFAULT_WORKSPACE


async def _import(settings: Settings, data: Any, workspace: str | None, dry: bool) -> WorkspaceImport:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.importer.run(await workspace_id(administration, workspace), data, dry=dry)


async def _move(settings: Settings, workspace: str | None, address: str, options: MoveOptions) -> MoveResult:
    from tradewind_server.administration import open_administration
    from tradewind_server.store.flowise_database import open_flowise

    async with open_administration(settings) as administration:
        with open_flowise(address) as database:
            return await administration.mover.run(await workspace_id(administration, workspace), database, options, _progress)


async def _export(settings: Settings, workspace: str | None, output: Path | None, with_messages: bool) -> int:
    """Write the export; how many bytes it has. A file appears whole or not at all."""
    if output is None:
        return await _write_export(settings, workspace, sys.stdout.buffer, with_messages)
    partial = output.with_name(f"{output.name}.part")
    try:
        with partial.open("wb") as target:
            size = await _write_export(settings, workspace, target, with_messages)
        os.replace(partial, output)
    except OSError as error:
        fail(f"The file {output} cannot be written: {error.strerror}.")
    finally:
        with suppress(OSError):
            partial.unlink()
    return size


async def _write_export(settings: Settings, workspace: str | None, target: BinaryIO, with_messages: bool) -> int:
    from tradewind_server.administration import open_administration

    size = 0
    async with open_administration(settings) as administration:
        lists = administration.exporter.lists(with_messages=with_messages)
        owner_id = await workspace_id(administration, workspace)
        async for piece in administration.exporter.pieces(owner_id, lists):
            target.write(piece)
            size += len(piece)
    target.flush()
    return size
