"""``tradewind keys``: API keys, shown once when made."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
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

ALL = "*"
NEAREST = 3
app = typer.Typer(help="API keys: create, list, revoke.", no_args_is_help=True)


@app.command()
def create(
    name: str = typer.Argument(help="What the key is for."),
    permission: list[str] = typer.Option(
        ["*"],
        "--permission",
        "-p",
        help="A permission such as chatflows:view, or chatflows:* for all of a group; repeat for several. Default: all. "
        "docs/permissions.md lists them.",
    ),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Make an API key and print it. It is stored as a digest only and cannot be shown again."""
    settings = load_settings(data_dir=data_dir)
    permissions = check_permissions(permission)
    key_id, key = run_async(_create(settings, name, permissions))
    if as_json:
        emit_json({"id": key_id, "name": name, "key": key, "permissions": sorted(permissions)})
    else:
        typer.echo(f"{key}\n\nid {key_id}. Keep the key now: it cannot be shown again.", nl=True)


def check_permissions(names: Sequence[str]) -> frozenset[str]:
    """The permissions of a key, with groups written out. Ends the command where a method asks for no such permission."""
    from tradewind_server.rpc.contract import load_contract
    from tradewind_server.rpc.methods import permissions_of

    every = permissions_of(load_contract().methods().values())
    permissions: set[str] = set()
    for permission_name in names:
        group = {name for name in every if permission_name.endswith(":*") and name.startswith(permission_name[:-1])}
        if permission_name != ALL and permission_name not in every and not group:
            nearest = get_close_matches(permission_name.lower(), sorted(every), NEAREST, cutoff=0.6) or [*sorted(every), ALL]
            fail(
                f"There is no permission {permission_name or 'without a name'}; did you mean {' or '.join(nearest)}?", WRONG_USE
            )
        permissions |= group or {permission_name}
    return frozenset(permissions)


@app.command("list")
def list_keys(data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """List the keys: id, name, first characters, permissions."""
    rows = run_async(_list(load_settings(data_dir=data_dir)))
    if as_json:
        emit_json(rows)
    else:
        table = (
            (*(row[name] for name in ("id", "name")), f"{row['prefix']}…", " ".join(row["permissions"]), *times(row))
            for row in rows
        )
        emit_table(("id", "name", "prefix", "permissions", "createdDate", "lastUsed"), table, "No API keys yet.")


def times(row: dict[str, Any]) -> tuple[str, str]:
    return row["createdDate"], row["lastUsed"] or "never"


@app.command()
def revoke(key_id: str = typer.Argument(help="The id that `keys list` shows."), data_dir: DataDir = data_dir_option()) -> None:
    """Revoke a key; running servers refuse it within a second."""
    if not run_async(_revoke(load_settings(data_dir=data_dir), key_id)):
        fail(f"There is no API key {key_id}.")
    typer.echo(f"Revoked {key_id}.")


async def _create(settings: Settings, name: str, permissions: frozenset[str]) -> tuple[str, str]:
    from tradewind_server.app import open_administration

    async with open_administration(settings) as administration:
        api_key, key = await administration.create_key(DEFAULT_WORKSPACE, name, permissions)
        return api_key.id, key


async def _list(settings: Settings) -> list[dict[str, Any]]:
    from tradewind_server.app import open_administration

    async with open_administration(settings) as administration:
        return [
            {
                "id": key.id,
                "name": key.name,
                "prefix": key.prefix,
                "permissions": sorted(key.permissions),
                "createdDate": key.created_date.isoformat(timespec="seconds"),
                "lastUsed": key.last_used.isoformat(timespec="seconds") if key.last_used else None,
            }
            for key in await administration.stores.api_keys.list(DEFAULT_WORKSPACE)
        ]


async def _revoke(settings: Settings, key_id: str) -> int:
    from tradewind_server.app import open_administration

    async with open_administration(settings) as administration:
        return await administration.stores.api_keys.revoke(DEFAULT_WORKSPACE, key_id)
