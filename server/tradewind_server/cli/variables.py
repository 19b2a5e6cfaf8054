"""``tradewind variables``: what chatflows read as ``$vars``."""

from __future__ import annotations

from typing import Any

import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chatflows.variables import RUNTIME, STATIC, Variable
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

MOST_SHOWN_CHARS = 60
app = typer.Typer(help="Variables of chatflows: list, set, delete.", no_args_is_help=True)


@app.command("list")
def list_variables(data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """List the variables, newest change first. Values of the environment are not shown."""
    rows = [describe(one) for one in run_async(_list(load_settings(data_dir=data_dir)))]
    if as_json:
        emit_json(rows)
    else:
        table = ((row["name"], row["type"], short(row["value"]), row["updatedDate"]) for row in rows)
        emit_table(("name", "type", "value", "updatedDate"), table, "No variables yet.")


@app.command("set")
def set_variable(
    name: str = typer.Argument(help="The name that drawings use, as in {{$vars.NAME}}."),
    value: str | None = typer.Argument(None, help="The value; none with --runtime.", show_default=False),
    runtime: bool = typer.Option(
        False, "--runtime", help="Read the value from the server's environment; TRADEWIND_RUNTIME_VARIABLES must list NAME."
    ),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Store a variable, or give a stored one another value; running servers read it within a second."""
    if (value is None) is not runtime:
        fail("Give either a value, or --runtime for one of the server's environment.", WRONG_USE)
    variable = run_async(_set(load_settings(data_dir=data_dir), name, value, RUNTIME if runtime else STATIC))
    if as_json:
        emit_json(describe(variable))
    else:
        typer.echo(f"Stored {variable.name}.")


@app.command()
def delete(
    name: str = typer.Argument(help="The name that `variables list` shows."), data_dir: DataDir = data_dir_option()
) -> None:
    """Delete a variable; chatflows that read it find no value."""
    if not run_async(_delete(load_settings(data_dir=data_dir), name)):
        fail(f"There is no variable {name}.")
    typer.echo(f"Deleted {name}.")


def describe(variable: Variable) -> dict[str, Any]:
    return {
        "id": variable.id,
        "name": variable.name,
        "type": variable.type,
        "value": variable.value,
        "createdDate": variable.created_date.isoformat(timespec="seconds"),
        "updatedDate": variable.updated_date.isoformat(timespec="seconds"),
    }


def short(value: str | None) -> str:
    """A value fit for a line of a table."""
    line = " ".join((value or "").split())
    return line if len(line) <= MOST_SHOWN_CHARS else line[: MOST_SHOWN_CHARS - 1] + "…"


async def _list(settings: Settings) -> list[Variable]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        variables, _ = await administration.variables.list(DEFAULT_WORKSPACE)
        return variables


async def _set(settings: Settings, name: str, value: str | None, type_: str) -> Variable:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.variables.set(DEFAULT_WORKSPACE, name, value, type_)


async def _delete(settings: Settings, name: str) -> int:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.variables.delete_named(DEFAULT_WORKSPACE, name)
