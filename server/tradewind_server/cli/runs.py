"""``tradewind runs``: predictions that are kept while they are made, read in the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import orjson
import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chats.ports import PageRequest
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
from tradewind_server.runs.ports import RunFilter, Runs, RunViewer, StoredRun
from tradewind_server.settings import Settings

if TYPE_CHECKING:
    from tradewind_server.flows.predict.events import Event
    from tradewind_server.store.stores import Stores

app = typer.Typer(help="Runs: list, show, cancel, attach.", no_args_is_help=True)
LOOK_AGAIN_SECONDS = 0.2
PAGE = 500
MOST_EVENTS = 20_000
"""Events that `show` reads."""
ID = typer.Argument(help="The id that `runs list` shows.")


@app.command("list")
def list_runs(
    limit: int = typer.Option(50, min=1, max=1000, help="Most runs to list."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """List the runs, newest first."""
    rows = [describe(run) for run in run_async(_list(load_settings(data_dir=data_dir), limit))]
    if as_json:
        emit_json(rows)
    else:
        columns = ("id", "state", "chatflowid", "createdDate", "lastEventId")
        emit_table(columns, ([str(row[column]) for column in columns] for row in rows), "No runs yet.")


@app.command()
def show(run_id: str = ID, data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """Show one run: its steps as a tree, with what each used and how long it took."""
    from tradewind_server.cli.run_tree import latest_trace, tree_lines

    run, entries, event_list = run_async(_show(load_settings(data_dir=data_dir), run_id))
    if as_json:
        emit_json({**describe(run), "trace": entries or latest_trace(event_list)})
        return
    rows = {name: value for name, value in describe(run).items() if name not in ("result", "error") and value is not None}
    emit_table(("field", "value"), ([name, str(value)] for name, value in rows.items()), "")
    typer.echo("\n" + "\n".join(tree_lines(run, entries, event_list)))


@app.command()
def cancel(run_id: str = ID, data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """Have a run stopped by the worker that has it."""
    run = run_async(_cancel(load_settings(data_dir=data_dir), run_id))
    if as_json:
        emit_json(describe(run))
    else:
        typer.echo(f"Run {run_id} is being stopped.")


@app.command()
def attach(
    run_id: str = ID,
    after: int = typer.Option(0, min=0, help="Number of the last event that is known already."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Print the words of a run as they come, to its end; with --json its events, one a line."""
    run_async(_attach(load_settings(data_dir=data_dir), run_id, after, as_json=as_json))


def describe(run: StoredRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "chatflowid": run.chatflow_id,
        "state": run.state.value,
        "chatId": run.chat_id,
        "sessionId": run.session_id,
        "createdDate": run.created_date.isoformat(timespec="seconds"),
        "endedDate": run.ended_date.isoformat(timespec="seconds") if run.ended_date else None,
        "lastEventId": run.last_event,
        "restarts": run.restarts,
        "executionId": run.execution_id,
        "error": run.error_message,
        "result": run.result,
    }


@asynccontextmanager
async def _stores(settings: Settings) -> AsyncIterator[Stores]:
    from tradewind_server.administration import open_administration

    async with open_administration(settings) as administration:
        yield administration.stores


@asynccontextmanager
async def _runs(settings: Settings) -> AsyncIterator[Runs]:
    async with _stores(settings) as stores:
        yield stores.runs


async def _get(runs: Runs, run_id: str) -> StoredRun:
    run = await runs.get(run_id.lower())
    if run is None:
        fail(f"There is no run {run_id}.")
    return run


async def _list(settings: Settings, limit: int) -> list[StoredRun]:
    async with _runs(settings) as runs:
        page = await runs.list(RunViewer(DEFAULT_WORKSPACE), RunFilter(), PageRequest(limit, True))
        return page.runs


async def _show(settings: Settings, run_id: str) -> tuple[StoredRun, list[dict[str, Any]], list[Event]]:
    """A run, the steps of its execution, and its events."""
    from tradewind_server.flows.agentflow.flow_run import trace_of
    from tradewind_server.runs.event_log import event_of

    async with _stores(settings) as stores:
        run = await _get(stores.runs, run_id)
        execution = await stores.executions.get(run.workspace_id, run.execution_id) if run.execution_id else None
        event_list: list[Event] = []
        after = 0
        while len(event_list) < MOST_EVENTS and (batch := await stores.runs.events(run.id, after, PAGE)):
            after = batch[-1].number
            event_list += [event_of(event.line) for event in batch]
        return run, trace_of(execution) if execution else [], event_list


async def _cancel(settings: Settings, run_id: str) -> StoredRun:
    async with _runs(settings) as runs:
        run = await _get(runs, run_id)
        if not run.state.is_active:
            fail(f"Run {run_id} has ended: {run.state.value}.")
        await runs.ask_to_cancel(run.id)
        return await runs.get(run.id) or run


async def _attach(settings: Settings, run_id: str, after: int, *, as_json: bool) -> None:
    async with _runs(settings) as runs:
        while True:
            run = await _get(runs, run_id)
            batch = await runs.events(run.id, after, PAGE)
            for event in batch:
                after = event.number
                content = orjson.loads(event.line)
                if as_json:
                    typer.echo(orjson.dumps({"id": event.number, **content}).decode())
                elif content["event"] == "token":
                    typer.echo(content["data"], nl=False)
                elif content["event"] == "error":
                    typer.echo(f"\n{content['data']}", err=True)
            if not batch and not run.state.is_active:
                break
            if not batch:
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
        if not as_json:
            typer.echo()
