"""What upserts rely on of their locks, over every adapter."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from .conftest import Kind

HOLDER = Path(__file__).parent / "holder.py"


async def free(kind: Kind, name: str) -> bool:
    async with kind.open().attempt(name) as mine:
        return mine


async def test_a_held_lock_is_not_to_be_had(kind: Kind) -> None:
    async with kind.open().hold("a"):
        assert not await free(kind, "a")
        assert await free(kind, "b")
    assert await free(kind, "a")


async def test_an_attempt_holds_while_it_lasts(kind: Kind) -> None:
    async with kind.open().attempt("a") as mine:
        assert mine
        assert not await free(kind, "a")
    assert await free(kind, "a")


async def test_a_failed_attempt_takes_nothing_away(kind: Kind) -> None:
    async with kind.open().hold("a"):
        assert not await free(kind, "a")
        assert not await free(kind, "a")
    assert await free(kind, "a")


async def test_one_at_a_time(kind: Kind) -> None:
    inside, most = 0, 0

    async def work() -> None:
        nonlocal inside, most
        async with kind.open().hold("a"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work() for _ in range(8)))
    assert (inside, most) == (0, 1)


async def test_an_error_inside_lets_go(kind: Kind) -> None:
    with pytest.raises(ZeroDivisionError):
        async with kind.open().hold("a"):
            raise ZeroDivisionError
    assert await free(kind, "a")


async def test_one_who_waits_and_leaves_does_not_take_it_later(kind: Kind) -> None:
    async with kind.open().hold("a"):
        waiting = asyncio.create_task(free_after_hold(kind))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert await free(kind, "a")


async def free_after_hold(kind: Kind) -> None:
    async with kind.open().hold("a"):
        pass


@pytest.mark.parametrize("name", ["", "records/w/a b/../c", "ä" * 3000, "half \ud800"])
async def test_any_name_is_a_name(kind: Kind, name: str) -> None:
    async with kind.open().hold(name):
        assert not await free(kind, name)
        assert await free(kind, name + "x")


async def test_a_killed_process_holds_nothing(kind: Kind) -> None:
    command = [sys.executable, str(HOLDER), kind.name, kind.place, "a"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"held\n"
    assert not await free(kind, "a")
    process.kill()
    await process.wait()
    async with asyncio.timeout(60):  # Postgres notices a moment later.
        async with kind.open().hold("a"):
            pass


async def test_locks_leave_no_files(kind: Kind) -> None:
    if kind.name != "files":
        pytest.skip("a database has no files of ours")
    for name in "abc":
        async with kind.open().hold(name):
            pass
    assert os.listdir(kind.place) == []
