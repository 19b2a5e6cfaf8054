"""``tradewind keys``: API keys, shown once when made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import typer

from tradewind_server.access.permissions import check_permissions
from tradewind_server.access.ports import ALL, DEFAULT_WORKSPACE, ApiKey, KeyedChatflow, Principal
from tradewind_server.cli.durations import duration_of, moment_of
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
from tradewind_server.errors import InvalidInput
from tradewind_server.settings import Settings

if TYPE_CHECKING:
    from tradewind_server.administration import Administration

NEVER = "never"
app = typer.Typer(help="API keys: create, list, update, rotate, revoke.", no_args_is_help=True)
KEY_ID = typer.Argument(help="The id that `keys list` shows.")
PERMISSION = "A permission such as chatflows:view, or chatflows:* for all of a group; repeat for several."
EXPIRES = "When it stops being valid: a date such as 2030-01-01, or a duration such as 90d. Default: never."
WORKSPACE = typer.Option(
    None, "--workspace", help="Name or id of the key's workspace. Default: the default one.", show_default=False
)
FLOW = "The id of a chatflow that the key is for; repeat for several. Default: all."


@app.command()
def create(
    name: str = typer.Argument(help="What the key is for."),
    permission: list[str] = typer.Option(
        [ALL], "--permission", "-p", help=f"{PERMISSION} Default: all. docs/permissions.md lists them."
    ),
    expires: str | None = typer.Option(None, "--expires", help=EXPIRES, show_default=False),
    flow: list[str] = typer.Option([], "--flow", help=FLOW, show_default=False),
    workspace: str | None = WORKSPACE,
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Make an API key and print it. It is stored as a digest only and cannot be shown again."""
    settings = load_settings(data_dir=data_dir)
    fields: dict[str, Any] = {"name": name, "permissions": sorted(known_permissions(permission))}
    if flow:
        fields["chatflow_ids"] = flow
    if expires is not None:
        fields["expires_date"] = moment_of(expires, "--expires", datetime.now(UTC))
    key, secret = run_async(_create(settings, workspace, fields))
    show_secret(key, secret, as_json=as_json)


def known_permissions(names: Sequence[str]) -> frozenset[str]:
    """The permissions of a key, with groups written out. Ends the command where a method asks for no such permission."""
    from tradewind_server.administration import permission_names

    try:
        return check_permissions(names, permission_names())
    except InvalidInput as error:
        fail(error.message, WRONG_USE)


def show_secret(key: ApiKey, secret: str, *, as_json: bool) -> None:
    if as_json:
        emit_json({**describe(key), "key": secret})
    else:
        typer.echo(f"{secret}\n\nid {key.id}. Keep the key now: it cannot be shown again.", nl=True)


def describe(key: ApiKey, chatflows: Sequence[KeyedChatflow] = ()) -> dict[str, Any]:
    """The key for programs; ``chatflows`` ask for it."""
    return {
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix,
        "permissions": sorted(key.permissions),
        "chatflowIds": sorted(key.chatflow_ids),
        "chatflows": [{"id": one.id, "name": one.name} for one in chatflows],
        "createdDate": text_of(key.created_date),
        "lastUsed": text_of(key.last_used),
        "expiresDate": text_of(key.expires_date),
        "previousExpiresDate": text_of(key.previous_until),
    }


