"""``tradewind messages``: what was said in the chats of a chatflow."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chats.editor import Branch
from tradewind_server.chats.filters import listing, message_filter
from tradewind_server.chats.ports import ChatMessage
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
FLOW_HELP = "Id of the chatflow, as `flows list` shows it."
BYTES_OF_A_CHARACTER = 4
app = typer.Typer(help="Messages of chats: list, edit, branch, delete.", no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class Page:
    """Messages of a list, and the token that goes on behind them, empty at the end."""

    messages: list[ChatMessage]
    next_token: str


@app.command("list")
def list_messages(
    flow: str = typer.Argument(help=FLOW_HELP),
    session: str | None = typer.Option(None, "--session", help="Those of this session.", show_default=False),
    chat: str | None = typer.Option(None, "--chat", help="Those of this conversation.", show_default=False),
    newest: bool = typer.Option(False, "--newest", help="The newest first."),
    limit: int = typer.Option(0, "--limit", min=0, help="Most messages; 0 means TRADEWIND_MAX_LIST, which is the limit."),
    page_token: str = typer.Option("", "--page-token", help="Go on where the list before ended.", show_default=False),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """List messages, the oldest first: id, role, session, date, what was said."""
    query = {"session_id": session, "chat_id": chat, "order": "DESC" if newest else None}
    page = run_async(_list(load_settings(data_dir=data_dir), flow, query, limit, page_token))
    rows = [describe(one) for one in page.messages]
    if as_json:
        emit_json(rows)
    else:
        names = ("id", "role", "sessionId", "createdDate", "content")
        table = ((*(row[name] for name in names[:-1]), short(row["content"])) for row in rows)
        emit_table(names, table, "No messages.")
    if page.next_token:
        typer.echo(f"More follow; go on with --page-token {page.next_token}", err=True)


@app.command()
def edit(
    flow: str = typer.Argument(help=FLOW_HELP),
    message: str = typer.Argument(help="The id that `messages list` shows."),
    content: str = typer.Argument(help="The new text, or - for standard input."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Give a question or an answer another text; running servers read it with the next question."""
    settings = load_settings(data_dir=data_dir)
    new_message = run_async(_edit(settings, flow, message, _stdin(settings) if content == "-" else content))
    if as_json:
        emit_json(describe(new_message))
    else:
        typer.echo(f"Edited {new_message.id}.")


@app.command()
def branch(
    flow: str = typer.Argument(help=FLOW_HELP),
    message: str = typer.Argument(help="The id of the last message to copy, as `messages list` shows it."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Copy a session up to a message to a new one, where the conversation goes on another way."""
    branch = run_async(_branch(load_settings(data_dir=data_dir), flow, message))
    if as_json:
        emit_json({"sessionId": branch.session_id, "chatId": branch.session_id, "copied": branch.message_count})
    else:
        typer.echo(f"Session {branch.session_id} begins with {branch.message_count} {_messages(branch.message_count)}.")


@app.command()
def delete(
    flow: str = typer.Argument(help=FLOW_HELP),
    session: str | None = typer.Option(None, "--session", help="Those of this session.", show_default=False),
    chat: str | None = typer.Option(None, "--chat", help="Those of this conversation.", show_default=False),
    message: str | None = typer.Option(None, "--message", help="The one with this id.", show_default=False),
    all_of_flow: bool = typer.Option(False, "--all", help="All messages of the chatflow."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Delete messages, with their feedback, and the files of chats that have none left."""
    query = {"session_id": session, "chat_id": chat, "message_id": message}
    if all_of_flow is any(value is not None for value in query.values()):
        fail("Say which messages: --session, --chat or --message, or else --all of them.", WRONG_USE)
    count = run_async(_delete(load_settings(data_dir=data_dir), flow, query))
    if as_json:
        emit_json({"affected": count})
    else:
        typer.echo(f"Deleted {count} {_messages(count)}.")


def describe(message: ChatMessage) -> dict[str, Any]:
    edit_date = message.edited_date
    return {
        "id": message.id,
        "role": message.role,
        "content": message.content,
        "chatType": message.chat_type,
        "chatId": message.chat_id,
        "sessionId": message.session_id,
        "createdDate": message.created_date.isoformat(timespec="milliseconds"),
        "editedDate": edit_date.isoformat(timespec="milliseconds") if edit_date else None,
    }


def short(content: str) -> str:
    """A text fit for a line of a table."""
    line = " ".join(content.split())
    return line if len(line) <= MOST_SHOWN_CHARS else line[: MOST_SHOWN_CHARS - 1] + "…"


def _messages(count: int) -> str:
    return "message" if count == 1 else "messages"


def _stdin(settings: Settings) -> str:
    """What standard input holds, without the line's end that shells add. Ends the command for what no message can hold."""
    most = settings.max_question_chars * BYTES_OF_A_CHARACTER
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        fail(f"Standard input is longer than {settings.max_question_chars} characters; shorten it.")
    try:
        return data.decode("utf-8-sig").removesuffix("\n")
    except UnicodeDecodeError:
        fail("Standard input is not UTF-8.")


async def _list(settings: Settings, flow: str, query: Mapping[str, str | None], limit: int, token: str) -> Page:
    from tradewind_server.administration import open_administration

    page_query = listing(flow, query)
    async with open_administration(settings) as administration:
        return Page(*await administration.messages.page(DEFAULT_WORKSPACE, page_query, limit, token))


async def _edit(settings: Settings, flow: str, message: str, content: str) -> ChatMessage:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.editor.edit(DEFAULT_WORKSPACE, flow, message, content)


async def _branch(settings: Settings, flow: str, message: str) -> Branch:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        return await administration.editor.branch(DEFAULT_WORKSPACE, flow, message)


async def _delete(settings: Settings, flow: str, query: Mapping[str, str | None]) -> int:
    from tradewind_server.administration import open_administration

    filters = message_filter(flow, query)
    async with open_administration(settings) as administration:
        return await administration.messages.delete(DEFAULT_WORKSPACE, filters)
