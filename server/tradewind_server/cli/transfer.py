"""``tradewind import`` and ``tradewind export``: whole workspaces as files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.bounded_json import utf8
from tradewind_server.cli.output import (
    WRONG_USE,
    DataDir,
    data_dir_option,
    emit_json,
    fail,
    json_option,
    load_settings,
    run_async,
)
from tradewind_server.errors import InvalidInput
from tradewind_server.settings import Settings
from tradewind_server.transfer.importer import WorkspaceImport

LARGEST_FILE = 1 << 30
"""Bytes of a file that is read at once: 1 GiB."""


def import_workspace(
    file: Path = typer.Argument(help="ExportData.json, or - for standard input."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would be stored, and store nothing."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Add the chatflows, tools, variables, document stores and messages of an export to the workspace, all or none."""
    result = run_async(_import(load_settings(data_dir=data_dir), _read(file), dry_run))
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
    data_dir: DataDir = data_dir_option(),
) -> None:
    """Write the workspace as a file that `import` and Flowise read. Credentials, API keys and vectors stay here."""
    settings = load_settings(data_dir=data_dir)
    size = run_async(_export(settings, output, with_messages))
    if output is not None:
        typer.echo(f"Wrote {size} bytes to {output}.")


def _tell(notes: Iterable[str]) -> None:
    for note in notes:
        typer.echo(f"    note: {note}")


def _read(file: Path) -> Any:
    """The JSON of a file, or of standard input for ``-``. Ends the command where there is none."""
    try:
        if str(file) == "-":
            content = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with file.open("rb") as source:
                content = source.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            fail(f"The file {file} is larger than {LARGEST_FILE >> 20} MiB; export it in parts.")
        return orjson.loads(utf8(content, f"The file {file}"))
    except OSError as error:
        fail(f"The file {file} cannot be read: {error.strerror}.")
    except (orjson.JSONDecodeError, InvalidInput):
        fail(f"The file {file} is not JSON; export it again.", WRONG_USE)


async def _import(settings: Settings, data: Any, dry: bool) -> WorkspaceImport:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.importer.run(DEFAULT_WORKSPACE, data, dry=dry)


async def _export(settings: Settings, output: Path | None, with_messages: bool) -> int:
    """Write the export; how many bytes it has. A file appears whole or not at all."""
    from tradewind_server.administration import open_administration

    partial = output.with_name(f"{output.name}.part") if output is not None else None
    try:
        target = partial.open("wb") if partial is not None else sys.stdout.buffer
    except OSError as error:
        fail(f"The file {output} cannot be written: {error.strerror}.")
    size = 0
    async with open_administration(settings) as administration:
        lists = administration.exporter.lists(with_messages=with_messages)
        async for piece in administration.exporter.pieces(DEFAULT_WORKSPACE, lists):
            target.write(piece)
            size += len(piece)
    target.flush()
    if output is not None and partial is not None:
        target.close()
        os.replace(partial, output)
    return size
