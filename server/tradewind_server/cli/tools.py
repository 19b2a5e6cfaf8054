"""``tradewind tools``: the tools that agents may be given."""

from __future__ import annotations

from typing import Any

import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chatflows.tools import StoredTool
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

app = typer.Typer(help="Tools of agents: list, delete.", no_args_is_help=True)


@app.command("list")
def list_tools(data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """List the tools, newest change first; with --json their schema and function too."""
    rows = [describe(one) for one in run_async(_list(load_settings(data_dir=data_dir)))]
    if as_json:
        emit_json(rows)
    else:
        columns = ("id", "name", "updatedDate")
        emit_table(columns, ([row[column] for column in columns] for row in rows), "No tools yet.")


@app.command()
def delete(
    tool_id: str = typer.Argument(help="The id that `tools list` shows."), data_dir: DataDir = data_dir_option()
) -> None:
    """Delete a tool; chatflows that name it find none."""
    if not run_async(_delete(load_settings(data_dir=data_dir), tool_id)):
        fail(f"There is no tool {tool_id}.")
    typer.echo(f"Deleted {tool_id}.")


def describe(tool: StoredTool) -> dict[str, Any]:
    return {
        "id": tool.id,
        "name": tool.name,
        "description": tool.description,
        "color": tool.color,
        "iconSrc": tool.icon_src,
        "schema": tool.schema,
        "func": tool.func,
        "createdDate": tool.created_date.isoformat(timespec="seconds"),
        "updatedDate": tool.updated_date.isoformat(timespec="seconds"),
    }


async def _list(settings: Settings) -> list[StoredTool]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        tools, _ = await administration.tools.list(DEFAULT_WORKSPACE)
        return tools


async def _delete(settings: Settings, tool_id: str) -> int:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.tools.delete(DEFAULT_WORKSPACE, tool_id)
