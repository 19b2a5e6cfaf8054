"""``tradewind feedback``: what people think of the answers of a chatflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chats.feedback import feedback_listing
from tradewind_server.chats.filters import message_filter
from tradewind_server.chats.ports import Feedback
from tradewind_server.chats.stats import ChatflowStats
from tradewind_server.cli.messages import FLOW_HELP, short
from tradewind_server.cli.output import DataDir, data_dir_option, emit_json, emit_table, json_option, load_settings, run_async
from tradewind_server.settings import Settings

app = typer.Typer(help="Feedback on answers: list, stats.", no_args_is_help=True)
SINCE = typer.Option(None, "--since", help="From this date on, such as 2026-11-01.", show_default=False)
UNTIL = typer.Option(None, "--until", help="Up to this date.", show_default=False)


@app.command("list")
def list_feedback(
    flow: str = typer.Argument(help=FLOW_HELP),
    chat: str | None = typer.Option(None, "--chat", help="Those of this conversation.", show_default=False),
    rating: list[str] = typer.Option([], "--rating", help="THUMBS_UP or THUMBS_DOWN.", show_default=False),
    since: str | None = SINCE,
    until: str | None = UNTIL,
    newest: bool = typer.Option(False, "--newest", help="The newest first."),
    limit: int = typer.Option(0, "--limit", min=0, help="Most entries; 0 means TRADEWIND_MAX_LIST, which is the limit."),
    page_token: str = typer.Option("", "--page-token", help="Go on where the list before ended.", show_default=False),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """List feedback, the oldest first: message, rating, date, what was said."""
    query = {"chat_id": chat, "start_date": since, "end_date": until, "order": "DESC" if newest else None}
    rows, token = run_async(_list(load_settings(data_dir=data_dir), flow, query, rating, limit, page_token))
    if as_json:
        emit_json([describe(row) for row in rows])
    else:
        table = ((row.message_id, row.rating, date_of(row), short(row.content or "")) for row in rows)
        emit_table(("messageId", "rating", "createdDate", "content"), table, "No feedback.")
    if token:
        typer.echo(f"More follow; go on with --page-token {token}", err=True)


@app.command()
def stats(
    flow: str = typer.Argument(help=FLOW_HELP),
    since: str | None = SINCE,
    until: str | None = UNTIL,
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Count messages, sessions and feedback, in all and by day."""
    query = {"start_date": since, "end_date": until}
    figures = run_async(_stats(load_settings(data_dir=data_dir), flow, query))
    if as_json:
        emit_json(describe_stats(figures))
        return
    typer.echo(
        f"{figures.messages} messages in {figures.sessions} sessions, rated {figures.positive} up, {figures.negative} down"
    )
    emit_table(("day", "up", "down"), ((day.date, day.positive, day.negative) for day in figures.days), "No feedback.")


def describe(row: Feedback) -> dict[str, Any]:
    return {
        "id": row.id,
        "chatflowid": row.chatflow_id,
        "chatId": row.chat_id,
        "messageId": row.message_id,
        "rating": row.rating,
        "content": row.content,
        "createdDate": date_of(row),
    }


def date_of(row: Feedback) -> str:
    return row.created_date.isoformat(timespec="milliseconds")


def describe_stats(figures: ChatflowStats) -> dict[str, Any]:
    return {
        "totalMessages": figures.messages,
        "totalSessions": figures.sessions,
        "totalFeedback": figures.positive + figures.negative,
        "positiveFeedback": figures.positive,
        "negativeFeedback": figures.negative,
        "days": [{"date": day.date, "positive": day.positive, "negative": day.negative} for day in figures.days],
    }


async def _list(
    settings: Settings, flow: str, query: Mapping[str, str | None], ratings: list[str], limit: int, token: str
) -> tuple[list[Feedback], str]:
    from tradewind_server.administration import open_administration

    page_query = feedback_listing(flow, query, ratings)
    async with open_administration(settings) as administration:
        return await administration.feedback.page(DEFAULT_WORKSPACE, page_query, limit, token)


async def _stats(settings: Settings, flow: str, query: Mapping[str, str | None]) -> ChatflowStats:
    from tradewind_server.administration import open_administration

    filters = message_filter(flow, query)
    async with open_administration(settings) as administration:
        return await administration.stats.stats(DEFAULT_WORKSPACE, filters)
