"""Agent flows whose worker is killed at a random step: that all of them end, what was called twice, and how soon they go on.

    python tests/load/killed_agentflows.py --runs 200                 # SQLite, one worker
    python tests/load/killed_agentflows.py --runs 200 --workers 2     # SQLite, two workers
    python tests/load/killed_agentflows.py --runs 60 --postgres       # two `tradewind serve` on one Postgres, one killed whole
    python tests/load/killed_agentflows.py --runs 30 --postgres --away 10   # nobody is killed; the database is gone so long

Each run makes three calls that count, behind a model each; every second one is kept as a run (`keep_run`). A call that had
begun when its worker died asks a person; the script lets it go on, and expects that call, and no other, at most twice. With
Postgres the servers take turns at being killed, and the other one takes up. Prints a line a round and four for the whole.
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
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import grpc
from tradewind.v1 import chatflow_pb2, chatflow_pb2_grpc, execution_pb2, execution_pb2_grpc, prediction_pb2, prediction_pb2_grpc
from tradewind_server.store.migrate import migrate

sys.path.insert(0, str(Path(__file__).parent.parent))

from fakes.agentflow import agent, edges, llm, reply, start
from harness.postgres import PostgresServer
from harness.stack import FakeEndpoint, RunningStack, running_fake_endpoint, start_stack

ROUND = 10
CALLS = 3
PATIENCE = 120.0
TAKE_UP = re.compile(r"the run ([0-9a-f-]{36}) goes on|run ([0-9a-f-]{36}) is taken over")
IN_PROGRESS, FINISHED, STOPPED = (
    prediction_pb2.AGENT_FLOW_STATUS_IN_PROGRESS,
    prediction_pb2.AGENT_FLOW_STATUS_FINISHED,
    prediction_pb2.AGENT_FLOW_STATUS_STOPPED,
)
PROCEED = prediction_pb2.HumanDecision(type=prediction_pb2.HUMAN_DECISION_TYPE_PROCEED)
KEYS = {"TRADEWIND_SECRET_KEY": "the same secret on both machines", "TRADEWIND_ADMIN_KEY": "tw_the-same-key-on-both"}
CHANNEL = (("grpc.initial_reconnect_backoff_ms", 100), ("grpc.max_reconnect_backoff_ms", 500))


class Till(ThreadingHTTPServer):
    """Counts the calls of each path, and keeps when they came."""

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


class Server:
    """A stack over gRPC. :meth:`begin` may be called again after a kill."""

    def __init__(self, begin: Callable[[], RunningStack]) -> None:
        self._begin = begin
        self.begin()

    def begin(self) -> None:
        self.last_error = ""
        self.stack = self._begin()
        channel = grpc.insecure_channel(self.stack.grpc_gate or self.stack.grpc, options=CHANNEL)
        self.flows = chatflow_pb2_grpc.ChatflowServiceStub(channel)
        self.predictions = prediction_pb2_grpc.PredictionServiceStub(channel)
        self.executions = execution_pb2_grpc.ExecutionServiceStub(channel)

    def stop(self) -> None:
        self.stack.stop()

    @property
    def admin(self) -> tuple[tuple[str, str], ...]:
        return (("authorization", f"Bearer {self.stack.admin_key or KEYS['TRADEWIND_ADMIN_KEY']}"),)

    def create_flow(self, flow_data: dict[str, Any]) -> str:
        chatflow = chatflow_pb2.Chatflow(name="Counts", type=chatflow_pb2.CHATFLOW_TYPE_AGENTFLOW)
        chatflow.flow_data.update(flow_data)
        request = chatflow_pb2.CreateChatflowRequest(chatflow=chatflow)
        return str(self.flows.CreateChatflow(request, metadata=self.admin, timeout=30).chatflow.id)

    def ask(self, flow_id: str, number: int, decision: prediction_pb2.HumanDecision | None = None) -> None:
        request = prediction_pb2.StreamPredictRequest(
            chatflow_id=flow_id,
            question="" if decision else f"q{number}",
            chat_id=f"c{number}",
            human_input=decision,
            keep_run=bool(number % 2),
        )
        with contextlib.suppress(grpc.RpcError):  # The worker went away.
            for _ in self.predictions.StreamPredict(request, timeout=PATIENCE):
                pass

    def list_of(self, flow_id: str, status: int) -> execution_pb2.ListExecutionsResponse | None:
        request = execution_pb2.ListExecutionsRequest(chatflow_id=flow_id, status=status, page_size=100)  # type: ignore[arg-type]
        try:
            found: execution_pb2.ListExecutionsResponse = self.executions.ListExecutions(
                request, metadata=self.admin, timeout=10
            )
        except grpc.RpcError as error:
            self.last_error = f"{error.code()}: {error.details()}"
            return None
        return found

    def log_tail(self) -> str:
        """The last lines of the log that speak of no call."""
        return "\n".join([line for line in self.stack.log_text().splitlines() if '"logger":"access"' not in line][-30:])

    def take_ups(self) -> list[str]:
        return [one or other for one, other in TAKE_UP.findall(self.stack.log_text())]


class Trial:
    """Rounds of runs on one or two servers over one database; a worker, or one of the two servers, is killed in each."""

    def __init__(
        self,
        servers: list[Server],
        till: Till,
        endpoint: FakeEndpoint,
        workers: int,
        chance: random.Random,
        absence: Callable[[], None] | None = None,
    ) -> None:
        """``absence`` takes the database away for a while, instead of a kill."""
        self.servers = servers
        self.workers = workers
        self.absence = absence
        self.till = till
        self.endpoint = endpoint
        self.chance = chance
        self.flow_id = servers[0].create_flow(drawing(f"http://127.0.0.1:{till.server_address[1]}"))
        self.total = 0
        self.asked_again: set[int] = set()
        self.take_ups: list[float] = []
        self.next_calls: list[float] = []

    def run_round(self) -> None:
        """One of the servers has the runs and dies; where there is one server, its supervisor starts its worker again."""
        self.endpoint.forget()
        victim = self.servers[0]
        survivor = self.servers[-1]
        workers = victim.stack.workers(self.workers)
        with ThreadPoolExecutor(ROUND + 1) as pool:
            for _ in range(ROUND):
                pool.submit(victim.ask, self.flow_id, self.total)
                self.total += 1
            self._wait_until_begun(victim)
            self._wait_until_asked(self.chance.randint(1, CALLS * ROUND - 2))
            known = len(survivor.take_ups())
            killed = time.monotonic()
            if self.absence is not None:
                self.absence()
            else:
                self._kill(victim, workers, whole=survivor is not victim)
            ended = threading.Event()
            watch = pool.submit(self._watch, survivor, killed, known, ended)
            try:
                self._settle(survivor, killed)
            finally:
                ended.set()
            watch.result()
        if survivor is not victim and self.absence is None:
            victim.begin()
            self.servers.reverse()

    def _kill(self, victim: Server, workers: list[int], *, whole: bool) -> None:
        if whole:
            os.killpg(victim.stack.process.pid, signal.SIGKILL)
            victim.stack.process.wait(30)
        else:
            os.kill(self.chance.choice(workers), signal.SIGKILL)

    def _wait_until_begun(self, server: Server) -> None:
        """Until all runs are there: whose worker dies before that has its caller told so, and is nobody's."""
        end = time.monotonic() + PATIENCE
        while True:
            every = server.list_of(self.flow_id, 0)
            if every is not None and every.total_size == self.total:
                return
            assert time.monotonic() < end, "runs do not begin"
            time.sleep(0.02)

    def _wait_until_asked(self, count: int) -> None:
        """Until the runs of this round have asked their models so often: in the middle of a step of some."""
        end = time.monotonic() + PATIENCE
        while len(self.endpoint.seen()["requests"]) < count:
            assert time.monotonic() < end, f"the models were not asked {count} times"
            time.sleep(0.01)

    def _watch(self, survivor: Server, killed: float, known: int, ended: threading.Event) -> None:
        """Note when each run goes on, and when the first call comes after that."""
        first = 0.0
        while not ended.wait(0.02):
            news = len(survivor.take_ups()) - known
            known += news
            moment = time.monotonic()
            self.take_ups += [moment - killed] * news
            first = first or (moment if news else 0.0)
        later = [moment for moment in self.till.moments if first and moment > first]
        if later:
            self.next_calls.append(later[0] - killed)

    def _settle(self, server: Server, killed: float) -> None:
        """Until all runs have ended; a person lets those go on that ask."""
        while True:
            finished = server.list_of(self.flow_id, FINISHED)
            if finished is not None and finished.total_size == self.total:
                print(f"{self.total:4} runs: all finished {time.monotonic() - killed:.1f} s after the kill", flush=True)
                return
            waiting = server.list_of(self.flow_id, STOPPED)
            for row in waiting.executions if waiting is not None else ():
                number = int(row.session_id.removeprefix("c"))
                self.asked_again.add(number)
                server.ask(self.flow_id, number, PROCEED)
            assert time.monotonic() - killed < PATIENCE, (
                f"not all runs ended: {finished and finished.total_size} {server.last_error}\n{server.log_tail()}"
            )
            time.sleep(0.2)

    def report(self) -> None:
        twice = {path: count for path, count in self.till.calls.items() if count > 1}
        wrong = [path for path in twice if int(path.split("/")[1].removeprefix("q")) not in self.asked_again]
        missing = [f"/q{n}/{c}" for n in range(self.total) for c in range(CALLS) if not self.till.calls[f"/q{n}/{c}"]]
        print(f"runs {self.total}; repeated though they came through: {len(wrong)}; never made: {len(missing)}")
        print(f"a person was asked about {len(self.asked_again)} calls that had begun; {len(twice)} of them had come through")
        for name, values in (("a run goes on after", self.take_ups), ("the first next call after", self.next_calls)):
            if values:
                ordered = sorted(values)
                print(f"{name}: median {ordered[len(ordered) // 2]:.2f} s, most {ordered[-1]:.2f} s, of {len(ordered)}")
                print("  all:", " ".join(f"{value:.2f}" for value in ordered))
        assert not wrong and not missing, (wrong, missing)


