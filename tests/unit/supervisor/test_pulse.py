"""A silent event loop is noticed, a busy one is left alone."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from tradewind_server.supervisor import pulse as pulse_module
from tradewind_server.supervisor.child import Child, ChildSpec
from tradewind_server.supervisor.pulse import Pulse, silence

WORKER = """
import asyncio, json, sys, time
from pathlib import Path
from tradewind_server.supervisor.pulse import Pulse
folder, work = Path(sys.argv[1]), sys.argv[2]

def held():
    '''One computation that never ends: what a bad pattern does to the interpreter.'''
    while True:
        sum(range(1000))

def busy(turns=[0]):
    '''As much as there can be, in pieces, some of them long.'''
    turns[0] += 1
    end = time.process_time() + (0.3 if turns[0] % 20 == 0 else 0.01)
    while time.process_time() < end:
        sum(range(1000))
    if turns[0] == 200:
        (folder / "worked").touch()
    asyncio.get_running_loop().call_soon(busy)

async def main():
    await Pulse(folder / "pulse").start()
    print(json.dumps({"ready": True}), flush=True)
    if not (folder / "again").exists():
        (folder / "again").touch()
        if work != "quiet":
            asyncio.get_running_loop().call_soon({"held": held, "busy": busy}[work])
    await asyncio.sleep(600)

asyncio.run(main())
"""
MakeWorker = Callable[[str, float], Child]


@pytest.fixture
async def worker(tmp_path: Path) -> AsyncIterator[MakeWorker]:
    made: list[Child] = []

    def begin(work: str, seconds: float) -> Child:
        argv = [sys.executable, "-c", WORKER, str(tmp_path), work]
        child = Child(ChildSpec("worker", argv, pulse=tmp_path / "pulse", silence_timeout=seconds))
        made.append(child)
        return child

    yield begin
    for child in made:
        child.kill()
        await child.stop()


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(6000):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to pass within a minute")


async def test_a_stopped_worker_is_replaced(worker: MakeWorker, caplog: pytest.LogCaptureFixture) -> None:
    child = worker("quiet", 3.0)
    await child.start()
    first = child.pid or 0
    os.kill(first, signal.SIGSTOP)
    await until(lambda: child.restarts >= 1 and child.ready.is_set() and child.pid not in (None, first))
    assert child.pid not in (None, first)
    assert "The worker process did not answer for 3 s; replacing it." in caplog.text


async def test_a_worker_whose_loop_is_held_by_a_computation_is_replaced(worker: MakeWorker) -> None:
    child = worker("held", 3.0)
    await child.start()
    first = child.pid
    await until(lambda: child.restarts >= 1 and child.ready.is_set() and child.pid not in (None, first))
    assert child.pid not in (None, first)


async def test_a_worker_that_works_as_hard_as_it_can_is_left_alone(worker: MakeWorker, tmp_path: Path) -> None:
    child = worker("busy", 20.0)
    await child.start()
    await until((tmp_path / "worked").exists)
    assert child.restarts == 0


async def test_a_drained_worker_is_not_watched(worker: MakeWorker, caplog: pytest.LogCaptureFixture) -> None:
    child = worker("quiet", 3.0)
    await child.start()
    await child.stop()
    assert "did not answer" not in caplog.text


async def test_every_ping_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse_module, "PAUSE_SECONDS", 0.0)
    beats: list[int] = []
    beat = pulse_module._beat

    async def counted(socket: Path) -> None:
        await beat(socket)
        beats.append(1)

    monkeypatch.setattr(pulse_module, "_beat", counted)
    pulse = Pulse(tmp_path / "pulse")
    await pulse.start()
    watching = asyncio.create_task(silence(tmp_path / "pulse", 60.0))
    await until(lambda: len(beats) > 20)
    assert not watching.done()
    pulse.stop()
    watching.cancel()


async def test_a_socket_where_nobody_listens_is_silent(tmp_path: Path) -> None:
    async with asyncio.timeout(60):
        await silence(tmp_path / "nothing", 0.2)
