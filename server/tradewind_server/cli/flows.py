"""``tradewind flows``: chatflows as files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson
import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chatflows.file_check import check_file
from tradewind_server.chatflows.ports import DrawingProblem
from tradewind_server.chatflows.transfer import ImportResult
from tradewind_server.chatflows.versions import VersionSummary
from tradewind_server.cli.json_files import json_of
from tradewind_server.cli.output import (
    EXIT_FAILURE,
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
from tradewind_server.errors import InvalidInput
from tradewind_server.settings import Settings

app = typer.Typer(help="Chatflows: check, import, export and list them, and their versions.", no_args_is_help=True)

REPAIR = "export it from the canvas again"
"""What to do about a file that is no drawing."""


@app.command("import")
def import_flows(
    file: Path = typer.Argument(help="A file that the canvas exported, or - for standard input."),
    name: str | None = typer.Option(None, "--name", help="Name for a single drawing.", show_default=False),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Store the chatflows of a file; say what will be different here, and what will not run and why."""
    data = json_of(file, REPAIR)
    chatflows = run_async(_import(load_settings(data_dir=data_dir), data, name or _stem(file)))
    if as_json:
        emit_json([{"id": flow.id, "name": flow.name, "notes": list(notes)} for flow, notes in chatflows.chatflows])
    else:
        for flow, notes in chatflows.chatflows:
            typer.echo(f"{flow.id}  {flow.name}")
            for note in notes:
                typer.echo(f"    note: {note}")
    of_the_file = [f"Variables stored: {', '.join(chatflows.variables)}."] if chatflows.variables else []
    for sentence in (*of_the_file, *chatflows.left_out):
        typer.echo(sentence, err=as_json)


@app.command()
def check(
    file: Path = typer.Argument(help="A file that the canvas exported, or - for standard input."),
    as_json: bool = json_option(),
) -> None:
    """Say whether the chatflows of a file would run here, without storing or running them. Exit code 1 when one would not."""
    from tradewind_server.administration import drawings

    try:
        results = check_file(json_of(file, REPAIR), _stem(file), drawings(load_settings()))
    except InvalidInput as error:
        fail(error.message, WRONG_USE)
    if as_json:
        emit_json([{"name": one.name, "problems": [_problem(problem) for problem in one.problems]} for one in results])
    else:
        for chatflow in results:
            typer.echo(f"{chatflow.name}: {'will not run' if chatflow.problems else 'will run'}")
            for problem in chatflow.problems:
                typer.echo(f"    {problem.sentence}")
    if any(one.problems for one in results):
        raise typer.Exit(EXIT_FAILURE)


@app.command()
def export(
    ids: list[str] = typer.Argument(None, help="Chatflow ids. Default: all.", show_default=False),
    output: Path | None = typer.Option(None, "--output", "-o", help="File to write. Default: standard output."),
    data_dir: DataDir = data_dir_option(),
) -> None:
    """Write chatflows as a file that `flows import` and Flowise read."""
    flows_file = run_async(_export(load_settings(data_dir=data_dir), ids or []))
    text = orjson.dumps(flows_file, option=orjson.OPT_INDENT_2)
    if output is None:
        sys.stdout.buffer.write(text + b"\n")
    else:
        output.write_bytes(text + b"\n")
        typer.echo(f"Wrote {len(flows_file['ChatFlow'])} chatflows to {output}.")


@app.command("list")
def list_flows(data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """List chatflows, newest change first."""
    rows = run_async(_list(load_settings(data_dir=data_dir)))
    if as_json:
        emit_json(rows)
    else:
        columns = ("id", "name", "type", "updatedDate")
        emit_table(columns, ([row[column] for column in columns] for row in rows), "No chatflows yet.")


@app.command()
def versions(
    chatflow_id: str = typer.Argument(help="Id of the chatflow."),
    delete: int | None = typer.Option(None, "--delete", help="Number of a version to delete.", show_default=False),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """List the versions that saves of a chatflow left, the newest first, or delete one of them."""
    rows = run_async(_versions(load_settings(data_dir=data_dir), chatflow_id, delete))
    if as_json:
        emit_json(rows)
    else:
        cells = ((row["number"], row["savedDate"], row["size"], " ".join(row["labels"])) for row in rows)
        emit_table(("version", "saved", "characters", "labels"), cells, "No versions yet.")


@app.command()
def label(
    chatflow_id: str = typer.Argument(help="Id of the chatflow."),
    version: str = typer.Argument(help="Number of the version, or a label that it has."),
    name: str = typer.Argument(help="The label; `live` lets the version answer calls that name none."),
    remove: bool = typer.Option(False, "--remove", help="Take the label off instead."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Put a label on a version of a chatflow, and take it from another that has it. Versions with a label are always kept."""
    row = run_async(_label(load_settings(data_dir=data_dir), chatflow_id, version, name, remove))
    if as_json:
        emit_json(row)
    else:
        typer.echo(f"Version {row['number']}: {' '.join(row['labels']) or 'no labels'}")


@app.command()
def restore(
    chatflow_id: str = typer.Argument(help="Id of the chatflow."),
    version: str = typer.Argument(help="Number or label of the version."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Save the drawing and settings of a version again, as the newest version."""
    number = run_async(_restore(load_settings(data_dir=data_dir), chatflow_id, version))
    if as_json:
        emit_json({"number": number})
    else:
        typer.echo(f"Restored as version {number}.")


def _stem(file: Path) -> str | None:
    """The name for a drawing, which has none of its own."""
    return None if str(file) == "-" else file.stem


def _problem(problem: DrawingProblem) -> dict[str, str]:
    return {
        "sentence": problem.sentence,
        "nodeId": problem.node_id,
        "nodeLabel": problem.node_label,
        "nodeType": problem.node_type,
    }


async def _import(settings: Settings, data: object, name: str | None) -> ImportResult:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.chatflow_service.import_file(DEFAULT_WORKSPACE, data, name)


async def _export(settings: Settings, ids: list[str]) -> dict[str, Any]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.chatflow_service.export_file(DEFAULT_WORKSPACE, ids)


def _version(version: VersionSummary) -> dict[str, Any]:
    date = version.date.isoformat(timespec="seconds")
    return {"number": version.number, "savedDate": date, "size": version.size, "labels": list(version.labels)}


async def _versions(settings: Settings, chatflow_id: str, delete: int | None) -> list[dict[str, Any]]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        if delete is not None:
            await administration.versions.delete(DEFAULT_WORKSPACE, chatflow_id, str(delete))
        rows, _ = await administration.versions.list(DEFAULT_WORKSPACE, chatflow_id)
        return [_version(row) for row in rows]


async def _label(settings: Settings, chatflow_id: str, version: str, name: str, remove: bool) -> dict[str, Any]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        change = administration.versions.unlabel if remove else administration.versions.label
        return _version((await change(DEFAULT_WORKSPACE, chatflow_id, version, name)).summary)


async def _restore(settings: Settings, chatflow_id: str, version: str) -> int:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return (await administration.versions.restore(DEFAULT_WORKSPACE, chatflow_id, version)).version_number


async def _list(settings: Settings) -> list[dict[str, object]]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        flows, _ = await administration.stores.chatflows.list(DEFAULT_WORKSPACE)
        return [
            {
                "id": flow.id,
                "name": flow.name,
                "type": flow.type,
                "updatedDate": flow.updated_date.isoformat(timespec="seconds"),
            }
            for flow in flows
        ]
