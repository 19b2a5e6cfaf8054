"""``tradewind assistants``: assistants as their editor saves them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chatflows.assistants import StoredAssistant, details_of
from tradewind_server.cli.json_files import text_of
from tradewind_server.cli.output import (
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

app = typer.Typer(help="Assistants: list, show, create, delete.", no_args_is_help=True)

LARGEST_DETAILS_FILE = 4 << 20
"""Bytes of a file with details: those of their most characters."""


@app.command("list")
def list_assistants(
    type_: str | None = typer.Option(None, "--type", help="Only CUSTOM, OPENAI or AZURE."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """List the assistants, newest change first."""
    rows = [describe(one) for one in run_async(_list(load_settings(data_dir=data_dir), type_))]
    if as_json:
        emit_json(rows)
    else:
        columns = ("id", "name", "type", "chatflow", "updatedDate")
        emit_table(columns, ([row[column] for column in columns] for row in rows), "No assistants yet.")


@app.command()
def show(
    assistant_id: str = typer.Argument(help="The id that `assistants list` shows."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Show one assistant; with --json everything its editor saved."""
    assistant = run_async(_show(load_settings(data_dir=data_dir), assistant_id))
    if as_json:
        emit_json({**describe(assistant), "details": details_of(assistant)})
        return
    for name, value in describe(assistant).items():
        typer.echo(f"{name}: {'' if value is None else value}")


@app.command()
def create(
    details: Path = typer.Argument(help="A file with the details as a JSON object; - reads them from the input."),
    type_: str = typer.Option("CUSTOM", "--type", help="CUSTOM, OPENAI or AZURE; only CUSTOM ones run here."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Store a new assistant. Its details need a name; their flowId names the chatflow that answers for it."""
    text = text_of(details, LARGEST_DETAILS_FILE)
    assistant = run_async(_create(load_settings(data_dir=data_dir), {"details": text, "type": type_}))
    if as_json:
        emit_json(describe(assistant))
    else:
        typer.echo(f"Created {assistant.id}.")


@app.command()
def delete(
    assistant_id: str = typer.Argument(help="The id that `assistants list` shows."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Delete an assistant; the chatflow that answers for it stays."""
    if not run_async(_delete(load_settings(data_dir=data_dir), assistant_id)):
        fail(f"There is no assistant {assistant_id}.")
    if as_json:
        emit_json({"deleted": assistant_id})
    else:
        typer.echo(f"Deleted {assistant_id}.")


def describe(assistant: StoredAssistant) -> dict[str, Any]:
    details = details_of(assistant)
    return {
        "id": assistant.id,
        "name": details.get("name"),
        "type": assistant.type,
        "chatflow": details.get("flowId"),
        "instruction": details.get("instruction"),
        "createdDate": assistant.created_date.isoformat(timespec="seconds"),
        "updatedDate": assistant.updated_date.isoformat(timespec="seconds"),
    }


async def _list(settings: Settings, type_: str | None) -> list[StoredAssistant]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        assistants, _ = await administration.assistants.list(DEFAULT_WORKSPACE, type_)
        return assistants


async def _show(settings: Settings, assistant_id: str) -> StoredAssistant:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.assistants.get(DEFAULT_WORKSPACE, assistant_id)


async def _create(settings: Settings, fields: dict[str, Any]) -> StoredAssistant:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.assistants.create(DEFAULT_WORKSPACE, fields)


async def _delete(settings: Settings, assistant_id: str) -> int:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.assistants.delete(DEFAULT_WORKSPACE, assistant_id)
