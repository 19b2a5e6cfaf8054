"""Agent flows whose worker is killed at a random step: that all of them end, what was called twice, and how soon they go on.

    python tests/load/killed_agentflows.py --runs 200                 # SQLite, one worker
    python tests/load/killed_agentflows.py --runs 200 --workers 2     # SQLite, two workers
    python tests/load/killed_agentflows.py --runs 200 --postgres      # two servers on one Postgres

Each run makes three calls that count, behind a model each. A run whose call had begun when its worker died asks a person;
the script lets it go on, and expects that call, and no other, at most twice. Prints one line a round and one for the whole.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

sys.path.insert(0, str(Path(__file__).parent.parent))

from fakes.agentflow import agent, edges, llm, reply, start
from harness.postgres import PostgresServer
from harness.processes import find
from harness.stack import FakeEndpoint, RunningStack, running_fake_endpoint, start_stack

ROUND = 10
CALLS = 3
PATIENCE = 120.0
TAKE_UP = re.compile(r"the run ([0-9a-f-]{36}) goes on")


class Till(ThreadingHTTPServer):
    """Counts the calls of each path, and keeps when the last one came."""

    daemon_threads = True

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.moments: list[float] = []
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), Ring)


class Ring(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Till)
        with self.server.lock:
            self.server.calls[self.path] += 1
            self.server.moments.append(time.monotonic())
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def drawing(address: str) -> dict[str, Any]:
    nodes: list[dict[str, Any]] = [start()]
    path = ["startAgentflow_0"]
    for number in range(CALLS):
        nodes.append(llm(number, llmEnableMemory=False, llmMessages=[{"role": "user", "content": "{{ question }}"}]))
        nodes.append(agent("httpAgentflow", number, method="POST", url=f"{address}/{{{{ question }}}}/{number}"))
        path += [f"llmAgentflow_{number}", f"httpAgentflow_{number}"]
    nodes.append(reply("done {{ question }}"))
    return {"nodes": nodes, "edges": edges(" > ".join([*path, "directReplyAgentflow_0"]))}


class Trial:
    """Rounds of runs on one or two stacks over one database; a round's worker is killed in the first."""

    def __init__(self, stacks: list[RunningStack], till: Till, endpoint: FakeEndpoint) -> None:
        self.stacks = stacks
        self.till = till
        self.endpoint = endpoint
        self.flow_id = stacks[0].create_flow(drawing(f"http://127.0.0.1:{till.server_address[1]}"), type="AGENTFLOW")
        self.total = 0
        self.asked_again: set[str] = set()
        self.take_ups: list[float] = []
        self.next_calls: list[float] = []

    def ask(self, stack: RunningStack, number: int, **more: Any) -> None:
        body = {"question": f"q{number}", "chatId": f"c{number}", "streaming": True, **more}
        with contextlib.suppress(requests.RequestException):  # The worker went away.
            requests.post(f"{stack.rest}/api/v1/prediction/{self.flow_id}", json=body, timeout=60)

    def rows(self) -> list[dict[str, Any]]:
        address = f"{self.stacks[-1].rest}/api/v1/executions?agentflowId={self.flow_id}&limit=1000"
        with contextlib.suppress(requests.RequestException):
            answer = requests.get(address, headers=self.stacks[0].admin, timeout=30)
            if answer.status_code == 200:
                found: list[dict[str, Any]] = answer.json()["data"]
                return found
        return []

    def run_round(self, chance: random.Random) -> None:
        self.endpoint.forget()
        with ThreadPoolExecutor(ROUND) as pool:
            for _ in range(ROUND):
                pool.submit(self.ask, self.stacks[0], self.total)
                self.total += 1
            self._wait_until_asked(chance.randint(1, CALLS * ROUND - 2))
            known = len(self._goings_on())
            worker = chance.choice(find(self.stacks[0].process.pid, "tradewind_server.worker"))
            os.kill(worker, signal.SIGKILL)
            killed = time.monotonic()
            self._watch(killed, known)
        self._settle(killed)

    def _wait_until_asked(self, count: int) -> None:
        """Until the runs of this round have asked their models so often: in the middle of a step of some."""
        end = time.monotonic() + PATIENCE
        while len(self.endpoint.seen()["requests"]) < count:
            assert time.monotonic() < end, f"the models were not asked {count} times"
            time.sleep(0.01)

    def _goings_on(self) -> list[str]:
        return [one for stack in self.stacks for one in TAKE_UP.findall(stack.log_text())]

    def _watch(self, killed: float, known: int) -> None:
        """Note when the first run goes on, and when its next call comes, if any run was under way."""
        while time.monotonic() - killed < 30:
            if len(self._goings_on()) > known:
                taken = time.monotonic()
                self.take_ups.append(taken - killed)
                while time.monotonic() - taken < 10:
                    later = [moment for moment in self.till.moments if moment > taken]
                    if later:
                        self.next_calls.append(later[0] - killed)
                        break
                    time.sleep(0.02)
                return
            if not any(row["state"] == "INPROGRESS" for row in self.rows() or [{"state": "INPROGRESS"}]):
                return
            time.sleep(0.02)

    def _settle(self, killed: float) -> None:
        """Until all runs have ended; a person lets those go on that ask."""
        while True:
            rows = self.rows()
            states = Counter(row["state"] for row in rows)
            if rows and set(states) <= {"FINISHED"}:
                print(f"{self.total:4} runs: all finished {time.monotonic() - killed:.1f} s after the kill", flush=True)
                return
            for row in rows:
                if row["state"] == "STOPPED":
                    self.asked_again.add(row["sessionId"].removeprefix("c"))
                    number = int(row["sessionId"].removeprefix("c"))
                    self.ask(self.stacks[-1], number, humanInput={"type": "proceed"})
            if time.monotonic() - killed > PATIENCE:
                raise AssertionError(f"not all runs ended: {states}")
            time.sleep(0.2)

    def report(self) -> None:
        twice = {path: count for path, count in self.till.calls.items() if count > 1}
        wrong = [path for path in twice if path.split("/")[1].removeprefix("q") not in self.asked_again]
        missing = [f"/q{n}/{c}" for n in range(self.total) for c in range(CALLS) if not self.till.calls[f"/q{n}/{c}"]]
        print(f"runs {self.total}; repeated though they came through: {len(wrong)}; never made: {len(missing)}; a person was ")
        print(f"asked about {len(self.asked_again)} that had begun, of which {len(twice)} had come through unseen")
        for name, values in (("goes on after", self.take_ups), ("its next call after", self.next_calls)):
            if values:
                ordered = sorted(values)
                middle = ordered[len(ordered) // 2]
                print(f"{name}: median {middle:.2f} s, most {ordered[-1]:.2f} s, of {len(ordered)} kills")
        assert not wrong and not missing, (wrong, missing)


@contextlib.contextmanager
def stacks_for(options: argparse.Namespace, folder: Path, env: dict[str, str]) -> Iterator[list[RunningStack]]:
    postgres = PostgresServer(tcp=True) if options.postgres else None
    stacks: list[RunningStack] = []
    try:
        if postgres is not None:
            postgres.start()
            env = {**env, "TRADEWIND_DATABASE_URL": postgres.url(postgres.create_database())}
        for number in range(2 if postgres else 1):
            stacks.append(start_stack(folder / str(number), "--workers", str(options.workers), env=env))
        yield stacks
    finally:
        for stack in stacks:
            stack.stop()
        if postgres is not None:
            postgres.remove()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    till = Till()
    threading.Thread(target=till.serve_forever, daemon=True).start()
    chance = random.Random(options.seed)
    with running_fake_endpoint("--latency", "0.3", "--remember", "1000") as endpoint, tempfile.TemporaryDirectory() as folder:
        env = {"TRADEWIND_OPENAI_BASE_URL": endpoint.base_url, "TRADEWIND_OUTBOUND_ALLOW": "127.0.0.1"}
        with stacks_for(options, Path(folder), env) as stacks:
            trial = Trial(stacks, till, endpoint)
            while trial.total < options.runs:
                trial.run_round(chance)
            trial.report()


if __name__ == "__main__":
    main()
