"""``tradewind credentials``: encrypted keys of model providers, write-only."""

from __future__ import annotations

import codecs
import re
import sys

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
from tradewind_server.header_values import key_fault, pasted_key
from tradewind_server.settings import Settings

SECRET_FIELD = re.compile(r"key|token|secret", re.IGNORECASE)
LONGEST_LINE = 64 * 1024
MOST_EMPTY_LINES = 100
app = typer.Typer(help="Encrypted credentials that nodes name: set, list, delete.", no_args_is_help=True)


@app.command("set")
def set_credential(
    name: str = typer.Argument(help="The name or id that nodes use for it."),
    provider: str = typer.Option("openAIApi", "--provider", help="The credential type, as the canvas names it."),
    field: list[str] = typer.Option(
        [], "--field", help="A further field, NAME=VALUE (not secret: it stands in the shell history); repeatable."
    ),
    base_url: str | None = typer.Option(None, "--base-url", help="Endpoint this key belongs to.", show_default=False),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Store a key, encrypted. The key is read from standard input, or asked for on a terminal, never from the command."""
    key = pasted_key(typer.prompt("Key", hide_input=True) if sys.stdin.isatty() else first_line())
    if not key:
        fail('No key came in; give it on standard input: printf %s "$KEY" | tradewind credentials set NAME', WRONG_USE)
    if fault := key_fault(key):
        fail(f"The key cannot be sent to any provider: {fault}.", WRONG_USE)
    secret = {"apiKey": key}
    for pair in field:
        label, separator, value = pair.partition("=")
        if not separator or not label:
            fail(f"--field takes NAME=VALUE; {pair!r} is not of that form.", WRONG_USE)
        secret[label] = pasted_key(value) if SECRET_FIELD.search(label) else value
    if base_url:
        secret["baseUrl"] = base_url
    credential = run_async(_set(load_settings(data_dir=data_dir), name, provider, secret))
    if as_json:
        emit_json(credential)
    else:
        typer.echo(f"Stored {credential['name']} ({credential['id']}), encrypted.")


def first_line() -> str:
    """The first line of standard input that holds anything, in UTF-8 or in the encoding that its mark announces."""
    for _ in range(MOST_EMPTY_LINES):
        line = sys.stdin.buffer.readline(LONGEST_LINE)
        if line[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            line += sys.stdin.buffer.read(LONGEST_LINE)
            text = line.decode("utf-16", "replace").strip().partition("\n")[0]
        else:
            text = line.decode("utf-8", "replace")
        if not line or pasted_key(text):
            return text
    return ""


@app.command("list")
def list_credentials(data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """List names and types. The secrets themselves are never shown."""
    rows = run_async(_list(load_settings(data_dir=data_dir)))
    if as_json:
        emit_json(rows)
    else:
        columns = ("id", "name", "provider", "updatedDate")
        emit_table(columns, ([row[column] for column in columns] for row in rows), "No credentials yet.")


@app.command()
def delete(name: str = typer.Argument(help="Name or id of the credential."), data_dir: DataDir = data_dir_option()) -> None:
    """Delete a credential; nodes that name it fall back to the configured endpoint or the embedded model."""
    if not run_async(_delete(load_settings(data_dir=data_dir), name)):
        fail(f"There is no credential {name}.")
    typer.echo(f"Deleted {name}.")


async def _set(settings: Settings, name: str, provider: str, secret: dict[str, str]) -> dict[str, object]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        credential = await administration.stores.credentials.set(DEFAULT_WORKSPACE, name, provider, secret)
        return {"id": credential.id, "name": credential.name, "provider": credential.provider}


async def _list(settings: Settings) -> list[dict[str, object]]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return [
            {
                "id": item.id,
                "name": item.name,
                "provider": item.provider,
                "updatedDate": item.updated_date.isoformat(timespec="seconds"),
            }
            for item in await administration.stores.credentials.list(DEFAULT_WORKSPACE)
        ]


async def _delete(settings: Settings, name: str) -> int:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.stores.credentials.delete(DEFAULT_WORKSPACE, name)
