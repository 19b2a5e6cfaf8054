"""Agent flows beside the chatflow that does the same, and what a step costs on either database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from load import flows
from load.clients import HttpConnection, post, session
from load.report import head, say

from harness.postgres import PostgresServer, binaries
from harness.processes import cpu_seconds, tree
from harness.stack import RunningStack, running_stack

if TYPE_CHECKING:
    from load.bench import Bench

CONNECTIONS = 16
SHORT, LONG = 2, 22
"""Conditions of two flows: what the one takes longer is the price of the steps between."""
QUESTIONS = 100


async def run(bench: Bench) -> None:
    """Four steps, and an agent with one tool call, as shares of the echo and of the tool agent of the same run."""
    head("Agent flows")
    stack = bench.stack
    ceiling = await bench.echo(CONNECTIONS)
    chatflow = stack.create_flow(flows.tool_agent())
    steps = stack.create_flow(flows.agent_flow(), type="AGENTFLOW")
    with_tool = stack.create_flow(flows.agent_flow_with_tool(), type="AGENTFLOW")
    rates = {
        what: await bench.rest(what, CONNECTIONS, bench.predict(flow), ceiling=ceiling)
        for what, flow in (
            ("tool agent, one tool call", chatflow),
            ("agent flow, four steps", steps),
            ("agent flow, agent with one tool call", with_tool),
        )
    }
    of_chatflow, of_steps, of_tool = rates.values()
    say(f"\nfour steps to the chatflow: {of_steps / of_chatflow:.2f}; agent with a tool to it: {of_tool / of_chatflow:.2f}")


async def step_price(stack: RunningStack, database: str) -> None:
    """What a step takes that does nothing but be stored: with one question at a time, and with many."""
    pair = [stack.create_flow(flows.conditions(count), type="AGENTFLOW") for count in (SHORT, LONG)]
    for connections in (1, CONNECTIONS):
        wall, cpu = [], []
        for flow in pair:
            await _ask(stack, flow, connections)  # Warms.
            seconds, work = await _ask(stack, flow, connections)
            wall.append(seconds)
            cpu.append(work)
        steps = LONG - SHORT
        say(
            f"| {database} | {connections} | {(wall[1] - wall[0]) / steps * 1e3:.2f} ms | "
            f"{(cpu[1] - cpu[0]) / steps * 1e3:.2f} ms | {wall[0] * 1e3:.1f} ms |"
        )


async def _ask(stack: RunningStack, flow_id: str, connections: int) -> tuple[float, float]:
    """Seconds that an answer takes, waiting for its neighbours included, and seconds of computing for it."""
    left, taken = iter(range(QUESTIONS)), []

    async def one(number: int) -> None:
        connection = HttpConnection(stack.rest)
        await connection.open()
        for count in left:
            body = {"question": "How is it?", "overrideConfig": {"sessionId": session(number, count)}}
            began = time.perf_counter()
            status, answer = await connection.call(post(f"/api/v1/prediction/{flow_id}", body))
            assert status == 200, answer
            taken.append(time.perf_counter() - began)
        connection.close()

    before = cpu_seconds(tree(stack.process.pid))
    await asyncio.gather(*(one(number) for number in range(connections)))
    return sum(taken) / len(taken), (cpu_seconds(tree(stack.process.pid)) - before) / QUESTIONS


def both_databases(work: Path, env: Mapping[str, str]) -> None:
    """The price of a step over SQLite, and over Postgres where its programs are."""
    say("\nA step of an agent flow; Postgres as in the tests, without syncs to disk\n")
    say("| database | conn | a step takes | CPU of the stack | four steps |\n|---|---|---|---|---|")
    with running_stack(work / "steps", env=env) as stack:
        asyncio.run(step_price(stack, "SQLite"))
    if not binaries():
        return
    server = PostgresServer()
    try:
        server.start()
        url = server.url(server.create_database())
        with running_stack(work / "steps-postgres", env={**env, "TRADEWIND_DATABASE_URL": url}) as stack:
            asyncio.run(step_price(stack, "Postgres"))
    finally:
        server.remove()
