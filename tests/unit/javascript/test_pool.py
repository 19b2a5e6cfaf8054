"""The pool: processes without anything, the wall clock, callers that leave, processes that die."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.flows.javascript_port import Script
from tradewind_server.javascript.pool import Sandboxes
from tradewind_server.outbound.client import HttpOutbound
from tradewind_server.outbound.destinations import Destinations

from .conftest import LIMITS, Web

pytestmark = pytest.mark.asyncio(loop_scope="module")
FOREVER = "await new Promise((done) => setTimeout(done, 1e6))"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pool() -> AsyncIterator[Sandboxes]:
    sandboxes = Sandboxes(
        2,
        replace(LIMITS, wall_seconds=2.0),
        Web(HttpOutbound(Destinations.from_entries(()), most_bytes=1)),
        caller=lambda: "one",
    )
    await sandboxes.start()
    yield sandboxes
    await sandboxes.aclose()
    assert sandboxes.pids == []


async def test_a_process_has_no_environment_and_one_descriptor(pool: Sandboxes) -> None:
    [pid] = pool.pids
    folder = Path(f"/proc/{pid}")
    assert (folder / "environ").read_bytes() == b""
    kinds = [os.readlink(one) for one in (folder / "fd").iterdir()]
    others = [one for one in kinds if one != "/dev/null" and not one.startswith("/memfd:")]
    assert len(others) == 1 and others[0].startswith("socket:")
    limits = (folder / "limits").read_text()
    for name in ("Max open files", "Max file size", "Max processes", "Max core file size"):
        line = next(one for one in limits.splitlines() if one.startswith(name))
        assert line.split()[len(name.split())] == "0", line
    assert "Seccomp:\t2" in (folder / "status").read_text()


async def test_the_wall_clock_ends_what_only_waits(pool: Sandboxes) -> None:
    kills = pool.kills
    with pytest.raises(FailedPrecondition) as caught:
        await pool.run(Script("The tool wait", FOREVER))
    assert caught.value.reason is Reason.JAVASCRIPT_FAILED
    assert caught.value.message == "The tool wait was stopped: it takes longer than 2 seconds."
    assert pool.kills == kills + 1
    assert await pool.run(Script("f", "return 1")) == 1


async def at_work(pool: Sandboxes) -> None:
    async with asyncio.timeout(60):
        while not pool._busy:  # noqa: ASYNC110 (a pool gives no sign)
            await asyncio.sleep(0.01)


async def test_a_caller_who_leaves_ends_the_function(pool: Sandboxes) -> None:
    kills = pool.kills
    task = asyncio.create_task(pool.run(Script("f", FOREVER)))
    await at_work(pool)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert pool.kills == kills + 1
    assert await pool.run(Script("f", "return 2")) == 2


async def test_a_process_that_dies_is_replaced(pool: Sandboxes) -> None:
    task = asyncio.create_task(pool.run(Script("f", FOREVER)))
    await at_work(pool)
    for pid in pool.pids:
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(Unavailable) as caught:
        await task
    assert caught.value.reason is Reason.SERVER_UNAVAILABLE
    assert await pool.run(Script("f", "return 3")) == 3


async def test_more_calls_than_processes_are_all_served(pool: Sandboxes) -> None:
    results = await asyncio.gather(*(pool.run(Script("f", f"return {n}")) for n in range(20)))
    assert results == list(range(20)) and len(pool.pids) <= 2


async def test_answers_that_come_late_reach_nobody_else(pool: Sandboxes) -> None:
    code = "fetch('http://example.test/').then(() => { globalThis.late = 1 }); return 'gone'"
    assert await pool.run(Script("f", code)) == "gone"
    assert await pool.run(Script("f", "return typeof late")) == "undefined"