def text_of(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None


@app.command("list")
def list_keys(workspace: str | None = WORKSPACE, data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """List the keys: id, name, first characters, permissions, the chatflows they are for, dates."""
    keys, by_key = run_async(_list(load_settings(data_dir=data_dir), workspace))
    rows = [describe(key, by_key.get(key.id, ())) for key in keys]
    if as_json:
        emit_json(rows)
        return
    columns = ("id", "name", "prefix", "permissions", "flows", "createdDate", "lastUsed", "expiresDate")
    emit_table(columns, (cells(row) for row in rows), "No API keys yet.")


def cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    flows = " ".join(row["chatflowIds"]) or "all"
    dates = (row["createdDate"], row["lastUsed"] or NEVER, row["expiresDate"] or NEVER)
    return (row["id"], row["name"], f"{row['prefix']}…", " ".join(row["permissions"]), flows, *dates)


@app.command()
def update(
    key_id: str = KEY_ID,
    name: str | None = typer.Option(None, "--name", help="What the key is for.", show_default=False),
    permission: list[str] = typer.Option([], "--permission", "-p", help=PERMISSION, show_default=False),
    expires: str | None = typer.Option(None, "--expires", help=f"{EXPIRES} `never` takes it away.", show_default=False),
    flow: list[str] = typer.Option([], "--flow", help=f"{FLOW} `all` takes the limit away.", show_default=False),
    workspace: str | None = WORKSPACE,
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Change what a key may do, for which chatflows, and until when; the rest stays."""
    settings = load_settings(data_dir=data_dir)
    fields: dict[str, Any] = {}
    if name is not None:
        fields["name"] = name
    if permission:
        fields["permissions"] = sorted(known_permissions(permission))
    if flow:
        fields["chatflow_ids"] = [] if flow == ["all"] else flow
    if expires is not None:
        fields["expires_date"] = None if expires == NEVER else moment_of(expires, "--expires", datetime.now(UTC))
    if not fields:
        fail("Say what to change: --name, --permission, --expires or --flow.", WRONG_USE)
    key = run_async(_update(settings, workspace, key_id, fields))
    if as_json:
        emit_json(describe(key))
    else:
        typer.echo(f"Changed {key.id}; running servers know it within a second.")


@app.command()
def rotate(
    key_id: str = KEY_ID,
    overlap: str = typer.Option("1d", "--overlap", help="For how long the present key stays valid, such as 12h; at most 30d."),
    workspace: str | None = WORKSPACE,
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Replace a key by a new one with the same id and print it. The present one stays valid for a while."""
    key, secret = run_async(_rotate(load_settings(data_dir=data_dir), workspace, key_id, duration_of(overlap, "--overlap")))
    show_secret(key, secret, as_json=as_json)


@app.command()
def revoke(key_id: str = KEY_ID, workspace: str | None = WORKSPACE, data_dir: DataDir = data_dir_option()) -> None:
    """Revoke a key; running servers refuse it within a second. Chatflows that ask for it stay closed."""
    count, chatflows = run_async(_revoke(load_settings(data_dir=data_dir), workspace, key_id))
    if not count:
        fail(f"There is no API key {key_id}.")
    typer.echo(f"Revoked {key_id}.")
    for chatflow in chatflows:
        typer.echo(f"The chatflow {chatflow.name} ({chatflow.id}) asks for it and is closed now; assign another key to it.")


async def owner(administration: Administration, workspace: str | None) -> Principal:
    """Who sits at the machine's own command line may do everything in every workspace."""
    workspace_id = (await administration.workspaces.get(workspace)).id if workspace else DEFAULT_WORKSPACE
    return Principal("admin", workspace_id, permissions=frozenset({ALL}))


async def _create(settings: Settings, workspace: str | None, fields: Mapping[str, Any]) -> tuple[ApiKey, str]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.api_keys.create(await owner(administration, workspace), fields)


async def _list(settings: Settings, workspace: str | None) -> tuple[list[ApiKey], Mapping[str, Sequence[KeyedChatflow]]]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        who = await owner(administration, workspace)
        return await administration.api_keys.list(who), await administration.api_keys.keyed_chatflows(who)


async def _update(settings: Settings, workspace: str | None, key_id: str, fields: Mapping[str, Any]) -> ApiKey:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.api_keys.update(await owner(administration, workspace), key_id, fields)


async def _rotate(settings: Settings, workspace: str | None, key_id: str, overlap: timedelta) -> tuple[ApiKey, str]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.api_keys.rotate(await owner(administration, workspace), key_id, overlap)


async def _revoke(settings: Settings, workspace: str | None, key_id: str) -> tuple[int, Sequence[KeyedChatflow]]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        removal = await administration.api_keys.delete(await owner(administration, workspace), key_id)
        return removal.count, removal.chatflows
