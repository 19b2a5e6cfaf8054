"""A worker that is killed in the middle of agent flows: the next one goes on, and calls nothing again that came through."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests

from fakes.agentflow import agent, edges, llm, reply, start
from harness.processes import find
from harness.stack import RunningStack

ASK = [{"role": "user", "content": "{{ question }}"}]
RUNS, KILLS = 8, 2
PATIENCE = 120.0


class Till(ThreadingHTTPServer):
    """Counts the calls of each path."""

    daemon_threads = True

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), Ring)


class Ring(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Till)
        with self.server.lock:
            self.server.calls[self.path] += 1
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def till() -> Iterator[Till]:
    server = Till()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def flow(address: str) -> dict[str, Any]:
    """Three calls that count, each behind a model that takes its time."""
    nodes: list[dict[str, Any]] = [start()]
    path = ["startAgentflow_0"]
    for number in range(3):
        nodes.append(llm(number, model="slow-0.3", llmEnableMemory=False, llmMessages=ASK))
        nodes[-1]["data"]["inputs"]["llmModelConfig"] = {"modelName": "slow-0.3", "streaming": True}
        nodes.append(agent("httpAgentflow", number, method="POST", url=f"{address}/{{{{ question }}}}/{number}"))
        path += [f"llmAgentflow_{number}", f"httpAgentflow_{number}"]
    nodes.append(reply("done {{ question }}"))
    return {"nodes": nodes, "edges": edges(" > ".join([*path, "directReplyAgentflow_0"]))}


def executions(stack: RunningStack, flow_id: str) -> list[dict[str, Any]]:
    answer = requests.get(f"{stack.rest}/api/v1/executions?agentflowId={flow_id}&limit=1000", headers=stack.admin, timeout=30)
    rows: list[dict[str, Any]] = answer.json()["data"] if answer.status_code == 200 else []
    return rows


def are_over(rows: list[dict[str, Any]]) -> bool:
    return bool(rows) and all(row["state"] != "INPROGRESS" for row in rows)


def until(what: Callable[[], bool], sentence: str) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, sentence
        time.sleep(0.1)


def ask(stack: RunningStack, flow_id: str, number: int) -> None:
    body = {"question": f"q{number}", "chatId": f"c{number}", "streaming": True}
    with contextlib.suppress(requests.RequestException):  # The worker went away.
        requests.post(f"{stack.rest}/api/v1/prediction/{flow_id}", json=body, timeout=PATIENCE)


@pytest.mark.timeout(600)
def test_runs_go_on_and_nothing_that_came_through_is_called_again(breakable: RunningStack, till: Till) -> None:
    chance, stack = random.Random(11), breakable
    flow_id = stack.create_flow(flow(f"http://127.0.0.1:{till.server_address[1]}"), type="AGENTFLOW")
    total = 0
    for _ in range(KILLS):
        with ThreadPoolExecutor(RUNS) as pool:
            for _ in range(RUNS):
                pool.submit(ask, stack, flow_id, total)
                total += 1
            until(lambda calls=total - RUNS: till.calls.total() > calls, "no call was made")
            time.sleep(chance.uniform(0.0, 2.0))
            [worker] = find(stack.process.pid, "tradewind_server.worker")
            os.kill(worker, signal.SIGKILL)
        until(lambda: are_over(executions(stack, flow_id)), "runs did not go on")
    states = Counter(row["state"] for row in executions(stack, flow_id))
    assert set(states) <= {"FINISHED", "STOPPED"}, states
    assert max(till.calls.values()) == 1, "a call that came through was made again"
    finished = [row for row in executions(stack, flow_id) if row["state"] == "FINISHED"]
    assert len(finished) >= RUNS, states
