"""``tradewind leads``: people who left an address in the chats of a chatflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chats.leads import Lead, lead_listing
from tradewind_server.cli.messages import FLOW_HELP, short
from tradewind_server.cli.output import DataDir, data_dir_option, emit_json, emit_table, json_option, load_settings, run_async
from tradewind_server.settings import Settings

app = typer.Typer(help="Leads of chatflows: list, delete.", no_args_is_help=True)


@app.command("list")
def list_leads(
    flow: str = typer.Argument(help=FLOW_HELP),
    chat: str | None = typer.Option(None, "--chat", help="Those of this conversation.", show_default=False),
    since: str | None = typer.Option(None, "--since", help="From this date on, such as 2026-11-01.", show_default=False),
    until: str | None = typer.Option(None, "--until", help="Up to this date.", show_default=False),
    newest: bool = typer.Option(False, "--newest", help="The newest first."),
    limit: int = typer.Option(0, "--limit", min=0, help="Most leads; 0 means TRADEWIND_MAX_LIST, which is the limit."),
    page_token: str = typer.Option("", "--page-token", help="Go on where the list before ended.", show_default=False),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """List leads, the oldest first: id, name, address, number, date."""
    query = {"chat_id": chat, "start_date": since, "end_date": until, "order": "DESC" if newest else None}
    rows, token = run_async(_list(load_settings(data_dir=data_dir), flow, query, limit, page_token))
    if as_json:
        emit_json([describe(row) for row in rows])
    else:
        table = ((row.id, *(short(text or "") for text in (row.name, row.email, row.phone)), date_of(row)) for row in rows)
        emit_table(("id", "name", "email", "phone", "createdDate"), table, "No leads.")
    if token:
        typer.echo(f"More follow; go on with --page-token {token}", err=True)


@app.command()
def delete(
    lead: str = typer.Argument(help="The id that `leads list` shows."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Delete one lead."""
    count = run_async(_delete(load_settings(data_dir=data_dir), lead))
    if as_json:
        emit_json({"affected": count})
    else:
        typer.echo(f"Deleted {lead}.")


def describe(row: Lead) -> dict[str, Any]:
    return {
        "id": row.id,
        "chatflowid": row.chatflow_id,
        "chatId": row.chat_id,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "createdDate": date_of(row),
    }


def date_of(row: Lead) -> str:
    return row.created_date.isoformat(timespec="milliseconds")


async def _list(
    settings: Settings, flow: str, query: Mapping[str, str | None], limit: int, token: str
) -> tuple[list[Lead], str]:
    from tradewind_server.administration import open_administration

    page_query = lead_listing(flow, query)
    async with open_administration(settings) as administration:
        return await administration.leads.page(DEFAULT_WORKSPACE, page_query, limit, token)


async def _delete(settings: Settings, lead_id: str) -> int:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.leads.delete(DEFAULT_WORKSPACE, lead_id)
