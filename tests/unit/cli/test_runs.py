"""``tradewind runs`` on a database without a server."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.administration import open_administration
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.cli.main import app
from tradewind_server.runs.ports import RunEnd, RunState, StoredEvent, StoredRun
from tradewind_server.settings import Settings
from typer.testing import CliRunner

FLOW = "11111111-1111-4111-8111-111111111111"
RUN = "22222222-2222-4222-8222-222222222222"
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)


async def store(data_dir: Path) -> None:
    async with open_administration(Settings(_env_file=None, data_dir=data_dir)) as administration:
        stores = administration.stores
        await stores.chatflows.create(Chatflow(FLOW, DEFAULT_WORKSPACE, "f", "{}", "CHATFLOW", MOMENT, MOMENT))
        run = StoredRun(RUN, DEFAULT_WORKSPACE, FLOW, "admin", RunState.RUNNING, "c", "s", True, MOMENT, owner="w")
        await stores.runs.add(run)
        events = [StoredEvent(1, b'{"event":"token","data":"wind sail"}'), StoredEvent(2, b'{"event":"end","data":"[DONE]"}')]
        await stores.runs.end(run, "w", events, RunEnd(RunState.FINISHED, MOMENT, {"text": "wind sail"}))


def test_runs_are_listed_shown_followed_and_not_stopped_once_they_ended(tmp_path: Path) -> None:
    asyncio.run(store(tmp_path))
    here = ["--data-dir", str(tmp_path)]
    runner = CliRunner()
    listed = json.loads(runner.invoke(app, ["runs", "list", "--json", *here]).stdout)
    assert [(row["id"], row["state"]) for row in listed] == [(RUN, "FINISHED")]
    shown = json.loads(runner.invoke(app, ["runs", "show", RUN, "--json", *here]).stdout)
    assert (shown["result"], shown["trace"]) == ({"text": "wind sail"}, [])
    assert runner.invoke(app, ["runs", "show", RUN, *here]).stdout.splitlines()[-3:] == [
        f"Run {RUN} FINISHED 0.00 s",
        "├─ 1 pieces of text",
        "└─ answer: wind sail",
    ]
    assert runner.invoke(app, ["runs", "attach", RUN, *here]).stdout == "wind sail\n"
    lines = runner.invoke(app, ["runs", "attach", RUN, "--after", "1", "--json", *here]).stdout.splitlines()
    assert [json.loads(line) for line in lines] == [{"id": 2, "event": "end", "data": "[DONE]"}]
    assert runner.invoke(app, ["runs", "cancel", RUN, *here]).exit_code == 1
    assert runner.invoke(app, ["runs", "show", FLOW, *here]).exit_code == 1
