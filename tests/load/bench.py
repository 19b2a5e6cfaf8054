"""Load figures of a whole stack on this machine, beside the ceiling measured in the same run. `make bench` runs it.

The model endpoint is a fake that answers at once with 20 tokens, in a process of its own; it, the load generator and the
stack share the machine's cores. Sessions have four turns, so a question carries up to three turns of history. The peer's
figures are those of the upstream server under the same load on a machine of this kind.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests
import uvloop

sys.path.insert(0, str(Path(__file__).parent.parent))

from load import agentflows, document_stores, flows, records, runs, streams, upserts
from load.clients import Measured, get, grpc_load, post, rest_load, session
from load.raw import raw_embeddings, raw_writes
from load.report import Row, head, row, say

from harness.processes import command_line, cpu_seconds, pss_mib, tree
from harness.stack import FakeEndpoint, RunningStack, start_fake_endpoint, start_stack

DEFAULT_WORKSPACE = "00000000-0000-4000-8000-000000000001"
WARM_SECONDS = 1.0
SECTIONS = (
    *("conversation", "stored", "others", "agentflows", "records", "stores", "streams", "runs", "upserts"),
    *("steps", "starts", "embedded", "cores"),
)
"""Those of the second row start stacks of their own."""
Request = Callable[[int, int], bytes]


class Bench:
    """Runs loads against one stack and prints a row each. ``ceilings`` are echo RPCs through the same Envoy."""

    def __init__(self, stack: RunningStack, seconds: float) -> None:
        self.stack = stack
        self.seconds = seconds
        self.ceilings: dict[tuple[str, int], float] = {}

    def predict(self, flow_id: str, *, key: str | None = None, sessions: bool = True) -> Request:
        def request(connection: int, number: int) -> bytes:
            override = {"overrideConfig": {"sessionId": session(connection, number)}} if sessions else {}
            return post(f"/api/v1/prediction/{flow_id}", {"question": "How is the weather?", **override}, key=key)

        return request

    async def rest(
        self, what: str, connections: int, request: Request, *, peer: str = "", ceiling: float | None = None
    ) -> float:
        await rest_load(self.stack.rest, connections, WARM_SECONDS, request)
        before = self._cpu()
        measured = await rest_load(self.stack.rest, connections, self.seconds, request)
        return self._report(what, connections, measured, self._cpu() - before, peer, ceiling)

    async def grpc(self, what: str, connections: int, flow_id: str | None, *, ceiling: float | None = None) -> float:
        await grpc_load(self.stack.grpc_gate, connections, WARM_SECONDS, flow_id)
        before = self._cpu()
        measured = await grpc_load(self.stack.grpc_gate, connections, self.seconds, flow_id)
        return self._report(what, connections, measured, self._cpu() - before, "", ceiling)

    def _cpu(self) -> float:
        return cpu_seconds(tree(self.stack.process.pid))

    @staticmethod
    def _report(what: str, connections: int, measured: Measured, cpu: float, peer: str, ceiling: float | None) -> float:
        cpu_us = cpu / max(1, len(measured.latencies)) * 1e6
        p50, p99 = measured.percentile(0.5), measured.percentile(0.99)
        row(Row(what, connections, measured.rate, p50, p99, cpu_us, ceiling, peer, len(measured.failures)))
        for failure in measured.failures[:1]:
            say(f"    first failure: {failure}")
        return measured.rate

    async def echo(self, connections: int) -> float:
        rate = await self.rest("echo RPC through Envoy, REST", connections, lambda *_: get("/api/v1/ping"))
        self.ceilings[("rest", connections)] = rate
        return rate

    def memory(self) -> None:
        sizes = pss_mib(tree(self.stack.process.pid))
        say(f"\nMemory, summed PSS: {sum(sizes.values()):.0f} MiB (peer 950–1900)")
        for pid, size in sorted(sizes.items(), key=lambda one: -one[1]):
            say(f"  {size:6.0f} MiB  {command_line(pid)[:100]}")

    def store_messages(self, flow_id: str, count: int) -> None:
        """Messages of other sessions, written straight into the database file between two loads."""
        database = sqlite3.connect(self.stack.data_dir / "tradewind.db", timeout=30)
        rows = (old_message(flow_id, number) for number in range(count))
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


async def conversation(bench: Bench, connections: list[int], stored: int) -> None:
    peers = {1: "64", 16: "88", 64: "106"}
    flow_id = bench.stack.create_flow(flows.conversation())
    head("Conversation Chain with memory")
    for count in connections:
        ceiling = await bench.echo(count)
        await bench.rest("prediction, REST", count, bench.predict(flow_id), peer=peers.get(count, ""), ceiling=ceiling)
    for count in connections:
        ceiling = await bench.grpc("echo RPC through Envoy, gRPC", count, None)
        await bench.grpc("prediction, gRPC", count, flow_id, ceiling=ceiling)
    if stored:
        bench.store_messages(flow_id, stored)
        head(f"The same with {stored:,} messages stored")
        count = connections[-1]
        await bench.rest("prediction, REST", count, bench.predict(flow_id), ceiling=bench.ceilings[("rest", count)])
    bench.memory()


async def others(bench: Bench, count: int = 16) -> None:
    """Retrieval, an agent with one tool call, and a chatflow with a key of its own."""
    head("Other chatflows")
    ceiling = await bench.echo(count)
    stack = bench.stack
    retrieval = stack.create_flow(flows.retrieval("bench-retrieval", chunkSize=1000, chunkOverlap=200))
    await upserts.upsert(stack, retrieval, upserts.text_of(100_000))
    await bench.rest("retrieval QA", count, bench.predict(retrieval, sessions=False), peer="55–59", ceiling=ceiling)
    agent = stack.create_flow(flows.tool_agent())
    await bench.rest("tool agent, one tool call", count, bench.predict(agent), peer="59", ceiling=ceiling)
    open_flow = stack.create_flow(flows.conversation())
    answer = stack.create_key("bench")
    keyed = stack.create_flow(flows.conversation(), apikeyid=answer["id"])
    without = ("chatflow without a key", bench.predict(open_flow), "")
    with_key = ("chatflow with its own key", bench.predict(keyed, key=answer["key"]), "24")
    rates = {without: 0.0, with_key: 0.0}
    for one in (without, with_key, with_key, without):  # Both see the same neighbours, and as many stored messages.
        what, request, peer = one
        rates[one] += await bench.rest(what, count, request, peer=peer)
    say(f"\nkeyed to open: {rates[with_key] / rates[without]:.2f}")


async def stores(bench: Bench, count: int = 16) -> None:
    """Queries to a document store: an embedding, a search, and the chunks that were found."""
    head("Document stores")
    ceiling = await bench.echo(count)
    store_id = await asyncio.to_thread(document_stores.filled_store, bench.stack)
    key = bench.stack.create_key("bench-stores")["key"]
    await bench.rest("document store query", count, document_stores.query(store_id, key), ceiling=ceiling)


async def run(bench: Bench, endpoint: FakeEndpoint, arguments: argparse.Namespace) -> None:
    sections = arguments.sections
    if "conversation" in sections:
        await conversation(bench, arguments.connections, arguments.stored if "stored" in sections else 0)
    if "others" in sections:
        await others(bench)
    if "agentflows" in sections:
        await agentflows.run(bench)
    if "records" in sections:
        await records.run(bench)
    if "stores" in sections:
        await stores(bench)
    if "streams" in sections:
        flow_id = bench.stack.create_flow(flows.conversation())
        await streams.run(bench.stack, endpoint, flow_id, tuple(arguments.connections))
    if "runs" in sections:
        await runs.run(bench.stack, bench.stack.create_flow(flows.conversation()))
    if "upserts" in sections:
        await upserts.instant(bench.stack, lambda texts: raw_writes(bench.stack, texts))
    bench.memory()


def limits_for(connections: list[int]) -> dict[str, str]:
    """What a load of so many calls at once needs from one address, over one connection where it is gRPC."""
    most = str(max(250, 2 * max(connections)))
    return {"TRADEWIND_MAX_CALLS_PER_ADDRESS": most, "TRADEWIND_MAX_STREAMS_PER_CONNECTION": most}


@contextmanager
def running(data_dir: Path, env: Mapping[str, str], *options: str) -> Iterator[RunningStack]:
    stack = start_stack(data_dir, *options, env=env)
    try:
        yield stack
    finally:
        stack.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--stored", type=int, default=100_000)
    parser.add_argument("--sections", nargs="+", choices=SECTIONS, default=SECTIONS)
    arguments = parser.parse_args()
    endpoint: FakeEndpoint = start_fake_endpoint("--tokens", "20")
    with tempfile.TemporaryDirectory(prefix="tradewind-bench-") as work:
        limits = limits_for(arguments.connections)
        say("# Set for this load, which comes from one address: " + " ".join(f"{name}={limits[name]}" for name in limits))
        env = {"OPENAI_BASE_URL": endpoint.base_url, "TRADEWIND_LOG_LEVEL": "warning", **limits}
        try:
            with running(Path(work) / "fake", env) as stack:
                uvloop.run(run(Bench(stack, arguments.seconds), endpoint, arguments))
            if "steps" in arguments.sections:
                agentflows.both_databases(Path(work), env)
            if "starts" in arguments.sections:
                runs.held_starts(Path(work), env)
            cores = os.cpu_count() or 1
            if "cores" in arguments.sections:
                say(f"\n# With a worker for each of {cores} cores (tradewind up --workers {cores})")
                with running(Path(work) / "cores", env, "--workers", str(cores)) as stack:
                    uvloop.run(conversation(Bench(stack, arguments.seconds), arguments.connections[-1:], arguments.stored))
        finally:
            endpoint.stop()
        if "embedded" in arguments.sections:
            with running(Path(work) / "embedded", {"TRADEWIND_LOG_LEVEL": "warning"}) as stack:
                requests.get(f"{stack.rest}/readyz", timeout=30)
                uvloop.run(upserts.embedded(stack, lambda texts: raw_embeddings(stack, texts)))


if __name__ == "__main__":
    main()
