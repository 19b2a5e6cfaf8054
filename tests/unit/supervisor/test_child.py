"""One process of the stack: started, watched, started again, given up, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from tradewind_server.supervisor import child as child_module
from tradewind_server.supervisor.child import LONGEST_PAUSE, Child, ChildFailed, ChildSpec, pause_before

SERVES = """
import json, sys, time
print("a line before", flush=True)
print(json.dumps({"ready": True, "address": "here"}), flush=True)
time.sleep(600)
"""
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SERVES
MakeChild = Callable[..., Child]


@pytest.fixture
async def make() -> AsyncIterator[MakeChild]:
    made: list[Child] = []

    def begin(code: str, **spec: object) -> Child:
        child = Child(ChildSpec("part", [sys.executable, "-c", code], **spec))  # type: ignore[arg-type]
        made.append(child)
        return child

    yield begin
    for child in made:
        child.kill()
        await child.stop()


def is_gone(pid: int) -> bool:
    """Whether no process has that id any more; a child of ours must also have been waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def environment_of(child: Child) -> bytes:
    return Path(f"/proc/{child.pid}/environ").read_bytes()


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(6000):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to pass within a minute")


async def test_a_child_is_ready_once_it_says_so(make: MakeChild) -> None:
    child = make(SERVES)
    assert child.pid is None
    await child.start()
    assert child.ready.is_set()
    assert child.facts["address"] == "here"
    assert child.pid is not None


async def test_a_killed_child_comes_back(make: MakeChild) -> None:
    child = make(SERVES)
    await child.start()
    first = child.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await until(lambda: child.pid not in (None, first))
    async with asyncio.timeout(60):
        await child.ready.wait()
    assert is_gone(first)
    assert child.restarts == 1


def test_the_first_start_comes_at_once_and_the_pause_grows_only_with_children_that_die_young() -> None:
    pauses = [pause_before(young) for young in range(60)]
    assert pauses[:2] == [0.0, 0.0]
    assert pauses[1:] == sorted(pauses[1:])
    assert 0 < pauses[2] <= 0.1
    assert pauses[-1] == LONGEST_PAUSE


async def test_a_child_that_lasts_is_always_started_again_at_once(make: MakeChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "STEADY_SECONDS", 0.0)
    monkeypatch.setattr(child_module, "FIRST_PAUSE", 1000.0)
    child = make(SERVES)
    await child.start()
    for restarts in range(1, 5):
        await until(child.ready.is_set)
        os.kill(child.pid or 0, signal.SIGKILL)
        await until(lambda restarts=restarts: child.restarts == restarts and child.pid is not None)  # type: ignore[misc]


async def test_one_that_dies_young_again_waits(make: MakeChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "STEADY_SECONDS", 1000.0)
    asked: list[int] = []
    monkeypatch.setattr(child_module, "pause_before", lambda young: asked.append(young) or 0.0)
    child = make(SERVES)
    await child.start()
    for restarts in range(1, 4):
        await until(child.ready.is_set)
        os.kill(child.pid or 0, signal.SIGKILL)
        await until(lambda restarts=restarts: child.restarts == restarts)  # type: ignore[misc]
    assert asked == [1, 2, 3]


async def test_a_child_knows_no_setting_that_it_was_not_given(make: MakeChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_ADMIN_KEY", "tw_canary")
    child, heir = make(SERVES, env={"OWN": "x"}), make(SERVES, inherits=True)
    await child.start()
    await heir.start()
    assert b"OWN=x" in environment_of(child)
    assert b"tw_canary" not in environment_of(child)
    assert b"tw_canary" in environment_of(heir)


async def test_files_of_a_child_are_private(make: MakeChild) -> None:
    child = make("import os; mask = os.umask(0)\n" + SERVES.replace('"here"', "mask"))
    await child.start()
    assert child.facts["address"] == 0o077


async def test_the_end_of_a_process_is_told(make: MakeChild) -> None:
    ended: list[int] = []
    child = make(SERVES, on_exit=ended.append)
    await child.start()
    pid = child.pid or 0
    os.kill(pid, signal.SIGKILL)
    await until(lambda: ended == [pid])


async def test_one_that_never_serves_is_given_up_with_a_sentence(make: MakeChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(child_module, "LONGEST_PAUSE", 0.001)
    child = make("raise SystemExit(3)")
    with pytest.raises(ChildFailed, match=r"part process does not start.*ended with 3"):
        await child.start()
    assert child.pid is None


async def test_silence_is_not_waited_for_for_ever(make: MakeChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "MOST_FAILED_STARTS", 1)
    child = make("import time; time.sleep(600)", start_timeout=0.05)
    with pytest.raises(ChildFailed):
        await child.start()


async def test_stopping_ends_the_process_and_no_other_takes_its_place(make: MakeChild) -> None:
    child = make(SERVES)
    await child.start()
    pid = child.pid
    assert pid is not None
    await child.stop()
    await child.stop()
    assert is_gone(pid)
    assert child.pid is None
    assert child.restarts == 0


async def test_one_that_will_not_end_is_made_to(make: MakeChild) -> None:
    child = make(STUBBORN)
    await child.start()
    pid = child.pid
    assert pid is not None
    await child.stop(0.05)
    assert is_gone(pid)


async def test_a_child_that_was_never_started_can_be_stopped(make: MakeChild) -> None:
    await make(SERVES).stop()


async def test_a_child_with_a_port_is_ready_when_the_port_answers(make: MakeChild, tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    child = make("import time; time.sleep(600)", ready="port", port=("127.0.0.1", port))
    async with asyncio.timeout(60):
        await child.start()
    server.close()
    assert child.ready.is_set()


def test_the_environment_of_a_child_is_not_shown() -> None:
    spec = ChildSpec("part", ["x"], {"TRADEWIND_ADMIN_KEY": "tw_secret"})
    assert "tw_secret" not in repr(spec)
