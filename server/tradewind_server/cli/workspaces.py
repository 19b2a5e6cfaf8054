"""``tradewind workspaces``: tenants of one server, which see nothing of each other."""

from __future__ import annotations

from typing import Any

import typer

from tradewind_server.access.workspaces import Workspace
from tradewind_server.cli.output import DataDir, data_dir_option, emit_json, emit_table, json_option, load_settings, run_async
from tradewind_server.settings import Settings

app = typer.Typer(help="Workspaces, which see nothing of each other: create, list, delete.", no_args_is_help=True)


@app.command()
def create(
    name: str = typer.Argument(help="The name; one name once."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Make an empty workspace. `keys create --workspace NAME` makes a key that opens it."""
    workspace = run_async(_create(load_settings(data_dir=data_dir), name))
    if as_json:
        emit_json(describe(workspace))
    else:
        typer.echo(f"Made the workspace {workspace.name} ({workspace.id}).")


@app.command("list")
def list_workspaces(data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """List the workspaces by name."""
    rows = [describe(workspace) for workspace in run_async(_list(load_settings(data_dir=data_dir)))]
    if as_json:
        emit_json(rows)
    else:
        emit_table(("id", "name", "createdDate"), (list(row.values()) for row in rows), "No workspaces yet.")


@app.command()
def delete(
    workspace: str = typer.Argument(help="The name or the id that `workspaces list` shows."),
    force: bool = typer.Option(False, "--force", help="Delete all that it holds, too: chatflows, messages, files, keys."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Delete a workspace. One that holds something needs --force; the default one stays."""
    row, has_ended = run_async(_delete(load_settings(data_dir=data_dir), workspace, force=force))
    if as_json:
        emit_json({**describe(row), "hasEnded": has_ended})
    else:
        later = "" if has_ended else " Its vectors are taken out once a server runs."
        typer.echo(f"Deleted the workspace {row.name} ({row.id}).{later}")


def describe(workspace: Workspace) -> dict[str, Any]:
    return {
        "id": workspace.id,
        "name": workspace.name,
        "createdDate": workspace.created_date.isoformat(timespec="seconds"),
    }


async def _create(settings: Settings, name: str) -> Workspace:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.workspaces.create(name)


async def _list(settings: Settings) -> list[Workspace]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        rows, _ = await administration.workspaces.list()
        return rows


async def _delete(settings: Settings, name_or_id: str, *, force: bool) -> tuple[Workspace, bool]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        workspace = await administration.workspaces.get(name_or_id)
        await administration.workspaces.delete(workspace.id, force=force)
        return workspace, workspace.id not in await administration.stores.workspaces.in_deletion()