@contextlib.contextmanager
def servers_for(
    options: argparse.Namespace, folder: Path, env: dict[str, str]
) -> Iterator[tuple[list[Server], Callable[[], None] | None]]:
    """The servers, and what takes their database away for a while."""
    absence: Callable[[], None] | None = None
    workers = ("--workers", str(options.workers))
    servers: list[Server] = []
    with contextlib.ExitStack() as stack:
        if options.postgres:
            postgres = PostgresServer()
            stack.callback(postgres.remove)
            postgres.start()
            url = postgres.url(postgres.create_database())
            migrate(url)
            absence = partial(stay_away, postgres, options.away) if options.away else None
            env = {**env, **KEYS, "TRADEWIND_DATABASE_URL": url}
        command = "serve" if options.postgres else "up"
        for number in range(2 if options.postgres else 1):
            servers.append(Server(partial(start_stack, folder / str(number), *workers, command=command, env=env)))
            stack.callback(servers[-1].stop)
        yield servers, absence


def stay_away(postgres: PostgresServer, seconds: float) -> None:
    postgres.stop()
    time.sleep(seconds)
    postgres.start()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--away", type=float, default=0.0, help="Seconds without the database in each round.")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    till = Till()
    threading.Thread(target=till.serve_forever, daemon=True).start()
    with running_fake_endpoint("--latency", "0.3", "--remember", "1000") as endpoint, tempfile.TemporaryDirectory() as folder:
        env = {"TRADEWIND_OPENAI_BASE_URL": endpoint.base_url, "TRADEWIND_OUTBOUND_ALLOW": "127.0.0.1"}
        with servers_for(options, Path(folder), env) as (servers, absence):
            trial = Trial(servers, till, endpoint, options.workers, random.Random(options.seed), absence)
            while trial.total < options.runs:
                trial.run_round()
            trial.report()


if __name__ == "__main__":
    main()
