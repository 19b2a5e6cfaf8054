"""Load figures of a whole stack on this machine, beside the ceiling measured in the same run. `make bench` runs it.

The model endpoint is a fake that answers at once with 20 tokens, in a process of its own; it, the load generator and the
stack share the machine's cores. Sessions have four turns, so a question carries up to three turns of history.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import uuid
from pathlib import Path

import uvloop

sys.path.insert(0, str(Path(__file__).parent.parent))

from load.clients import Measured, get, grpc_load, post, rest_load, session

from harness.processes import command_line, cpu_seconds, pss_mib, tree
from harness.stack import FakeEndpoint, RunningStack, flow_text, start_fake_endpoint, start_stack

DEFAULT_WORKSPACE = "00000000-0000-4000-8000-000000000001"
WARM_SECONDS = 1.0


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def row(name: str, connections: int, measured: Measured, cpu_us: float, ceiling: float | None) -> None:
    ratio = f"{measured.rate / ceiling:6.2f}" if ceiling else "      "
    say(
        f"| {name:<34} | {connections:>4} | {measured.rate:>7.0f} | {ratio} | {measured.percentile(0.5):>7.1f} | "
        f"{measured.percentile(0.99):>7.1f} | {cpu_us:>6.0f} | {len(measured.failures):>4} |"
    )
    for failure in measured.failures[:1]:
        say(f"    first failure: {failure}")


class Bench:
    def __init__(self, stack: RunningStack, flow_id: str, seconds: float) -> None:
        self.stack = stack
        self.flow_id = flow_id
        self.seconds = seconds
        self.ceilings: dict[tuple[str, int], float] = {}

    def predict(self, connection: int, number: int) -> bytes:
        body = {"question": "How is the weather?", "overrideConfig": {"sessionId": session(connection, number)}}
        return post(f"/api/v1/prediction/{self.flow_id}", body)

    async def rest(self, name: str, connections: int, what: str) -> None:
        request = self.predict if what == "predict" else (lambda *_: get("/api/v1/ping"))
        await rest_load(self.stack.rest, connections, WARM_SECONDS, request)
        pids = tree(self.stack.process.pid)
        before = cpu_seconds(pids)
        measured = await rest_load(self.stack.rest, connections, self.seconds, request)
        self.report(name, "rest", connections, what, measured, cpu_seconds(pids) - before)

    async def grpc(self, name: str, connections: int, what: str) -> None:
        flow_id = self.flow_id if what == "predict" else None
        await grpc_load(self.stack.grpc_gate, connections, WARM_SECONDS, flow_id)
        pids = tree(self.stack.process.pid)
        before = cpu_seconds(pids)
        measured = await grpc_load(self.stack.grpc_gate, connections, self.seconds, flow_id)
        self.report(name, "grpc", connections, what, measured, cpu_seconds(pids) - before)

    def report(self, name: str, door: str, connections: int, what: str, measured: Measured, cpu: float) -> None:
        if what != "predict":
            self.ceilings[(door, connections)] = measured.rate
        ceiling = self.ceilings.get((door, connections)) if what == "predict" else None
        row(name, connections, measured, cpu / max(1, len(measured.latencies)) * 1e6, ceiling)

    def memory(self) -> None:
        sizes = pss_mib(tree(self.stack.process.pid))
        say(f"\nMemory, summed PSS: {sum(sizes.values()):.0f} MiB")
        for pid, size in sorted(sizes.items(), key=lambda one: -one[1]):
            say(f"  {size:6.0f} MiB  {command_line(pid)[:100]}")

    def store_messages(self, count: int) -> None:
        """Messages of other sessions, written straight into the database file of the stopped load."""
        database = sqlite3.connect(self.stack.data_dir / "tradewind.db", timeout=30)
        rows = (old_message(self.flow_id, number) for number in range(count))
        columns = "id, workspace_id, chatflow_id, role, content, chat_type, chat_id, session_id, memory_type, created_date"
        with database:
            database.executemany(f"INSERT INTO chat_message ({columns}) VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
        database.close()


def old_message(flow_id: str, number: int) -> tuple[str, ...]:
    """A stored message; eight share a session, and no two a moment."""
    role, chat = ("userMessage", "apiMessage")[number % 2], f"old-{number // 8}"
    when = f"2025-01-01 00:{number // 60000:02d}:{number // 1000 % 60:02d}.{number % 1000:06d}"
    identity = str(uuid.uuid4())
    return (identity, DEFAULT_WORKSPACE, flow_id, role, "some words " * 8, "EXTERNAL", chat, chat, "Buffer Memory", when)


async def run(stack: RunningStack, seconds: float, connections: list[int], stored: int) -> None:
    bench = Bench(stack, stack.create_flow(flow_text("conversation")), seconds)
    say("| what                               | conn | per sec | of ceil |     p50 |     p99 | cpu us | fail |")
    say("|---|---|---|---|---|---|---|---|")
    for count in connections:
        await bench.rest("echo RPC through Envoy, REST", count, "echo")
        await bench.rest("prediction with memory, REST", count, "predict")
    for count in connections:
        await bench.grpc("echo RPC through Envoy, gRPC", count, "echo")
        await bench.grpc("prediction with memory, gRPC", count, "predict")
    if stored:
        bench.store_messages(stored)
        say(f"\nWith {stored:,} messages stored:\n")
        await bench.rest("prediction with memory, REST", connections[-1], "predict")
    bench.memory()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--stored", type=int, default=100_000)
    arguments = parser.parse_args()
    endpoint: FakeEndpoint = start_fake_endpoint("--tokens", "20")
    with tempfile.TemporaryDirectory(prefix="tradewind-bench-") as work:
        env = {"OPENAI_BASE_URL": endpoint.base_url, "TRADEWIND_LOG_LEVEL": "warning"}
        stack = start_stack(Path(work), env=env)
        try:
            uvloop.run(run(stack, arguments.seconds, arguments.connections, arguments.stored))
        finally:
            stack.stop()
            endpoint.stop()


if __name__ == "__main__":
    main()
