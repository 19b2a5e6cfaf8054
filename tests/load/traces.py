"""What traces cost on a running stack, and what they look like: off, one call in a hundred, every call.

    nice -n 19 .venv/bin/python tests/load/traces.py
    nice -n 19 .venv/bin/python tests/load/traces.py --trees    only draws traces: a retrieval answer, an agent with a tool

Three stacks run side by side, each with Envoy and one worker, and are called in turn, so that all see the same neighbours; the
collector is a stand-in in this process that takes spans over gRPC. CPU seconds of worker and gate are counted, not waited for;
neighbours that share the caches make them more, so the least of the rounds says most. The models are a fake.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import platform
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

import requests
import uvloop

sys.path.insert(0, str(Path(__file__).parent.parent))

from load import flows
from load.clients import post, rest_load, session
from load.report import say

from fakes.otlp_collector import Collector, running_collector, tree
from harness.processes import cpu_seconds, find
from harness.stack import RunningStack, start_fake_endpoint, start_stack

CONNECTIONS = 8
WARM_SECONDS = 1.0
FLUSH_MS = 500
PROCESSES = {"worker": "tradewind_server.worker", "Envoy": "envoy"}
MODES: Mapping[str, Mapping[str, str]] = {
    "off": {},
    "1 %": {"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0.01"},
    "always": {"OTEL_TRACES_SAMPLER": "always_on"},
}
TEXT = "The ferry leaves at noon from pier 4.\n\n" * 50


class TracedStack:
    """One stack and its chatflows by name."""

    def __init__(self, stack: RunningStack) -> None:
        self.stack = stack
        self.flows = {
            "conversation with memory": stack.create_flow(flows.conversation(), name="Conversation"),
            "retrieval of four chunks": stack.create_flow(flows.retrieval("docs"), name="Ferries"),
            "agent with one tool call": stack.create_flow(flows.tool_agent(), name="Agent"),
        }
        upsert = f"{stack.rest}/api/v1/vector/upsert/{self.flows['retrieval of four chunks']}"
        requests.post(upsert, files={"files": ("ferries.txt", TEXT.encode())}, timeout=60).raise_for_status()

    async def cost(self, what: str, seconds: float) -> dict[str, float]:
        """CPU of one call in microseconds, by process."""

        def request(connection: int, number: int) -> bytes:
            override = {"sessionId": session(connection, number)}
            return post(f"/api/v1/prediction/{self.flows[what]}", {"question": "What is 2+2?", "overrideConfig": override})

        await rest_load(self.stack.rest, CONNECTIONS, WARM_SECONDS, request)
        pids = {name: find(self.stack.process.pid, part) for name, part in PROCESSES.items()}
        before = {name: cpu_seconds(group) for name, group in pids.items()}
        measured = await rest_load(self.stack.rest, CONNECTIONS, seconds, request)
        await asyncio.sleep(3 * FLUSH_MS / 1000)  # What the last calls left in queues is a part of their cost.
        if measured.failures:
            raise SystemExit(f"{what}: {len(measured.failures)} calls failed, the first with {measured.failures[0]}")
        calls = len(measured.latencies)
        return {name: (cpu_seconds(group) - before[name]) / calls * 1e6 for name, group in pids.items()}

    def ask(self, what: str) -> str:
        """One call; the id of its trace."""
        trace_id = uuid.uuid4().hex
        headers = {"traceparent": f"00-{trace_id}-{uuid.uuid4().hex[:16]}-01"}
        url = f"{self.stack.rest}/api/v1/prediction/{self.flows[what]}"
        requests.post(url, json={"question": "What is 2+2?"}, headers=headers, timeout=60).raise_for_status()
        return trace_id


@contextlib.contextmanager
def stacks_in(home: Path, modes: Sequence[str], collector: str) -> Iterator[dict[str, TracedStack]]:
    endpoint = start_fake_endpoint()
    stacks: dict[str, TracedStack] = {}
    running: list[RunningStack] = []
    try:
        for mode in modes:
            traces = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector, "OTEL_BSP_SCHEDULE_DELAY": str(FLUSH_MS), **MODES[mode]}
            env = {"TRADEWIND_OPENAI_BASE_URL": endpoint.base_url, **(traces if MODES[mode] else {})}
            running.append(start_stack(home / mode.replace(" ", ""), env=env))
            stacks[mode] = TracedStack(running[-1])
        yield stacks
    finally:
        for stack in running:
            stack.stop()
        endpoint.stop()


async def compare(stacks: Mapping[str, TracedStack], collector: Collector, rounds: int, seconds: float) -> None:
    for what in next(iter(stacks.values())).flows:
        costs: dict[str, list[dict[str, float]]] = {mode: [] for mode in stacks}
        for number in range(rounds):
            order = list(stacks) if number % 2 == 0 else list(reversed(stacks))
            for mode in order:
                costs[mode].append(await stacks[mode].cost(what, seconds))
                collector.spans.clear()
        say(f"\n{what}, CPU a call: the least of {rounds} rounds (their median)\n\n| traces | worker | Envoy |\n|---|---|---|")
        for mode, found in costs.items():
            cells = []
            for name in PROCESSES:
                values = [one[name] for one in found]
                cells.append(f"{min(values):.0f} µs ({median(values):.0f})")
            say(f"| {mode} | {' | '.join(cells)} |")


def draw(stack: TracedStack, collector: Collector) -> None:
    for what in ("retrieval of four chunks", "agent with one tool call"):
        trace_id = stack.ask(what)
        found = collector.wait(lambda spans, wanted=trace_id: is_whole([one for one in spans if one.trace_id == wanted]))
        say(f"\n{what}, from the caller's traceparent on\n\n{tree([one for one in found if one.trace_id == trace_id])}")


def is_whole(spans: Sequence[object]) -> bool:
    """Whether the gate's spans are there, which come last, with those of the worker."""
    services = {getattr(one, "service", "") for one in spans}
    ids = {getattr(one, "span_id", "") for one in spans}
    strangers = [one for one in spans if getattr(one, "parent_id", "") not in ids]
    return services == {"tradewind", "tradewind-gate"} and len(strangers) == 1


async def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--trees", action="store_true")
    options = parser.parse_args(arguments)
    say(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    modes = ["always"] if options.trees else list(MODES)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_collector() as collector,
        stacks_in(Path(folder), modes, collector.address) as stacks,
    ):
        if not options.trees:
            await compare(stacks, collector, options.rounds, options.seconds)
        draw(stacks["always"], collector)


if __name__ == "__main__":
    uvloop.run(main())
