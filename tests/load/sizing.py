"""What this server needs: the figures of docs/operations/sizing.md, measured on the machine that runs it.

    nice -n 19 .venv/bin/python tests/load/sizing.py --messages 1000000 --chunks 100000

CPU seconds are counted, not waited for, so other programs on the machine disturb little.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import requests
import uvloop

sys.path.insert(0, str(Path(__file__).parent.parent))

from load import flows
from load.clients import get, post, rest_load, session
from load.report import say
from load.upgrade import store_messages
from load.vectors import chunk, spec
from tradewind_server.vectors.qdrant import QdrantIndexes

from harness.processes import command_line, cpu_seconds, find, pss_mib, tree
from harness.stack import RunningStack, start_fake_endpoint, start_stack

CONNECTIONS = 8
MIB = 1 << 20
UPSERT_AT_ONCE = 2000
NAMES = {
    "tradewind_server up": "supervisor",
    "tradewind_server.worker": "worker",
    "tradewind_server.vectors.engine": "vector engine",
    "tradewind_server.parsing": "process that reads documents",
    "envoy": "Envoy",
}


def name_of(pid: int) -> str:
    line = command_line(pid)
    return next((name for part, name in NAMES.items() if part in line), "other")


def memory(stack: RunningStack) -> Mapping[str, float]:
    """Summed PSS in MiB by kind of process."""
    sizes: dict[str, float] = {}
    for pid, size in pss_mib(tree(stack.process.pid)).items():
        sizes[name_of(pid)] = sizes.get(name_of(pid), 0.0) + size
    return sizes


def say_memory(when: str, stack: RunningStack) -> None:
    sizes = memory(stack)
    parts = ", ".join(f"{name} {size:.0f}" for name, size in sorted(sizes.items(), key=lambda one: -one[1]))
    say(f"memory {when}: {sum(sizes.values()):.0f} MiB ({parts})")


async def cost(stack: RunningStack, what: str, flow_id: str | None, seconds: float) -> None:
    """CPU of one call, of the whole stack, its worker and its gate."""

    def request(connection: int, number: int) -> bytes:
        if flow_id is None:
            return get("/api/v1/ping")
        override = {"sessionId": session(connection, number)}
        return post(f"/api/v1/prediction/{flow_id}", {"question": "How is the weather?", "overrideConfig": override})

    await rest_load(stack.rest, CONNECTIONS, 1.0, request)
    pids = {name: find(stack.process.pid, part) for part, name in NAMES.items() if name in ("worker", "Envoy", "vector engine")}
    before = {name: cpu_seconds(group) for name, group in pids.items()}
    measured = await rest_load(stack.rest, CONNECTIONS, seconds, request)
    calls = max(1, len(measured.latencies))
    costs = ", ".join(f"{name} {(cpu_seconds(group) - before[name]) / calls * 1000:.2f} ms" for name, group in pids.items())
    say(f"{what}: {calls} calls, {len(measured.failures)} failed; CPU a call: {costs}")


async def vectors(stack: RunningStack, number: int) -> None:
    """Chunks of 1,000 characters with 384 dimensions, in one collection of the running engine."""
    (line,) = [command_line(pid) for pid in find(stack.process.pid, "tradewind_server.vectors.engine")]
    indexes = QdrantIndexes(socket=Path(line.partition("--socket ")[2].split()[0]))
    index = indexes.index(spec("sizing"))
    dice, begun = random.Random(1), cpu_seconds(find(stack.process.pid, "vectors.engine"))
    for start in range(0, number, UPSERT_AT_ONCE):
        points = [chunk(dice, start + offset) for offset in range(min(UPSERT_AT_ONCE, number - start))]
        await index.upsert(points)
    used = cpu_seconds(find(stack.process.pid, "vectors.engine")) - begun
    query = tuple(dice.gauss(0, 1) for _ in range(384))
    times = []
    for _ in range(20):
        start_time = time.perf_counter()
        await index.search(query, 4)
        times.append(time.perf_counter() - start_time)
    await indexes.aclose()
    size = sum(path.stat().st_blocks * 512 for path in (stack.data_dir / "qdrant").rglob("*") if path.is_file())
    say(f"{number} chunks: {size / MIB:.0f} MiB on disk, {used:.0f} s of the engine's CPU to write")
    say(f"a search in them: {sorted(times)[10] * 1000:.0f} ms (median of 20)")


def backup(stack: RunningStack, home: Path) -> None:
    start = time.perf_counter()
    command = [sys.executable, "-m", "tradewind_server", "backup", str(home / "backup"), "--keys", str(home / "keys"), "--json"]
    done = subprocess.run([*command, "--data-dir", str(stack.data_dir)], capture_output=True, text=True, check=True)
    manifest = json.loads(done.stdout)
    seconds = time.perf_counter() - start
    say(f"backup while serving: {manifest['size'] / MIB:.0f} MiB in {seconds:.1f} s, warnings: {manifest['warnings']}")
    start = time.perf_counter()
    command = [sys.executable, "-m", "tradewind_server", "restore", str(home / "backup"), "--keys", str(home / "keys")]
    subprocess.run([*command, "--data-dir", str(home / "restored")], capture_output=True, check=True)
    say(f"restore: {time.perf_counter() - start:.1f} s")


@contextlib.contextmanager
def stack_in(home: Path) -> Iterator[RunningStack]:
    endpoint = start_fake_endpoint()
    start = time.perf_counter()
    stack = start_stack(home / "data", env={"TRADEWIND_OPENAI_BASE_URL": endpoint.base_url})
    say(f"start to ready: {time.perf_counter() - start:.1f} s")
    try:
        yield stack
    finally:
        stack.stop()
        endpoint.stop()


async def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=8.0)
    options = parser.parse_args(arguments)
    say(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder, stack_in(Path(folder)) as stack:
        say_memory("at rest", stack)
        conversation, retrieval = stack.create_flow(flows.conversation()), stack.create_flow(flows.retrieval("docs"))
        text = "The ferry leaves at noon from pier 4.\n\n" * 50
        upsert = f"{stack.rest}/api/v1/vector/upsert/{retrieval}"
        answer = await asyncio.to_thread(requests.post, upsert, files={"files": ("ferries.txt", text.encode())}, timeout=60)
        answer.raise_for_status()
        await cost(stack, "ping", None, options.seconds)
        await cost(stack, "conversation with memory", conversation, options.seconds)
        await cost(stack, "retrieval of four chunks", retrieval, options.seconds)
        say_memory("after that", stack)
        database = stack.data_dir / "tradewind.db"
        small = database.stat().st_size
        store_messages(database, conversation, options.messages)
        say(f"{options.messages} messages: {(database.stat().st_size - small) / MIB:.0f} MiB in the SQLite file")
        await cost(stack, "conversation with memory, these messages stored", conversation, options.seconds)
        await vectors(stack, options.chunks)
        say_memory("with all that", stack)
        backup(stack, Path(folder))


if __name__ == "__main__":
    uvloop.run(main())
