"""An upgrade under load: a later version migrates a database of many messages while this one answers predictions.

    nice -n 19 .venv/bin/python tests/load/upgrade.py --messages 100000

Prints how long the migration took, how many calls were answered and how many failed, and what the older version then says at
its next start. Exits with 1 when a call failed.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uvloop

sys.path.insert(0, str(Path(__file__).parent.parent))

from load import flows
from load.clients import post, rest_load
from load.report import head, say

from harness.stack import RunningStack, start_fake_endpoint, start_stack

CONNECTIONS = 4
SECONDS_BEFORE, SECONDS_AFTER = 2.0, 2.0
MIGRATION = """
import sys, pathlib
sys.path.insert(0, sys.argv[1])
from harness.later_version import migrate_to_later
migrate_to_later(sys.argv[2], pathlib.Path(sys.argv[3]))
"""


def store_messages(file: Path, flow_id: str, number: int) -> None:
    """Rows of so many messages, in sessions of ten."""
    row = (
        "INSERT INTO chat_message (id, workspace_id, chatflow_id, role, content, chat_type, chat_id, session_id, created_date) "
        "SELECT printf('00000000-0000-4000-9000-%012d', value), (SELECT id FROM workspace LIMIT 1), ?, 'userMessage', "
        "'How is the weather in the harbour today, and when does the next ferry leave for the island? ' || value, 'EXTERNAL', "
        "printf('chat-%d', value / 10), printf('chat-%d', value / 10), '2026-01-01 00:00:00.000000' "
        "FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT ?) SELECT value FROM n)"
    )
    with sqlite3.connect(file, timeout=60) as database:
        database.execute(row, (flow_id, number))


async def measure(stack: RunningStack, flow_id: str, folder: Path) -> tuple[int, list[str], float, float]:
    """Answered calls, failures, the longest call and the migration in seconds."""

    def request(connection: int, number: int) -> bytes:
        session = {"sessionId": f"upgrade-{connection}-{number // 4}"}
        return post(f"/api/v1/prediction/{flow_id}", {"question": "How is the weather?", "overrideConfig": session})

    url = f"sqlite:///{stack.data_dir / 'tradewind.db'}"
    command = [sys.executable, "-c", MIGRATION, str(Path(__file__).parent.parent), url, str(folder)]
    answered, failures, longest, migration = 0, list[str](), 0.0, 0.0
    process = None
    end = time.monotonic() + SECONDS_BEFORE
    start = 0.0
    while True:
        measured = await rest_load(stack.rest, CONNECTIONS, 1.0, request)
        answered += len(measured.latencies)
        failures += measured.failures
        longest = max([longest, *measured.latencies])
        now = time.monotonic()
        if process is None and now > end:
            start = now
            process = asyncio.create_task(asyncio.to_thread(subprocess.run, command, check=True))
        elif process is not None and not migration and process.done():
            await process
            migration, end = now - start, now + SECONDS_AFTER
        elif migration and now > end:
            return answered, failures, longest, migration


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    options = parser.parse_args()
    head(f"An upgrade with {options.messages} messages while predictions run")
    with tempfile.TemporaryDirectory() as home:
        data_dir, folder = Path(home) / "data", Path(home) / "versions"
        folder.mkdir()
        endpoint = start_fake_endpoint()
        stack = start_stack(data_dir, env={"TRADEWIND_OPENAI_BASE_URL": endpoint.base_url})
        try:
            flow_id = stack.create_flow(flows.conversation())
            store_messages(data_dir / "tradewind.db", flow_id, options.messages)
            answered, failures, longest, migration = await measure(stack, flow_id, folder)
        finally:
            code = stack.stop()
            endpoint.stop()
        say(f"the migration took up to {migration:.1f} s, its process included")
        say(f"{answered} calls were answered, {len(failures)} failed, the longest took {longest * 1000:.0f} ms")
        command = [sys.executable, "-m", "tradewind_server", "up", "--data-dir", str(data_dir), "--rest-port", "0"]
        older = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=120, check=False)
        say(f"the older version then: code {older.returncode}, {older.stderr.strip()}")
    return 1 if failures or code or older.returncode != 1 else 0


if __name__ == "__main__":
    sys.exit(uvloop.run(main()))
