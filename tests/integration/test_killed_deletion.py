"""A worker that is killed in the middle of the deletion of a workspace: the next one ends it."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable

import grpc
import requests
from tradewind.v1 import api_key_pb2 as pb
from tradewind.v1.api_key_pb2_grpc import ApiKeyServiceStub

from harness.processes import find
from harness.stack import RunningStack

PATIENCE = 90.0
STATEMENTS_WITHOUT_END = """
CREATE TABLE hold_back (n INTEGER);
INSERT INTO hold_back SELECT a.rootpage FROM sqlite_master a, sqlite_master b LIMIT 1000;
CREATE TRIGGER hold_back_rows BEFORE DELETE ON variable WHEN old.name = 'held' BEGIN
  SELECT count(*) FROM hold_back a, hold_back b, hold_back c, hold_back d, hold_back e;
END;
"""
"""With them the deletion of that variable is under way until the process dies."""


def count(stack: RunningStack, statement: str, *values: str) -> int:
    with contextlib.closing(sqlite3.connect(stack.data_dir / "tradewind.db", timeout=30)) as database:
        return int(database.execute(statement, values).fetchone()[0])


def script(stack: RunningStack, statements: str) -> None:
    with contextlib.closing(sqlite3.connect(stack.data_dir / "tradewind.db", timeout=60)) as database:
        database.executescript(statements)


def until(what: Callable[[], bool], sentence: str) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, sentence
        time.sleep(0.05)


def test_a_deletion_of_a_workspace_is_ended_by_the_next_worker(breakable: RunningStack) -> None:
    stack = breakable
    url = f"{stack.rest}/api/v1"
    workspace = requests.post(f"{url}/workspaces", json={"name": "leaving"}, headers=stack.admin, timeout=30).json()["id"]
    with grpc.insecure_channel(stack.grpc_gate) as channel:
        request = pb.CreateApiKeyRequest(key=pb.ApiKey(name="theirs", permissions=["*"]), workspace_id=workspace)
        metadata = (("authorization", f"Bearer {stack.admin_key}"),)
        secret = ApiKeyServiceStub(channel).CreateApiKey(request, metadata=metadata, timeout=30).secret
    variable = {"name": "held", "value": "x", "type": "static"}
    requests.post(f"{url}/variables", json=variable, headers={"x-api-key": secret}, timeout=30).raise_for_status()
    script(stack, STATEMENTS_WITHOUT_END)

    def delete() -> None:
        with contextlib.suppress(requests.RequestException):
            requests.delete(f"{url}/workspaces/{workspace}?force=true", headers=stack.admin, timeout=PATIENCE)

    caller = threading.Thread(target=delete)
    caller.start()
    closed = "SELECT count(*) FROM workspace WHERE id = ? AND deletion_date IS NOT NULL"
    until(lambda: count(stack, closed, workspace) == 1, "the deletion has not begun")
    (worker,) = find(stack.process.pid, "tradewind_server.worker")
    os.kill(stack.process.pid, signal.SIGSTOP)  # So that no new worker comes before nothing holds it back.
    try:
        os.kill(worker, signal.SIGKILL)
        script(stack, "DROP TRIGGER hold_back_rows; DROP TABLE hold_back;")
        rows = "SELECT count(*) FROM variable WHERE workspace_id = ?"
        assert (count(stack, closed, workspace), count(stack, rows, workspace)) == (1, 1)
    finally:
        os.kill(stack.process.pid, signal.SIGCONT)
    caller.join(PATIENCE)
    until(lambda: count(stack, "SELECT count(*) FROM workspace WHERE id = ?", workspace) == 0, "the workspace is still there")
    assert count(stack, rows, workspace) == 0
    stack.wait_ready(PATIENCE)
